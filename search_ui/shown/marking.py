"""Text with marks as markup: the only place where the pages make HTML of what people wrote."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from lxml import html
from markupsafe import Markup, escape

from notation.plain_text import text_alone
from records.queries.search import Span
from services.searching.matches import Pieces

CURRENT = "hit"
"""Identifier of the mark of the place that is shown, which an address points at (`#hit`)."""

CURRENT_LOOK = "mark-at"
_OPEN, _CLOSE = Markup("<mark>"), Markup("</mark>")
_INLINE = frozenset(
    {"a", "b", "del", "em", "i", "ins", "mark", "s", "span", "strong", "sub", "sup", "u"}
)
_SEPARATOR = "\n"
"""Stands between two blocks while places are looked for: no word runs across."""

_Numbered = tuple[int, Span]
"""A span within one text, and which of the places of the whole it belongs to."""

Find = Callable[[str], Sequence[Span]]


def of_pieces(pieces: Pieces) -> Markup:
    """Pieces of a snippet, the marked ones in `<mark>`."""
    return Markup("").join(
        _OPEN + escape(piece.text) + _CLOSE if piece.marked else escape(piece.text)
        for piece in pieces
    )


def of_spans(text: str, spans: Sequence[Span]) -> Markup:
    """A whole text with its places in `<mark>`; spans in order and without overlap."""
    return _of_spans(text, spans, lambda _: _OPEN)


def of_places(text: str, spans: Sequence[Span], *, first: int = 0, at: int = 0) -> Markup:
    """The same in a preview: places are numbered from `first` on, that of number `at` is shown."""
    return _of_spans(text, spans, lambda number: _opened(first + number, at))


def _of_spans(text: str, spans: Sequence[Span], opened: Callable[[int], Markup]) -> Markup:
    made, at = list[Markup](), 0  # joined at the end: each sum would copy what was made before
    for number, span in enumerate(spans):
        marked = escape(text[span.start : span.end])
        made += [escape(text[at : span.start]), opened(number), marked, _CLOSE]
        at = span.end
    return Markup("").join([*made, escape(text[at:])])


def _opened(number: int, at: int) -> Markup:
    if number == at:
        return Markup('<mark id="{}" class="{}" data-place="{}">').format(
            CURRENT, CURRENT_LOOK, number
        )
    return Markup('<mark data-place="{}">').format(number)


def of_html(fragment: str, find: Find, *, first: int = 0, at: int = 0) -> Markup:
    """A clean fragment of HTML with the places that `find` gives for its text in `<mark>`.

    Places are numbered from `first` on, that of number `at` is the one shown. A word may run
    across inline elements (a run of another weight), never across blocks. The fragment must have
    been cleaned before: it is written out as it is but for the marks and control characters.
    """
    fragment = text_alone(fragment)
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
    # Texts are cut only after all have been looked at: marking moves the ones beside it.
    marked: list[tuple[_Place, list[_Numbered]]] = []
    for place, start in zip(places, starts, strict=True):
        own = _within(spans, start, start + len(place.text))
        if own:
            marked.append((place, [(first + number, span) for number, span in own]))
    pointed = False
    for place, own in marked:
        pointed = place.mark(own, at=at, pointed=pointed)
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

    def mark(self, spans: Sequence["_Numbered"], *, at: int, pointed: bool) -> bool:
        """Cut the text at the spans and put them into `<mark>` elements.

        Whether one of them can be pointed at now: of a place in pieces only the first.
        """
        text = self.text
        self._set(text[: spans[0][1].start])
        index = 0 if self._after is None else self._parent.index(self._after) + 1
        for order, (number, span) in enumerate(spans):
            element = html.Element("mark")
            if number == at:
                element.set("class", CURRENT_LOOK)
                if not pointed:
                    element.set("id", CURRENT)
                pointed = True
            element.set("data-place", str(number))
            element.text = text[span.start : span.end]
            following = spans[order + 1][1].start if order + 1 < len(spans) else len(text)
            element.tail = text[span.end : following]
            self._parent.insert(index + order, element)
        return pointed

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


def _within(spans: Sequence[Span], begin: int, end: int) -> "list[_Numbered]":
    first = bisect_right(spans, begin, key=lambda span: span.end)
    found: list[_Numbered] = []
    for number in range(first, len(spans)):
        span = spans[number]
        if span.start >= end:
            break
        found.append((number, Span(max(span.start, begin) - begin, min(span.end, end) - begin)))
    return found
