"""Pictures decoded, to be read."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

from documents.failing import NoSuchPage, Unshowable
from documents.pictures import MOST_PIXELS

MOST_SIDE = 4_000
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")


@contextmanager
def opened_picture(source: Path | IO[bytes]) -> Iterator[Image.Image]:
    """The picture with no pixel decoded yet. Raises Unshowable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(source, formats=_FORMATS) as opened:
                yield opened
    except Image.DecompressionBombError as error:
        raise Unshowable("bomb") from error
    except UnidentifiedImageError as error:
        raise Unshowable("type") from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Unshowable("parse") from error


def decoded(source: Path | IO[bytes], page: int) -> Image.Image:
    """One frame on white, at most `MOST_SIDE` a side. Raises Unshowable and NoSuchPage."""
    with opened_picture(source) as opened:
        try:
            opened.seek(page - 1)
        except EOFError as error:
            raise NoSuchPage from error
        if opened.width * opened.height > MOST_PIXELS:
            raise Unshowable("bomb")
        opened.draft("RGB", (MOST_SIDE, MOST_SIDE))
        picture = ImageOps.exif_transpose(opened)
        picture.thumbnail((MOST_SIDE, MOST_SIDE))
        return _on_white(picture)


def _on_white(picture: Image.Image) -> Image.Image:
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    paper = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(paper, clear).convert("RGB")
