"""A report is read as it was written, and what cannot be one is told."""

from pathlib import Path

import pytest

from records.errors import Invalid
from services.intake.ledger import LedgerLine, Outcome
from wenshu.commands.import_report import read_report, report_at


def line(path: str) -> LedgerLine:
    return LedgerLine(
        path=path,
        container=None,
        outcome=Outcome.SKIPPED,
        reason="link",
        record=None,
        sha256=None,
        size=0,
    )


def test_lines_are_read_as_they_were_written_whatever_stands_in_a_name(tmp_path: Path) -> None:
    written = [line("a\u2028b"), line("a\x85b"), line("a\nb"), line("a\rb")]
    with report_at(tmp_path / "report") as write:
        for each in written:
            write(each)
    assert read_report(tmp_path / "report") == written


def test_a_line_that_is_none_is_named(tmp_path: Path) -> None:
    with report_at(tmp_path / "report") as write:
        write(line("a"))
    (tmp_path / "report").write_bytes((tmp_path / "report").read_bytes() + b"[1]\n")
    with pytest.raises(Invalid, match="bad_report") as caught:
        read_report(tmp_path / "report")
    assert caught.value.facts["line"] == 2


def test_a_place_that_takes_no_report_is_told() -> None:
    with (
        pytest.raises(Invalid, match="unusable_report"),
        report_at(Path("/dev/full")) as write,
    ):
        write(line("a"))
    with pytest.raises(Invalid, match="unusable_report"):
        read_report(Path("/"))
