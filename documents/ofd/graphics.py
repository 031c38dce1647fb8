"""Line, fill and colour as they hold at one place of a page (GB/T 33190, 8.2 and 8.3)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from documents.ofd.document import Resource
from documents.ofd.geometry import number, numbers, shown
from documents.ofd.package import child, children

_MOST_PARENTS = 12
_HAIRLINE = ' stroke-width="1" vector-effect="non-scaling-stroke"'
_DEFAULT_LINE_MM = 0.353
_CAPS = {"Round": "round", "Square": "square"}
_JOINS = {"Round": "round", "Bevel": "bevel"}


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour, or a reference to a definition, with its opacity from 0 to 1."""

    value: str
    opacity: float = 1.0

    def attributes(self, kind: str) -> str:
        """As attributes for ``fill`` or ``stroke``."""
        faint = f' {kind}-opacity="{shown(self.opacity)}"' if self.opacity < 1 else ""
        return f' {kind}="{self.value}"{faint}'


@dataclass(frozen=True, slots=True)
class Graphics:
    """The drawing parameters in force; elements are those of colours."""

    fill: Any = None
    stroke: Any = None
    line_mm: float = _DEFAULT_LINE_MM
    cap: str = ""
    join: str = ""
    dashes: str = ""
    dash_offset: float = 0.0

    def with_object(self, element: Any, shared: Mapping[tuple[str, str], Resource]) -> "Graphics":
        """The parameters for an object: those it refers to, then those it brings itself."""
        graphics = self
        for parameters in reversed(_chain(element.get("DrawParam"), shared)):
            graphics = graphics.overridden(parameters)
        return graphics.overridden(element)

    def stroke_attributes(self, paint: Paint, *, grown: float = 1.0) -> str:
        """Attributes of a line; `grown` is the scale of the coordinates it is drawn in."""
        text = paint.attributes("stroke")
        if self.line_mm <= 0:
            text += _HAIRLINE
        else:
            text += f' stroke-width="{shown(self.line_mm / grown)}"'
        text += f' stroke-linecap="{_CAPS[self.cap]}"' if self.cap in _CAPS else ""
        text += f' stroke-linejoin="{_JOINS[self.join]}"' if self.join in _JOINS else ""
        dashes = [max(0.0, value) for value in numbers(self.dashes)][:20]
        if any(dashes):
            text += f' stroke-dasharray="{" ".join(shown(value / grown) for value in dashes)}"'
            text += f' stroke-dashoffset="{shown(self.dash_offset / grown)}"'
        return text

    def overridden(self, element: Any) -> "Graphics":
        """The parameters with what an element says of itself."""
        fill, stroke = child(element, "FillColor"), child(element, "StrokeColor")
        return replace(
            self,
            fill=self.fill if fill is None else fill,
            stroke=self.stroke if stroke is None else stroke,
            line_mm=number(element.get("LineWidth"), self.line_mm),
            cap=element.get("Cap") or self.cap,
            join=element.get("Join") or self.join,
            dashes=element.get("DashPattern") or self.dashes,
            dash_offset=number(element.get("DashOffset"), self.dash_offset),
        )


def colour(element: Any, shared: Mapping[tuple[str, str], Resource], default: str) -> Paint:
    """The plain colour of an element; of a shading its first colour."""
    if element is None:
        return Paint(default)
    opacity = min(max(number(element.get("Alpha"), 255.0), 0.0), 255.0) / 255
    if element.get("Value") is None and element.get("Index") is None:
        first = next(element.iter("Color"), None)
        if first is not None:
            return Paint(colour(first, shared, default).value, opacity)
        return Paint(default, opacity)
    kind, values = _values(element, shared)
    return Paint(_hexadecimal(kind, values) or default, opacity)


def _values(element: Any, shared: Mapping[tuple[str, str], Resource]) -> tuple[str, list[float]]:
    space = shared.get(("ColorSpace", element.get("ColorSpace") or ""))
    kind = (space.element.get("Type") or "RGB").upper() if space else ""
    text = element.get("Value")
    if text is None and space is not None:
        entries = children(child(space.element, "Palette"), "CV")
        index = int(number(element.get("Index"), -1))
        text = entries[index].text if 0 <= index < len(entries) else ""
    values = []
    for word in (text or "").replace(",", " ").split()[:4]:
        if word.startswith("#"):
            digits = word[1:]
            valid = 0 < len(digits) <= 2 and all(c in "0123456789abcdefABCDEF" for c in digits)
            values.append(float(int(digits, 16)) if valid else 0.0)
        else:
            values.append(number(word))
    return kind, values


def _hexadecimal(kind: str, values: list[float]) -> str | None:
    parts = [min(max(value, 0.0), 255.0) for value in values]
    if len(parts) == 1 or (kind == "GRAY" and parts):
        parts = parts[:1] * 3
    elif len(parts) == 4 and kind in ("CMYK", ""):
        black = 1 - parts[3] / 255
        parts = [255 * (1 - part / 255) * black for part in parts[:3]]
    if len(parts) < 3:
        return None
    return "#" + "".join(f"{round(part):02x}" for part in parts[:3])


def _chain(identifier: str | None, shared: Mapping[tuple[str, str], Resource]) -> list[Any]:
    """The parameters of this identifier and those they are relative to, nearest first."""
    found: list[Any] = []
    while identifier and len(found) < _MOST_PARENTS:
        resource = shared.get(("DrawParam", identifier))
        if resource is None:
            break
        found.append(resource.element)
        identifier = resource.element.get("Relative")
    return found
