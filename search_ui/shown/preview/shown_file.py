"""A file that its reader has opened, with the place in it that is asked for."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from records.queries.search import Span
from records.revision import FileVersion, Revision
from search_ui.shown.preview.place import Place
from search_ui.shown.words import record_href
from search_ui.texts import Texts
from services.finding.previewing import FileDisplay
from services.relations.citation_links import CitationLinks


@dataclass(frozen=True, slots=True)
class ShownFile:
    """What every view of a file is made of, and the addresses of other places in it."""

    display: FileDisplay
    texts: Texts
    revision: Revision
    file: FileVersion
    place: Place
    links: CitationLinks = field(default_factory=CitationLinks)
    """Where what the record cites leads; none beside hits."""

    def links_of(self, text: str) -> list[tuple[Span, str]]:
        """The stretches of a text that lead to a record, each with its address."""
        return [(each.span, record_href(each.to.record)) for each in self.links.of(text)]

    def href(self, **other: object) -> str:
        """The address of another place of the file."""
        href = record_href(self.revision.record, **{**self.place.kept(self.file), **other})
        if self.place.in_pane:
            return href.replace("/records/", "/search/pane/", 1)
        return f"{href}#preview"

    def place_href(self, number: int) -> str:
        """The address of one of the places of the words, which the page then shows."""
        return self.href(place=number, member="").replace("#preview", "#hit")

    def drawn_href(self, what: str, **other: object) -> str:
        """The address of what is drawn of the file, such as ``page-picture``."""
        at = {"file": self.file.name, "revision": self.revision.number, **other}
        return f"/records/{self.revision.record}/{what}?{urlencode(at)}"

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """What a form sends along unseen to stay with the file."""
        kept = self.place.kept(self.file)
        return tuple((name, str(value)) for name, value in kept.items() if value)
