"""``wenshu calendar``: which days the office works."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from records.errors import Invalid
from records.times.calendar import WorkCalendar
from wenshu.building.house import installation
from wenshu.commands import DataOption
from wenshu.commands.table_cells import cells
from wenshu.settings import read_settings


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the command line."""
    calendar = typer.Typer(help="工作日历：放假与调休。")
    calendar.command("load")(load)
    calendar.command("show")(show)
    calendar.callback()(_calendar)
    app.add_typer(calendar, name="calendar")


def _calendar() -> None:
    """工作日历：放假与调休。"""


def load(file: Annotated[Path, typer.Argument(help="YAML 文件")], data: DataOption = None) -> None:
    """导入放假与调休安排；文件中有的年份以文件为准，其余不变。"""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid("bad_calendar", key=file.name, fault="unreadable") from error
    with installation(read_settings(data)) as built:
        _print(built.house.calendar.load(text))


def show(data: DataOption = None) -> None:
    """列出已知的放假与调休安排。"""
    with installation(read_settings(data)) as built:
        _print(built.house.calendar.current())


def _print(calendar: WorkCalendar) -> None:
    table = Table("年份", "放假", "调休上班")
    for year in sorted(calendar.years):
        off = sum(1 for day in calendar.holidays if day.year == year)
        worked = sorted(day for day in calendar.make_up_days if day.year == year)
        told = "、".join(f"{day:%m-%d}" for day in worked)
        table.add_row(*cells(str(year), f"{off} 天", told))
    Console().print(table)
