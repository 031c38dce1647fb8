"""``wenshu people load``: units, people and accounts from a file."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from documents.people_files import read_people_file
from wenshu.building.house import installation
from wenshu.commands import DataOption
from wenshu.commands.table_cells import cells
from wenshu.settings import read_settings


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the command line."""
    people = typer.Typer(help="机构与人员。")
    people.command("load")(load)
    people.callback()(_people)
    app.add_typer(people, name="people")


def _people() -> None:
    """机构与人员。"""


def load(
    file: Annotated[Path, typer.Argument(help="YAML 或 XLSX 文件")], data: DataOption = None
) -> None:
    """导入机构与人员；已有的更新，没有的新增。"""
    console = Console()
    with installation(read_settings(data)) as built:
        loaded = built.house.people.load(read_people_file(file))
    console.print(f"单位 {loaded.units} 个，人员 {loaded.people} 人。")
    for post in loaded.unknown_posts:
        _warn(console, f"岗位字典中没有“{post}”，流程不会送到这里；写错的请改正。")
    for name in loaded.unknown_profiles:
        _warn(console, f"流程方案字典中没有“{name}”，没有流程用到它；写错的请改正。")
    if loaded.codes:
        table = Table("登录名", "初始密码")
        for login, code in loaded.codes.items():
            table.add_row(*cells(login, code))
        console.print(table)
        console.print("请将密码转交本人，首次登录后须修改。")


def _warn(console: Console, told: str) -> None:
    console.print(f"[yellow]![/] {escape(told)}", soft_wrap=True)
