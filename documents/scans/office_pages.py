"""Pictures within a docx or pptx as pages to be read: the third picture is page 3."""

import zipfile
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from PIL import Image

from documents.failing import NoSuchPage, Unshowable
from documents.office_pictures import Content, OfficePicture, contents, office_pictures
from documents.preview.zipped_xml import MOST_PART_BYTES, UNREADABLE
from documents.scans.decoding import decoded, opened_picture
from documents.zips import opened_zip
from records.scans import ScanPlan

_LEAST_SIDE, _LEAST_LENGTH = 40, 200
"""Pixels: ten characters of 20. What is smaller, a bullet, an icon or a logo, is not read."""

_REMEMBERED = 8
"""Files whose pictures are known, for records take turns: each is read page by page."""

_Directory = frozenset[tuple[str, Content]]
"""What a file is known by: its members and their check sums."""


class OfficePages:
    """Remembers where pictures are, so that of a page only its own member is unpacked."""

    def __init__(self) -> None:
        self._listed: OrderedDict[_Directory, tuple[OfficePicture, ...]] = OrderedDict()

    def plan(self, path: Path) -> ScanPlan:
        """The pictures that may hold text, by their numbers. Raises Unshowable."""
        with opened_zip(path) as archive:
            pictures = self._pictures(archive)
            wanted = [each for each in pictures if _may_hold_text(archive, each)]
        return ScanPlan(
            pages=len(pictures),
            wanted=tuple(each.number for each in wanted),
            pictures=True,
            slides=tuple(each.slide for each in wanted if each.slide),
        )

    def picture(self, path: Path, number: int) -> Image.Image:
        """One picture. Raises Unshowable, and NoSuchPage beyond the last."""
        with opened_zip(path) as archive:
            pictures = self._pictures(archive)
            if not 1 <= number <= len(pictures):
                raise NoSuchPage
            with _opened(archive, pictures[number - 1]) as stream:
                return decoded(stream, 1)

    def _pictures(self, archive: zipfile.ZipFile) -> tuple[OfficePicture, ...]:
        directory = frozenset(contents(archive).items())
        if directory not in self._listed:
            self._listed[directory] = office_pictures(archive)
        self._listed.move_to_end(directory)
        if len(self._listed) > _REMEMBERED:
            self._listed.popitem(last=False)
        return self._listed[directory]


def _may_hold_text(archive: zipfile.ZipFile, picture: OfficePicture) -> bool:
    """By its size, for which only its head is unpacked."""
    try:
        with _opened(archive, picture) as stream, opened_picture(stream) as opened:
            sides = sorted(opened.size)
    except Unshowable:
        return False  # a drawing (EMF, SVG) or broken: nothing that could be read
    return sides[0] >= _LEAST_SIDE and sides[1] >= _LEAST_LENGTH


@contextmanager
def _opened(archive: zipfile.ZipFile, picture: OfficePicture) -> Iterator[IO[bytes]]:
    """The bytes of a picture as they are asked for. Raises Unshowable."""
    if picture.content[1] > MOST_PART_BYTES:
        raise Unshowable("too_large")
    try:
        with archive.open(picture.member) as stream:
            yield stream
    except (KeyError, *UNREADABLE) as error:
        raise Unshowable("parse") from error
