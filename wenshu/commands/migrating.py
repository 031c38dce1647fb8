"""``wenshu migrate``: brings a store to the format of this program."""

from collections import Counter
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from records.errors import NotFound
from services.keeping.migrating import StoreMigrator
from wenshu.building.engines import store_of
from wenshu.commands import DataOption
from wenshu.format import FORMAT, migrating
from wenshu.settings import read_settings


def add_to(app: typer.Typer) -> None:
    """Hang the command on the command line."""
    app.command("migrate")(migrate)


def migrate(
    data: DataOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只报告，不改动")] = False,  # noqa: FBT002
) -> None:
    """把存储升级到本程序的格式；只进不退。请先停止所有服务并备份。"""
    console = Console()
    with store_of(read_settings(data)) as store:
        _migrate(migrating(store), console, dry_run=dry_run)


def _migrate(way: StoreMigrator, console: Console, *, dry_run: bool) -> None:
    try:
        found = way.found()
    except NotFound:
        console.print("存储还是空的，无需升级。")
        return
    changed: Counter[str] = Counter()
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("升级", total=None)
        for change in way.run(dry=dry_run):
            changed[change.key.partition("/")[0]] += 1
            bar.advance(task)
    told = "将改动" if dry_run else "已改动"
    console.print(f"格式 {found} → {FORMAT}，{told} {changed.total()} 个对象。")
    for area, count in sorted(changed.items()):
        console.print(f"  {area}：{count}")
