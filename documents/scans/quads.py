"""Slanted rectangles around lines of text."""

from dataclasses import dataclass
from typing import Any

import numpy as np

_Points = Any
"""An array of shape (n, 2): x to the right, y down, in pixels."""


@dataclass(frozen=True, slots=True)
class Quad:
    """A rectangle that may be slanted. `along` is the unit vector of its longer run of text."""

    centre: _Points
    along: _Points
    length: float
    """Along `along`."""
    height: float
    """Across it."""

    def grown(self, ratio: float) -> "Quad":
        """Larger on every side by area × ratio / perimeter, as the network shrank its lines."""
        by = self.length * self.height * ratio / (2 * (self.length + self.height))
        return Quad(self.centre, self.along, self.length + 2 * by, self.height + 2 * by)

    def scaled(self, x: float, y: float) -> "Quad":
        """In other pixels."""
        scale = np.array([x, y])
        return quad_of_corners(self.corners() * scale)

    def corners(self) -> _Points:
        """Shape (4, 2): top left, top right, bottom right, bottom left, as one reads."""
        right = self.along * self.length / 2
        down = np.array([-self.along[1], self.along[0]]) * self.height / 2
        return np.stack(
            [
                self.centre - right - down,
                self.centre + right - down,
                self.centre + right + down,
                self.centre - right + down,
            ]
        )


def quad_of_corners(corners: _Points) -> Quad:
    """The quad with these corners, in the order of `Quad.corners`."""
    right = (corners[1] + corners[2] - corners[0] - corners[3]) / 2
    down = (corners[2] + corners[3] - corners[0] - corners[1]) / 2
    length = float(np.hypot(*right))
    along = right / length if length else np.array([1.0, 0.0])
    return Quad(corners.mean(axis=0), along, length, float(np.hypot(*down)))


def smallest_quad(points: _Points) -> Quad:
    """The rectangle of least area around points, `along` within 45° of level."""
    hull = _hull(points)
    edges = np.diff(np.vstack([hull, hull[:1]]), axis=0)
    lengths = np.hypot(edges[:, 0], edges[:, 1])
    units = edges[lengths > 0] / lengths[lengths > 0, None] if lengths.any() else np.eye(2)[:1]
    across = np.stack([-units[:, 1], units[:, 0]], axis=1)
    on_units, on_across = hull @ units.T, hull @ across.T
    spans = np.ptp(on_units, axis=0), np.ptp(on_across, axis=0)
    best = int(np.argmin((spans[0] + 1) * (spans[1] + 1)))
    unit, over = units[best], across[best]
    middle = (on_units[:, best].max() + on_units[:, best].min()) / 2
    level = (on_across[:, best].max() + on_across[:, best].min()) / 2
    centre = unit * middle + over * level
    length, height = float(spans[0][best]) + 1, float(spans[1][best]) + 1
    if abs(unit[0]) < abs(unit[1]):
        unit, length, height = np.array([-unit[1], unit[0]]), height, length
    return Quad(centre, unit if unit[0] > 0 else -unit, length, height)


def _hull(points: _Points) -> _Points:
    """The convex hull, by Andrew's monotone chain (Information Processing Letters 9, 1979)."""
    ordered = sorted({(float(x), float(y)) for x, y in points})
    if len(ordered) <= 2:
        return np.array(ordered)

    def half(given: list[tuple[float, float]]) -> list[tuple[float, float]]:
        chain: list[tuple[float, float]] = []
        for x, y in given:
            while len(chain) > 1:
                (ax, ay), (bx, by) = chain[-2:]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                chain.pop()
            chain.append((x, y))
        return chain[:-1]

    return np.array(half(ordered) + half(ordered[::-1]))
