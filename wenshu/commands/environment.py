"""``wenshu check``: whether this machine can run the product."""

import os
import shutil
import sys

import typer
from rich.console import Console
from rich.markup import escape

from languages.errors import tell
from records.errors import WenshuError
from wenshu.commands import DataOption
from wenshu.settings import read_settings
from wenshu.wiring import installation

_WANTED_BYTES = 1 << 30
_PARTS = {"store": "存储可写", "index": "索引可用", "queue": "任务队列可用", "tika": "文字提取可用"}


def add_to(app: typer.Typer) -> None:
    """Hang the command on the command line."""
    app.command("check")(check)


def check(data: DataOption = None) -> None:
    """检查运行环境。"""
    console = Console()
    settings = read_settings(data)
    faults = _tell(console, f"Python {sys.version.split()[0]}", None)
    try:
        with installation(settings) as built:
            for part in built.house.health.parts():
                label = _PARTS.get(part.name, part.name)
                faults += _tell(console, label, str(tell(part.fault)) if part.fault else None)
    except WenshuError as error:
        faults += _tell(console, "打开存储与各项服务", str(tell(error)))
    there = next(each for each in (settings.data, *settings.data.parents) if each.is_dir())
    free = shutil.disk_usage(there).free
    low = f"只剩 {free >> 20} MB，建议不少于 1 GB" if free < _WANTED_BYTES else None
    faults += _tell(console, f"磁盘空间（{free >> 30} GB）", low)
    faults += _tell(console, f"处理器 {os.cpu_count()} 核", None)
    sys.exit(1 if faults else 0)


def _tell(console: Console, name: str, fault: str | None) -> int:
    told = f"[green]✓[/] {name}" if fault is None else f"[red]✗[/] {name}：{escape(fault)}"
    console.print(told, soft_wrap=True)  # Chinese has no spaces to wrap at
    return 0 if fault is None else 1
