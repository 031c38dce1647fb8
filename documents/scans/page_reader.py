"""Reads a page: which way is up, where its lines stand, what stands in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from documents.scans.line_finder import LineFinder
from documents.scans.line_reader import LineReader, LineText, corners_read, is_tall, strip_of
from documents.scans.quads import Quad, quad_of_corners

_ASKED = 9
"""Lines that are asked which way is up: the longest ones."""
_SURE = 0.5
"""A line of less confidence is noise: a seal, a pattern, a signature."""
_SAME_ROW = 0.5

_BACK = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}
"""From directions in the picture that was turned to those in the one that was given."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line in reading order; `corners` as of `Quad`, from 0 to 1 of width and height."""

    read: LineText
    corners: Any


@dataclass(frozen=True, slots=True)
class ReadPage:
    """All lines, and by how many degrees the picture had to be turned to the left for reading."""

    lines: tuple[ReadLine, ...]
    turned: int


class PageReader:
    """Works on one picture at a time."""

    def __init__(self, finder: LineFinder, reader: LineReader) -> None:
        self._finder = finder
        self._reader = reader

    def read(self, given: Image.Image) -> ReadPage:
        """Every line that is read with some confidence."""
        picture, quads, turned = self._upright(given.convert("RGB"))
        lines = []
        for quad in in_order(quads):
            read = self._reader.read(strip_of(picture, quad))
            if read.text.strip() and read.confidence >= _SURE:
                corners = corners_read(quad) / np.array(picture.size)
                lines.append(ReadLine(read, _turned_back(corners, turned)))
        return ReadPage(tuple(lines), turned)

    def _upright(self, picture: Image.Image) -> tuple[Image.Image, list[Quad], int]:
        quads, turned = self._finder.lines(picture), 0
        tall = sum(quad.height for quad in quads if is_tall(quad))
        if tall > sum(quad.length for quad in quads if not is_tall(quad)):
            turned = 90
            picture = picture.transpose(Image.Transpose.ROTATE_90)
            quads = self._finder.lines(picture)
        longest = sorted(quads, key=lambda quad: -quad.length / quad.height)[:_ASKED]
        likely = [self._reader.upside_down(strip_of(picture, quad)) for quad in longest]
        if likely and float(np.mean(likely)) > 0.5:
            turned += 180
            quads = [_on_its_feet(quad, picture.size) for quad in quads]
            picture = picture.transpose(Image.Transpose.ROTATE_180)
        return picture, quads, turned


def _on_its_feet(quad: Quad, size: tuple[int, int]) -> Quad:
    """The same place in the picture turned by 180°, where bottom right is top left."""
    return quad_of_corners((np.array(size) - quad.corners())[[2, 3, 0, 1]])


def in_order(quads: Sequence[Quad]) -> list[Quad]:
    """Row after row from the top, each from left to right, on a page that may be askew."""
    if not quads:
        return []
    long = [quad for quad in quads if not is_tall(quad)] or quads
    weights = [quad.length for quad in long]
    along = np.average([quad.along for quad in long], axis=0, weights=weights)
    down = np.array([-along[1], along[0]])
    ordered = sorted(quads, key=lambda quad: float(quad.centre @ down))
    rows: list[list[Quad]] = []
    for quad in ordered:
        level = float(quad.centre @ down)
        if rows:
            last = rows[-1][0]
            least = min(last.height, quad.height)
            if abs(level - float(last.centre @ down)) < _SAME_ROW * least:
                rows[-1].append(quad)
                continue
        rows.append([quad])
    return [q for row in rows for q in sorted(row, key=lambda quad: float(quad.centre @ along))]


def _turned_back(corners: Any, turned: int) -> Any:
    """Corners on the picture as it was given, each still where one reads it."""
    a, b, c, d = _BACK[turned]
    centred = corners - 0.5
    return (
        np.stack(
            [a * centred[:, 0] + c * centred[:, 1], b * centred[:, 0] + d * centred[:, 1]], axis=1
        )
        + 0.5
    )
