"""Many things looked for at once, as a workbook (SS-01)."""

import errno
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from rich.console import Console

from documents.tables import XlsxTableWriter
from records.errors import Invalid
from records.identity import Login
from services.searching import batch
from services.searching.batch_table import HEADER
from services.searching.record_finder import RecordFinder
from services.searching.search_page import SearchPage
from tests.api.conftest import SignIn
from tests.api.test_ranking import noted
from wenshu.building.installation import Installation
from wenshu.commands.batch_search import search_batch
from wenshu.settings import Settings

SITE = "https://records.example.cn"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With what browsers reach it by."""
    return replace(settings, site=SITE)


def answered(built: Installation, folder: Path, rows: list[str], login: str) -> list[list[str]]:
    """The rows of the workbook that answers a list, without its header."""
    asked, out = folder / "asked.txt", folder / "out.xlsx"
    asked.write_text("\n".join(rows), "utf-8")
    search_batch(
        built, built.house.book.caller(Login(login)), asked, out, Console(file=io.StringIO())
    )
    head, *found = load_workbook(out).worksheets[0].iter_rows(values_only=True)
    assert head == HEADER
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
    return [[str(cell or "") for cell in row] for row in found]


@pytest.mark.feature("SS-01")
def test_every_row_is_answered_with_its_place(
    built: Installation, sign_in: SignIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "MANY", 2)
    record = noted(sign_in, "关于甲公司的说明", "甲公司信用修复已办结。")
    for number in range(3):
        noted(sign_in, f"车辆{number}", "车辆管理。")
    rows = ["甲公司", "", "乙集团", "信用休复", "车辆", "=甲公司", "，。", "(甲公司"]
    found = answered(built, tmp_path, rows, "drafter")
    by_row: dict[str, list[list[str]]] = {}
    for line in found:
        by_row.setdefault(line[0], []).append(line)
    assert list(by_row) == [f"{n}" for n in range(1, len(rows) + 1)]
    outcomes = [lines[0][2] for lines in by_row.values()]
    assert outcomes == [
        *("找到", "空行，未检索", "没有找到", "没有完全一致的，以下相近", "过多，只列前 5 条"),
        *("找到", "空行，未检索", "找到"),
    ]
    line = by_row["1"][0]
    assert line[5] == "关于甲公司的说明"
    assert "甲公司" in line[HEADER.index("摘录")]
    assert line[HEADER.index("地址")] == f"{SITE}/records/{record}"
    assert by_row["4"][0][4] == "信用修复"
    assert len(by_row["5"]) == 3
    assert by_row["6"][0][1] == "=甲公司"


@pytest.mark.feature("SS-01")
def test_a_reader_is_told_nothing_of_what_he_may_not_read(
    built: Installation, sign_in: SignIn, tmp_path: Path
) -> None:
    noted(sign_in, "关于甲公司的说明", "甲公司信用修复已办结。")
    found = answered(built, tmp_path, ["甲公司", "信用休复"], "reader")
    assert [line[2:5] for line in found] == [["没有找到", "0", ""]] * 2


def test_a_broken_list_leaves_no_workbook(built: Installation, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    out.write_bytes(b"before")
    caller = built.house.book.caller(Login("drafter"))
    with pytest.raises(Invalid):
        search_batch(built, caller, tmp_path / "missing", out, Console(file=io.StringIO()))
    assert out.read_bytes() == b"before"


@pytest.mark.feature("SS-01")
def test_a_list_that_is_interrupted_goes_on_where_it_was(
    built: Installation, sign_in: SignIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted(sign_in, "关于甲公司的说明", "甲公司信用修复已办结。")
    rows = [f"甲公司{'' if n % 2 else n}" for n in range(50)]
    looked: list[str] = []
    finder = RecordFinder.search

    def search(self: RecordFinder, *given: Any, **more: Any) -> SearchPage:
        looked.append(given[1].words)
        if len(looked) == 45:
            raise KeyboardInterrupt
        return finder(self, *given, **more)

    monkeypatch.setattr(RecordFinder, "search", search)
    with pytest.raises(KeyboardInterrupt):
        answered(built, tmp_path, rows, "drafter")
    assert not (tmp_path / "out.xlsx").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    found = answered(built, tmp_path, rows, "drafter")
    assert [line[:2] for line in found] == [[f"{n}", row] for n, row in enumerate(rows, 1)]
    assert looked[45:] == rows[40:]
    desk, caller = built.house.lists.exports, built.house.book.caller(Login("drafter"))
    assert desk.of(caller) == []
    answered(built, tmp_path, rows, "drafter")
    assert looked[45 + 10 :] == rows  # what was fetched is asked anew


@pytest.mark.feature("SS-01")
def test_a_workbook_that_cannot_be_written_is_said_before_and_after_and_nothing_is_lost(
    built: Installation, sign_in: SignIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted(sign_in, "关于甲公司的说明", "甲公司。")
    asked, caller = tmp_path / "asked.txt", built.house.book.caller(Login("drafter"))
    asked.write_text("甲公司", "utf-8")
    quiet = Console(file=io.StringIO())
    (tmp_path / "a.xlsx").mkdir()
    for out, fault in (
        (tmp_path / "missing" / "out.xlsx", "no_such_folder"),
        (tmp_path / "a.xlsx", "is_folder"),
        (tmp_path / "out.doc", "no_xlsx_name"),
    ):
        with pytest.raises(Invalid) as refused:
            search_batch(built, caller, asked, out, quiet)
        assert (refused.value.reason, refused.value.facts["fault"]) == ("unwritable_out", fault)
    assert built.house.lists.exports.of(caller) == []

    def full(*_: object, **__: object) -> Iterator[bytes]:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(XlsxTableWriter, "write", full)
        with pytest.raises(Invalid) as refused:
            search_batch(built, caller, asked, tmp_path / "out.xlsx", quiet)
    assert refused.value.facts["fault"] == "disk_full"
    (kept,) = built.house.lists.exports.of(caller)
    assert not kept.is_open
    monkeypatch.setattr(RecordFinder, "search", None)  # nothing is searched for again
    search_batch(built, caller, asked, tmp_path / "out.xlsx", quiet)
    assert load_workbook(tmp_path / "out.xlsx").worksheets[0]["B2"].value == "甲公司"


@pytest.mark.feature("SS-01")
def test_a_row_that_says_nothing_readable_is_told_in_its_row(
    built: Installation, sign_in: SignIn, tmp_path: Path
) -> None:
    book = Workbook()
    for row, value in enumerate(("甲公司", "=A1&1", "#REF!", None, "x" * 5_000, "((((")):
        book.worksheets[0].cell(row + 1, 1, value)
    book.save(tmp_path / "asked.xlsx")
    caller, out = built.house.book.caller(Login("drafter")), tmp_path / "out.xlsx"
    said = io.StringIO()
    search_batch(built, caller, tmp_path / "asked.xlsx", out, Console(file=said, width=200))
    told = [row[2] for row in load_workbook(out).worksheets[0].iter_rows(2, values_only=True)]
    assert told[1:4] == ["公式未存结果，未检索", "公式结果有错，未检索", "空行，未检索"]
    assert "公式未存结果，未检索 1" in said.getvalue()
    answer = sign_in("drafter").post("/api/v1/search/batches", json={"queries": ["=A1&1"]})
    assert answer.status_code == 202
