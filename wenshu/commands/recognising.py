"""``wenshu recognise``: scans that were never recognised, or with another engine."""

import time
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from records.errors import Refused, Unavailable
from wenshu.building.engines import require_store
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.building.scanning import LOOK_S
from wenshu.commands import DataOption
from wenshu.settings import read_settings

_BETWEEN_S = 0.1
"""Between two turns of one's own; where a service reads, it is looked at as seldom as it looks."""


def add_to(app: typer.Typer) -> None:
    """Hang the command on the command line."""
    app.command("recognise")(recognise)


def recognise(
    data: DataOption = None,
    anew: Annotated[bool, typer.Option("--anew", help="其他版本识别过的也重做")] = False,  # noqa: FBT002
    here: Annotated[bool, typer.Option("--here", help="由本命令识别，不等服务")] = False,  # noqa: FBT002
) -> None:
    """把没有识别过的扫描件排入文字识别；服务在后台逐页识别。"""
    settings = read_settings(data)
    require_store(settings)
    with installation(settings) as built:
        desk, console = built.house.scans, Console()
        if not desk.queue().engine:
            raise Unavailable("no_recogniser")
        if here and not built.scanning.turns.is_on:
            raise Refused("scans_off")
        asked = 0
        with Progress(console=Console(stderr=True)) as bar:
            task = bar.add_task("查找扫描件", total=None)
            for files in desk.ask_for_all(anew=anew):
                asked += files
                bar.advance(task)
        console.print(f"已排入文字识别：{asked} 个文件。")
        if here:
            _read_here(built, console)


def _read_here(built: Installation, console: Console) -> None:
    """Turn after turn until nothing waits; every page is kept, so it may be interrupted.

    While a service reads, what it reads is awaited: no page is read twice.
    """
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("识别", total=None)
        while (last := built.scanning.read()).waited:
            if last.is_ours:
                bar.advance(task)
            time.sleep(_BETWEEN_S if last.is_ours else LOOK_S)
    try:
        while not built.drain.empty() and built.drain.round().indexed:
            pass
    except Unavailable as error:
        if error.reason != "writer_elsewhere":
            raise
    console.print("识别完毕。")
