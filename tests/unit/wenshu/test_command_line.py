"""A command loads what it needs, and no command is forgotten."""

import subprocess
import sys

import pytest
from typer.main import get_command

from wenshu.command_line import MODULE_OF, command_line

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
