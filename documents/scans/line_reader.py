"""Reads one line of text: a strip cut out of the page, and what the network says of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from documents.scans.line_finder import Network, as_input
from documents.scans.quads import Quad

_HEIGHT = 48
_LEAST_WIDTH = 320
_MOST_WIDTH = 3_200
_TURN_WIDTH = 192
_TALL = 1.5
_LEVEL = 0.004
"""Slope below which a strip is cut out straight: a fifth of a pixel in fifty."""


@dataclass(frozen=True, slots=True)
class LineText:
    """What stands in a strip."""

    text: str
    centres: tuple[float, ...]
    """Where each character stands, from 0 to 1 along the strip."""
    confidence: float
    """Mean over characters, from 0 to 1."""


class LineReader:
    """Reads strips by a network of PP-OCR, by connectionist temporal classification."""

    def __init__(self, network: Network, alphabet: Sequence[str], turned: Network) -> None:
        """`turned` is the network that knows whether a strip stands on its head."""
        self._network = network
        self._alphabet = alphabet
        self._turned = turned

    def read(self, strip: Image.Image) -> LineText:
        """The text of a strip, which may be empty."""
        width = max(1, min(_MOST_WIDTH, round(strip.width * _HEIGHT / strip.height)))
        small = as_input(strip.resize((width, _HEIGHT), Image.Resampling.BILINEAR))
        padded = np.zeros((1, 3, _HEIGHT, max(width, _LEAST_WIDTH)), dtype=np.float32)
        padded[0, :, :, :width] = small
        likely = self._network(padded)[0]
        best = likely.argmax(axis=1)
        kept = np.flatnonzero((best != 0) & (np.diff(best, prepend=-1) != 0))
        if not kept.size:
            return LineText("", (), 0.0)
        steps_of_strip = likely.shape[0] * width / padded.shape[3]
        centres = np.clip((kept + 0.5) / steps_of_strip, 0, 1)
        return LineText(
            "".join(self._alphabet[best[step]] for step in kept),
            tuple(map(float, centres)),
            float(likely[kept, best[kept]].mean()),
        )

    def upside_down(self, strip: Image.Image) -> float:
        """How likely it is that a strip stands on its head."""
        width = max(1, min(_TURN_WIDTH, round(strip.width * _HEIGHT / strip.height)))
        padded = np.zeros((1, 3, _HEIGHT, _TURN_WIDTH), dtype=np.float32)
        padded[0, :, :, :width] = as_input(strip.resize((width, _HEIGHT)))
        return float(self._turned(padded)[0][1])


def is_tall(quad: Quad) -> bool:
    """Whether its text runs from top to bottom, or the page lies on its side."""
    return quad.height > _TALL * quad.length


def corners_read(quad: Quad) -> Any:
    """Its corners from where its text begins: top left, top right, bottom right, bottom left."""
    return np.roll(quad.corners(), -1, axis=0) if is_tall(quad) else quad.corners()


def strip_of(picture: Image.Image, quad: Quad) -> Image.Image:
    """The line cut out and made level; what is written from top to bottom is laid on its side."""
    width, height = max(1, round(quad.length)), max(1, round(quad.height))
    corners = quad.corners()
    if abs(quad.along[1]) < _LEVEL:
        (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
        begin, end = (round(left), round(top)), (round(right), round(bottom))
        strip = picture.crop((*begin, max(begin[0] + 1, end[0]), max(begin[1] + 1, end[1])))
    else:
        north_west, north_east, south_east, south_west = corners.tolist()
        around = (*north_west, *south_west, *south_east, *north_east)
        strip = picture.transform(
            (width, height), Image.Transform.QUAD, around, Image.Resampling.BILINEAR
        )
    return strip.transpose(Image.Transpose.ROTATE_90) if is_tall(quad) else strip
