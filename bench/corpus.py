"""Texts and files for the benchmarks, from the demo's phrases: the same in every run."""

import io
from collections.abc import Iterator
from pathlib import Path
from random import Random

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from wenshu.demo.papers import paper

CHARACTERS = 2000
_FONT = "STSong-Light"


def texts(count: int) -> Iterator[str]:
    """Texts of 2,000 characters; each names its own number once."""
    for index in range(count):
        chance = Random(index)
        parts = [f"第{index}件。{paper(index).title}。"]
        while sum(map(len, parts)) < CHARACTERS:
            parts.extend(paper(chance.randrange(5_000)).paragraphs)
        yield "".join(parts)[:CHARACTERS]


def write_texts(folder: Path, count: int) -> None:
    """Text files, a thousand a folder."""
    for index, text in enumerate(texts(count)):
        place = folder / f"{index // 1000:03d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"文件{index:06d}.txt").write_text(text, encoding="utf-8")


def write_pdfs(folder: Path, count: int, *, pages: int = 5) -> None:
    """PDF files with a text layer of `pages` pages."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    folder.mkdir(parents=True, exist_ok=True)
    for index, text in enumerate(texts(count)):
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(595, 842))
        for page in range(pages):
            lines = [text[at : at + 36] for at in range(0, 900, 36)]
            for number, line in enumerate([f"第{page + 1}页 {index}", *lines]):
                canvas.setFont(_FONT, 14)
                canvas.drawString(50, 790 - number * 28, line)
            canvas.showPage()
        canvas.save()
        (folder / f"文件{index:05d}.pdf").write_bytes(out.getvalue())
