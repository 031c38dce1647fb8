"""The one font that pdfium sees while it reads text: every character is the same box.

A PDF may name fonts that it does not carry, as Chinese ones mostly do. To tell where a character
of such a font stands, pdfium draws the character of a font of the system: 118 ms for five pages
where the outlines of a real Chinese font are drawn, 13 with boxes, and the same characters are
read from 80 test files. Without any font pdfium loses characters. With this one the text of a
file is the same on every machine, whichever fonts it has.
"""

import ctypes
from importlib.resources import files
from typing import Any

import pypdfium2.raw as pdfium_c

_FONT = 1
"""The handle of the only font; any address but zero."""
_WHOLE_FILE = 0


class BoxFont:
    """Stands in for the fonts of the system, for the whole process."""

    def __init__(self) -> None:
        self._data = files("indexers.extraction").joinpath("box_font.ttf").read_bytes()
        self._info = pdfium_c.FPDF_SYSFONTINFO(version=1)
        self._called: list[Any] = []
        self.asked_for: set[str] = set()
        """Names of fonts that files did not carry."""

    def install(self) -> None:
        """Let pdfium ask here; must come before the first file, and this must outlive the last."""
        self._answer("Release", lambda *_: None)
        self._answer("EnumFonts", lambda *_: None)
        self._answer("MapFont", self._map_font)
        self._answer("GetFont", lambda *_: None)
        self._answer("GetFontData", self._font_data)
        self._answer("GetFaceName", lambda *_: 0)
        self._answer("GetFontCharset", lambda *_: 0)
        self._answer("DeleteFont", lambda *_: None)
        pdfium_c.FPDF_SetSystemFontInfo(ctypes.byref(self._info))

    def _answer(self, question: str, function: Any) -> None:
        types = dict(self._info._fields_)
        callback = types[question](function)
        self._called.append(callback)
        setattr(self._info, question, callback)

    def _map_font(self, _info: Any, _weight: int, _italic: int, *rest: Any) -> int:
        _charset, _pitch, face, _exact = rest
        if face:
            self.asked_for.add(ctypes.string_at(face).decode("utf-8", "replace"))
        return _FONT

    def _font_data(self, _info: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
        if table != _WHOLE_FILE:
            return 0
        if buffer and size >= len(self._data):
            ctypes.memmove(buffer, self._data, len(self._data))
        return len(self._data)
