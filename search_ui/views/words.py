"""检索用词."""

from dataclasses import dataclass

from search_ui.views.shell import Tab


@dataclass(frozen=True, slots=True)
class TriedRow:
    """A query, and how many records it finds, before and after."""

    words: str
    href: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class WordsPage:
    """Both texts as they stand or were typed, the versions, and what a trial gave.

    `seen` is the version in whose place they are saved.
    """

    groups: str
    hot: str
    seen: int
    versions: tuple[Tab, ...]
    tried: tuple[TriedRow, ...] | None = None
    problem: str = ""
    advice: str = ""
    wrong: str = ""
    """The text that is wrong: ``groups`` or ``hot``."""
