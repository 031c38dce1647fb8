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
CITED_LOOK = "cited"
"""Of a link to what a text cites."""

_OPEN, _CLOSE = Markup("<mark>"), Markup("</mark>")
_LINK, _END = Markup('<a class="cited" href="{}">'), Markup("</a>")
_INLINE = frozenset(
    {"a", "b", "del", "em", "i", "ins", "mark", "s", "span", "strong", "sub", "sup", "u"}
)
_SEPARATOR = "\n"
"""Stands between two blocks while places are looked for: no word runs across."""

_Numbered = tuple[int, Span]
"""A span within one text, and which of the places of the whole it belongs to."""

Find = Callable[[str], Sequence[Span]]

Links = Sequence[tuple[Span, str]]
"""Stretches of a text, each with the address that it leads to."""


def of_pieces(pieces: Pieces) -> Markup:
    """Pieces of a snippet, the marked ones in `<mark>`."""
    return Markup("").join(
        _OPEN + escape(piece.text) + _CLOSE if piece.marked else escape(piece.text)
        for piece in pieces
    )


def of_spans(text: str, spans: Sequence[Span], links: Links = ()) -> Markup:
    """A whole text with its places in `<mark>` and links; each in order and without overlap."""
    return _of_spans(text, spans, links, lambda _, __: _OPEN)


def of_places(
    text: str, spans: Sequence[Span], links: Links = (), *, first: int = 0, at: int = 0
) -> Markup:
    """The same in a preview: places are numbered from `first` on, that of number `at` is shown."""
    return _of_spans(text, spans, links, lambda n, begins: _opened(first + n, at, begins=begins))


def _of_spans(
    text: str, spans: Sequence[Span], links: Links, opened: Callable[[int, bool], Markup]
) -> Markup:
    """A place on both sides of an end of a link is marked in pieces, of which one begins it.

    All is joined at the end: each sum would copy what was made before.
    """
    made, at = list[Markup](), 0
    for span, href in links:
        made += _marked(text, spans, Span(at, span.start), opened)
        made += [_LINK.format(href), *_marked(text, spans, span, opened), _END]
        at = span.end
    return Markup("").join([*made, *_marked(text, spans, Span(at, len(text)), opened)])


def _marked(
    text: str, spans: Sequence[Span], within: Span, opened: Callable[[int, bool], Markup]
) -> Iterator[Markup]:
    at = within.start
    for number, span in _within(spans, within.start, within.end):
        start, end = within.start + span.start, within.start + span.end
        begins = start == spans[number].start
        yield escape(text[at:start])
        yield opened(number, begins)
        yield escape(text[start:end])
        yield _CLOSE
        at = end
    yield escape(text[at : within.end])


def _opened(number: int, at: int, *, begins: bool) -> Markup:
    if number == at and not begins:
        return Markup('<mark class="{}" data-place="{}">').format(CURRENT_LOOK, number)
    if number == at:
        return Markup('<mark id="{}" class="{}" data-place="{}">').format(
            CURRENT, CURRENT_LOOK, number
        )
    return Markup('<mark data-place="{}">').format(number)


def of_html(
    fragment: str,
    find: Find,
    links: Callable[[str], Links] = lambda _: (),
    *,
    first: int = 0,
    at: int = 0,
) -> Markup:
    """A clean fragment of HTML with the places that `find` gives for its text in `<mark>`.

    What `links` gives for it stands in `<a>`. Places are numbered from `first` on, that of number
    `at` is the one shown. A word may run across inline elements (a run of another weight), never
    across blocks. The fragment must have been cleaned before: it is written out as it is but for
    marks, links and control characters.
    """
    fragment = text_alone(fragment)
    root = html.fragment_fromstring(fragment, create_parent="div")
    led = links(_text_of(root))
    _wrap(root, [span for span, _ in led], lambda number, _: _link(led[number][1]))
    spans = find(_text_of(root))
    _wrap(root, spans, lambda number, begins: _mark(first + number, at, begins=begins))
    if not spans and not led:
        return Markup(fragment)  # noqa: S704 - cleaned by who made it, see above
    return escape(root.text or "") + Markup("").join(
        Markup(html.tostring(child, encoding="unicode"))  # noqa: S704 - as above
        for child in root
    )


def _text_of(root: html.HtmlElement) -> str:
    return "".join(
        f"{_SEPARATOR if place.begins_block else ''}{place.text}" for place in _places(root)
    )


def _wrap(
    root: html.HtmlElement,
    spans: Sequence[Span],
    made: Callable[[int, bool], html.HtmlElement],
) -> None:
    """Cut the texts at these spans of the whole, and put each piece into an element of its own."""
    if not spans:
        return
    # Texts are cut only after all have been looked at: wrapping moves the ones beside it.
    wrapped: list[tuple[_Place, list[_Numbered]]] = []
    start = 0
    for place in _places(root):
        start += len(_SEPARATOR) if place.begins_block else 0
        if own := _within(spans, start, start + len(place.text)):
            wrapped.append((place, own))
        start += len(place.text)
    seen: set[int] = set()
    for place, own in wrapped:
        place.wrap(own, lambda number: made(number, number not in seen))
        seen.update(number for number, _ in own)


def _link(href: str) -> html.HtmlElement:
    element = html.Element("a")
    element.set("class", CITED_LOOK)
    element.set("href", href)
    return element


def _mark(number: int, at: int, *, begins: bool) -> html.HtmlElement:
    """Of a place in pieces only the first can be pointed at."""
    element = html.Element("mark")
    if number == at:
        element.set("class", CURRENT_LOOK)
        if begins:
            element.set("id", CURRENT)
    element.set("data-place", str(number))
    return element


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

    def wrap(self, spans: Sequence["_Numbered"], made: Callable[[int], html.HtmlElement]) -> None:
        """Cut the text at the spans and put them into elements."""
        text = self.text
        self._set(text[: spans[0][1].start])
        index = 0 if self._after is None else self._parent.index(self._after) + 1
        for order, (number, span) in enumerate(spans):
            element = made(number)
            element.text = text[span.start : span.end]
            following = spans[order + 1][1].start if order + 1 < len(spans) else len(text)
            element.tail = text[span.end : following]
            self._parent.insert(index + order, element)

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
