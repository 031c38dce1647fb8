"""How much of the text of files each route reads: ``python -m bench.extraction [FOLDER…]``.

Without folders the same files, with known text, go through the embedded routes and, all of them,
through a real Tika server. With folders, the files in them are read by our embedded routes and by
the server, and held against each other (`bench.compare`). Prints a table in Markdown;
docs/extraction.md keeps both.
"""

import platform
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import docx
import openpyxl

from bench.compare import compare, table
from bench.corpus import texts
from indexers.extraction.embedded_text_extractor import EmbeddedTextExtractor
from indexers.extraction.file_type import Route
from indexers.tika.options import TikaOptions
from indexers.tika.routes import ROUTES, Choice, Via, choose
from indexers.tika.tika_text_extractor import TikaTextExtractor
from records.ports.text_extractor import TextExtractor
from records.text import ExtractedText
from tests.hostile import samples
from tests.servers.server import running
from tests.servers.tika import VERSION, Tika, jar

_DOCUMENTS = 5
_PAGES = 3
_PAGE_CHARACTERS = 300
_SHARED = Path(__file__).parents[2] / "shared" / "data"
_ALL_TO_SERVERS = {route: Choice(Via.SERVERS, "measured") for route in Route}


@dataclass(frozen=True, slots=True)
class Sample:
    """A file with the text that stands in it."""

    kind: str
    path: Path
    expected: str
    pages: tuple[str, ...] = ()
    """Text of each page, where the type has pages."""
    members: tuple[str, ...] = ()
    """Paths of what it contains."""
    deleted: str = ""
    """What tracked changes deleted: to be given apart."""


@dataclass(frozen=True, slots=True)
class Score:
    """Shares from 0 to 1; None where the type has no such thing."""

    characters: float
    order: float
    pages: float | None
    members: float | None
    deleted: float | None
    seconds: float


def measure() -> Iterator[tuple[str, str, Sequence[Score], Sequence[Score]]]:
    """Kind, who reads it, scores of the embedded routes, scores of the server."""
    with TemporaryDirectory(prefix="wenshu-bench-") as name, running(Tika(heap_mb=512)) as server:
        found = list(_samples(Path(name)))
        embedded = EmbeddedTextExtractor(workers=1)
        options = TikaOptions(routes=_ALL_TO_SERVERS)
        servers = TikaTextExtractor([server.address], embedded=embedded, options=options)
        for kind in dict.fromkeys(sample.kind for sample in found):
            of_kind = [sample for sample in found if sample.kind == kind]
            via = choose(of_kind[0].path, of_kind[0].path.name, routes=ROUTES, upload_bytes=1 << 30)
            both = [
                [_score(extractor, each) for each in of_kind] for extractor in (embedded, servers)
            ]
            yield kind, via[1].name.lower(), both[0], both[1]
        servers.close()


def _score(extractor: TextExtractor, sample: Sample) -> Score:
    extractor.extract(sample.path, name=sample.path.name)  # warm
    began = perf_counter()
    text = extractor.extract(sample.path, name=sample.path.name)
    seconds = perf_counter() - began
    given = _bare(_words(text, deleted=False))
    expected = _bare(sample.expected)
    met = sum((Counter(expected) & Counter(given)).values())
    blocks = SequenceMatcher(None, expected, given, autojunk=False).get_matching_blocks()
    return Score(
        characters=met / len(expected),
        order=sum(block.size for block in blocks) / len(expected),
        pages=_pages_right(text, sample.pages) if sample.pages else None,
        members=_members_right(text, sample.members) if sample.members else None,
        deleted=float(sample.deleted in _words(text, deleted=True)) if sample.deleted else None,
        seconds=seconds,
    )


def _words(text: ExtractedText, *, deleted: bool) -> str:
    pages = [page for part in text.parts for page in part.pages if page.deleted is deleted]
    return "\n".join(page.text for page in pages)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _pages_right(text: ExtractedText, pages: Sequence[str]) -> float:
    """Share of pages whose text stands on the page of that number and on no other."""
    given: dict[int | None, str] = {}
    for page in text.parts[0].pages:
        given[page.page] = given.get(page.page, "") + page.text
    right = sum(
        _bare(expected) in _bare(given.get(number, "")) for number, expected in enumerate(pages, 1)
    )
    return right / len(pages)


def _members_right(text: ExtractedText, members: Sequence[str]) -> float:
    """Share of members that are parts under their path with a digest."""
    given = {part.path for part in text.parts if part.sha256}
    return len(given & set(members)) / len(members)


def _samples(folder: Path) -> Iterator[Sample]:
    documents = []
    for number, text in enumerate(texts(_DOCUMENTS)):
        starts = range(0, _PAGES * _PAGE_CHARACTERS, _PAGE_CHARACTERS)
        flat = re.sub(r"[\s<>&\\{}]", "", text)
        documents.append((f"d{number}", [flat[at : at + _PAGE_CHARACTERS] for at in starts]))
        lines = folder / f"d{number}.lines"
        lines.write_text("\n".join(documents[-1][1]), encoding="utf-8")
    _made_by_java(folder, [folder / f"{name}.lines" for name, _ in documents])
    for name, pages in documents:
        yield from _written(folder / name, pages)
    policy = _SHARED / "govdoc" / "397.pdf"
    if policy.exists():
        yield Sample("pdf (policy)", policy, policy.with_suffix(".txt").read_text(encoding="utf-8"))


def _made_by_java(folder: Path, lines: Sequence[Path]) -> None:
    program = Path(__file__).with_name("OldOffice.java")
    command = ["java", "-Djava.awt.headless=true", "-cp", str(jar()), str(program), str(folder)]
    subprocess.run([*command, *map(str, lines)], check=True, capture_output=True)


def _written(base: Path, pages: list[str]) -> Iterator[Sample]:
    """One document in every type."""
    whole = "".join(pages)
    told = tuple(pages)
    names = tuple(f"目录/第{number}份.txt" for number in range(1, len(pages) + 1))
    yield Sample("docx", _docx(base.with_suffix(".docx"), pages), whole)
    tracked = samples.docx_tracked(base.with_suffix(".tracked.docx"))
    expected = "会议定于星期五召开此处搬来的话上半下半"
    yield Sample("docx (tracked)", tracked, expected, deleted="星期三")
    yield Sample("xlsx", _xlsx(base.with_suffix(".xlsx"), pages), whole, pages=told)
    yield Sample("xls", base.with_suffix(".xls"), whole, pages=told)
    yield Sample("pptx", base.with_suffix(".pptx"), whole, pages=told)
    yield Sample("ppt", base.with_suffix(".ppt"), whole, pages=told)
    lines = tuple("\n".join(_lines(page)) for page in pages)
    yield Sample("pdf", _pdf(base.with_suffix(".pdf"), pages), whole, pages=lines)
    ofd = samples.ofd(base.with_suffix(".ofd"), page=pages[0])
    yield Sample("ofd", ofd, pages[0], pages=told[:1], members=("清单.txt",))
    rtf = base.with_suffix(".rtf")
    body = "\\par ".join("".join(f"\\u{ord(c)}?" for c in page) for page in pages)
    rtf.write_text(rf"{{\rtf1\ansi\ansicpg936\uc1\pard {body}\par}}", encoding="ascii")
    yield Sample("rtf", rtf, whole)
    gbk = base.with_suffix(".txt")
    gbk.write_bytes("\r\n".join(pages).encode("gb18030"))
    yield Sample("txt (GBK)", gbk, whole)
    short = base.with_suffix(".short.txt")
    short.write_bytes(pages[0][:8].encode("gb18030"))
    yield Sample("txt (GBK, 8 characters)", short, pages[0][:8])
    page = base.with_suffix(".html")
    markup = "".join(f"<p>{each}</p>" for each in pages)
    page.write_bytes(f"<html><meta charset=big5><body>{markup}</body></html>".encode("gb18030"))
    yield Sample("html (GBK, says Big5)", page, whole)
    members = {n: p.encode("gb18030") for n, p in zip(names, pages, strict=True)}
    packed = samples.zip_gbk(base.with_suffix(".zip"), members)
    yield Sample("zip (GBK names and texts)", packed, whole, members=names)
    yield Sample("7z", base.with_suffix(".7z"), whole, members=names)
    yield Sample("eml", _mail(base, pages, ofd), whole, members=("附件.docx", "公文.ofd"))


def _docx(path: Path, pages: Sequence[str]) -> Path:
    document = docx.Document()
    for page in pages:
        document.add_paragraph(page)
    document.save(str(path))
    return path


def _xlsx(path: Path, pages: Sequence[str]) -> Path:
    book = openpyxl.Workbook()
    for number, page in enumerate(pages, 1):
        sheet = book.worksheets[0] if number == 1 else book.create_sheet()
        sheet.title = f"表{number}"
        for cell in re.split(r"(?<=[，。；])", page):
            sheet.append([cell])
    book.save(path)
    return path


def _lines(page: str) -> list[str]:
    return [page[at : at + 25] for at in range(0, len(page), 25)]


def _pdf(path: Path, pages: Sequence[str]) -> Path:
    return samples.pdf_of_lines(path, [_lines(page) for page in pages])


def _mail(base: Path, pages: Sequence[str], ofd: Path) -> Path:
    """A body, a docx and an OFD; the OFD holds the last page."""
    message = EmailMessage()
    message["Subject"] = "通知"
    message.set_content(pages[0])
    attached = _docx(base.with_suffix(".attached.docx"), [pages[1]])
    last = samples.ofd(ofd.with_suffix(".attached.ofd"), page=pages[2])
    for name, path in (("附件.docx", attached), ("公文.ofd", last)):
        message.add_attachment(
            path.read_bytes(), maintype="application", subtype="octet-stream", filename=name
        )
    path = base.with_suffix(".eml")
    path.write_bytes(message.as_bytes())
    return path


def _mean(values: Sequence[float | None], digits: int = 3) -> str:
    told = [value for value in values if value is not None]
    return f"{sum(told) / len(told):.{digits}f}" if told else "–"


def main() -> None:
    """Print the table: of the folders that are named, or of the files of our own."""
    if folders := [Path(name) for name in sys.argv[1:]]:
        sys.stdout.writelines(f"{line}\n" for line in table(list(compare(folders))))
    else:
        _print_own()


def _print_own() -> None:
    embedded = EmbeddedTextExtractor(workers=1)
    sys.stdout.write(
        f"{embedded.version}, Tika server {VERSION}, Python {platform.python_version()}\n\n"
        "| type | files | read by | characters | order | pages | members | deleted apart | ms |\n"
        "|---|--:|---|--:|--:|--:|--:|--:|--:|\n"
    )
    embedded.close()
    for kind, via, ours, theirs in measure():
        columns = [
            " / ".join(
                _mean([getattr(score, name) for score in scores]) for scores in (ours, theirs)
            )
            for name in ("characters", "order", "pages", "members", "deleted")
        ]
        ms = " / ".join(_mean([s.seconds * 1000 for s in scores], 0) for scores in (ours, theirs))
        row = " | ".join([kind, str(len(ours)), via, *columns, ms])
        sys.stdout.write(f"| {row} |\n".replace("– / –", ""))


if __name__ == "__main__":
    main()
