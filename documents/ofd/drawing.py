"""One page of an OFD drawn as SVG."""

from typing import Any

from documents.failing import Unshowable
from documents.ofd.canvas import Canvas
from documents.ofd.document import OfdPage, Resource
from documents.ofd.geometry import Area, Matrix, number, shown
from documents.ofd.graphics import Graphics, Paint
from documents.ofd.images import Images
from documents.ofd.lettering import Lettering
from documents.ofd.outline_data import svg_path
from documents.ofd.package import OfdPackage, child, children, is_true, text_of
from documents.ofd.shading import paint_of

_MOST_DEPTH = 12
_CONTAINERS = ("PageBlock", "Layer", "Content")
_OPAQUE = 255.0


class Drawing:
    """Draws the layers and annotations of one page on a canvas."""

    def __init__(self, package: OfdPackage, page: OfdPage, canvas: Canvas, images: Images) -> None:
        self._page = page
        self._canvas = canvas
        self._images = images
        self._shared: dict[tuple[str, str], Resource] = page.resources
        self._lettering = Lettering(package, page.resources, canvas)
        self._depth = 0

    def draw(self) -> None:
        """Draw everything, from the ground up. Raises Unshowable (``bomb``)."""
        for layer in self._page.layers:
            self._group(layer, Matrix(), Graphics().with_object(layer, self._shared))
        for appearance in self._page.annotations:
            box = Area.read(appearance.get("Boundary"))
            place = Matrix.shift(box.x, box.y) if box else Matrix()
            self._group(appearance, place, Graphics())

    def _group(self, group: Any, matrix: Matrix, graphics: Graphics) -> None:
        if group is None or self._depth >= _MOST_DEPTH:
            return
        self._depth += 1
        for element in group:
            self._canvas.count_object()
            if not is_true(element, "Visible", default=True):
                continue
            if element.tag in _CONTAINERS:
                self._group(element, matrix, graphics)
            elif element.tag in ("TextObject", "PathObject", "ImageObject", "CompositeObject"):
                self._object(element, matrix, graphics)
        self._depth -= 1

    def _object(self, element: Any, matrix: Matrix, graphics: Graphics) -> None:
        graphics = graphics.with_object(element, self._shared)
        box = Area.read(element.get("Boundary")) or Area(0, 0, 0, 0)
        moved = Matrix.shift(box.x, box.y).then(matrix)
        inner = Matrix.read(element.get("CTM")).then(moved)
        clips = self._clips(element, inner, moved)
        alpha = min(max(number(element.get("Alpha"), _OPAQUE), 0.0), _OPAQUE)
        faint = f' opacity="{shown(alpha / _OPAQUE)}"' if alpha < _OPAQUE else ""
        opened = [f'<g clip-path="url(#{clip})">' for clip in clips]
        opened += [f"<g{faint}>"] if faint else []
        for tag in opened:
            self._canvas.put(tag)
        if element.tag == "TextObject":
            self._lettering.draw(element, inner, graphics, self._paint)
        elif element.tag == "PathObject":
            self._path(element, inner, graphics)
        elif element.tag == "ImageObject":
            if not element.get("CTM"):
                inner = Matrix(box.width, 0, 0, box.height, box.x, box.y).then(matrix)
            self._images.put(element, inner, self._shared, self._canvas)
        else:
            unit = self._shared.get(("CompositeGraphicUnit", element.get("ResourceID") or ""))
            self._group(child(unit.element, "Content") if unit else None, inner, graphics)
        for _ in opened:
            self._canvas.put("</g>")

    def _path(self, element: Any, matrix: Matrix, graphics: Graphics) -> None:
        data = svg_path(text_of(element, "AbbreviatedData"))
        if not data:
            return
        look = ' fill="none"'
        if is_true(element, "Fill", default=False):
            look = self._paint(graphics.fill, "none").attributes("fill")
            if (element.get("Rule") or "").lower() == "even-odd":
                look += ' fill-rule="evenodd"'
        if is_true(element, "Stroke", default=True):
            look += graphics.stroke_attributes(self._paint(graphics.stroke, "#000"))
        self._canvas.put(f'<path d="{data}" transform="{matrix.svg()}"{look}/>')

    def _clips(self, element: Any, inner: Matrix, moved: Matrix) -> list[str]:
        """Names of clips: several cut one another, the areas of one add up (8.4)."""
        names: list[str] = []
        clips = child(element, "Clips")
        if clips is None:
            return names
        base = inner if is_true(clips, "TransFlag", default=True) else moved
        for clip in children(clips, "Clip")[:_MOST_DEPTH]:
            shapes = []
            for area in children(clip, "Area"):
                self._canvas.count_object()
                place = Matrix.read(area.get("CTM")).then(base)
                for path in children(area, "Path", "PathObject"):
                    box = Area.read(path.get("Boundary")) or Area(0, 0, 0, 0)
                    own = Matrix.read(path.get("CTM")).then(Matrix.shift(box.x, box.y))
                    if data := svg_path(text_of(path, "AbbreviatedData")):
                        shapes.append(f'<path d="{data}" transform="{own.then(place).svg()}"/>')
            if shapes:
                name = self._canvas.new_name("clip")
                self._canvas.define(name, f'<clipPath id="{name}">{"".join(shapes)}</clipPath>')
                names.append(name)
        return names

    def _paint(self, element: Any, default: str) -> Paint:
        if self._depth > _MOST_DEPTH:
            raise Unshowable("bomb")

        def cell(content: Any) -> None:
            self._group(content, Matrix(), Graphics())

        return paint_of(element, self._shared, self._canvas, cell, default=default)
