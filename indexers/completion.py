"""What completes typed text: a title or a number that holds it, or a title that it spells."""

from dataclasses import dataclass

from indexers.analysis import Analyser
from indexers.pinyin import Spelling, typed_letters


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole title or number; `begins` when it begins with what was typed."""

    text: str
    begins: bool


class Completions:
    """Decides which text of a record completes what was typed: the title before the number.

    The typed text stands in it as a prefix (``indexers.analysis``, rule 6), or it is pinyin or
    initials of neighbouring characters of the title.
    """

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._spelling = Spelling(analyser)

    def of(self, typed: str, *, title: str, number: str) -> Completion | None:
        """The completion, None when there is none."""
        standing = self.standing(typed, title=title, number=number)
        letters = typed_letters(typed)
        if standing or not letters or not self._spelling.spells(letters, title):
            return standing
        return Completion(title, begins=False)

    def standing(self, typed: str, *, title: str, number: str) -> Completion | None:
        """The text in which the typed text stands; spelling is not looked at."""
        needle = self._analyser.needle(typed, prefix=True)
        for text in (title, number) if needle else ():
            trace = self._analyser.trace(self._analyser.word(text))
            if needle in trace:
                return Completion(text, trace.startswith(needle))
        return None
