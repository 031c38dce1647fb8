"""One action on several records: what was chosen, what can be done, and what became of each."""

from dataclasses import dataclass

from search_ui.views.shell import Badge


@dataclass(frozen=True, slots=True)
class BulkRow:
    """A record that was chosen; `told` says why nothing was done with it."""

    id: str
    title: str
    href: str | None
    revision: int = 0
    state: Badge | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class BulkAction:
    """A button; `question` is asked before it is pressed."""

    label: str
    href: str
    primary: bool
    opinion: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class BulkPage:
    """Before: the records and the buttons."""

    kind: str
    list_href: str
    rows: tuple[BulkRow, ...]
    actions: tuple[BulkAction, ...]
    idempotency_key: str
    words: str = ""
    problem: str = ""

    @property
    def takes_opinion(self) -> bool:
        """Whether one of the actions takes an opinion."""
        return any(each.opinion != "none" for each in self.actions)


@dataclass(frozen=True, slots=True)
class BulkDonePage:
    """After: a row for each record."""

    kind: str
    action: str
    list_href: str
    done: tuple[BulkRow, ...]
    refused: tuple[BulkRow, ...]
