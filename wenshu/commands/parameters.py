"""``wenshu parameters``: the limits of the house, shown and set by who keeps the server."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from records.parameters.catalogue import CATALOGUE, parameter_named
from records.parameters.parameter import Parameters
from wenshu.building.house import installation
from wenshu.commands import DataOption
from wenshu.commands.table_cells import cells
from wenshu.settings import read_settings


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the command line."""
    parameters = typer.Typer(help="参数：密码、登录、文件等各项限制。")
    parameters.command("show")(show)
    parameters.command("set")(set_one)
    parameters.command("reset")(reset)
    parameters.callback()(_parameters)
    app.add_typer(parameters, name="parameters")


def _parameters() -> None:
    """参数：密码、登录、文件等各项限制。"""


NameArgument = Annotated[str, typer.Argument(help="参数的名称，见 show 的第一列")]


def show(data: DataOption = None) -> None:
    """列出所有参数及其当前值、默认值和范围。"""
    with installation(read_settings(data)) as built:
        values = Parameters(built.house.administration.parameters.book.link().values)
    table = Table("名称", "参数", "当前", "默认", "范围")
    for each in CATALOGUE:
        bounds = f"{each.least}–{each.most}"
        now, usual = each.shown(values[each]), each.shown(each.default)
        table.add_row(*cells(each.name, each.title, now, usual, bounds))
    Console().print(table)


def set_one(
    name: NameArgument,
    value: Annotated[str, typer.Argument(help="整数；开关用 1 和 0")],
    data: DataOption = None,
) -> None:
    """设置一个参数；正在运行的服务几秒内生效。"""
    parameter = parameter_named(name)
    _set(name, parameter.read(value), data)


def reset(name: NameArgument, data: DataOption = None) -> None:
    """把一个参数恢复为默认值。"""
    _set(name, parameter_named(name).default, data)


def _set(name: str, value: int, data: DataOption) -> None:
    parameter = parameter_named(name)
    with installation(read_settings(data)) as built:
        made = built.house.administration.parameters.set_by_machine({parameter: value})
    for each in made:
        was, now = parameter.shown(each.was), parameter.shown(each.now)
        Console().print(f"{parameter.title}：{was} → {now}", markup=False)
    if not made:
        Console().print(f"{parameter.title}已经是 {parameter.shown(value)}。", markup=False)
