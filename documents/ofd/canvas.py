"""The SVG being drawn, and the text that stands on it."""

from documents.failing import Unshowable
from documents.ofd.geometry import Area, shown
from records.preview import TextLine

_MOST_OBJECTS = 100_000
"""Of one page: composites may call composites, and depth alone does not bound that."""
_MOST_CHARACTERS = 24_000_000


class Canvas:
    """Collects elements and definitions; each definition is kept once under its name.

    Only attributes, no style and no script; references lead to definitions of the same drawing.
    """

    def __init__(self) -> None:
        self._elements: list[str] = []
        self._definitions: dict[str, str] = {}
        self._characters = 0
        self._objects = 0
        self._names = 0
        self.lines: list[TextLine] = []

    def count_object(self) -> None:
        """Raises Unshowable (``bomb``) for one object too many."""
        self._objects += 1
        if self._objects > _MOST_OBJECTS:
            raise Unshowable("bomb")

    def put(self, element: str) -> None:
        """Add an element, on top of those before. Raises Unshowable (``bomb``)."""
        self._grow(len(element))
        self._elements.append(element)

    def define(self, name: str, element: str) -> None:
        """Keep a definition under a name; the first one stays."""
        if name not in self._definitions:
            self._grow(len(element))
            self._definitions[name] = element

    def has(self, name: str) -> bool:
        """Whether something is defined under this name."""
        return name in self._definitions

    def new_name(self, kind: str) -> str:
        """A name that is not in use."""
        self._names += 1
        return f"{kind}{self._names}"

    def begin_apart(self) -> list[str]:
        """Draw what follows apart, until `end_apart`."""
        before, self._elements = self._elements, []
        return before

    def end_apart(self, before: list[str]) -> str:
        """What was drawn since `begin_apart`."""
        apart, self._elements = "".join(self._elements), before
        return apart

    def svg(self, box: Area, *, paper: str) -> bytes:
        """The whole drawing on paper of a colour, which may be ``none``."""
        view = " ".join(shown(v) for v in (box.x, box.y, box.width, box.height))
        return "".join(
            (
                '<svg xmlns="http://www.w3.org/2000/svg" ',
                f'width="{shown(box.width)}mm" height="{shown(box.height)}mm" viewBox="{view}">',
                f"<defs>{''.join(self._definitions.values())}</defs>",
                f'<rect x="{shown(box.x)}" y="{shown(box.y)}" width="{shown(box.width)}" ',
                f'height="{shown(box.height)}" fill="{paper}"/>',
                *self._elements,
                "</svg>",
            )
        ).encode()

    def _grow(self, characters: int) -> None:
        self._characters += characters
        if self._characters > _MOST_CHARACTERS:
            raise Unshowable("bomb")
