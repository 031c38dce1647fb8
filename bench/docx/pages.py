"""原样式 held against the pages of LibreOffice: which properties of a docx are drawn the same.

``python -m bench.docx.pages [FOLDER…]`` takes every docx of the folders, and thirty that it makes
(`docx/samples.py`). LibreOffice prints each as PDF; the frame of the product draws it in Chromium,
which prints that as PDF too; both are read by pdfium. LibreOffice is asked for here alone: it needs
the packages libreoffice-writer-nogui and fonts-noto-cjk.
"""

import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, sync_playwright
from rich.console import Console
from rich.table import Table

from bench.docx.printed import Drawn, Paper, Piece, met, papers
from bench.docx.samples import samples
from search_ui.pages import STATIC, Pages
from search_ui.texts import read_texts

_MOST_PAGES = 12
"""Longer ones are left out: the drawing is printed as one page, which cannot be endless."""
_HOST = "http://frame"
_NEAR_PT = 8.0
"""Half a character of a body text: how far a line may begin from where LibreOffice has it."""
_PX = 0.75
"""Points to a pixel of a page."""

_LOOK = """() => Array.from(document.querySelectorAll("section.docx")).map((page) => {
  const style = getComputedStyle(page);
  return [style.width, style.minHeight, style.paddingTop, style.paddingRight,
    style.paddingBottom, style.paddingLeft].map(parseFloat);
})"""


_PAINT_BOLD = """() => { for (const each of document.querySelectorAll("p, p *"))
  each.style.color = getComputedStyle(each).fontWeight >= 600 ? "rgb(1, 2, 3)" : "#000"; }"""
_BOLD = (1, 2, 3)


@dataclass(slots=True)
class Findings:
    """How often a property was the same, and what differed where it was not."""

    same: Counter[str] = field(default_factory=Counter)
    other: Mapping[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def note(self, what: str, is_same: bool, told: str) -> None:  # noqa: FBT001 - a table's cell
        """One comparison more."""
        if is_same:
            self.same[what] += 1
        else:
            self.other[what][told] += 1

    def table(self) -> Table:
        """One row for each property."""
        table = Table("property", "same", "differs", "what differs")
        for what in dict.fromkeys((*self.same, *self.other)):
            told = [f"{each} ({count})" for each, count in self.other[what].most_common(8)]
            count = self.other[what].total()
            table.add_row(what, str(self.same[what]), str(count), "; ".join(told))
        return table


def printed(files: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """What LibreOffice makes of each, as PDF; one that ends it costs its neighbours no more."""
    made: dict[Path, Path] = {}
    copies = {file: folder / f"{number}.docx" for number, file in enumerate(files)}
    for file, copy in copies.items():
        copy.write_bytes(file.read_bytes())
    every = iter(copies.values())
    while few := list(islice(every, 10)):
        _convert(few, folder)
    for file, copy in copies.items():
        pdf = copy.with_suffix(".pdf")
        if not pdf.exists():
            _convert([copy], folder)
        if pdf.exists():
            made[file] = pdf
    return made


def _convert(files: Sequence[Path], folder: Path) -> None:
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=False, capture_output=True, timeout=300)


class Frame:
    """The frame of the product, drawn by Chromium."""

    def __init__(self, browser: Browser) -> None:
        self._page = browser.new_page(viewport={"width": 2400, "height": 1000})
        self._page.route("**/*", _served)

    def printed(self, file: Path, pdf: Path, *, changes: bool = False) -> list[list[float]] | None:
        """Prints what it draws as one long page; measures of its sections, None where it cannot."""
        page = self._page
        page.goto(f"{_HOST}/")
        page.evaluate(
            """() => { window.told = new Promise((done) => addEventListener("message",
              (event) => { if (event.data.drawn || event.data.failed) done(event.data); })); }"""
        )
        body = list(file.read_bytes())
        page.evaluate(
            """([bytes, changes]) => { postMessage({ changes }, "*");
              postMessage(new Uint8Array(bytes).buffer, "*"); }""",
            [body, changes],
        )
        told = page.evaluate("() => window.told")
        if "failed" in told:
            return None
        measures: list[list[float]] = page.evaluate(_LOOK)
        _print(page, pdf)
        page.evaluate(_PAINT_BOLD)
        _print(page, painted(pdf))
        return measures


def painted(pdf: Path) -> Path:
    """The same drawing with what is bold in a colour of its own: its fonts have no names there."""
    return pdf.with_suffix(".bold.pdf")


def _print(page: Page, pdf: Path) -> None:
    wide, high = page.evaluate(
        """() => { document.body.style.zoom = "1"; const all = document.documentElement;
          document.body.style.width = "max-content"; return [Math.max(...Array.from(
          document.querySelectorAll("section.docx"), (each) => each.scrollWidth)),
          all.scrollHeight + 40]; }"""
    )
    page.pdf(path=pdf, width=f"{wide}px", height=f"{high}px", print_background=True)


def _served(route: Route) -> None:
    """The frame as the product answers it, with the files that it asks for."""
    path = route.request.url.removeprefix(f"{_HOST}/").partition("?")[0]
    if path.startswith("static/"):
        route.fulfill(path=STATIC / path.removeprefix("static/"))
    else:
        body = Pages(read_texts()).part("word_frame", "frame", None)
        route.fulfill(body=body, content_type="text/html")


def compare(theirs: Sequence[Paper], ours: Paper, found: Findings, name: str) -> None:
    """Every line of LibreOffice's pages beside what is drawn of it."""
    seen: set[str] = set()
    for piece, match in met(theirs, ours):
        bare = "".join(each for each in piece.text if not each.isdigit())
        if piece.at_edge and bare in seen:
            continue  # a header is on every page
        seen.add(bare if piece.at_edge else "")
        _beside(piece, match, found, name, edge="header, footer: " if piece.at_edge else "")
    for what in ("pictures", "red_lines"):
        one = [each for page in theirs for each in getattr(page, what)]
        _as_large(one, getattr(ours, what), what.replace("_", " "), found, name)


def _as_large(
    one: Sequence[Drawn], two: Sequence[Drawn], what: str, found: Findings, name: str
) -> None:
    for theirs, ours in zip_longest(one, two[: len(one)], fillvalue=None):
        if theirs is None:
            continue
        told = f"{name}: {theirs}, {ours or 'nothing'}"
        found.note(what, ours is not None and theirs.is_like(ours, _NEAR_PT), told)


def _beside(piece: Piece, match: Piece | None, found: Findings, name: str, *, edge: str) -> None:
    found.note(f"{edge}text", match is not None, f"{name}: {piece.text[:12]}")
    if match is None:
        return
    found.note(
        f"{edge}size", abs(piece.size - match.size) < 0.6, f"{name}: {piece.size:g} {match.size:g}"
    )
    found.note(f"{edge}colour", piece.is_like(match), f"{name}: {piece.colour} {match.colour}")
    found.note(f"{edge}bold", piece.bold == match.bold, f"{name}: {piece.text[:8]}")
    place = abs(piece.left - match.left) <= _NEAR_PT
    told = f"{name}: {piece.text[:8]} {match.left - piece.left:+.0f}"
    found.note(f"{edge}where it begins", place, told)


def _papers(
    sizes: Sequence[Sequence[float]], theirs: Sequence[Paper], found: Findings, name: str
) -> None:
    wanted = list(dict.fromkeys((round(p.width), round(p.height)) for p in theirs))
    have = list(dict.fromkeys((round(s[0] * _PX), round(s[1] * _PX)) for s in sizes))
    same = len(wanted) == len(have) and all(
        abs(a - b) <= 2
        for one, two in zip(wanted, have, strict=True)
        for a, b in zip(one, two, strict=True)
    )
    found.note("page size", same, f"{name}: {wanted} {have}")


def _short(name: str) -> str:
    return name.removesuffix(".docx")[:18]


def held(files: Sequence[Path], folder: Path) -> tuple[Findings, list[str]]:
    """All files, and what was left out and why."""
    found, aside = Findings(), []
    theirs = printed(files, folder)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        frame = Frame(browser)
        for file in files:
            if file not in theirs:
                aside.append(f"{file.name}: LibreOffice does not print it")
                continue
            pages = papers(theirs[file])
            if len(pages) > _MOST_PAGES:
                aside.append(f"{file.name}: {len(pages)} pages")
                continue
            drawn = theirs[file].with_suffix(".ours.pdf")
            sizes = frame.printed(file, drawn, changes="修订" in file.name)
            found.note("drawn at all", sizes is not None, file.name)
            if sizes is not None:
                _papers(sizes, pages, found, _short(file.name))
                ours = papers(drawn)[0].with_weights(papers(painted(drawn))[0], _BOLD)
                compare(pages, ours, found, _short(file.name))
        browser.close()
    return found, aside


def main(arguments: Sequence[str]) -> None:
    """Print one table for the made ones, one for those of the folders."""
    console = Console(width=240)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        groups = {"thirty made here": list(samples(folder))}
        given = [file for each in arguments for file in sorted(Path(each).rglob("*.docx"))]
        if given:
            groups[f"{len(given)} given"] = given
        for title, files in groups.items():
            found, aside = held(files, folder)
            table = found.table()
            table.title = title
            console.print(table)
            for each in aside:
                console.print(f"left out: {each}")


if __name__ == "__main__":
    main(sys.argv[1:])
