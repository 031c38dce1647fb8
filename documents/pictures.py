"""Pictures made anew: what a browser gets was written by us, pixel by pixel."""

import io
import warnings
from pathlib import Path

from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

from documents.failing import Unshowable
from records.preview import Picture

MOST_PIXELS = 120_000_000
_MOST_SIDE = 4_000
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "AVIF", "JPEG2000")
_JPEG_QUALITY = 88
_TURNS = {
    1: Image.Transpose.ROTATE_270,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}
"""Quarters clockwise; the library counts degrees the other way."""


def measure(source: Path | bytes) -> tuple[int, int]:
    """Width and height as stored, no pixel decoded. Raises Unshowable (``bomb``, ``parse``)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(_opened(source), formats=_FORMATS) as opened:
                size = opened.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise Unshowable("parse") from error
    except Image.DecompressionBombError as error:
        raise Unshowable("bomb") from error
    if size[0] * size[1] > MOST_PIXELS:
        raise Unshowable("bomb")
    return size


def remake(source: Path | bytes, *, most_side: int = _MOST_SIDE, turns: int = 0) -> Picture:
    """The first frame of a picture, upright, without its metadata. Raises Unshowable.

    From upright it is turned by so many quarters, clockwise.
    """
    try:
        with warnings.catch_warnings():
            # We ask for the size ourselves, before a pixel is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(_opened(source), formats=_FORMATS)
            if opened.width * opened.height > MOST_PIXELS:
                raise Unshowable("bomb")
            opened.draft("RGB", (most_side, most_side))
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((most_side, most_side))
            if turns % 4:
                picture = picture.transpose(_TURNS[turns % 4])
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise Unshowable("parse") from error
    except Image.DecompressionBombError as error:
        raise Unshowable("bomb") from error
    photograph = opened.format in ("JPEG", "JPEG2000", "AVIF")
    return _written(picture, was_photograph=photograph)


def without_paper(source: bytes) -> Picture:
    """A picture of a seal whose white ground is clear, so that it hides no letters."""
    made = remake(source)
    picture: Image.Image = Image.open(io.BytesIO(made.body))
    if "A" not in picture.getbands():
        picture = picture.convert("RGB")
        red, green, blue = picture.split()
        lightest_everywhere = ImageChops.darker(ImageChops.darker(red, green), blue)
        picture.putalpha(ImageChops.invert(lightest_everywhere))
    return _written(picture, was_photograph=False)


def _opened(source: Path | bytes) -> Path | io.BytesIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source


def _written(picture: Image.Image, *, was_photograph: bool) -> Picture:
    out = io.BytesIO()
    clear = "A" in picture.getbands() or "transparency" in picture.info
    if clear or not was_photograph:
        kept = picture.convert("RGBA" if clear else "L" if picture.mode in ("1", "L") else "RGB")
        kept.info.clear()
        kept.save(out, "PNG", compress_level=3)
        media_type = "image/png"
    else:
        kept = picture.convert("RGB")
        kept.info.clear()
        kept.save(out, "JPEG", quality=_JPEG_QUALITY)
        media_type = "image/jpeg"
    return Picture(body=out.getvalue(), media_type=media_type, width=kept.width, height=kept.height)
