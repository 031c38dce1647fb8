"""Zips, which most office files are."""

import zipfile
from pathlib import Path
from typing import BinaryIO

from documents.failing import Unshowable

_NO_ZIP = (zipfile.BadZipFile, ValueError, OSError, RuntimeError)
"""What `zipfile` raises for what it cannot open; the last for a version of the format it lacks."""


def opened_zip(source: Path | BinaryIO) -> zipfile.ZipFile:
    """The zip, its list of members read. Raises Unshowable (``parse``) for what is none."""
    try:
        return zipfile.ZipFile(source)
    except _NO_ZIP as error:
        raise Unshowable("parse") from error
