"""Cuts a text around its marks: what a result list shows of a page."""

from collections.abc import Sequence

from records.search import Span

Pieces = tuple[tuple[str, bool], ...]
"""Text in order: (text, whether it is marked)."""

_LEAD = 4
"""The window begins this fraction of its width before the first mark of the densest place."""


def snippet(text: str, spans: Sequence[Span], *, width: int) -> Pieces:
    """At most about `width` characters of `text` around the place with the most marks.

    Line breaks become spaces; an ellipsis stands where text was cut off. Marks that begin in the
    window are shown whole. Without marks the beginning of the text is shown.
    """
    first = _densest(spans, width)
    start = max(0, spans[first].start - width // _LEAD) if spans else 0
    end = min(len(text), start + width)
    start = max(0, min(start, end - width))
    shown = [span for span in spans if start <= span.start < end]
    end = max([end, *(span.end for span in shown)])
    pieces: list[tuple[str, bool]] = [("…", False)] if start > 0 else []
    place = start
    for span in shown:
        pieces.append((text[place : span.start], False))
        pieces.append((text[span.start : span.end], True))
        place = span.end
    pieces.append((text[place:end], False))
    if end < len(text):
        pieces.append(("…", False))
    return tuple((_in_one_line(piece), marked) for piece, marked in pieces if piece)


def _densest(spans: Sequence[Span], width: int) -> int:
    """The index of the mark from which a window holds most marks; the first of equals."""
    best, most, last = 0, 0, 0
    for first, span in enumerate(spans):
        while last < len(spans) and spans[last].start < span.start + width:
            last += 1
        if last - first > most:
            best, most = first, last - first
    return best


def _in_one_line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ").replace("\t", " ")
