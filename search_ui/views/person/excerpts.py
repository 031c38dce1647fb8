"""Passages that were cited or collected."""

from dataclasses import dataclass

from search_ui.views.preview import Preview
from search_ui.views.shell import Pager


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """A passage that was cited, and what became of it."""

    text: str
    citation: str
    """What is copied, with the passage; `cited` is it without."""
    cited: str
    title: str
    tone: str
    told: str
    then_href: str
    now_href: str
    href_cited: str
    source: str
    preview: Preview | None


@dataclass(frozen=True, slots=True)
class ExcerptRow:
    """A passage collected; a closed one may not be read any more."""

    id: str
    text: str
    citation: str
    href: str | None
    told: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class ExcerptPage:
    """One's own collection."""

    rows: tuple[ExcerptRow, ...]
    pager: Pager
