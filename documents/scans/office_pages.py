"""Pictures within a docx or pptx as pages to be read: the third picture is page 3."""

import io
import zipfile
from pathlib import Path

from PIL import Image

from documents.failing import NoSuchPage, Unshowable
from documents.office_pictures import OfficePicture, office_pictures
from documents.preview.zipped_xml import read_part
from documents.scans.decoding import decoded, opened_picture
from documents.zips import opened_zip
from records.scans import ScanPlan

_LEAST_SIDE, _LEAST_LENGTH = 40, 200
"""Pixels: ten characters of 20. What is smaller, a bullet, an icon or a logo, is not read."""


def office_plan(path: Path) -> ScanPlan:
    """The pictures that may hold text, by their numbers. Raises Unshowable."""
    with opened_zip(path) as archive:
        pictures = office_pictures(archive)
        wanted = [each for each in pictures if _may_hold_text(archive, each)]
    return ScanPlan(
        pages=len(pictures),
        wanted=tuple(each.number for each in wanted),
        pictures=True,
        slides=tuple(each.slide for each in wanted if each.slide),
    )


def office_page_picture(path: Path, number: int) -> Image.Image:
    """One picture. Raises Unshowable, and NoSuchPage beyond the last."""
    with opened_zip(path) as archive:
        pictures = office_pictures(archive)
        if not 1 <= number <= len(pictures):
            raise NoSuchPage
        return decoded(io.BytesIO(_body(archive, pictures[number - 1])), 1)


def _may_hold_text(archive: zipfile.ZipFile, picture: OfficePicture) -> bool:
    try:
        with opened_picture(io.BytesIO(_body(archive, picture))) as opened:
            sides = sorted(opened.size)
    except Unshowable:
        return False  # a drawing (EMF, SVG) or broken: nothing that could be read
    return sides[0] >= _LEAST_SIDE and sides[1] >= _LEAST_LENGTH


def _body(archive: zipfile.ZipFile, picture: OfficePicture) -> bytes:
    body = read_part(archive, picture.member)
    if body is None:
        raise Unshowable("parse")
    return body
