"""Commands that are given a place where nothing is, or nothing can be."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from rich.console import Console
from rich.progress import Progress
from typer.testing import CliRunner

from documents.scans.installed import model_folder
from records.errors import Invalid, NotFound
from sandbox.confinement import Confinement
from services.flow.change import NewFile
from services.intake.ingest import Draft
from services.searching.search_page import Asked
from storage.keys import SCANS
from tests.faults.writer import LOGIN, prepare, settings_for
from tests.scans import drawn, installed_with, knowing, work_off
from wenshu.building.house import installation
from wenshu.building.scanning import LOOK_S, Scanning, ScanRound
from wenshu.command_line import command_line
from wenshu.commands import recognising
from wenshu.commands.environment import tell_sandbox


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STORE", "INDEX", "QUEUE", "TIKA"):
        monkeypatch.delenv(f"WENSHU_{name}", raising=False)


@pytest.mark.parametrize("command", ["verify", "reconcile", "rebuild", "recognise"])
def test_a_store_that_nobody_has_begun_is_neither_made_nor_called_sound(
    tmp_path: Path, command: str
) -> None:
    mistyped = tmp_path / "backup"
    refused = CliRunner().invoke(command_line(), [command, "--data", str(mistyped)]).exception
    assert isinstance(refused, NotFound)
    assert refused.reason == "no_store"
    assert not mistyped.exists()


@pytest.mark.feature("SS-03")
@pytest.mark.skipif(model_folder() is None, reason="no engine is installed")
def test_scans_that_are_there_are_asked_for_and_read_to_the_end(tmp_path: Path) -> None:
    prepare(tmp_path)
    with installation(settings_for(tmp_path)) as built:
        house = built.house
        caller = house.book.caller(LOGIN)
        scan = tmp_path / "scan.png"
        drawn(tmp_path, ["北湖县渡口防汛预案"]).save(scan)
        staged = house.staging.receive([scan.read_bytes()], name="a.png")
        draft = Draft(kind="library_file", files=[NewFile("a.png", staged)])
        house.ingest.begin(caller, draft)
        work_off(built)
        waiting = built.engines.store.list(SCANS, after="")
        for each in list(waiting):  # as in a store of a version that recognised nothing
            built.engines.store.delete(each.key)
    told = CliRunner().invoke(command_line(), ["recognise", "--here", "--data", str(tmp_path)])
    assert (told.exit_code, told.exception) == (0, None)
    assert "已排入文字识别：1 个文件。" in told.output
    with installation(settings_for(tmp_path)) as built:
        page = built.house.searching.search(built.house.book.caller(LOGIN), Asked(words="渡口防汛"))
        assert page.total == 1
    again = CliRunner().invoke(command_line(), ["recognise", "--data", str(tmp_path)])
    assert "已排入文字识别：0 个文件。" in again.output


@pytest.mark.feature("SS-03")
def test_what_a_service_reads_is_awaited_as_seldom_as_it_looks_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    waited: list[float] = []
    advanced: list[int] = []
    with installed_with(settings_for(tmp_path), knowing()) as built:
        rounds = [ScanRound(is_ours=False, waited=1), ScanRound(is_ours=True, waited=1)]
        rounds.append(ScanRound(is_ours=True, waited=0))
        turns = cast("Scanning", SimpleNamespace(read=lambda: rounds.pop(0)))
        clock = SimpleNamespace(sleep=waited.append)
        monkeypatch.setattr("wenshu.commands.recognising.time", clock)
        monkeypatch.setattr(Progress, "advance", lambda _, task: advanced.append(task))
        recognising._read_here(replace(built, scanning=turns), Console())
    assert (waited[0], len(waited), rounds) == (LOOK_S, 2, [])
    assert waited[1] < LOOK_S
    assert len(advanced) == 1, "what another process reads is no turn of this one"
    assert "识别完毕。" in capsys.readouterr().out


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


def test_the_check_makes_nothing_where_nothing_is(tmp_path: Path) -> None:
    mistyped = tmp_path / "typo" / "x"
    told = CliRunner().invoke(command_line(), ["check", "--data", str(mistyped)])
    assert told.exit_code == 0
    assert f"! 数据目录 {mistyped}：还没有内容" in told.output
    assert "✓ 存储可写" not in told.output
    assert not mistyped.parent.exists()


def test_an_import_says_whose_it_is_and_is_made_by_nobody_in_silence(tmp_path: Path) -> None:
    command = ["import", str(tmp_path), "--data", str(tmp_path / "data")]
    refused = CliRunner().invoke(command_line(), command).exception
    assert isinstance(refused, Invalid)
    assert refused.reason == "no_importer"
    assert not (tmp_path / "data").exists()


def test_the_check_says_how_files_of_unknown_origin_are_kept_apart(tmp_path: Path) -> None:
    told = CliRunner().invoke(command_line(), ["check", "--data", str(tmp_path / "data")])
    assert told.exit_code == 0
    for means in ("Landlock", "seccomp", "no_new_privs", "网络隔离", "独立临时目录"):
        assert f"沙箱 {means}" in told.output


def test_what_the_kernel_lacks_is_said_and_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    tell_sandbox(Console(), Confinement())
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert all(line.startswith("! 沙箱") and "：无。" in line for line in lines)


def test_a_calendar_is_loaded_and_a_wrong_one_changes_nothing(tmp_path: Path) -> None:
    data = ["--data", str(tmp_path / "data")]
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text('"2027": {holidays: [2027-01-01..2027-01-03]}', encoding="utf-8")
    bad.write_text('"2028": {holidays: [2027-01-01]}', encoding="utf-8")
    run = CliRunner().invoke
    assert "2027" in run(command_line(), ["calendar", "load", str(good), *data]).output
    for wrong in (str(bad), str(tmp_path / "nowhere.yaml")):
        refused = run(command_line(), ["calendar", "load", wrong, *data]).exception
        assert isinstance(refused, Invalid)
        assert refused.reason == "bad_calendar"
    shown = run(command_line(), ["calendar", "show", *data]).output
    assert "2027" in shown
    assert "2028" not in shown


@pytest.mark.parametrize(
    "given", [[], ["词", "--batch", "a", "--out", "b"], ["--batch", "a"], ["词", "--out", "b"]]
)
def test_a_search_is_for_words_or_for_a_list_with_its_result(
    tmp_path: Path, given: list[str]
) -> None:
    command = ["search", "--as", "a", "--data", str(tmp_path), *given]
    refused = CliRunner().invoke(command_line(), command).exception
    assert isinstance(refused, Invalid)
    assert refused.reason == "search_what"
