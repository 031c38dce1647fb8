"""Kind files: what is accepted, and how every fault is named with file and line."""

from pathlib import Path

import pytest

from records.errors import Invalid
from records.kind_loader import load_kind, load_kinds

KINDS = Path("records/kinds")
PAPER = Path("tests/kinds")

GOOD = """\
kind: slip
title: 单子
version: 1
fields:
  title: {label: 标题, type: text, required: true}
  due: {label: 期限, type: date}
meaning: {title: title}
states:
  a: {label: 甲, read: participants}
  b: {label: 乙, read: participants, done: true}
start: {state: a, by: [role:staff]}
actions:
  go: {label: 走, from: [a], to: b, by: [holder]}
"""


def fault(tmp_path: Path, text: str) -> tuple[int, str]:
    path = tmp_path / "slip.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Invalid, match="bad_kind") as caught:
        load_kind(path)
    assert caught.value.facts["file"] == "slip.yaml"
    line, told = caught.value.facts["line"], caught.value.facts["fault"]
    assert isinstance(line, int)
    return line, str(told)


@pytest.mark.feature("GI-02", "GI-03")
def test_every_kind_of_the_product_and_every_one_on_paper_is_sound() -> None:
    assert {kind.kind for kind in load_kinds(KINDS)} == {
        "library_file",
        "drive_file",
        "folder",
        "failed_job",
        "notice",
    }
    assert {kind.kind for kind in load_kinds(PAPER)} == {
        "dispatch",
        "supervision",
        "room_booking",
    }


def test_the_sample_is_good(tmp_path: Path) -> None:
    path = tmp_path / "slip.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_kind(path).title == "单子"


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ("title: 单子", "title: 单子\ncolour: red", 3, "not permitted"),
        ("required: true}", "requird: true}", 5, "not permitted"),
        ("type: date", "type: day", 6, "Input should be"),
        ("version: 1", "version: nought", 3, "integer"),
        ("{title: title}", "{title: heading}", 7, "heading"),
        (
            "done: true}",
            "done: true}\n  c: {label: 丙, read: participants, done: true}",
            11,
            "reached",
        ),
        ("to: b, by", "to: c, by", 13, "unknown state 'c'"),
        ("from: [a]", "from: [z]", 13, "unknown state 'z'"),
        ("by: [holder]}", "by: [boss]}", 13, "unknown actor"),
        ("by: [holder]}", "by: [clock]}", 13, "clock"),
        ("by: [holder]}", "by: [clock], at: due}", 9, "dead end"),
        ("by: [holder]}", "by: [holder], guards: [moon]}", 13, "unknown guard 'moon'"),
        ("by: [holder]}", "by: [holder], effects: [moon]}", 13, "unknown effect 'moon'"),
        ("by: [holder]}", "by: [holder], needs: [seal]}", 13, "unknown mark 'seal'"),
        ("by: [holder]}", "by: [holder], stamps: title}", 13, "date field"),
        ("by: [holder]}", "by: [holder], next: [{author: true}]}", 13, "nothing waits"),
        ("done: true}", "}", 13, "nobody would hold"),
        ("read: participants}", "read: audience}", 9, "audience"),
        ("by: [role:staff]", "by: [role:king]", 11, "unknown actor"),
        ("state: a", "state: q", 11, "no state"),
        ("kind: slip", "kind: [slip", 2, "expected"),
    ],
)
def test_a_fault_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, word: str
) -> None:
    assert old in GOOD
    found, told = fault(tmp_path, GOOD.replace(old, new, 1))
    assert word in told
    assert found == line
