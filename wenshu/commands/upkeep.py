"""``wenshu verify``, ``reconcile``, ``rebuild``: what an operator runs by hand."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from records.errors import Unavailable
from services.keeping.rebuild_desk import RebuildDesk, RebuildProgress, RebuildState
from services.keeping.reconcile import Comparison
from services.keeping.verify import Damage
from wenshu.building.engines import require_store
from wenshu.building.house import installation
from wenshu.commands import DataOption
from wenshu.commands.table_cells import cells
from wenshu.settings import Settings, read_settings

_DAMAGES = {
    "torn_revision": "版本内容与入库时不一致",
    "broken_chain": "版本链与前一版对不上",
    "missing_revision": "版本缺失",
    "missing_file": "附件缺失",
    "damaged_file": "附件内容与入库时不一致",
}


LOOK_S = 0.5
TAKEN_UP_S = 60.0
"""A server looks every two seconds, a worker as often as its upkeep runs."""


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the command line."""
    app.command("verify")(verify)
    app.command("reconcile")(reconcile)
    app.command("rebuild")(rebuild)


def verify(data: DataOption = None) -> None:
    """逐条核对所有版本、版本链和附件，指出每一处损坏。"""
    console = Console()
    damages: list[Damage] = []
    records = files = 0
    with installation(_settings(data)) as built, Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("核对", total=None)
        for verified in built.verification.run():
            records, files = records + 1, files + verified.files
            damages.extend(verified.damages)
            bar.advance(task)
    for damage in damages:
        place = f"第 {damage.number} 版" if damage.number else f"附件 {damage.sha256}"
        console.print(f"[red]{damage.record} {place}：{_told(damage)}[/]", soft_wrap=True)
    console.print(f"核对记录 {records} 条、附件 {files} 个，发现损坏 {len(damages)} 处。")
    if damages:
        sys.exit(1)


def reconcile(
    data: DataOption = None,
    repair: Annotated[bool, typer.Option("--repair", help="修复差异")] = False,  # noqa: FBT002
) -> None:
    """比对存储与索引。"""
    with installation(_settings(data)) as built:
        reconciliation = built.reconciliation
        table = reconciliation.repair() if repair else reconciliation.compare()
        _show(table)
        if repair and not table.is_clean:
            try:
                while not built.drain.empty() and built.drain.round().indexed:
                    pass
            except Unavailable as error:
                if error.reason != "writer_elsewhere":
                    raise
            table = reconciliation.compare()
            _show(table)
    if not table.is_clean:
        sys.exit(1)


def rebuild(data: DataOption = None) -> None:
    """重建索引；期间检索照常，服务正在运行时由它重建。"""
    with installation(_settings(data)) as built, Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("重建索引", total=None)
        done = 0
        try:
            for done in built.rebuilding.run():
                bar.update(task, completed=done)
        except Unavailable as error:
            if error.reason not in {"writer_elsewhere", "rebuild_running"}:
                raise
            bar.console.print("索引由正在运行的服务写入，已请它重建。")
            for progress in _elsewhere(built.house.rebuilds):
                done = progress.done
                bar.update(task, completed=done, total=progress.total or None)
    Console().print(f"已重建，共 {done} 条。")


def _elsewhere(rebuilds: RebuildDesk) -> Iterator[RebuildProgress]:
    """How far the process that writes is, until it is done.

    Raises Unavailable: ``rebuild_not_taken`` when none takes it up, and why it failed.
    """
    rebuilds.ask(None)
    deadline = time.monotonic() + TAKEN_UP_S
    while (progress := rebuilds.progress()).is_open:
        if progress.state is RebuildState.ASKED and time.monotonic() > deadline:
            raise Unavailable("rebuild_not_taken")
        yield progress
        time.sleep(LOOK_S)
    if progress.state is RebuildState.FAILED:
        raise Unavailable(progress.reason)
    yield progress


def _settings(data: Path | None) -> Settings:
    """Those of a store that somebody has begun: an address that was mistyped is not well."""
    settings = read_settings(data)
    require_store(settings)
    return settings


def _told(damage: Damage) -> str:
    words = _DAMAGES.get(damage.reason)
    return f"{words}（{damage.reason}）" if words else damage.reason


def _show(table: Comparison) -> None:
    shown = Table("存储与索引", "条数", "记录（前几条）")
    counts = {
        "一致": table.equal,
        "索引缺少": table.missing,
        "索引较旧": table.behind,
        "索引较新": table.ahead,
        "存储已无": table.orphaned,
    }
    for name, cell in counts.items():
        named = "" if cell is table.equal else "、".join(cell.records[:5])
        shown.add_row(*cells(name, str(cell.count), named))
    Console().print(shown)
