"""Text objects: outlines of embedded fonts, characters of fonts that are not in the file."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from documents.failing import Unshowable
from documents.ofd.canvas import Canvas
from documents.ofd.document import Resource
from documents.ofd.font_program import FontProgram
from documents.ofd.geometry import Matrix, number, shown
from documents.ofd.glyph_run import Glyph, glyph_runs, line_of, set_advances, set_places
from documents.ofd.graphics import Graphics, Paint
from documents.ofd.package import OfdPackage, is_true, text_of

_SERIF = 'SimSun,STSong,"Noto Serif CJK SC","Source Han Serif SC",serif'
_FAMILIES = (
    ("楷|kai", f'KaiTi,KaiTi_GB2312,STKaiti,"AR PL UKai CN",{_SERIF}'),
    ("仿宋|fang", f"FangSong,FangSong_GB2312,STFangsong,{_SERIF}"),
    ("黑|hei|sans|arial|helvet", 'SimHei,"Microsoft YaHei","Noto Sans CJK SC",sans-serif'),
    ("小标宋|xbs", f'"FZXiaoBiaoSong-B05S",{_SERIF}'),
    ("courier|mono|consol", '"Courier New","Liberation Mono",monospace'),
    ("times", f'"Times New Roman","Liberation Serif",{_SERIF}'),
)
_BOLD = 600
"""Weight from which letters are set bold."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the characters of one text object are formed."""

    size: float
    stretch: float
    turned: int


class Lettering:
    """Draws the text objects of one page; fonts are read once."""

    def __init__(
        self, package: OfdPackage, shared: dict[tuple[str, str], Resource], canvas: Canvas
    ) -> None:
        self._package = package
        self._shared = shared
        self._canvas = canvas
        self._fonts: dict[str, FontProgram | None] = {}

    def draw(
        self,
        element: Any,
        matrix: Matrix,
        graphics: Graphics,
        paint: Callable[[Any, str], Paint],
    ) -> None:
        """Draw one text object; `matrix` leads from it to the page."""
        name = element.get("Font") or ""
        program = self._font(name)
        shape = _Shape(
            size=number(element.get("Size"), 3.5),
            stretch=number(element.get("HScale"), 1.0) or 1.0,
            turned=int(number(element.get("CharDirection"))) % 360,
        )
        vertical = int(number(element.get("ReadDirection"))) % 180 == 90
        glyphs: list[Glyph] = []
        x = y = 0.0
        for code, run in glyph_runs(element, program):
            x, y = number(code.get("X"), x), number(code.get("Y"), y)
            set_advances(run, program, shape.size * shape.stretch)
            set_places(run, code, (x, y), vertical=vertical)
            if line := line_of(run, matrix, shape.size, vertical=vertical):
                self._canvas.lines.append(line)
            glyphs += run
        look = self._look(element, graphics, paint)
        drawn = [glyph for glyph in glyphs if self._define(name, program, glyph)]
        if drawn and program:
            self._put_outlines(name, drawn, matrix, look, shape, unit=1 / program.units_per_em)
        rest = [g for g in glyphs if g.characters.strip() and g not in drawn]
        if rest:
            self._put_characters(element, rest, matrix, look, shape)

    def _look(self, element: Any, graphics: Graphics, paint: Callable[[Any, str], Paint]) -> str:
        filled = is_true(element, "Fill", default=True)
        look = paint(graphics.fill, "#000").attributes("fill") if filled else ' fill="none"'
        if is_true(element, "Stroke", default=False):
            stroke = paint(graphics.stroke, "#000")
            look += f'{stroke.attributes("stroke")} stroke-width="{shown(graphics.line_mm)}"'
        return look

    def _font(self, name: str) -> FontProgram | None:
        if name not in self._fonts:
            self._fonts[name] = self._load(self._shared.get(("Font", name)))
        return self._fonts[name]

    def _load(self, resource: Resource | None) -> FontProgram | None:
        location = text_of(resource.element, "FontFile") if resource else None
        member = self._package.find(location, *resource.folders) if resource else None
        if member is None:
            return None
        try:
            return FontProgram(self._package.read(member))
        except Unshowable:
            return None

    def _define(self, font: str, program: FontProgram | None, glyph: Glyph) -> bool:
        """Whether the glyph has an outline, which is then defined."""
        if program is None or glyph.number is None:
            return False
        data = program.outline(glyph.number)
        if data:
            name = _glyph_name(font, glyph.number)
            self._canvas.define(name, f'<path id="{name}" d="{data}"/>')
        return data is not None

    def _put_outlines(
        self,
        font: str,
        glyphs: list[Glyph],
        matrix: Matrix,
        look: str,
        shape: _Shape,
        *,
        unit: float,
    ) -> None:
        unit *= shape.size
        angle = math.radians(shape.turned)
        # Outlines have y upwards; a turned character turns about the begin of its base line.
        upright = Matrix(unit * shape.stretch, 0, 0, -unit)
        turn = Matrix(math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle))
        uses = []
        for glyph in glyphs:
            name = _glyph_name(font, glyph.number or 0)
            if self._canvas.has(name):
                place = upright.then(turn).then(Matrix.shift(glyph.x, glyph.y)).then(matrix)
                uses.append(f'<use href="#{name}" transform="{place.svg()}"/>')
        grown = re.sub(
            r'stroke-width="([\d.]+)"',
            lambda width: f'stroke-width="{shown(float(width[1]) / unit)}"' if unit else width[0],
            look,
        )
        self._canvas.put(f"<g{grown}>{''.join(uses)}</g>")

    def _put_characters(
        self, element: Any, glyphs: list[Glyph], matrix: Matrix, look: str, shape: _Shape
    ) -> None:
        """Characters at their places, in a font of the reader's machine that looks alike."""
        resource = self._shared.get(("Font", element.get("Font") or ""))
        font = resource.element if resource else None
        told = (font.get("FontName") or font.get("FamilyName") or "") if font is not None else ""
        bold = number(element.get("Weight"), 400) >= _BOLD
        italic = is_true(element, "Italic", default=False)
        if font is not None:
            bold = bold or is_true(font, "Bold", default=False)
            italic = italic or is_true(font, "Italic", default=False)
        # One character for each x, or browsers would set the rest by their own advance.
        single = [(g.characters[0], g.x / shape.stretch, g.y) for g in glyphs]
        place = Matrix(shape.stretch, 0, 0, 1).then(matrix)
        self._canvas.put(
            f'<text transform="{place.svg()}" font-size="{shown(shape.size)}"'
            f" font-family={quoteattr(_family(told))}"
            f' x="{" ".join(shown(x) for _, x, _ in single)}"'
            f' y="{" ".join(shown(y) for _, _, y in single)}"'
            + (f' rotate="{shape.turned}"' if shape.turned else "")
            + (' font-weight="bold"' if bold else "")
            + (' font-style="italic"' if italic else "")
            + f"{look}>{escape(''.join(character for character, _, _ in single))}</text>"
        )


def _glyph_name(font: str, glyph: int) -> str:
    return f"glyph{re.sub(r'[^A-Za-z0-9]', '', font)}-{glyph}"


def _family(told: str) -> str:
    """Families that look like a font, its own name first."""
    plain = re.sub(r"[^\w \-]", "", told)[:60]
    alike = next((f for words, f in _FAMILIES if re.search(words, plain, re.I)), _SERIF)
    return f'"{plain}",{alike}' if plain else alike
