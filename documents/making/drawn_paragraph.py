"""A paragraph of Chinese on a page: where its lines end, and that they reach from edge to edge.

Office papers fill the 版心 (GB/T 9704-2012, 5.2.2), so they are set 两端对齐. The library breaks
lines of Chinese anywhere, and stretches a line between its spaces alone.
"""

from collections.abc import Sequence
from typing import Any, Self

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from documents.making.line_breaks import broken, stretched

_WIDEST_GAP = 0.25
"""Of the size of the letters: a line that a long word left emptier stays as it is."""
_SHOWN = {0: None, ord("\t"): " " * 4}
"""What no font draws."""
_BEFORE = {TA_CENTER: 0.5, TA_RIGHT: 1.0}
"""How much of the room that a line leaves stands before it."""


class DrawnParagraph(Paragraph):  # type: ignore[misc]  # the library has no types
    """A paragraph of one style, without markup: made by `of`, by the library at a page's end."""

    @classmethod
    def of(cls, text: str, style: ParagraphStyle) -> Self:
        """The paragraph of a text as it stands: nothing in it is markup, and its spaces stay."""
        shown = text.translate(_SHOWN) or "\xa0"
        font, size = style.fontName, style.fontSize
        piece = ParaFrag(text=shown, fontName=font, fontSize=size, textColor=style.textColor)
        return cls(None, style, frags=[piece])

    def breakLinesCJK(self, maxWidths: Sequence[float]) -> Any:  # noqa: N802, N803 - its names
        """Its lines for these widths in points, as the library breaks them, but for where."""
        if not self.frags or hasattr(self, "_splitpara"):
            return super().breakLinesCJK(maxWidths)  # the rest of what the page before broke
        font, size = self.style.fontName, self.style.fontSize
        text = "".join(map(_text_of, self.frags))
        widths = [stringWidth(each, font, size) for each in text]
        lines = [(room, [line]) for room, line in broken(text, widths, maxWidths)]
        return self.frags[0].clone(kind=0, lines=lines, ascent=size, descent=-0.2 * size)

    def drawPara(self, debug: int = 0) -> None:  # noqa: ARG002, N802 - its names
        """Its lines, each that another one follows as wide as the page."""
        style, lines = self.style, self.blPara.lines
        drawn = self.canv.beginText()
        drawn.setFont(style.fontName, style.fontSize, style.leading)
        ends = len(lines) if getattr(self, "_JustifyLast", False) else len(lines) - 1
        for number, (room, words) in enumerate(lines):
            indent = 0 if number else style.firstLineIndent
            left = indent + room * _BEFORE.get(style.alignment, 0)
            drawn.setTextOrigin(left, self.height - style.fontSize - number * style.leading)
            wide = style.alignment == TA_JUSTIFY and number < ends
            _set(drawn, "".join(words), room if wide else 0, style.fontSize)
        self.canv.drawText(drawn)


def _text_of(piece: Any) -> str:
    """Of a piece of what was written, or of what a page before left over."""
    return piece.text if hasattr(piece, "text") else "".join(piece.words)


def _set(drawn: Any, line: str, room: float, size: float) -> None:
    """A line, its room shared out among the places where it may be stretched."""
    shown = line.rstrip()
    parts = list(stretched(shown))
    gap = room / (len(parts) - 1) if len(parts) > 1 else 0
    if not 0 < gap <= _WIDEST_GAP * size:
        drawn.textOut(line)
        return
    for part in parts:
        drawn.setCharSpace(0)
        drawn.textOut(part[:-1])
        drawn.setCharSpace(gap)
        drawn.textOut(part[-1])
    drawn.setCharSpace(0)
    drawn.textOut(line[len(shown) :])
