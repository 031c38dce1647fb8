"""``wenshu search --batch``: a list of things to look for, answered as a workbook.

The list is an export like those of the page, so what was found stays when the command is killed,
and the same command goes on from there; or a server that runs beside it does.
"""

import errno
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from documents.query_files import read_query_file
from documents.tables import XlsxTableWriter
from records.errors import Invalid
from services.exporting.exports import ExportState
from services.people.caller import Caller
from services.searching.batch_table import HEADER, WORDS
from wenshu.building.installation import Installation

_NUMBER, _OUTCOME = HEADER.index("序号"), HEADER.index("结果")
_FAULTS = {
    errno.ENOENT: "no_such_folder",
    errno.ENOTDIR: "no_such_folder",
    errno.EISDIR: "is_folder",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
}


def search_batch(
    built: Installation, caller: Caller, asked: Path, out: Path, console: Console
) -> None:
    """Answer every row of a list and write the workbook, whole or not at all.

    Raises Invalid: as `read_query_file`, ``unwritable_out`` (before anything is searched for),
    and the reason for which a search came to nothing; Refused (``too_many_exports``).
    """
    rows = read_query_file(asked)
    unfinished = _begun(asked, out)
    try:
        desk, site = built.house.lists.exports, built.settings.site
        state = desk.begin_batch(caller, rows, base=site, by_command=True)
        state = _searched(built, caller, state, console)
        _, lines = desk.rows(caller, state.id)
        counts = _written(unfinished, out, lines)
    finally:
        unfinished.unlink(missing_ok=True)
    desk.drop(caller, state.id)
    told = "，".join(f"{words} {counts[words]}" for words in WORDS.values() if words in counts)
    console.print(f"共 {len(rows)} 行：{told}。结果在 {out}", soft_wrap=True)
    if not site:
        console.print(
            "没有设置 WENSHU_SITE（打开文枢的网址），表中的地址只有路径。", soft_wrap=True
        )


def _searched(
    built: Installation, caller: Caller, state: ExportState, console: Console
) -> ExportState:
    done = state.last.done if state.last else 0
    if done:
        console.print(f"接着上次，已查到第 {done} 行。")
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("检索", total=len(state.asked.queries), completed=done)
        for each in built.house.lists.exports.write(caller, state.id):
            state = each
            progress.update(task, completed=each.last.done if each.last else 0)
    if state.failed:
        built.house.lists.exports.drop(caller, state.id)
        raise Invalid(state.failed)
    return state


def _begun(asked: Path, out: Path) -> Path:
    """Where the workbook is written before it takes its place, seen to be writable."""
    if out.suffix.lower() != ".xlsx":
        raise Invalid("unwritable_out", name=str(out), fault="no_xlsx_name")
    if out.is_dir():
        raise Invalid("unwritable_out", name=str(out), fault="is_folder")
    if out.exists() and out.samefile(asked):
        raise Invalid("unwritable_out", name=str(out), fault="same_file")
    unfinished = out.with_name(f".{out.name}.part")
    try:
        unfinished.touch()
    except OSError as error:
        raise _unwritable(out, error) from error
    return unfinished


def _written(unfinished: Path, out: Path, lines: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """The workbook in its place; how many rows came out in which way."""
    outcomes: dict[str, str] = {}

    def noted() -> Iterable[tuple[str, ...]]:
        for line in lines:
            outcomes[line[_NUMBER]] = line[_OUTCOME]
            yield line

    try:
        with unfinished.open("wb") as file:
            file.writelines(XlsxTableWriter().write("检索结果", HEADER, rows=noted()))
        unfinished.replace(out)
    except OSError as error:
        raise _unwritable(out, error) from error
    counts: dict[str, int] = {}
    for outcome in outcomes.values():
        counts[outcome] = counts.get(outcome, 0) + 1
    return counts


def _unwritable(out: Path, error: OSError) -> Invalid:
    fault = _FAULTS.get(error.errno or 0, "denied")
    return Invalid("unwritable_out", name=str(out), fault=fault)
