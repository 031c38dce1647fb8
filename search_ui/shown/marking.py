"""Text with marks as markup: the only place where the pages make HTML of what people wrote."""

from collections.abc import Callable, Iterator, Sequence

from lxml import html
from markupsafe import Markup, escape

from records.queries.search import Span
from services.searching.matches import Pieces

FIRST = "hit"
"""Identifier of the first mark in a text, which an address may point at (`#hit`)."""

_OPEN, _CLOSE = Markup("<mark>"), Markup("</mark>")
_OPEN_FIRST = Markup('<mark id="hit">')
_INLINE = frozenset({"a", "b", "em", "i", "mark", "s", "span", "strong", "sub", "sup", "u"})
_SEPARATOR = "\n"
"""Stands between two blocks while places are looked for: no word runs across."""

Find = Callable[[str], Sequence[Span]]


def of_pieces(pieces: Pieces) -> Markup:
    """Pieces of a snippet, the marked ones in `<mark>`."""
    return Markup("").join(
        _OPEN + escape(piece.text) + _CLOSE if piece.marked else escape(piece.text)
        for piece in pieces
    )


def of_spans(text: str, spans: Sequence[Span], *, first: bool = False) -> Markup:
    """A whole text with its places in `<mark>`; spans in order and without overlap.

    With `first` the first mark carries the identifier `hit`.
    """
    made, at = Markup(""), 0
    for number, span in enumerate(spans):
        opened = _OPEN_FIRST if first and number == 0 else _OPEN
        made += (
            escape(text[at : span.start]) + opened + escape(text[span.start : span.end]) + _CLOSE
        )
        at = span.end
    return made + escape(text[at:])


def of_html(fragment: str, find: Find) -> Markup:
    """A clean fragment of HTML with the places that `find` gives for its text in `<mark>`.

    A word may run across inline elements (a run of another weight), never across blocks. The
    fragment must have been cleaned before: it is written out as it is but for the marks.
    """
    root = html.fragment_fromstring(fragment, create_parent="div")
    places = list(_places(root))
    text, starts = "", []
    for place in places:
        text += _SEPARATOR if place.begins_block else ""
        starts.append(len(text))
        text += place.text
    spans = find(text)
    if not spans:
        return Markup(fragment)  # noqa: S704 - cleaned by who made it, see above
    first = True
    # Texts are cut only after all have been looked at: marking moves the ones beside it.
    marked: list[tuple[_Place, list[Span]]] = []
    for place, start in zip(places, starts, strict=True):
        own = _within(spans, start, start + len(place.text))
        if own:
            marked.append((place, own))
    for place, own in marked:
        place.mark(own, first=first)
        first = False
    return escape(root.text or "") + Markup("").join(
        Markup(html.tostring(child, encoding="unicode"))  # noqa: S704 - as above
        for child in root
    )


class _Place:
    """A text of an element: before its first child (`after` None), or after one of them."""

    def __init__(
        self, parent: html.HtmlElement, after: html.HtmlElement | None, *, begins_block: bool
    ) -> None:
        self._parent = parent
        self._after = after
        self.begins_block = begins_block

    @property
    def text(self) -> str:
        return (self._parent.text if self._after is None else self._after.tail) or ""

    def mark(self, spans: Sequence[Span], *, first: bool) -> None:
        """Cut the text at the spans and put them into `<mark>` elements."""
        text = self.text
        self._set(text[: spans[0].start])
        index = 0 if self._after is None else self._parent.index(self._after) + 1
        for number, span in enumerate(spans):
            element = html.Element("mark")
            if first and number == 0:
                element.set("id", FIRST)
            element.text = text[span.start : span.end]
            following = spans[number + 1].start if number + 1 < len(spans) else len(text)
            element.tail = text[span.end : following]
            self._parent.insert(index + number, element)

    def _set(self, text: str) -> None:
        if self._after is None:
            self._parent.text = text
        else:
            self._after.tail = text


def _places(element: html.HtmlElement) -> Iterator[_Place]:
    block = element.tag not in _INLINE
    yield _Place(element, None, begins_block=block)
    for child in element:
        if isinstance(child.tag, str):
            yield from _places(child)
        yield _Place(element, child, begins_block=child.tag not in _INLINE)


def _within(spans: Sequence[Span], begin: int, end: int) -> list[Span]:
    return [
        Span(max(span.start, begin) - begin, min(span.end, end) - begin)
        for span in spans
        if span.start < end and span.end > begin
    ]
