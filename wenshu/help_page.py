"""The help of a command, wholly in Chinese: the library's has words of its own in English."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from typer import Typer
from typer.main import get_command

HELP = frozenset({"--help", "-h"})
_TYPES = {int: "整数", float: "数", Path: "路径", date: "日期", datetime: "时刻", bool: ""}


def help_asked(arguments: Sequence[str]) -> bool:
    """Whether help was asked for, and not as a value of what follows ``--``."""
    before = list(arguments)[: list(arguments).index("--")] if "--" in arguments else arguments
    return not HELP.isdisjoint(before)


def is_group(app: Typer, arguments: Sequence[str]) -> bool:
    """Whether what was typed names a group of commands and none of them."""
    command, path = _named(app, arguments)
    return bool(_below(command)) and len(path) == len(arguments) + 1


def show_help(app: Typer, arguments: Sequence[str], console: Console) -> None:
    """The help of the command that the arguments name, or of all."""
    command, path = _named(app, arguments)
    params = [each for each in command.params if each.opts != ["--help"]]
    taken = [each for each in params if each.param_type_name == "argument"]
    options = [each for each in params if each.param_type_name == "option"]
    below = _below(command)
    usage = [*path, *(["命令"] if below else []), *map(_place, taken), "[选项]"]
    console.print(f"[bold]用法：[/]{escape(' '.join(usage))}", soft_wrap=True)
    console.print(f"\n{escape(command.help or '')}", soft_wrap=True)
    _table(console, "命令", ((name, each.help or "") for name, each in below.items()))
    _table(console, "参数", ((_place(each), _told(each)) for each in taken))
    rows = [(_option(each), _told(each)) for each in options]
    _table(console, "选项", [*rows, ("--help", "显示用法")])


def _named(app: Typer, arguments: Sequence[str]) -> tuple[Any, list[str]]:
    """The command, and the words that led to it."""
    command: Any = get_command(app)
    path = ["wenshu"]
    for word in arguments:
        if word not in _below(command):
            break
        command = _below(command)[word]
        path.append(word)
    return command, path


def _below(command: Any) -> Mapping[str, Any]:
    found: Mapping[str, Any] = getattr(command, "commands", {})
    return found


def _place(param: Any) -> str:
    name = param.help or param.name
    return f"{name}…" if param.nargs == -1 else name


def _option(param: Any) -> str:
    annotation = param.type_descriptor.annotation
    plain = next((each for each in (annotation, *get_args(annotation)) if each in _TYPES), str)
    kind = "" if param.is_flag else _TYPES.get(plain, "文字")
    return " ".join(filter(None, (", ".join(param.opts), kind)))


def _told(param: Any) -> str:
    """What it is for, and what holds without it."""
    told = "" if param.param_type_name == "argument" else str(param.help or "")
    notes = list(_notes(param))
    return f"{told}（{'；'.join(notes)}）" if notes else told


def _notes(param: Any) -> Iterator[str]:
    if param.required:
        yield "必填"
    if param.envvar:
        yield f"环境变量 {param.envvar}"
    if isinstance(param.show_default, str):
        yield f"默认 {param.show_default}"
    elif param.default not in (None, False, ()) and not getattr(param, "is_flag", False):
        yield f"默认 {param.default}"


def _table(console: Console, title: str, rows: Iterator[tuple[str, str]] | Sequence[Any]) -> None:
    found = list(rows)
    if not found:
        return
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, told in found:
        table.add_row(f"  [bold]{escape(name)}[/]", escape(told))
    console.print(f"\n[bold]{title}[/]")
    console.print(table)
