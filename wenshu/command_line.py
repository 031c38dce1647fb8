"""The command line: ``wenshu serve``, ``import``, ``search`` and the rest."""

import sys

import typer
from rich.console import Console
from rich.markup import escape

from languages.errors import tell
from records.errors import WenshuError
from wenshu.commands import (
    bucket,
    copying,
    demo,
    environment,
    importing,
    migrating,
    people,
    search,
    serving,
    upkeep,
    working,
)
from wenshu.logs import set_up_logs

app = typer.Typer(
    name="wenshu",
    help="文枢：机关文件的统一存储、检索与办理。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for module in (
    serving,
    working,
    importing,
    search,
    people,
    upkeep,
    migrating,
    copying,
    bucket,
    demo,
    environment,
):
    module.add_to(app)


def main() -> None:
    """Run a command; errors of the house are told in words, without a traceback."""
    errors = Console(stderr=True)
    try:
        set_up_logs()
        app()
    except WenshuError as error:
        told = tell(error)
        errors.print(f"[bold red]{escape(told.what)}[/]\n{escape(told.advice)}")
        sys.exit(1)
    except KeyboardInterrupt:
        errors.print("已中断；已经确认的内容都已保存，重新运行同一命令即可继续。")
        sys.exit(130)


if __name__ == "__main__":
    main()
