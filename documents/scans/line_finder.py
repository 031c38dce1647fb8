"""Finds lines of text on a picture: the network of PP-OCR, and rectangles around what it marks.

Liao et al., Real-time Scene Text Detection with Differentiable Binarization (AAAI 2020). Figures
are those that the network was trained for, as rapidocr's config.yaml has them.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image

from documents.scans.quads import Quad, smallest_quad
from documents.scans.regions import regions

Network = Callable[[Any], Any]
"""From an array of shape (1, 3, height, width) to the network's only answer."""

LONGEST_SIDE = 1_280
"""Pixels: an A4 page of 110 dpi, on which 9 point letters are 14 high. On 1,600 the network takes
twice as long and finds no more; see docs/extraction.md."""
_SHORTEST_SIDE = 320
_STEP = 32
_MARKED, _SURE = 0.3, 0.5
_GROWS = 1.6
_THINNEST = 3.0
_MOST_LINES = 1_000


class LineFinder:
    """Asks the network for one picture at a time."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def lines(self, picture: Image.Image) -> list[Quad]:
        """Where lines of text stand, in pixels of the picture, in no order."""
        width, height = _network_size(picture.size)
        small = picture.resize((width, height), Image.Resampling.BILINEAR)
        likely = self._network(as_input(small)[None])[0, 0]
        marked = likely > _MARKED
        # The network was trained to be read after a dilation by one pixel.
        wider = marked.copy()
        wider[1:] |= marked[:-1]
        wider[:, 1:] |= wider[:, :-1]
        found = []
        for points in regions(wider, most=_MOST_LINES):
            quad = smallest_quad(points)
            if min(quad.length, quad.height) < _THINNEST or _mean(likely, quad) < _SURE:
                continue
            grown = quad.grown(_GROWS)
            found.append(grown.scaled(picture.width / width, picture.height / height))
        return found


def as_input(picture: Image.Image) -> Any:
    """Shape (3, height, width), blue first, from -1 to 1."""
    pixels = np.asarray(picture.convert("RGB"), dtype=np.float32)[:, :, ::-1]
    return np.ascontiguousarray((pixels / 127.5 - 1).transpose(2, 0, 1))


def _network_size(size: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, LONGEST_SIDE / max(size))
    scale = max(scale, min(_SHORTEST_SIDE / min(size), LONGEST_SIDE / max(size)))
    width, height = (max(_STEP, round(side * scale / _STEP) * _STEP) for side in size)
    return width, height


def _mean(likely: Any, quad: Quad) -> float:
    """Of the network's answer within the rectangle."""
    corners = quad.corners()
    left, top = np.clip(np.floor(corners.min(axis=0)), 0, None).astype(int)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 1
    part = likely[top:bottom, left:right]
    if not part.size:
        return 0.0
    ys, xs = np.mgrid[top : top + part.shape[0], left : left + part.shape[1]]
    x, y = xs - quad.centre[0], ys - quad.centre[1]
    inside = (np.abs(x * quad.along[0] + y * quad.along[1]) <= quad.length / 2) & (
        np.abs(y * quad.along[0] - x * quad.along[1]) <= quad.height / 2
    )
    return float(part[inside].mean()) if inside.any() else 0.0
