"""What is read of issued papers, type by type: ``python -m bench.imprint [PAPERS]`` (300).

Papers of GB/T 9704 by the grammar of tests/issued_papers.py, each written as docx (number and
签发人 side by side, 版记 as tables), PDF and OFD (one object a line, signers an object of their
own), read by the extractors as an upload is; and the policy of ../shared/data/govdoc. Prints a
table in Markdown, then each one that was read wrongly; docs/search-quality.md keeps the table.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

import docx

from indexers.extraction.embedded_text_extractor import EmbeddedTextExtractor
from records.queries.imprint import read_imprint
from records.queries.particulars import Particular
from tests.hostile import samples
from tests.issued_papers import issued_paper

_PAPERS = 300
_PAGE_LINES = 22
"""Lines of a page (GB/T 9704-2012, 5.2.2)."""

_POLICY = Path(__file__).parents[2] / "shared" / "data" / "govdoc" / "397.pdf"
_POLICY_SAYS = {
    Particular.NUMBER: "发改办财金规〔2019〕860号",
    Particular.ISSUER: "国家发展改革委办公厅、税务总局办公厅",
    Particular.TITLE: "关于加强个人所得税纳税信用建设的通知",
    Particular.DATED_ON: "2019-08-20",
    Particular.ADDRESSEES: "各省、自治区、直辖市、新疆生产建设兵团社会信用体系建设牵头部门，"
    "国家税务总局各省、自治区、直辖市和计划单列市税务局，"
    "社会信用体系建设部际联席会议成员单位办公厅（室）",
}

Outcome = tuple[str, Particular, str, str | None, str | None]
"""Type, what, how it came out, what stands there, what was read."""


def measure(papers: int) -> Iterator[Outcome]:
    """How each particular of each paper came out, in each type."""
    extractor = EmbeddedTextExtractor(workers=1)
    try:
        with TemporaryDirectory(prefix="wenshu-bench-") as name:
            for seed in range(papers):
                paper = issued_paper(Random(seed))
                for kind, write in _WRITERS.items():
                    path = write(Path(name) / f"{seed}.{kind}", paper.lines)
                    yield from _outcomes(kind, paper.values, _read(extractor, path))
        if _POLICY.exists():
            yield from _outcomes("policy", _POLICY_SAYS, _read(extractor, _POLICY))
    finally:
        extractor.close()


def _read(extractor: EmbeddedTextExtractor, path: Path) -> Mapping[Particular, str]:
    pages = extractor.extract(path, name=path.name).parts[0].pages
    found = read_imprint([(page.page, page.text) for page in pages if not page.deleted])
    return {each.what: each.value for each in found}


def _outcomes(
    kind: str, stands: Mapping[Particular, str], seen: Mapping[Particular, str]
) -> Iterator[Outcome]:
    for what in Particular:
        is_there, was_read = stands.get(what), seen.get(what)
        if is_there == was_read:
            if is_there is not None:
                yield kind, what, "right", is_there, was_read
        elif is_there is None:
            yield kind, what, "made up", is_there, was_read
        else:
            yield kind, what, "wrong" if was_read else "missed", is_there, was_read


def _docx(path: Path, lines: Sequence[str]) -> Path:
    document = docx.Document()
    for line in lines:
        if "签发人" in line or line.startswith("抄送"):
            cells = [cell for cell in line.strip("　").split("　" * 4) if cell]
            row = document.add_table(rows=1, cols=len(cells)).rows[0].cells
            for cell, text in zip(row, cells, strict=True):
                cell.text = text
        else:
            document.add_paragraph(line)
    document.save(str(path))
    return path


def _pdf(path: Path, lines: Sequence[str]) -> Path:
    return samples.pdf_of_lines(path, [*_pages(lines)])


def _ofd(path: Path, lines: Sequence[str]) -> Path:
    """All lines on one page: what a page break does shows in PDF."""
    first, *rest = lines
    objects = "".join(
        f'<ofd:TextObject ID="{100 + 10 * at + column}" Boundary="{10 + 80 * column} {24 + 5 * at} '
        f'190 5" Font="1" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g {len(piece)} 4">'
        f"{escape(piece)}</ofd:TextCode></ofd:TextObject>"
        for at, line in enumerate(rest)
        for column, piece in enumerate(line.strip().split("　" * 4))
        if piece
    )
    return samples.ofd(path, page=escape(first), extra=objects)


def _pages(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    for number, at in enumerate(range(0, len(lines), _PAGE_LINES), 1):
        yield [*lines[at : at + _PAGE_LINES], f"— {number} —"]


_WRITERS: Mapping[str, Callable[[Path, Sequence[str]], Path]] = {
    "docx": _docx,
    "pdf": _pdf,
    "ofd": _ofd,
}


def main() -> None:
    """Print the table, and what is wrong."""
    outcomes = list(measure(int(sys.argv[1]) if len(sys.argv) > 1 else _PAPERS))
    kinds = list(dict.fromkeys(kind for kind, *_ in outcomes))
    print(f"| share read rightly of | {' | '.join(kinds)} |\n|---|{'--:|' * len(kinds)}")
    for what in Particular:
        cells = (_share(Counter(o[2] for o in outcomes if o[:2] == (kind, what))) for kind in kinds)
        print(f"| {what} | {' | '.join(cells)} |")
    for outcome in outcomes:
        if outcome[2] != "right":
            print(*outcome)


def _share(told: Counter[str]) -> str:
    asked = told["right"] + told["wrong"] + told["missed"]
    if not asked and not told["made up"]:
        return "–"
    made_up = f", {told['made up']} made up" if told["made up"] else ""
    return f"{told['right']}/{asked}{made_up}"


if __name__ == "__main__":
    main()
