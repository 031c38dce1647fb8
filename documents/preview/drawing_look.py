"""Attributes of a drawing of ours, read: colours, lines, places, path data."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import parse_path

from documents.ofd.geometry import Matrix, number
from documents.preview.pdf_page import Colour

_LOG = logging.getLogger(__name__)

_Point = tuple[float, float]
_BLACK = (0.0, 0.0, 0.0)
_HEXADECIMAL = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.I)


@dataclass(frozen=True, slots=True)
class Look:
    """What holds for an element, and for those within it."""

    fill: Colour = _BLACK
    stroke: Colour = None
    width: float = 1.0
    """Of lines; 0 is the thinnest."""
    alpha: float = 1.0
    even_odd: bool = False

    def fainter(self, share: float) -> "Look":
        """Without lines, and that much fainter."""
        return replace(self, stroke=None, alpha=self.alpha * share)


def look_of(element: Any, look: Look, named: Mapping[str, Any]) -> Look:
    """The look with what the element says; `named` are the definitions of the drawing."""
    alpha = look.alpha * number(element.get("opacity"), 1.0)
    fill, stroke = element.get("fill"), element.get("stroke")
    if fill not in (None, "none"):
        alpha *= number(element.get("fill-opacity"), 1.0)
    elif stroke is not None:
        alpha *= number(element.get("stroke-opacity"), 1.0)
    thinnest = element.get("vector-effect") is not None
    return Look(
        fill=look.fill if fill is None else _colour(fill, named),
        stroke=look.stroke if stroke is None else _colour(stroke, named),
        width=0.0 if thinnest else number(element.get("stroke-width"), look.width),
        alpha=min(max(alpha, 0.0), 1.0),
        even_odd=look.even_odd or element.get("fill-rule") == "evenodd",
    )


def matrix_of(element: Any) -> Matrix:
    """Where an element puts what it draws."""
    told = element.get("transform") or ""
    return Matrix.read(told.removeprefix("matrix(").removesuffix(")"))


def referred(value: str | None) -> str:
    """The name in ``url(#name)``; empty for none."""
    return value[5:-1] if value and value.startswith("url(#") else ""


def path_operators(data: str, matrix: Matrix | None = None) -> str:
    """Path data as operators of PDF, every point moved by `matrix`; as far as it can be read."""
    pen = _Operators()
    try:
        parse_path(data, TransformPen(pen, _six(matrix)) if matrix else pen)
    except Exception as error:  # noqa: BLE001 - whatever broken data makes the library stumble over
        _LOG.debug("a path is drawn in part: %s", error)
    return " ".join(pen.written)


class _Operators(BasePen):  # type: ignore[misc]
    """Writes down what is drawn."""

    def __init__(self) -> None:
        super().__init__(None)
        self.written: list[str] = []

    def _moveTo(self, point: _Point) -> None:  # noqa: N802 - as the library calls it
        self._write("m", point)

    def _lineTo(self, point: _Point) -> None:  # noqa: N802
        self._write("l", point)

    def _curveToOne(self, first: _Point, second: _Point, end: _Point) -> None:  # noqa: N802
        self._write("c", first, second, end)

    def _closePath(self) -> None:  # noqa: N802
        self._write("h")

    def _write(self, operator: str, *points: _Point) -> None:
        self.written += [f"{x:.3f} {y:.3f}" for x, y in points]
        self.written.append(operator)


def _six(matrix: Matrix) -> tuple[float, ...]:
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _colour(told: str, named: Mapping[str, Any]) -> Colour:
    """A colour; of a gradient its first one, of a pattern none."""
    if told.startswith("url("):
        gradient = named.get(referred(told))
        first = next(iter(gradient), None) if gradient is not None else None
        told = (first.get("stop-color") or "none") if first is not None else "none"
    if not _HEXADECIMAL.fullmatch(told):
        return None
    digits = told[1:] if len(told) == len("#rrggbb") else "".join(2 * digit for digit in told[1:])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue
