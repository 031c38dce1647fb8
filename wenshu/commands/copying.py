"""``wenshu copy``: a whole store into another place."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from records.errors import NotFound
from services.keeping.copy_ledger import CopyLedger, CopyLine, CopyOutcome
from services.keeping.copying import StoreCopier, StoreSide
from wenshu.building.object_stores import is_s3, opened_store, refuse_nested
from wenshu.building.s3_access import read_s3_access, read_s3_access_of_target
from wenshu.commands.table_cells import cells
from wenshu.system.clock import SystemClock
from wenshu.system.identities import RandomIdentities

_SHOWN = 20
_HEADS = {
    CopyOutcome.COPIED: "已复制",
    CopyOutcome.PRESENT: "原已存在",
    CopyOutcome.FAILED: "失败",
}
_WORDS = {
    "differs": "目标中内容不同",
    "damaged": "写入后读回不一致",
    "arrived": "复制期间新写入，请重新运行",
    "bad_key": "不是文枢的对象，请从来源移走",
    "foreign": "复制期间由别的程序写入目标，请换一个空的目标",
    "unheld": "目标不能保留",
    "unknown_object": "复制期间被来源删除，请重新运行",
}


def add_to(app: typer.Typer) -> None:
    """Hang the command on the command line."""
    app.command("copy")(copy)


def copy(
    source: Annotated[str, typer.Option("--from", help="来源：store 文件夹，或 s3+http(s)://…")],
    target: Annotated[str, typer.Option("--to", help="目标：空文件夹、空桶或前缀")],
) -> None:
    """复制整个存储并逐件核对；可随时中断，重新运行即接着复制。"""
    refuse_nested(source, target)
    with ExitStack() as stack:
        access = read_s3_access() if is_s3(source) else None
        to_access = read_s3_access_of_target() if is_s3(target) else None
        if access is None:
            _require_folder(Path(source))
        first = stack.enter_context(opened_store(source, access=access, for_writing=False))
        second = stack.enter_context(opened_store(target, access=to_access, for_writing=True))
        copying = StoreCopier(
            StoreSide(first.store, first.retention),
            StoreSide(second.store, second.retention),
            clock=SystemClock(),
            identities=RandomIdentities(),
        )
        ledger = copying.prepare()
        _run(copying, ledger)
        is_whole = copying.finish(ledger)
    _show(ledger)
    if not is_whole:
        sys.exit(1)


def _require_folder(folder: Path) -> None:
    """A source is not made by looking at it."""
    if not folder.is_dir():
        raise NotFound("no_store")


def _run(copying: StoreCopier, ledger: CopyLedger) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as progress:
        bar = progress.add_task("复制", total=ledger.expected)
        for batch in copying.run():
            for line in batch:
                ledger.add(line)
            progress.advance(bar, len(batch))


def _show(ledger: CopyLedger) -> None:
    console = Console()
    table = Table("应有", *_HEADS.values(), "平衡", title="复制台账")
    counts = [str(ledger.outcomes[outcome]) for outcome in _HEADS]
    table.add_row(*cells(str(ledger.expected), *counts, "是" if ledger.balances else "否"))
    console.print(table)
    for line in ledger.failures[:_SHOWN]:
        console.print(f"[red]{escape(line.key)}：{_told(line)}[/]", soft_wrap=True)
    if not ledger.is_whole:
        console.print("[bold red]复制没有完成，目标不能使用；请排除原因后重新运行同一条命令。[/]")


def _told(line: CopyLine) -> str:
    return _WORDS.get(line.reason or "", line.reason or "")
