"""Names of claims: what is claimed, which generation of it, and the marks beside."""

from collections.abc import Sequence
from dataclasses import dataclass

from records.ports.claims import Claims

FREE = "free"
"""Given back: the next who wants it may have it at once."""

VOID = "void"
"""A number that was used and that nobody gets again, with the reason (作废)."""

USED = "used"
"""A number that stands in a committed revision."""

_MARKS = frozenset({FREE, VOID, USED})


@dataclass(frozen=True, slots=True)
class ClaimName:
    """One claim of a name. The last segment of a name holds no dot: what follows one is ours."""

    base: str
    generation: int = 1
    marks: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str) -> "ClaimName":
        """The claim whose name, or the name of a mark beside it, this is."""
        folder, slash, last = text.rpartition("/")
        name, *rest = last.split(".")
        generation = int(rest[0]) if rest and rest[0].isdigit() else 1
        return cls(f"{folder}{slash}{name}", generation, frozenset(rest) & _MARKS)

    @property
    def text(self) -> str:
        """The name under which it stands in the store; what a revision holds."""
        return self.base if self.generation == 1 else f"{self.base}.{self.generation}"

    @property
    def is_number(self) -> bool:
        """Whether it is a number of a series."""
        return self.base.startswith("number/")

    @property
    def number(self) -> int:
        """The number of a series."""
        return int(self.base.rpartition("/")[2])

    def before(self) -> "ClaimName":
        """The claim that it took over from; itself for the first."""
        return ClaimName(self.base, max(self.generation - 1, 1))

    def next(self) -> "ClaimName":
        """The claim that takes over."""
        return ClaimName(self.base, self.generation + 1)


def newest_claims(claims: Claims, wanted: Sequence[str]) -> dict[str, ClaimName | None]:
    """The newest claim of each name with its marks; None where there is none.

    Several names of one folder, as the slots of a day, cost one listing.
    """
    folders: dict[str, list[str]] = {}
    for name in wanted:
        folders.setdefault(name.rpartition("/")[0], []).append(name)
    newest: dict[str, ClaimName | None] = dict.fromkeys(wanted)
    for folder, names in folders.items():
        for text in claims.names(names[0] if len(names) == 1 else f"{folder}/"):
            claim = ClaimName.of(text)
            standing = newest.get(claim.base, claim)
            if claim.base not in newest:
                continue
            if standing is None or claim.generation > standing.generation:
                newest[claim.base] = claim
            elif claim.generation == standing.generation:
                marks = standing.marks | claim.marks
                newest[claim.base] = ClaimName(claim.base, claim.generation, marks)
    return newest
