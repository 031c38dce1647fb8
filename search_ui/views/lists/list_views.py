"""One's own views of all lists."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A view; `href` is None where its kind is gone, `told` says what is no more."""

    name: str
    kind: str
    href: str | None
    drop_href: str
    shared: bool
    filters: int
    told: str = ""


@dataclass(frozen=True, slots=True)
class ViewsPage:
    """All of them, by kind and name."""

    rows: tuple[ViewRow, ...]
