"""``wenshu kinds``: what is told of kinds, and of records that none of them understands."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from records.errors import Invalid
from records.people.people_rows import PeopleRows
from records.schema.loader import load_kinds, product_kinds
from services.intake.ingest import Draft
from wenshu.building.house import installation
from wenshu.command_line import command_line
from wenshu.commands.kinds import graphs
from wenshu.settings import Settings

SLIP = """\
kind: slip
title: 单子
version: 1
fields: {title: {label: 标题, type: text, required: true}}
meaning: {title: title}
states:
  review: {label: 办, read: participants}
  end:    {label: 完, read: participants, done: true}
start: {state: review, by: [role:staff]}
actions:
  go: {label: 走, from: [review], to: end, by: [holder]}
"""
RENAMED = SLIP.replace("version: 1", "version: 2").replace("review", "handling")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STORE", "INDEX", "QUEUE", "TIKA", "KINDS"):
        monkeypatch.delenv(f"WENSHU_{name}", raising=False)


def kinds(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command_line(), ["kinds", *arguments, "--data", str(data)])


def declare(data: Path, name: str, text: str) -> None:
    (data / "kinds").mkdir(parents=True, exist_ok=True)
    (data / "kinds" / name).write_text(text, encoding="utf-8")


def begun(data: Path) -> None:
    """A record of the kind, in its first state."""
    with installation(Settings(data=data, password_memory_kib=64)) as built:
        units = [{"code": "law", "name": "法规科"}]
        built.house.people.load(PeopleRows(units, [{"login": "a", "name": "甲", "unit": "law"}]))
        caller = built.house.book.caller("a")  # type: ignore[arg-type]
        built.house.ingest.begin(caller, Draft(kind="slip", fields={"title": "一"}))


def test_a_sound_installation_is_called_sound_and_nothing_is_made(tmp_path: Path) -> None:
    told = kinds(tmp_path / "data", "check")
    assert told.exit_code == 0
    assert "没有错误" in told.output
    assert not (tmp_path / "data").exists()


@pytest.mark.feature("GI-02")
def test_a_broken_kind_is_named_by_both_checks_and_the_server_starts(tmp_path: Path) -> None:
    declare(tmp_path, "slip.yaml", SLIP.replace("to: end", "to: gone"))
    told = kinds(tmp_path, "check")
    assert told.exit_code == 1
    assert "类型文件 slip.yaml 第 11 行" in told.output
    with installation(Settings(data=tmp_path, password_memory_kib=64)):
        pass
    whole = CliRunner().invoke(command_line(), ["check", "--data", str(tmp_path)])
    assert whole.exit_code == 1
    assert "✗ 本单位的类型：类型文件 slip.yaml 第 11 行" in whole.output
    assert "✓ 索引可用" in whole.output


def test_records_in_a_state_that_was_removed_are_counted_with_the_way_to_map_it(
    tmp_path: Path,
) -> None:
    declare(tmp_path, "slip.yaml", SLIP)
    begun(tmp_path)
    assert kinds(tmp_path, "check").exit_code == 0
    declare(tmp_path, "slip.yaml", RENAMED)
    told = kinds(tmp_path, "check")
    assert told.exit_code == 1
    assert "有 1 条记录停在类型“单子”的状态“review”" in told.output
    assert "was: [review]" in told.output
    assert "slip@1.yaml" in told.output
    declare(tmp_path, "slip.yaml", RENAMED.replace("participants}", "participants, was: [review]}"))
    assert kinds(tmp_path, "check").exit_code == 0
    declare(tmp_path, "slip.yaml", RENAMED)
    declare(tmp_path, "slip@1.yaml", SLIP)
    assert kinds(tmp_path, "check").exit_code == 0


def test_records_of_a_kind_that_was_removed_are_counted(tmp_path: Path) -> None:
    declare(tmp_path, "slip.yaml", SLIP)
    begun(tmp_path)
    (tmp_path / "kinds" / "slip.yaml").unlink()
    told = kinds(tmp_path, "check")
    assert told.exit_code == 1
    assert "有 1 条记录属于类型“slip”，该类型已不存在" in told.output


def test_the_list_tells_the_programs_kinds_from_ours(tmp_path: Path) -> None:
    declare(tmp_path, "slip.yaml", SLIP)
    lines = kinds(tmp_path, "list").output.splitlines()
    assert [line for line in lines if "slip" in line and "本单位" in line]
    assert [line for line in lines if "notice" in line and "程序自带" in line]


def test_a_kind_is_drawn_with_who_does_what(tmp_path: Path) -> None:
    told = kinds(tmp_path, "graph", "notice")
    assert "    published --> withdrawn: 撤回（拟稿人、机要室）" in told.output
    assert "[*] --> draft" in told.output
    assert "failed_job" not in told.output


def test_the_document_of_flows_is_that_of_the_kinds() -> None:
    """Write it anew: ``wenshu kinds graph``, below its first lines."""
    document = Path("docs/kinds.md").read_text(encoding="utf-8")
    drawn = graphs(*load_kinds(product_kinds()))
    assert document.endswith(f"\n{drawn}"), "make kinds"


def test_what_is_left_out_at_the_start_is_named_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    declare(tmp_path, "slip.yaml", SLIP.replace("to: end", "to: gone"))
    with installation(Settings(data=tmp_path, password_memory_kib=64)) as built:
        assert built.house.kinds.find("slip") is None
        assert built.house.kinds.find("notice") is not None
    assert "file='slip.yaml', line=11" in caplog.text


def test_kinds_may_stand_in_a_folder_that_is_named_and_must_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(tmp_path, "slip.yaml", SLIP)
    monkeypatch.setenv("WENSHU_KINDS", str(tmp_path / "kinds"))
    assert "slip" in kinds(tmp_path / "elsewhere", "list").output
    monkeypatch.setenv("WENSHU_KINDS", str(tmp_path / "kidns"))
    refused = kinds(tmp_path / "elsewhere", "list").exception
    assert isinstance(refused, Invalid)
    assert (refused.reason, refused.facts["name"]) == ("bad_setting", "WENSHU_KINDS")
