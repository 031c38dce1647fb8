"""The next number of a series: one that came back, else the first that nobody has had."""

from collections.abc import Callable, Sequence

from records.consequences.reservations import NextNumber
from records.errors import Conflict, Refused
from records.identity import RecordId
from records.ports.claims import Claims
from records.revision import Revision
from services.flow.claim_holder import ClaimHolder, holder_of
from services.flow.claim_names import ClaimName, newest_claims

_MISSES = 8
"""Numbers that turn out to be taken before all of the series are listed anew."""


class NumberSeries:
    """Finds numbers; each is had by exclusive creation of its name."""

    def __init__(self, claims: Claims, newest: Callable[[RecordId], Revision | None]) -> None:
        self._claims = claims
        self._newest = newest
        self._highest: dict[str, int] = {}

    def next(
        self,
        wanted: NextNumber,
        us: ClaimHolder,
        *,
        again: Callable[[Sequence[str], ClaimHolder], Sequence[str]],
    ) -> ClaimName:
        """The claim that we have now; `again` takes one that was given back, or raises Conflict.

        Raises Refused (``series_used_up``).
        """
        for note in list(self._claims.names(f"number-free/{wanted.series}/{wanted.year}/")):
            base = note.replace("number-free/", "number/", 1)
            try:
                returned = again([base], us)[0]
            except Conflict:
                self._drop_if_used(note, base)
                continue
            self._claims.free(note)
            return ClaimName.of(returned)
        misses = 0
        n = self._highest.get(wanted.prefix) or self._listed_highest(wanted)
        while True:
            n += 1
            if n > wanted.most:
                raise Refused("series_used_up", series=wanted.series, year=wanted.year)
            claim = ClaimName(f"{wanted.prefix}{n:06d}")
            standing = self._claims.take(claim.text, us.encoded())
            if standing is None:
                self._highest[wanted.prefix] = n
                return claim
            misses += 1
            if misses % _MISSES == 0:
                n = max(n, self._listed_highest(wanted))

    def _listed_highest(self, wanted: NextNumber) -> int:
        last = 0
        for name in self._claims.names(wanted.prefix):
            last = ClaimName.of(name).number
        return last

    def _drop_if_used(self, note: str, base: str) -> None:
        """Remove the note of a number that stands in a revision: its taker was killed before."""
        claim = newest_claims(self._claims, [base])[base]
        value = self._claims.read(claim.text) if claim is not None else None
        newest = self._newest(holder_of(value).record) if value is not None else None
        if claim is not None and newest is not None and claim.text in newest.held_names:
            self._claims.free(note)
