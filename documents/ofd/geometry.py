"""Numbers, boxes and transforms of OFD, read without trust, in millimetres."""

import math
from dataclasses import dataclass
from typing import Self

_LARGEST = 1e6
"""A kilometre: what is larger is no page, and would make endless numbers in the SVG."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """``x' = a x + c y + e``, ``y' = b x + d y + f`` (GB/T 33190, 8.2)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    @classmethod
    def read(cls, text: str | None) -> Self:
        """Six numbers; the identity when there are fewer."""
        values = numbers(text)
        return cls(*values[:6]) if len(values) >= 6 else cls()

    @classmethod
    def shift(cls, x: float, y: float) -> Self:
        """A move."""
        return cls(e=x, f=y)

    def then(self, outer: "Matrix") -> "Matrix":
        """The transform that does this one first and `outer` after it."""
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def scale_x(self) -> float:
        """How much a length along x grows."""
        return math.hypot(self.a, self.b)

    @property
    def scale_y(self) -> float:
        """How much a length along y grows."""
        return math.hypot(self.c, self.d)

    @property
    def angle(self) -> float:
        """By how many degrees, clockwise, the x axis is turned."""
        return math.degrees(math.atan2(self.b, self.a))

    def svg(self) -> str:
        """As the SVG attribute has it."""
        values = (self.a, self.b, self.c, self.d, self.e, self.f)
        return f"matrix({' '.join(shown(value, 6) for value in values)})"


@dataclass(frozen=True, slots=True)
class Area:
    """A box as OFD writes it: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """Four numbers, or None."""
        values = numbers(text)
        return cls(*values[:4]) if len(values) >= 4 else None


def number(text: str | None, default: float = 0.0) -> float:
    """A finite number of sensible size, or the default."""
    try:
        value = float(text or "")
    except ValueError:
        return default
    return value if abs(value) <= _LARGEST else default


def numbers(text: str | None) -> list[float]:
    """All numbers of a list, separated by spaces or commas."""
    found = []
    for word in (text or "").replace(",", " ").split():
        try:
            value = float(word)
        except ValueError:
            continue
        found.append(value if abs(value) <= _LARGEST else 0.0)
    return found


def repeated(text: str | None, count: int) -> list[float]:
    """`count` steps between glyphs: ``g n v`` stands for n times v; the last one goes on."""
    steps: list[float] = []
    words = (text or "").replace(",", " ").split()
    at = 0
    while at < len(words) and len(steps) < count:
        if words[at] == "g" and at + 2 < len(words):
            times = min(int(number(words[at + 1], count)), count)
            steps += [number(words[at + 2])] * max(0, times)
            at += 3
        else:
            steps.append(number(words[at]))
            at += 1
    if steps and len(steps) < count:
        steps += [steps[-1]] * (count - len(steps))
    return steps[:count]


def shown(value: float, digits: int = 3) -> str:
    """A number as short as it can be written."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text
