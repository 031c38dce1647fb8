"""The command line: ``wenshu serve``, ``import``, ``search`` and the rest."""

import errno
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from io import TextIOWrapper

import typer
from rich.console import Console
from rich.markup import escape
from typer import TyperException

from languages.errors import Told, tell
from records.errors import Invalid, WenshuError
from wenshu.help_page import help_asked, is_group, show_help
from wenshu.logs import set_up_logs
from wenshu.usage import usage_told

INTERRUPTED = 130
"""The exit status after Ctrl+C."""

NOTHING_TYPED = 2
"""Where nothing was asked, help is no answer."""

MODULE_OF: Mapping[str, str] = {
    "serve": "serving",
    "work": "working",
    "import": "importing",
    "search": "search",
    "people": "people",
    "parameters": "parameters",
    "kinds": "kinds",
    "calendar": "calendar",
    "verify": "upkeep",
    "reconcile": "upkeep",
    "rebuild": "upkeep",
    "recognise": "recognising",
    "migrate": "migrating",
    "copy": "copying",
    "bucket": "bucket",
    "demo": "demo",
    "check": "environment",
}
"""The modules of `wenshu.commands` by their commands, in the order of the help."""


def command_line(arguments: Sequence[str] = ()) -> typer.Typer:
    """The command line, with all commands, or with the one that the arguments name alone.

    A process that runs for months should not hold what other commands need (27 MB).
    """
    app = typer.Typer(
        name="wenshu",
        help="文枢：机关文件的统一存储、检索与办理。",
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_beginning)
    named = MODULE_OF.get(arguments[0]) if arguments else None
    for module in [named] if named else dict.fromkeys(MODULE_OF.values()):
        import_module(f"wenshu.commands.{module}").add_to(app)
    return app


def main(begin: Callable[[], object] = lambda: None) -> None:
    """The program ``wenshu``; `begin` is called when its command is loaded."""

    def begun() -> None:
        begin()
        set_up_logs()

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # GBK, as of some terminals, knows no emoji
    sys.exit(run(sys.argv[1:], begin=begun))


def run(arguments: Sequence[str], *, begin: Callable[[], None] = lambda: None) -> int:
    """Run a command; errors are told in words, without a traceback. Its exit status.

    `begin` comes before the command, and its errors are told as well.
    """
    try:
        app = command_line(arguments)
        if help_asked(arguments) or is_group(app, arguments):
            show_help(app, arguments, Console())
            return 0 if help_asked(arguments) else NOTHING_TYPED
        begin()
        status: int = app(arguments, "wenshu", standalone_mode=False) or 0
    except WenshuError as error:
        _complain(tell(error))
        status = 1
    except OSError as error:
        _complain(tell(_unusable(error)))
        status = 1
    except TyperException as error:
        _complain(usage_told(error, arguments))
        status = error.exit_code
    if status == INTERRUPTED:
        _errors().print("已中断；已经确认的内容都已保存，重新运行同一命令即可继续。")
    return status


def _unusable(error: OSError) -> Invalid:
    """A file that nobody else tells of, such as an output on a full disk."""
    if error.errno == errno.EROFS and error.filename:
        return Invalid("read_only_file", name=error.filename)
    code = errno.errorcode.get(error.errno or 0, type(error).__name__)
    return Invalid("unusable_file", name=error.filename or "标准输出", code=code)


def _complain(told: Told) -> None:
    _errors().print(f"[bold red]{escape(told.what)}[/]\n{escape(told.advice)}", soft_wrap=True)


def _errors() -> Console:
    return Console(stderr=True)


def _beginning() -> None:
    """Nothing: makes one command alone a command with a name."""


if __name__ == "__main__":
    main()
