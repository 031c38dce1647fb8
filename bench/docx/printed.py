"""Pages of a PDF as lines with what one sees of them: size, colour, weight, place."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import byref, c_double, c_int, c_uint, create_string_buffer
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Self

import pypdfium2 as pdfium
from pypdfium2 import raw

_GAP_EM = 1.5
"""A gap as wide parts a line: cells of a table, what stands right of a tab."""
_EDGE = 0.09
"""Share of a page above and below, where headers and footers stand."""
_NEAR_COLOUR = 40
_LONG_PT = 100
_THIN_PT = 8
_Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Sign:
    """One character."""

    text: str
    left: float
    right: float
    base: float
    """Where it stands, from the top."""
    size: float
    colour: _Colour
    bold: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or a stretch of one, in points."""

    text: str
    left: float
    size: float
    colour: _Colour
    bold: bool
    at_edge: bool = False

    def is_like(self, other: "Piece") -> bool:
        """Whether one would call the colours the same."""
        return all(
            abs(a - b) <= _NEAR_COLOUR for a, b in zip(self.colour, other.colour, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture, or a long red line, in points."""

    left: float
    width: float
    height: float

    def __str__(self) -> str:
        return f"{self.width:.0f}×{self.height:.0f} at {self.left:.0f}"

    def is_like(self, other: "Drawn", near: float) -> bool:
        """Whether it is as large and as far from the left edge of the page, but for so many."""
        pairs = ((self.left, other.left), (self.width, other.width), (self.height, other.height))
        return all(abs(one - two) <= near for one, two in pairs)


@dataclass(frozen=True, slots=True)
class Paper:
    """One page, in points."""

    width: float
    height: float
    lines: tuple[tuple[Sign, ...], ...]
    pictures: tuple[Drawn, ...]
    red_lines: tuple[Drawn, ...]

    def with_weights(self, painted: "Paper", bold: _Colour) -> Self:
        """With those signs bold that are painted so on the same paper."""
        lines = tuple(
            tuple(
                replace(sign, bold=like.colour == bold) for sign, like in zip(one, two, strict=True)
            )
            for one, two in zip(self.lines, painted.lines, strict=True)
        )
        return replace(self, lines=lines)


def papers(path: Path) -> list[Paper]:
    """The pages of a PDF."""
    document = pdfium.PdfDocument(path)
    return [_paper(page) for page in document]


def met(theirs: Sequence[Paper], ours: Paper) -> Iterator[tuple[Piece, Piece | None]]:
    """Each line of the pages with the signs of ours that stand for it, None where they do not.

    Signs are brought together in their order, and what is left by its text alone: two columns may
    be read across by one and down by the other.
    """
    lines = [(page, line) for page in theirs for line in page.lines]
    mine = [sign for line in ours.lines for sign in line]
    text = "".join(sign.text for sign in mine)
    flat = "".join(sign.text for _, line in lines for sign in line)
    place: dict[int, int] = {}
    for block in SequenceMatcher(None, flat, text, autojunk=False).get_matching_blocks():
        place.update((block.a + each, block.b + each) for each in range(block.size))
    begin = 0
    for page, line in lines:
        said = "".join(sign.text for sign in line)
        found = [place.get(begin + at) for at in range(len(line))]
        begin += len(line)
        at_edge = not page.height * _EDGE < line[0].base < page.height * (1 - _EDGE)
        kept = [each for each in found if each is not None]
        if len(kept) < len(line):
            elsewhere = text.find(said)
            kept = list(range(elsewhere, elsewhere + len(said))) if elsewhere >= 0 else []
        yield _piece(line, at_edge=at_edge), _piece([mine[each] for each in kept]) if kept else None


def _piece(line: Sequence[Sign], *, at_edge: bool = False) -> Piece:
    def most(values: Iterator[Any]) -> Any:
        return Counter(values).most_common(1)[0][0]

    return Piece(
        "".join(sign.text for sign in line),
        line[0].left,
        most(round(sign.size * 2) / 2 for sign in line),
        most(sign.colour for sign in line),
        most(sign.bold for sign in line),
        at_edge,
    )


def _paper(page: Any) -> Paper:
    width, height = page.get_size()
    pictures: dict[tuple[float, float], Drawn] = {}
    red: dict[tuple[float, float], Drawn] = {}
    for each in page.get_objects(max_depth=8):
        left, bottom, right, top = each.get_bounds()
        wide, high = right - left, top - bottom
        if each.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures[-round(top), left] = Drawn(left, wide, high)
        elif (
            each.type == raw.FPDF_PAGEOBJ_PATH
            and wide > _LONG_PT
            and high < _THIN_PT
            and _is_red(each)
        ):
            red[-round(top), left] = Drawn(left, wide, 0)
    found = (tuple(each for _, each in sorted(some.items())) for some in (pictures, red))
    return Paper(width, height, tuple(_lines(page, height)), *found)


def _is_red(path: Any) -> bool:
    mode, stroke = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(path.raw, byref(mode), byref(stroke))
    get = raw.FPDFPageObj_GetStrokeColor if stroke.value else raw.FPDFPageObj_GetFillColor
    red, green, blue = _colour(lambda *to: get(path.raw, *to))
    return red > 150 and max(green, blue) < 90


def _colour(get: Any) -> _Colour:
    values = [c_uint() for _ in range(4)]
    get(*map(byref, values))
    red, green, blue, _ = (value.value for value in values)
    return red, green, blue


def _lines(page: Any, height: float) -> Iterator[tuple[Sign, ...]]:
    signs = list(_signs(page.get_textpage(), height))
    signs.sort(key=lambda sign: sign.base)
    rows: list[list[Sign]] = []
    for sign in signs:
        if rows and sign.base - rows[-1][0].base < 0.4 * max(sign.size, rows[-1][0].size):
            rows[-1].append(sign)
        else:
            rows.append([sign])
    for row in rows:
        row.sort(key=lambda sign: sign.left)
        piece = [row[0]]
        for sign in row[1:]:
            if sign.left - piece[-1].right > _GAP_EM * sign.size:
                yield tuple(piece)
                piece = []
            piece.append(sign)
        yield tuple(piece)


def _signs(text: Any, height: float) -> Iterator[Sign]:
    for at in range(text.count_chars()):
        sign = unicodedata.normalize("NFKC", text.get_text_range(at, 1))
        left, _, right, _ = text.get_charbox(at, loose=True)
        if not sign.strip() or right <= left:
            continue
        colour = _colour(lambda *to, at=at: raw.FPDFText_GetFillColor(text.raw, at, *to))
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text.raw, at, byref(matrix))
        size = raw.FPDFText_GetFontSize(text.raw, at) * abs(matrix.d or matrix.a)
        across, up = c_double(), c_double()
        raw.FPDFText_GetCharOrigin(text.raw, at, byref(across), byref(up))
        yield Sign(sign, left, right, height - up.value, size, colour, _is_bold(text, at))


def _is_bold(text: Any, at: int) -> bool:
    name, flags = create_string_buffer(200), c_int()
    raw.FPDFText_GetFontInfo(text.raw, at, name, len(name), byref(flags))
    return b"bold" in name.value.lower() or b"black" in name.value.lower()
