"""Text with marks as markup: the only place where the pages make HTML of what people wrote."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from records.search import Span
from services.matches import Pieces

_OPEN, _CLOSE = Markup("<mark>"), Markup("</mark>")


def of_pieces(pieces: Pieces) -> Markup:
    """Pieces of a snippet, the marked ones in `<mark>`."""
    return Markup("").join(
        _OPEN + escape(piece.text) + _CLOSE if piece.marked else escape(piece.text)
        for piece in pieces
    )


def of_spans(text: str, spans: Sequence[Span]) -> Markup:
    """A whole text with its places in `<mark>`; spans in order and without overlap."""
    made, at = Markup(""), 0
    for span in spans:
        made += escape(text[at : span.start]) + _OPEN + escape(text[span.start : span.end]) + _CLOSE
        at = span.end
    return made + escape(text[at:])
