"""Commands that are given a place where nothing is, or nothing can be."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from records.errors import Invalid, NotFound
from wenshu.command_line import command_line


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STORE", "INDEX", "QUEUE", "TIKA"):
        monkeypatch.delenv(f"WENSHU_{name}", raising=False)


@pytest.mark.parametrize("command", ["verify", "reconcile", "rebuild"])
def test_a_store_that_nobody_has_begun_is_neither_made_nor_called_sound(
    tmp_path: Path, command: str
) -> None:
    mistyped = tmp_path / "backup"
    refused = CliRunner().invoke(command_line(), [command, "--data", str(mistyped)]).exception
    assert isinstance(refused, NotFound)
    assert refused.reason == "no_store"
    assert not mistyped.exists()


@pytest.mark.parametrize("below", ["", "/below"])
def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").touch()
    data = f"{tmp_path}/file{below}"
    refused = (
        CliRunner().invoke(command_line(), ["search", "x", "--as", "a", "--data", data]).exception
    )
    assert isinstance(refused, Invalid)
    assert (refused.reason, refused.facts["given"]) == ("bad_setting", data)
    checked = CliRunner().invoke(command_line(), ["check", "--data", data])
    assert checked.exit_code == 1
    assert "✗" in checked.output
    assert "磁盘空间" in checked.output
