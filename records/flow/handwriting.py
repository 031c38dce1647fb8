"""What is written by pen into an opinion: strokes as a device sends them, and the picture of them.

The picture is made here, of numbers alone, so that nothing a stranger drew up is ever kept or shown
as a picture: an SVG (W3C SVG 1.1) that stays sharp on paper at any size. The strokes come as one
line, so that a form and a program send the same: ``720x300;10,20,5 14,22,6;30,40,4`` are the size
of the sheet and then the strokes, each of points ``x,y,width`` in whole units of that sheet.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

from records.errors import Invalid

MOST_POINTS = 20_000
"""Some two hundred characters of forty strokes with few points each; 400 KB as a picture."""

LONGEST = 16 * MOST_POINTS
"""Characters of the line at most, so that nothing longer is looked through."""

LARGEST_SIDE = 4_000
"""Units of a sheet: the pixels of a large tablet."""

WIDEST = 40
"""Of a stroke, in units."""

LEAST_INK = 24
"""Units that the pen must have gone: less is a hand that touched the glass."""

_SHEET = re.compile("([1-9][0-9]{0,3})x([1-9][0-9]{0,3})")
_POINT = re.compile("([0-9]{1,4}),([0-9]{1,4}),([0-9]{1,2})")
_MARGIN = 12

Point = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Strokes on a sheet of that size."""

    width: int
    height: int
    strokes: tuple[tuple[Point, ...], ...]


def read_drawing(line: str) -> Drawing:
    """The strokes of a line.

    Raises Invalid: ``bad_drawing`` for what is none, ``drawing_too_large`` (with ``most``),
    ``empty_drawing`` where nothing was written.
    """
    if len(line) > LONGEST:
        raise Invalid("drawing_too_large", field="handwriting", most=MOST_POINTS)
    sheet, *written = line.strip().split(";")
    size = _SHEET.fullmatch(sheet)
    if size is None or max(int(size[1]), int(size[2])) > LARGEST_SIDE:
        raise Invalid("bad_drawing", field="handwriting")
    drawing = Drawing(int(size[1]), int(size[2]), tuple(map(_stroke, filter(None, written))))
    if sum(map(len, drawing.strokes)) > MOST_POINTS:
        raise Invalid("drawing_too_large", field="handwriting", most=MOST_POINTS)
    for stroke in drawing.strokes:
        for x, y, wide in stroke:
            if x > drawing.width or y > drawing.height or not 1 <= wide <= WIDEST:
                raise Invalid("bad_drawing", field="handwriting")
    if _ink(drawing) < LEAST_INK:
        raise Invalid("empty_drawing", field="handwriting")
    return drawing


def picture_of(drawing: Drawing) -> tuple[bytes, int, int]:
    """The SVG of what was written, cut to it, and its width and height in units."""
    points = [point for stroke in drawing.strokes for point in stroke]
    left = max(0, min(x for x, _, _ in points) - _MARGIN)
    top = max(0, min(y for _, y, _ in points) - _MARGIN)
    width = min(drawing.width, max(x for x, _, _ in points) + _MARGIN) - left
    height = min(drawing.height, max(y for _, y, _ in points) + _MARGIN) - top
    lines = "".join(map(_line, drawing.strokes))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="{left} {top} {width} {height}">'
        f'<g fill="none" stroke="#111" stroke-linecap="round" stroke-linejoin="round">{lines}</g>'
        "</svg>\n"
    )
    return svg.encode(), width, height


def _stroke(text: str) -> tuple[Point, ...]:
    found: list[Point] = []
    for each in text.split():
        point = _POINT.fullmatch(each)
        if point is None:
            raise Invalid("bad_drawing", field="handwriting")
        found.append((int(point[1]), int(point[2]), int(point[3])))
    return tuple(found)


def _ink(drawing: Drawing) -> float:
    """How far the pen went."""
    return sum(
        hypot(to[0] - at[0], to[1] - at[1])
        for stroke in drawing.strokes
        for at, to in pairwise(stroke)
    )


def _line(stroke: tuple[Point, ...]) -> str:
    """A stroke as lines, one for each run of points pressed alike; a single point is a dot."""
    runs: list[tuple[int, list[str]]] = []
    for x, y, wide in stroke:
        at = f"{x} {y}"
        if not runs or runs[-1][0] != wide:
            before = runs[-1][1][-1:] if runs else []
            runs.append((wide, before))
        runs[-1][1].append(at)
    return "".join(
        f'<path stroke-width="{wide}" d="M{"L".join(run if len(run) > 1 else run * 2)}"/>'
        for wide, run in runs
    )
