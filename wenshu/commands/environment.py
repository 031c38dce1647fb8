"""``wenshu check``: whether this machine can run the product."""

import os
import shutil
import sys
from collections.abc import Iterator

import typer
from rich.console import Console
from rich.markup import escape

from documents.scans.installed import model_folder
from languages.errors import tell
from records.errors import Invalid, NotFound, WenshuError
from sandbox.confinement import Confinement
from sandbox.probe import look
from wenshu.building.engines import require_store
from wenshu.building.house import installation
from wenshu.building.known_kinds import known_kinds
from wenshu.commands import DataOption
from wenshu.settings import Settings, read_settings

_WANTED_BYTES = 1 << 30
_NO_LANDLOCK = "解析进程能打开本用户可读写的其他文件（需内核 5.13 以上，并启用 Landlock）。"
_NO_SECCOMP = "解析进程能调用全部系统功能（需 x86_64 或 aarch64，内核启用 seccomp）。"
_NO_NEW_PRIVS = "其余各项因此不生效（需内核 3.5 以上）。"
_NO_NETWORK = "解析进程能访问网络（需内核允许普通用户新建命名空间）。"
_NO_TEMPORARY = "各解析进程共用 /tmp（需内核允许普通用户新建命名空间）；请把 TMPDIR 设在别处。"
_NO_RECOGNISER = "没有安装，扫描件只能按名称和字段检索（make setup 会安装）。"
_NOT_BEGUN = "还没有内容，第一次启动服务时建立；如有内容，请核对路径。"
_PARTS = {
    "store": "存储可写",
    "index": "索引可用",
    "queue": "任务队列可用",
    "tika": "文字提取可用",
    "provider": "统一身份认证可用",
    "directory": "统一目录可用",
}


def add_to(app: typer.Typer) -> None:
    """Hang the command on the command line."""
    app.command("check")(check)


def check(data: DataOption = None) -> None:
    """检查运行环境。"""
    console = Console()
    settings = read_settings(data)
    faults = _tell(console, f"Python {sys.version.split()[0]}", None)
    try:
        for fault in known_kinds(settings).faults:
            faults += _tell(console, "本单位的类型", str(tell(fault)))
        faults += _parts(console, settings)
    except NotFound:
        console.print(
            f"[yellow]![/] 数据目录 {escape(str(settings.data))}：{_NOT_BEGUN}", soft_wrap=True
        )
    except WenshuError as error:
        faults += _tell(console, "打开存储与各项服务", str(tell(error)))
    there = next(each for each in (settings.data, *settings.data.parents) if each.is_dir())
    free = shutil.disk_usage(there).free
    low = f"只剩 {free >> 20} MB，建议不少于 1 GB" if free < _WANTED_BYTES else None
    faults += _tell(console, f"磁盘空间（{free >> 30} GB）", low)
    faults += _tell(console, f"处理器 {os.cpu_count()} 核", None)
    if model_folder() is None:
        console.print(f"[yellow]![/] 文字识别：{_NO_RECOGNISER}", soft_wrap=True)
    else:
        _tell(console, "文字识别", None)
    try:
        tell_sandbox(console, look())
    except WenshuError as error:
        faults += _tell(console, "沙箱", str(tell(error)))
    sys.exit(1 if faults else 0)


def _parts(console: Console, settings: Settings) -> int:
    """How many parts of what was begun are at fault; makes nothing. Raises NotFound for nothing."""
    there = next(each for each in (settings.data, *settings.data.parents) if each.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        given, right = str(settings.data), "可以建立和写入的文件夹"
        raise Invalid("bad_setting", name="--data", given=given, right=right)
    require_store(settings)
    faults = 0
    with installation(settings) as built:
        for part in built.house.health.parts():
            label = _PARTS.get(part.name, part.name)
            faults += _tell(console, label, str(tell(part.fault)) if part.fault else None)
    return faults


def tell_sandbox(console: Console, found: Confinement) -> None:
    """How files of unknown origin are kept apart; what the kernel lacks is said, and no fault."""
    for name, lack in _sandbox(found):
        told = f"[yellow]![/] {name}：无。{lack}" if lack else f"[green]✓[/] {name}"
        console.print(told, soft_wrap=True)


def _sandbox(found: Confinement) -> Iterator[tuple[str, str]]:
    """Each means, and what its absence leaves open, or nothing."""
    version = f" ABI {found.landlock}" if found.landlock else ""
    yield f"沙箱 Landlock{version}", "" if found.landlock else _NO_LANDLOCK
    yield "沙箱 seccomp", "" if found.seccomp else _NO_SECCOMP
    yield "沙箱 no_new_privs", "" if found.no_new_privs else _NO_NEW_PRIVS
    yield "沙箱 网络隔离", "" if found.own_network or found.seccomp else _NO_NETWORK
    yield "沙箱 独立临时目录", "" if found.own_temporary else _NO_TEMPORARY


def _tell(console: Console, name: str, fault: str | None) -> int:
    told = f"[green]✓[/] {name}" if fault is None else f"[red]✗[/] {name}：{escape(fault)}"
    console.print(told, soft_wrap=True)  # Chinese has no spaces to wrap at
    return 0 if fault is None else 1
