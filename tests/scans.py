"""Scans for tests: pictures whose text is known, and an installation with a recogniser for them."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from documents.scans.memory_text_recogniser import MemoryTextRecogniser
from records.ports.text_recogniser import TextRecogniser
from records.text import ContainedPart, ExtractedText, ExtractionStatus, TextPage
from tests.hostile import samples
from wenshu.building.engines import engines
from wenshu.building.house import installed_on
from wenshu.building.installation import Installation
from wenshu.settings import Settings


def picture(number: int = 0, *, size: tuple[int, int] = (60, 80)) -> bytes:
    """A small PNG, another one for each number."""
    out = io.BytesIO()
    Image.new("RGB", size, (number % 256, number // 256, 200)).save(out, "PNG")
    return out.getvalue()


def digest(body: bytes) -> str:
    """Its SHA-256 as the store has it."""
    return hashlib.sha256(body).hexdigest()


def drawn(folder: Path, lines: Sequence[str]) -> Image.Image:
    """Lines of Chinese on paper of A5, at 150 points to the inch."""
    path = samples.pdf_of_lines(folder / "drawn.pdf", [list(lines)])
    document = pdfium.PdfDocument(path)
    page = document[0].render(scale=150 / 72).to_pil().convert("RGB")
    document.close()
    whole: Image.Image = page.crop((0, 200, 900, 600))
    return whole


def pdf_of_pictures(pages: Sequence[Image.Image]) -> bytes:
    """A PDF each page of which is a picture and nothing else."""
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=list(pages[1:]), resolution=150)
    return out.getvalue()


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = {
    b"\x89PNG": "image/png",
    b"II*\0": "image/tiff",
    b"%PDF": "application/pdf",
    b"PK": _WORD,
}


class PlainExtractor:
    """Pictures have no text, everything else is one: no worker process is started for them."""

    version = "plain-1"

    def extract(self, path: Path, *, name: str) -> ExtractedText:
        """As the port says."""
        body = path.read_bytes()
        is_picture = body.startswith((b"\x89PNG", b"II*\0"))
        status = ExtractionStatus.EMPTY if is_picture else ExtractionStatus.OK
        media_type = next(
            (each for head, each in _TYPES.items() if body.startswith(head)), "text/plain"
        )
        text = TextPage(text="" if is_picture else body.decode())
        part = ContainedPart(
            path="",
            media_type=media_type,
            size_bytes=len(body),
            sha256=None,
            status=status,
            pages=() if is_picture else (text,),
        )
        return ExtractedText(
            extractor=self.version,
            media_type=media_type,
            status=status,
            parts=(part,),
            elapsed_ms=1,
        )

    def close(self) -> None:
        """Nothing to stop."""


@contextmanager
def installed_with(settings: Settings, recogniser: TextRecogniser) -> Iterator[Installation]:
    """An installation that recognises by this one."""
    with (
        engines(settings) as opened,
        installed_on(
            replace(opened, extractor=PlainExtractor(), recogniser=recogniser), settings
        ) as built,
    ):
        yield built


def knowing(
    *files: tuple[bytes, Sequence[str | None]], version: str = "memory-1"
) -> MemoryTextRecogniser:
    """A recogniser that knows what stands on the pages of these files."""
    return MemoryTextRecogniser({digest(body): pages for body, pages in files}, version=version)


def work_off(built: Installation) -> None:
    """Index what waits for it."""
    while not built.drain.empty():
        built.drain.round()


def read_all(built: Installation) -> None:
    """Recognise and index until nothing waits."""
    work_off(built)
    while built.scanning.turns.run():
        work_off(built)
