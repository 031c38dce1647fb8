"""What is wrong with a command as it was typed, in Chinese: the library says it in English."""

from collections.abc import Collection, Sequence
from difflib import get_close_matches

from typer import TyperException
from typer._click import exceptions as usage

from languages.errors import Told


def usage_told(error: TyperException, arguments: Sequence[str]) -> Told:
    """What the caller typed wrongly after ``wenshu``, and how it is typed."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "wenshu"
    commands = getattr(context.command, "commands", {}) if context is not None else {}
    typed = next(iter(arguments[path.count(" ") :]), "")
    if commands and typed and not typed.startswith("-") and typed not in commands:
        return Told(f"没有“{typed}”这个命令。", _near(typed, commands, path))
    if isinstance(error, usage.NoSuchOption):
        near = error.possibilities or ()
        return Told(f"没有“{error.option_name}”这个选项。", _near(error.option_name, near, path))
    return Told(_what(error), f"运行 {path} --help 查看用法。")


def _what(error: TyperException) -> str:
    if isinstance(error, usage.MissingParameter):
        return f"缺少{_parameter(error)}。"
    if isinstance(error, usage.BadParameter):
        return f"{_parameter(error)}的值不正确。"
    if isinstance(error, usage.BadOptionUsage):
        return f"选项“{error.option_name}”的写法不正确。"
    return "命令不完整，或多写了内容。"


def _parameter(error: usage.BadParameter) -> str:
    if error.param is None:
        return "参数"
    name = error.param.get_error_hint().replace("'", "").replace("env var: ", "环境变量 ")
    return f"“{name}”"


def _near(typed: str, known: Collection[str], path: str) -> str:
    near = get_close_matches(typed, known)
    asked = f"是否要用 {'、'.join(near)}？" if near else ""
    return f"{asked}运行 {path} --help 查看用法。"
