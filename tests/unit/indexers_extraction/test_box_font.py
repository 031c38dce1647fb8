"""The font of boxes: what it is, and that the text of a PDF needs no font of the machine."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = Path(__file__).parents[3] / "indexers" / "extraction" / "box_font.ttf"

READ = """
import sys, pypdfium2
from indexers.extraction.box_font import BoxFont
font = BoxFont()
font.install()
page = pypdfium2.PdfDocument(sys.argv[1])[0].get_textpage()
sys.stdout.buffer.write(page.get_text_range().encode())
sys.stderr.write(" ".join(sorted(font.asked_for)))
"""


def box_font() -> bytes:
    """A TrueType font of two glyphs; a many-to-one table gives the box to every character."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": _box(), "box": _box()})
    builder.setupHorizontalMetrics({".notdef": (1000, 50), "box": (1000, 50)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Box", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    builder.updateHead(created=0, modified=0)
    table = CmapSubtable.newSubtable(13)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.format, table.reserved, table.length, table.nGroups = 13, 0, 0, 0
    surrogates = range(0xD800, 0xE000)
    table.cmap = {code: "box" for code in range(0x20, 0x40000) if code not in surrogates}
    builder.font["cmap"].tables = [table]
    builder.font.recalcTimestamp = False
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


def _box() -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((50, -100))
    for corner in ((50, 800), (950, 800), (950, -100)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def test_the_font_of_the_package_is_what_this_makes() -> None:
    assert FONT.read_bytes() == box_font()


def test_characters_of_fonts_that_a_file_does_not_carry_are_read(tmp_path: Path) -> None:
    lines = ["关于做好2017年防汛工作的通知", "龍門石窟𠀀、（一）", "Second line, No. 12"]
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path))
    for number, line in enumerate(lines):
        canvas.setFont("Helvetica" if line.isascii() else "STSong-Light", 14)
        canvas.drawString(60, 700 - 30 * number, line)
    canvas.save()
    done = subprocess.run([sys.executable, "-c", READ, path], capture_output=True, check=True)
    assert done.stderr.decode() == "Helvetica STSong-Light"
    assert done.stdout.decode().split("\r\n") == lines


if __name__ == "__main__":
    FONT.write_bytes(box_font())
