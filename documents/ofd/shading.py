"""Colours that change over an area: gradients, and patterns that repeat."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from documents.ofd.canvas import Canvas
from documents.ofd.document import Resource
from documents.ofd.geometry import Matrix, number, numbers, shown
from documents.ofd.graphics import Paint, colour
from documents.ofd.package import child, children

_SPREADS = {"Repeat": "repeat", "Reflect": "reflect"}
_MOST_STOPS = 200


def paint_of(
    element: Any,
    shared: Mapping[tuple[str, str], Resource],
    canvas: Canvas,
    draw: Callable[[Any], None],
    *,
    default: str,
) -> Paint:
    """The paint of a colour element; `draw` draws the cell of a pattern."""
    plain = colour(element, shared, default)
    for found in () if element is None else element:
        if found.tag in ("AxialShd", "RadialShd"):
            return Paint(f"url(#{_gradient(found, shared, canvas)})", plain.opacity)
        if found.tag == "Pattern":
            return Paint(f"url(#{_pattern(found, canvas, draw)})", plain.opacity)
    return plain


def _gradient(element: Any, shared: Mapping[tuple[str, str], Resource], canvas: Canvas) -> str:
    name = canvas.new_name("shade")
    segments = children(element, "Segment")[:_MOST_STOPS]
    stops = []
    for index, segment in enumerate(segments):
        at = number(segment.get("Position"), index / max(1, len(segments) - 1))
        paint = colour(child(segment, "Color"), shared, "#000")
        stops.append(
            f'<stop offset="{shown(at)}" stop-color="{paint.value}"'
            f' stop-opacity="{shown(paint.opacity)}"/>'
        )
    start = (*numbers(element.get("StartPoint")), 0.0, 0.0)[:2]
    end = (*numbers(element.get("EndPoint")), 0.0, 0.0)[:2]
    spread = _SPREADS.get(element.get("MapType") or "", "pad")
    common = f'id="{name}" gradientUnits="userSpaceOnUse" spreadMethod="{spread}"'
    if element.tag == "AxialShd":
        length, unit = math.dist(start, end), number(element.get("MapUnit"))
        if spread != "pad" and unit > 0 and length > 0:
            share = unit / length
            end = (
                start[0] + (end[0] - start[0]) * share,
                start[1] + (end[1] - start[1]) * share,
            )
        (x1, y1), (x2, y2) = map(_pair, (start, end))
        text = f'<linearGradient {common} x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">'
        canvas.define(name, f"{text}{''.join(stops)}</linearGradient>")
    else:
        (fx, fy), (cx, cy) = map(_pair, (start, end))
        r = shown(max(0.0, number(element.get("EndRadius"), 1.0)))
        text = f'<radialGradient {common} cx="{cx}" cy="{cy}" r="{r}" fx="{fx}" fy="{fy}">'
        canvas.define(name, f"{text}{''.join(stops)}</radialGradient>")
    return name


def _pair(point: tuple[float, ...]) -> tuple[str, str]:
    return shown(point[0]), shown(point[1])


def _pattern(element: Any, canvas: Canvas, draw: Callable[[Any], None]) -> str:
    name = canvas.new_name("pattern")
    width, height = number(element.get("Width"), 1.0), number(element.get("Height"), 1.0)
    before = canvas.begin_apart()
    try:
        draw(child(element, "CellContent"))
    finally:
        cell = canvas.end_apart(before)
    step_x = max(number(element.get("XStep"), width), width) or 1.0
    step_y = max(number(element.get("YStep"), height), height) or 1.0
    canvas.define(
        name,
        f'<pattern id="{name}" patternUnits="userSpaceOnUse" width="{shown(step_x)}" '
        f'height="{shown(step_y)}" patternTransform="{Matrix.read(element.get("CTM")).svg()}">'
        f"{cell}</pattern>",
    )
    return name
