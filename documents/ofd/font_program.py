"""Embedded fonts: outlines by number of glyph, read where browsers would refuse the font."""

import io
from typing import Any

from fontTools.agl import toUnicode
from fontTools.cffLib import CFFFontSet
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

from documents.failing import Unshowable

_SFNT = (b"\0\1\0\0", b"true", b"OTTO", b"ttcf", b"wOFF")
_HEAD_BYTES = 54
_SYMBOLS = range(0xF000, 0xF100)


class FontProgram:
    """The glyphs of one font. Raises Unshowable (``parse``) for what is no font."""

    def __init__(self, content: bytes) -> None:
        self.units_per_em = 1000.0
        self._order: list[str] = []
        self._glyphs: Any = {}
        self._characters: dict[int, int] = {}
        self._outlines: dict[int, str | None] = {}
        try:
            if content[:4] in _SFNT:
                self._load_sfnt(_with_sound_head(content))
            elif content[:1] == b"\1" and content[2:3] in (b"\4", b"\5"):
                bare = CFFFontSet()
                bare.decompile(io.BytesIO(content), None, isCFF2=False)
                self._load_cff(bare)
            else:
                raise Unshowable("parse")
        except (Unshowable, MemoryError):
            raise
        except Exception as error:
            # fontTools raises whatever a broken table makes it stumble over.
            raise Unshowable("parse") from error

    def glyph_of(self, character: str) -> int | None:
        """The number of the glyph of a character, None when the font does not tell."""
        return self._characters.get(ord(character))

    def advance(self, glyph: int) -> float | None:
        """Width of a glyph in em."""
        try:
            return float(self._glyphs[self._order[glyph]].width) / self.units_per_em
        except Exception:  # noqa: BLE001 - as above; the layout then falls back on half or full em
            return None

    def outline(self, glyph: int) -> str | None:
        """The outline as SVG path data in font units, y upwards; empty for a blank glyph."""
        if glyph not in self._outlines:
            try:
                pen = SVGPathPen(
                    self._glyphs if hasattr(self._glyphs, "font") else None,
                    ntos=lambda value: str(round(value)),
                )
                self._glyphs[self._order[glyph]].draw(pen)
                self._outlines[glyph] = pen.getCommands()
            except Exception:  # noqa: BLE001 - as above; the character is then set as text
                self._outlines[glyph] = None
        return self._outlines[glyph]

    def _load_sfnt(self, content: bytes) -> None:
        font = TTFont(
            io.BytesIO(content), lazy=True, fontNumber=0, recalcBBoxes=False, recalcTimestamp=False
        )
        if "CFF " in font and "glyf" not in font:
            self._load_cff(font["CFF "].cff)
        else:
            # Names of glyphs come from a table that is often broken, and are not needed.
            font.setGlyphOrder([f"g{n}" for n in range(font["maxp"].numGlyphs)])
            self._order = font.getGlyphOrder()
            self._glyphs = font.getGlyphSet()
        if "head" in font:
            self.units_per_em = float(font["head"].unitsPerEm or 1000)
        self._load_characters(font)

    def _load_characters(self, font: Any) -> None:
        if "cmap" not in font:
            return
        numbers = {name: number for number, name in enumerate(font.getGlyphOrder())}
        tables = sorted(font["cmap"].tables, key=lambda table: bool(table.isUnicode()))
        for table in tables:
            for code, name in getattr(table, "cmap", {}).items():
                if name in numbers:
                    self._characters[code] = numbers[name]
                    if code in _SYMBOLS:
                        self._characters.setdefault(code - _SYMBOLS.start, numbers[name])

    def _load_cff(self, fonts: Any) -> None:
        top = fonts[0]
        self._order = list(top.charset)
        self._glyphs = top.CharStrings
        matrix = getattr(top, "FontMatrix", None)
        if matrix is None and hasattr(top, "FDArray"):
            matrix = getattr(top.FDArray[0], "FontMatrix", None)
        if matrix and matrix[0] > 0:
            self.units_per_em = 1 / matrix[0]
        if not hasattr(top, "ROS"):
            for number, name in enumerate(self._order):
                if len(text := toUnicode(name)) == 1:
                    self._characters[ord(text)] = number


def _with_sound_head(content: bytes) -> bytes:
    """Cuts a ``head`` table that is longer than it can be, which stops fontTools."""
    for at in range(12, 12 + 16 * min(64, content[5]), 16):
        length = int.from_bytes(content[at + 12 : at + 16], "big")
        if content[at : at + 4] == b"head" and length > _HEAD_BYTES:
            return content[: at + 12] + _HEAD_BYTES.to_bytes(4, "big") + content[at + 16 :]
    return content
