"""Marks the places of the words in one text of a view after the other, numbered on."""

from collections.abc import Sequence

from markupsafe import Markup

from records.queries.search import Span
from search_ui.shown.marking import of_html, of_places
from search_ui.shown.preview.shown_file import ShownFile


class Marker:
    """`seen` places so far; the one of number `at`, from 0, is the one shown."""

    def __init__(self, it: ShownFile, at: int) -> None:
        self._words = it.display.words
        self._query = self._words.read(it.place.sought)
        self._at = at
        self._links = it.links_of
        self.seen = 0

    def text(self, text: str) -> Markup:
        """A plain text."""
        spans = self._words.spans(text, self._query)
        made = of_places(text, spans, self._links(text), first=self.seen, at=self._at)
        self.seen += len(spans)
        return made

    def html(self, fragment: str) -> Markup:
        """A fragment that the previewer made from a white list (documents.preview)."""
        found: list[Span] = []

        def find(text: str) -> Sequence[Span]:
            found.extend(self._words.spans(text, self._query))
            return found

        if not fragment:
            return Markup()
        made = of_html(fragment, find, self._links, first=self.seen, at=self._at)
        self.seen += len(found)
        return made
