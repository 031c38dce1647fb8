"""The worker process of recognition: one page a request, at low priority."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from documents.answering import Answered, Asked, answered
from documents.failing import Unshowable
from documents.scans.installed import model_folder
from documents.scans.networks import page_reader
from documents.scans.office_pages import OfficePages
from documents.scans.page_pictures import page_picture, plan_of
from documents.scans.page_reader import PageReader, ReadLine
from records.scans import ScannedLine, ScannedPage
from sandbox.child import serve

_LOW = 15
"""Nice value: whoever searches or has a text extracted goes first."""


class _Reading:
    """The networks, loaded with the first page, and where pictures of documents are."""

    def __init__(self) -> None:
        self._office = OfficePages()
        self._reader: PageReader | None = None

    def plan(self, path: Path, asked: Asked) -> Answered:
        plan = plan_of(path, asked["name"], self._office)
        return {"plan": plan.model_dump(mode="json")}, b""

    def page(self, path: Path, asked: Asked) -> Answered:
        picture = page_picture(path, asked["name"], asked["page"], self._office)
        if self._reader is None:
            folder = model_folder()
            if folder is None:
                raise Unshowable("engine")
            self._reader = page_reader(folder)
        lines = tuple(map(_line, self._reader.read(picture).lines))
        return {"page": ScannedPage(page=asked["page"], lines=lines).model_dump(mode="json")}, b""


def _line(line: ReadLine) -> ScannedLine:
    places = [float(each) for corner in line.corners for each in corner]
    return ScannedLine(
        text=line.read.text,
        corners=tuple(min(max(round(each * 10_000), 0), 10_000) for each in places),
        centres=tuple(round(centre * 1_000) for centre in line.read.centres),
        confidence=round(line.read.confidence * 100),
    )


_READING = _Reading()
_DO: Mapping[str, Callable[[Path, Asked], Answered]] = {
    "plan": _READING.plan,
    "page": _READING.page,
}

if __name__ == "__main__":
    os.nice(_LOW)
    serve(answered(_DO))
