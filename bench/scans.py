"""Text recognised on scans: characters wrong, seconds and memory a page, and who waits meanwhile.

``python -m bench.scans PDF…`` draws the pages of papers with known text as scanners and faxes would
give them; OFD files are drawn by Chromium. Without files it measures the second table alone.
"""

import base64
import io
import os
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter, sleep
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

from bench.product import PASSWORD, Client, quantile
from bench.serving import PORT, served
from documents.ofd.preview import count_ofd_pages, draw_ofd_page
from documents.scans.embedded_text_recogniser import EmbeddedTextRecogniser
from records.people.people_rows import PeopleRows
from wenshu.building.house import installation
from wenshu.settings import Settings

UPLOADS = 60
SCANNED_PAGES = 50
LEAST_CHARACTERS = 50

Turned = Callable[[Image.Image, Random], Image.Image]


def _noisy(page: Image.Image, chance: Random) -> Image.Image:
    noise = Image.frombytes("L", page.size, chance.randbytes(page.width * page.height))
    return Image.blend(page, Image.merge("RGB", [noise] * 3), 0.25)


def _stamped(page: Image.Image, _: Random) -> Image.Image:
    """A red seal of 42 mm, as over the signature of an issued paper, in the middle of the text."""
    seal, size = Image.new("RGBA", page.size, (0, 0, 0, 0)), page.width // 5
    left, top = page.width // 2, page.height // 2
    draw = ImageDraw.Draw(seal)
    draw.ellipse((left, top, left + size, top + size), outline=(220, 20, 20, 200), width=size // 16)
    for beam in range(5):
        x = left + size // 4 + beam * size // 10
        draw.rectangle(
            (x, top + size // 3, x + size // 24, top + 2 * size // 3), (220, 20, 20, 170)
        )
    return Image.alpha_composite(page.convert("RGBA"), seal).convert("RGB")


def _faxed(page: Image.Image, _: Random) -> Image.Image:
    """204 × 98 points to the inch, black and white."""
    coarse = page.convert("L").resize((page.width, page.height // 2))
    return coarse.point(lambda value: 255 * (value > 160)).convert("1").resize(page.size)


HOW: dict[str, tuple[int, str, Turned]] = {
    "200 dpi": (200, "png", lambda page, _: page),
    "150 dpi": (150, "png", lambda page, _: page),
    "200 dpi, 2° askew": (
        200,
        "png",
        lambda page, _: page.rotate(2, expand=True, fillcolor="white"),
    ),
    "200 dpi, noise, JPEG 50": (200, "jpg", _noisy),
    "200 dpi, blurred": (200, "png", lambda page, _: page.filter(ImageFilter.GaussianBlur(1.5))),
    "200 dpi, upside down": (
        200,
        "png",
        lambda page, _: page.transpose(Image.Transpose.ROTATE_180),
    ),
    "200 dpi, red seal over text": (200, "png", _stamped),
    "204 × 98 dpi, black and white": (204, "png", _faxed),
}


def plain(text: str) -> str:
    """Characters as they are compared: NFKC, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def errors(read: str, truth: str) -> int:
    """Levenshtein's distance."""
    row = list(range(len(truth) + 1))
    for at, character in enumerate(read, 1):
        before, row[0] = row[0], at
        for place, other in enumerate(truth, 1):
            cheapest = min(row[place] + 1, row[place - 1] + 1, before + (character != other))
            before, row[place] = row[place], cheapest
    return row[-1]


def lacking(read: str, truth: str) -> int:
    """Characters that were not read at all, wherever they stand."""
    return (Counter(truth) - Counter(read)).total()


class Reader:
    """One recogniser, and what it used."""

    def __init__(self, folder: Path) -> None:
        self._recogniser = EmbeddedTextRecogniser()
        self._folder = folder
        self.seconds: list[float] = []
        self.cpu_s: list[float] = []
        self.peak_mb = 0.0

    def read(self, page: Image.Image, suffix: str) -> str:
        """The text of a page."""
        path = self._folder / f"page.{suffix}"
        page.save(path, quality=50)
        used, began = self._used_s(), perf_counter()
        text = self._recogniser.page(path, name=path.name, page=1).text
        self.seconds.append(perf_counter() - began)
        self.cpu_s.append(self._used_s() - used)
        for pid in self._recogniser.worker_pids:
            status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
            peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
            self.peak_mb = max(self.peak_mb, int(peak.split()[1]) / 1024)
        return plain(text)

    def close(self) -> None:
        """End the worker."""
        self._recogniser.close()

    def _used_s(self) -> float:
        ticks = 0
        for pid in self._recogniser.worker_pids:
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            ticks += int(stat[11]) + int(stat[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def pdf_pages(path: Path) -> Iterator[tuple[Callable[[int], Image.Image], str]]:
    """Each page with text: how it is drawn at so many dots to the inch, and what stands on it."""
    document = pdfium.PdfDocument(path)
    for page in document:
        text = plain(page.get_textpage().get_text_range())
        if len(text) >= LEAST_CHARACTERS:
            yield partial(_drawn, page), text


def _drawn(page: Any, dpi: int) -> Image.Image:
    picture: Image.Image = page.render(scale=dpi / 72).to_pil().convert("RGB")
    return picture


def ofd_pages(path: Path) -> Iterator[tuple[Image.Image, str]]:
    """Each page with text, drawn at 200 dots to the inch, and what stands on it."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for number in range(1, count_ofd_pages(path) + 1):
            view = draw_ofd_page(path, number)
            text = plain(view.text)
            if len(text) < LEAST_CHARACTERS:
                continue
            width, height = (round(side / 25.4 * 200) for side in (view.width, view.height))
            page = browser.new_page(viewport={"width": width, "height": height})
            source = base64.b64encode(view.picture).decode()
            page.set_content(
                f'<body style="margin:0"><img src="data:image/svg+xml;base64,{source}" '
                f'width="{width}" height="{height}">'
            )
            shot = page.screenshot()
            yield Image.open(io.BytesIO(shot)).convert("RGB"), text
            page.close()
        browser.close()


def accuracy(files: Sequence[Path]) -> Table:
    """How many characters are wrong, by how a page came."""
    table = Table(
        "how it came", "pages", "characters", "wrong, %", "not read, %", "s", "s of a core"
    )
    chance = Random(1)
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(Path(folder))
        pages = [each for path in files if path.suffix == ".pdf" for each in pdf_pages(path)]
        for how, (dpi, suffix, turned) in HOW.items() if pages else ():
            read = [
                (reader.read(turned(draw(dpi), chance), suffix), truth) for draw, truth in pages
            ]
            table.add_row(how, *_told(read, reader))
        for path in files:
            if path.suffix == ".ofd":
                read = [(reader.read(page, "png"), truth) for page, truth in ofd_pages(path)]
                if read:
                    table.add_row(path.name, *_told(read, reader))
        reader.close()
        table.caption = f"peak of the worker {reader.peak_mb:.0f} MB"
    return table


def _told(read: Sequence[tuple[str, str]], reader: Reader) -> tuple[str, ...]:
    count = sum(len(truth) for _, truth in read)
    wrong = sum(errors(found, truth) for found, truth in read)
    missing = sum(lacking(found, truth) for found, truth in read)
    last = len(read)
    seconds, cpu_s = reader.seconds[-last:], reader.cpu_s[-last:]
    return (
        str(last),
        f"{count:,}",
        f"{100 * wrong / count:.2f}",
        f"{100 * missing / count:.2f}",
        f"{sum(seconds) / last:.1f}",
        f"{sum(cpu_s) / last:.1f}",
    )


def waiting() -> Table:
    """An ordinary text from its upload until it is found, and a search, while a scan is read."""
    table = Table("meanwhile", "uploaded → found, p50 / p95, ms", "search, p50 / p95, ms")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        with installation(Settings(data=data, password_memory_kib=64)) as built:
            person = {"login": "bench", "name": "甲", "unit": "b", "password": PASSWORD}
            units = [{"code": "b", "name": "局", "level": "市"}]
            built.house.people.load(PeopleRows(units, [person]), lasting=True)
        scan = _scan()  # first: a server hangs up on a client that is silent for 5 s
        with served(data):
            client = Client(PORT)
            table.add_row("nothing", *_asked(client, 0))
            Client(PORT, client.token).upload("scan.pdf", scan)
            until = perf_counter() + 120
            while not list((data / "store").glob("records/*/text/*.scan-pages/*")):
                if perf_counter() > until:
                    raise TimeoutError("nothing is recognised")
                sleep(0.2)
            table.add_row(
                f"a scan of {SCANNED_PAGES} pages is read",
                *_asked(Client(PORT, client.token), UPLOADS),
            )
    return table


def _asked(client: Client, first: int) -> tuple[str, str]:
    uploads = [client.upload_until_found(first + number) for number in range(UPLOADS)][5:]
    searches = [client.search("独有词") for _ in range(UPLOADS)][5:]
    return tuple(  # type: ignore[return-value]
        f"{quantile(each, 0.5):.0f} / {quantile(each, 0.95):.0f}" for each in (uploads, searches)
    )


def _scan() -> bytes:
    chance = Random(2)
    pages = []
    for _ in range(SCANNED_PAGES):
        page = Image.new("1", (1654, 2339), 1)
        draw = ImageDraw.Draw(page)
        for line in range(40):
            words = "".join(chance.choice("abcdefghijk lmnopq") for _ in range(60))
            draw.text((200, 200 + 50 * line), words, 0, font_size=32)
        pages.append(page)
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return out.getvalue()


def main() -> None:
    """Print both tables."""
    console = Console(width=120)
    files = [Path(each) for each in sys.argv[1:]]
    if files:
        console.print(accuracy(files))
    console.print(waiting())


if __name__ == "__main__":
    main()
