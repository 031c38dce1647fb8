"""字典维护."""

from dataclasses import dataclass

from search_ui.views.shell import Badge, Tab


@dataclass(frozen=True, slots=True)
class WordRow:
    """A word of a dictionary."""

    word: str
    status: Badge
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class DictionaryPage:
    """One dictionary, and the way to the others."""

    tabs: tuple[Tab, ...]
    name: str
    title: str
    words: tuple[WordRow, ...]
    problem: str = ""
    typed: str = ""
