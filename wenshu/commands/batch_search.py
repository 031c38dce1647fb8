"""``wenshu search --batch``: a list of things to look for, answered as a workbook."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from documents.query_files import read_query_file
from documents.tables import XlsxTableWriter
from services.people.caller import Caller
from services.searching.batch import BatchRow, Outcome, search_all
from services.searching.batch_table import HEADER, WORDS, lines_of
from wenshu.building.installation import Installation


def search_batch(
    built: Installation, caller: Caller, asked: Path, out: Path, console: Console
) -> None:
    """Answer every row of a list and write the workbook, whole or not at all."""
    rows = read_query_file(asked)
    counts = dict.fromkeys(Outcome, 0)

    def answered() -> Iterator[BatchRow]:
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task("检索", total=len(rows))
            for row in search_all(built.house.searching, caller, rows):
                counts[row.outcome] += 1
                progress.advance(task)
                yield row

    lines = (line for row in answered() for line in lines_of(row, caller))
    unfinished = out.with_name(f".{out.name}.part")
    try:
        with unfinished.open("wb") as file:
            file.writelines(XlsxTableWriter().write("检索结果", HEADER, rows=lines))
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
    told = "，".join(f"{WORDS[outcome]} {count}" for outcome, count in counts.items() if count)
    console.print(f"共 {len(rows)} 行：{told}。结果在 {out}", soft_wrap=True)
