"""常用意见: what a person picks from in an opinion, and the page on which he keeps it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """A phrase; `drop_href` takes it away, None for those of the house."""

    id: str
    text: str
    drop_href: str | None
    used: int = 0


@dataclass(frozen=True, slots=True)
class PhraseMenu:
    """What a dialogue offers; `told` says what became of a change, `wrong` that it failed."""

    phrases: tuple[PhraseRow, ...]
    told: str = ""
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class PhrasesPage:
    """One's own, and those of the house."""

    own: tuple[PhraseRow, ...]
    house: tuple[PhraseRow, ...]
    problem: str = ""
    typed: str = ""
