"""``wenshu demo``: a small made-up organisation."""

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from records.errors import NotFound, Unavailable
from records.identity import Login
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.commands import DataOption
from wenshu.commands.table_cells import cells
from wenshu.demo.filling import fill
from wenshu.demo.organisation import PASSWORD, SIGN_INS
from wenshu.settings import read_settings


def add_to(app: typer.Typer) -> None:
    """Hang the command on the command line."""
    app.command("demo")(demo)


def demo(data: DataOption = None) -> None:
    """在空的数据目录中建立示例单位；已有数据时不作改动。"""
    with installation(read_settings(data)) as built:
        fill_empty(built, Console())


def fill_empty(built: Installation, console: Console) -> None:
    """Fill an installation without people; print the sign-ins of one that is a demo."""
    if not built.house.book.current().people:
        _fill(built)
    if is_demo(built):
        table = Table("用户名", "密码", "姓名", "说明", title="示例账号")
        for login, name, told in SIGN_INS:
            table.add_row(*cells(login, PASSWORD, name, told))
        console.print(table)


def is_demo(built: Installation) -> bool:
    """Whether the people of this installation are those of the demo."""
    try:
        organisation = built.house.book.current()
        return all(organisation.person(Login(login)).name == name for login, name, _ in SIGN_INS)
    except NotFound:
        return False


def _fill(built: Installation) -> None:
    with Progress(console=Console(stderr=True)) as progress:
        bar = progress.add_task("建立示例数据", total=None)
        for done, whole in fill(built.house):
            progress.update(bar, completed=done, total=whole)
        bar = progress.add_task("编入索引", total=None)
        try:
            while not built.drain.empty():
                built.drain.round()
                progress.advance(bar)
        except Unavailable as error:
            if error.reason != "writer_elsewhere":
                raise
        progress.update(bar, total=1, completed=1)
