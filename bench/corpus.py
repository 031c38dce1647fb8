"""Texts and files for the benchmarks, from sentences that people wrote: the same in every run."""

import io
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from wenshu.demo.papers import paper

CHARACTERS = 2000
SENTENCES = Path(__file__).parents[2] / "shared" / "data" / "cmrc2018_dev.json"
_FONT = "STSong-Light"


def texts(count: int) -> Iterator[str]:
    """Texts of 2,000 characters; each names its own number once.

    They are drawn from 10,000 sentences of an encyclopaedia (CMRC 2018), so that words stand in
    as many of them as in life. The demo's phrases, used where those are missing, are so few that
    three words out of one text stand in four of five others.
    """
    pool = sentences() or [line for index in range(500) for line in paper(index).paragraphs]
    for index in range(count):
        chance = Random(index)
        parts, length = [f"第{index}件。{paper(index).title}。"], 0
        while length < CHARACTERS:
            parts.append(chance.choice(pool))
            length += len(parts[-1])
        yield "".join(parts)[:CHARACTERS]


@cache
def sentences() -> list[str]:
    """Sentences of real text, each once, in order; none where the file is not there."""
    if not SENTENCES.exists():
        return []
    articles = json.loads(SENTENCES.read_text(encoding="utf-8"))["data"]
    contexts = [part["context"] for article in articles for part in article["paragraphs"]]
    found = (line for text in contexts for line in re.split(r"(?<=[。；！？])", text))
    return list(dict.fromkeys(line.strip() for line in found if len(line) >= 10))


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
