"""The characters of a text object, each with its glyph and its place."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from documents.ofd.font_program import FontProgram
from documents.ofd.geometry import Matrix, number, numbers, repeated
from documents.ofd.package import children, text_of
from records.preview import Box, TextLine

_ASCENT, _LINE_HEIGHT = 0.86, 1.08
"""Of the size of the font: where marks begin above the base line, and how high they are."""
_SAME_LINE, _NO_SPACE = 0.3, 0.25
"""Of the height of a line: how far text that goes on may stand from where it would."""
_HALF_WIDTH_END = "\u2e7f"
_MOST_CHARACTERS = 20_000
"""Of one text object."""
_NOT_IN_XML = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Glyph:
    """One glyph, or a character of a font that is not there."""

    characters: str
    number: int | None
    x: float = 0.0
    y: float = 0.0
    advance: float = 0.0


def glyph_runs(element: Any, program: FontProgram | None) -> list[tuple[Any, list[Glyph]]]:
    """The glyphs of each TextCode; a CGTransform counts over all of them."""
    transforms: dict[int, tuple[int, list[int | None]]] = {}
    for transform in children(element, "CGTransform") if program else ():
        listed: list[int | None] = [int(value) for value in numbers(text_of(transform, "Glyphs"))]
        count = max(1, int(number(transform.get("GlyphCount"), len(listed) or 1)))
        replaced = max(1, int(number(transform.get("CodeCount"), 1)))
        position = int(number(transform.get("CodePosition")))
        transforms[position] = (replaced, listed[:count] or [0])
    runs: list[tuple[Any, list[Glyph]]] = []
    passed = 0
    for code in children(element, "TextCode"):
        text = _NOT_IN_XML.sub("", code.text or "")[:_MOST_CHARACTERS]
        run: list[Glyph] = []
        at = 0
        while at < len(text):
            own = program.glyph_of(text[at]) if program else None
            replaced, listed = transforms.get(passed + at, (1, [own]))
            chunk = text[at : at + replaced]
            for index, glyph in enumerate(listed):
                last = index == len(listed) - 1
                told = chunk[index:] if last else chunk[index : index + 1]
                run.append(Glyph(told, glyph))
            at += replaced
        passed += len(text)
        if run:
            runs.append((code, run))
    return runs


def set_advances(run: list[Glyph], program: FontProgram | None, em: float) -> None:
    """Give each glyph its width: of the font where it tells, else a half or a whole em."""
    for glyph in run:
        told = program.advance(glyph.number) if program and glyph.number is not None else None
        half = glyph.characters[:1] <= _HALF_WIDTH_END
        glyph.advance = (told or (0.5 if half else 1.0)) * em


def set_places(run: list[Glyph], code: Any, start: tuple[float, float], *, vertical: bool) -> None:
    """Set the glyphs one after the other: by the steps of the file, else by their widths."""
    x, y = start
    steps_x = repeated(code.get("DeltaX"), len(run) - 1)
    steps_y = repeated(code.get("DeltaY"), len(run) - 1)
    for index, glyph in enumerate(run):
        if index:
            x += steps_x[index - 1] if steps_x else 0.0
            y += steps_y[index - 1] if steps_y else 0.0
            if not steps_x and not steps_y:
                natural = run[index - 1].advance
                x, y = (x, y + natural) if vertical else (x + natural, y)
        glyph.x, glyph.y = x, y


def line_of(run: list[Glyph], matrix: Matrix, size: float, *, vertical: bool) -> TextLine | None:
    """Where the characters of a run stand on the page, for selecting and marking."""
    text = "".join(glyph.characters for glyph in run)
    if not text.strip():
        return None
    x, y = matrix.at(run[0].x, run[0].y)
    turn = math.radians(-matrix.angle)
    height = size * matrix.scale_y
    boxes: list[Box] = []
    for glyph in run:
        at_x, at_y = matrix.at(glyph.x, glyph.y)
        # The boxes lie as before the whole line is turned about its begin.
        along = (at_x - x) * math.cos(turn) - (at_y - y) * math.sin(turn)
        down = (at_x - x) * math.sin(turn) + (at_y - y) * math.cos(turn)
        width = glyph.advance * matrix.scale_x / max(1, len(glyph.characters))
        boxes += [
            Box(
                x=x + along + width * share,
                y=y + down - _ASCENT * height,
                width=width,
                height=_LINE_HEIGHT * height,
            )
            for share in range(len(glyph.characters))
        ]
    return TextLine(
        text=text,
        x=x,
        y=y,
        width=_extent(boxes, vertical=vertical),
        height=height,
        rotation=round(matrix.angle, 3),
        vertical=vertical,
        boxes=tuple(boxes),
    )


def joined(lines: Iterable[TextLine]) -> list[TextLine]:
    """Lines that go on where the one before ended become one.

    Many producers write every character as a text of its own.
    """
    found: list[TextLine] = []
    for line in lines:
        if not found or not _goes_on(found[-1], line):
            found.append(line)
            continue
        before = found[-1]
        boxes = (*before.boxes, *line.boxes)
        found[-1] = before.model_copy(
            update={
                "text": before.text + line.text,
                "boxes": boxes,
                "width": _extent(boxes, vertical=False),
            }
        )
    return found


def _goes_on(before: TextLine, line: TextLine) -> bool:
    if before.vertical or line.vertical or before.rotation or line.rotation:
        return False
    height = before.height
    gap = line.x - (before.boxes[-1].x + before.boxes[-1].width)
    return (
        abs(line.y - before.y) < _SAME_LINE * height
        and abs(line.height - height) < _SAME_LINE * height
        and -_SAME_LINE * height < gap < _NO_SPACE * height
    )


def _extent(boxes: Sequence[Box], *, vertical: bool) -> float:
    if vertical:
        return max(0.0, boxes[-1].y + boxes[-1].height - boxes[0].y)
    return max(0.0, boxes[-1].x + boxes[-1].width - boxes[0].x)
