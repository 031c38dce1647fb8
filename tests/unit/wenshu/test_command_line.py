"""A command loads what it needs, and no command is forgotten."""

import subprocess
import sys

import pytest
from typer.main import get_command

from tests.engines import WENSHU
from wenshu.command_line import MODULE_OF, command_line, run

LOADED = """
import sys
from wenshu.command_line import command_line
command_line([{name!r}])
print(*sorted({{module.partition('.')[0] for module in sys.modules}}))
"""


def names(*arguments: str) -> list[str]:
    return list(getattr(get_command(command_line(arguments)), "commands", {}))


def test_the_table_names_every_command_there_is() -> None:
    assert sorted(names()) == sorted(MODULE_OF)
    assert names("no-such-command") == names()


@pytest.mark.parametrize("command", MODULE_OF)
def test_a_command_is_there_when_its_module_alone_is_loaded(command: str) -> None:
    siblings = [name for name, module in MODULE_OF.items() if module == MODULE_OF[command]]
    assert sorted(names(command)) == sorted(siblings)


def test_a_worker_does_not_hold_what_a_server_or_the_demo_needs() -> None:
    code = LOADED.format(name="work")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"fastapi", "uvicorn", "openpyxl", "reportlab", "docx"} & set(done.stdout.split())


def help_of(*arguments: str) -> str:
    done = subprocess.run(
        [str(WENSHU), *arguments, "--help"], capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.parametrize("command", [(), *((name,) for name in MODULE_OF), ("people", "load")])
def test_help_is_wholly_in_chinese(command: tuple[str, ...]) -> None:
    told = help_of(*command)
    assert told.startswith("用法：wenshu")
    for word in ("Usage", "Options", "Arguments", "Commands", "default", "required", "Show"):
        assert word not in told


def test_help_says_what_must_be_given_and_what_holds_without_it() -> None:
    assert "以谁的身份检索（登录名）（必填）" in help_of("search")
    assert "端口（环境变量 WENSHU_PORT；默认 8000）" in help_of("serve")
    assert "文件或文件夹…" in help_of("import")


def test_a_group_without_a_command_shows_its_help_and_does_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["people"]) == 2
    printed = capsys.readouterr()
    assert "导入机构与人员" in printed.out
    assert printed.err == ""
