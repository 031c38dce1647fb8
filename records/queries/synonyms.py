"""Words that mean the same, put in for each other in what was typed (SS-05)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from records.errors import Invalid

MOST_GROUPS = 5_000
MOST_WORDS = 20
"""Of one group."""

LONGEST = 40
"""Characters of a word."""

MOST_SPELLINGS = 20
"""Of one typed word, besides itself."""

BETWEEN = "="
"""Stands between the words of a group where they are written in a line, so in none of them."""

Fold = Callable[[str], str]
"""One spelling of what is written the same (indexers.analysis.fold)."""


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups by the folded spelling of their words; made by `synonyms_of`."""

    fold: Fold = str
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Folded word → the words of its group, itself included."""
    longest: int = 0

    def others(self, word: str) -> tuple[str, ...]:
        """What a typed word may be called otherwise; none where it holds no word of a group.

        Words of a group are put in for each other, also within a longer word; there the longest
        one counts that begins first, and one of a single character does not.
        """
        if not self.groups:
            return ()
        folded = self.fold(word)
        spellings = [""]
        for piece, same in self._pieces(folded):
            options = (piece, *(self.fold(each) for each in same)) if same else (piece,)
            spellings = [
                before + option for before in spellings for option in dict.fromkeys(options)
            ][: MOST_SPELLINGS + 1]
        return tuple(each for each in dict.fromkeys(spellings) if each != folded)

    def _pieces(self, folded: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The word cut into words of groups, and what stands between them."""
        if folded in self.groups:
            yield folded, self.groups[folded]
            return
        plain, at = 0, 0
        while at < len(folded):
            end = self._end(folded, at)
            if end:
                yield folded[plain:at], ()
                yield folded[at:end], self.groups[folded[at:end]]
                plain = at = end
            else:
                at += 1
        yield folded[plain:], ()

    def _end(self, folded: str, at: int) -> int:
        """Where the longest word of a group ends that begins here; 0 for none."""
        for end in range(min(len(folded), at + self.longest), at + 1, -1):
            if folded[at:end] in self.groups and not _splits_a_run(folded, at, end):
                return end
        return 0


NO_SYNONYMS = Synonyms()


def synonyms_of(groups: Iterable[tuple[str, ...]], fold: Fold) -> Synonyms:
    """The groups ready for use. What `checked_groups` gave is sound."""
    by_word = {fold(word): group for group in groups for word in group}
    return Synonyms(fold, by_word, max(map(len, by_word), default=0))


def checked_groups(given: Iterable[Iterable[str]], fold: Fold) -> tuple[tuple[str, ...], ...]:
    """Groups without blanks around words and without repetitions; empty ones are left out.

    Raises Invalid (``lonely_synonym``, ``bad_synonym``, ``repeated_synonym``, ``long_group``,
    ``too_many_synonyms``), with ``line``, the number of the group, counted from 1. That one word
    stands in two groups is refused, so no circle of groups can be made.
    """
    groups: list[tuple[str, ...]] = []
    lines: dict[str, int] = {}
    for line, words in enumerate(given, start=1):
        group = _checked_group(words, line, fold)
        for word in group:
            other = lines.setdefault(fold(word), line)
            if other != line:
                raise Invalid(
                    "repeated_synonym", given=word, line=line, other=other, field="groups"
                )
        if group:
            groups.append(group)
        if len(groups) > MOST_GROUPS:
            raise Invalid("too_many_synonyms", most=MOST_GROUPS, field="groups")
    return tuple(groups)


def _checked_group(words: Iterable[str], line: int, fold: Fold) -> tuple[str, ...]:
    by_fold: dict[str, str] = {}
    for word in (" ".join(each.split()) for each in words):
        if not word:
            continue
        is_one = BETWEEN not in fold(word) and any(char.isalnum() for char in fold(word))
        if len(word) > LONGEST or not is_one:
            given = word[:LONGEST]
            raise Invalid("bad_synonym", given=given, line=line, most=LONGEST, field="groups")
        by_fold.setdefault(fold(word), word)
    if len(by_fold) == 1:
        (word,) = by_fold.values()
        raise Invalid("lonely_synonym", given=word, line=line, field="groups")
    if len(by_fold) > MOST_WORDS:
        raise Invalid("long_group", line=line, most=MOST_WORDS, field="groups")
    return tuple(by_fold.values())


def _splits_a_run(text: str, at: int, end: int) -> bool:
    """Whether a cut would fall between two letters or digits, which count as whole runs."""
    return _in_run(text, at) or _in_run(text, end)


def _in_run(text: str, at: int) -> bool:
    around = text[at - 1 : at + 1] if at else ""
    return len(around) == 2 and all(char.isascii() and char.isalnum() for char in around)
