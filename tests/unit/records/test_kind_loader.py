"""Kind files: what is accepted, and how every fault is named with file and line."""

from pathlib import Path

import pytest

from languages.errors import tell
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
    line, told = caught.value.facts["line"], tell(caught.value).what
    assert isinstance(line, int)
    return line, told


@pytest.mark.feature("GI-02", "GI-03")
def test_every_kind_of_the_product_and_every_one_on_paper_is_sound() -> None:
    assert {kind.kind for kind in load_kinds(KINDS)} == {
        "library_file",
        "drive_file",
        "folder",
        "failed_job",
        "notice",
        "rights_change",
        "room",
        "room_booking",
        "supervision",
        "supervision_request",
    }
    assert {kind.kind for kind in load_kinds(PAPER)} == {
        "ballot",
        "dispatch",
        "errand",
        "errand_part",
    }


def test_the_sample_is_good(tmp_path: Path) -> None:
    path = tmp_path / "slip.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_kind(path).title == "单子"


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ("title: 单子", "title: 单子\ncolour: red", 3, "没有这一项"),
        ("required: true}", "requird: true}", 5, "没有这一项"),
        ("type: date", "type: day", 6, "只能是 text、"),
        ("version: 1", "version: nought", 3, "应是整数"),
        ("{title: title}", "{title: heading}", 7, "没有类型为 text 的字段“heading”"),
        (
            "done: true}",
            "done: true}\n  c: {label: 丙, read: participants, done: true}",
            11,
            "状态“c”无法到达",
        ),
        ("to: b, by", "to: c, by", 13, "没有状态“c”"),
        ("from: [a]", "from: [z]", 13, "没有状态“z”"),
        ("by: [holder]}", "by: [boss]}", 13, "没有“boss”这样的办理人"),
        ("by: [holder]}", "by: [clock]}", 13, "由 clock 执行的动作须用 at 写明时间"),
        ("to: b, by", "to: b, task: done, by", 13, "须且只能写一个"),
        ("to: b, by", "to: a, by", 13, "没有流转"),
        ("by: [holder]}", "by: [holder], guards: [{apart: {field: due}}]}", 13, "参数应为：fields"),
        (
            "{label: 甲, read: participants}",
            "{label: 甲, read: participants, edit: [auther]}",
            9,
            "auther",
        ),
        ("type: date}", "type: date, default: 昨天}", 6, "“昨天”不能作这个字段的默认值"),
        ("type: date}", "type: choice, options: [甲, 乙], default: 丙}", 6, "“丙”不能作"),
        ("type: date}", "type: date, required_if: {title: true}}", 6, "没有类型为 flag"),
        (
            "{label: 甲, read: participants}",
            "{label: 甲, read: participants, join: {to: b}}",
            9,
            "没有 task: done 的动作",
        ),
        (
            "to: b, by: [holder]}",
            "to: b, by: [holder]}\n  wait: {label: 停, from: [a], task: suspend, by: [holder]}",
            12,
            "task: resume",
        ),
        ("by: [holder]}", "by: [clock], at: due}", 9, "状态“a”没有人能走出去"),
        ("by: [holder]}", "by: [holder], guards: [moon]}", 13, "没有条件“moon”"),
        ("by: [holder]}", "by: [holder], effects: [moon]}", 13, "没有这一项"),
        ("by: [holder]}", "by: [holder], needs: [seal]}", 13, "标记“seal”"),
        ("by: [holder]}", "by: [holder], stamps: title}", 13, "没有类型为 date 的字段“title”"),
        ("by: [holder]}", "by: [holder], next: [{author: true}]}", 13, "状态“b”已办结"),
        ("done: true}", "}", 13, "状态“b”没有承办人"),
        ("read: participants}", "read: audience}", 9, "阅读范围"),
        ("by: [role:staff]", "by: [role:king]", 11, "没有“role:king”这样的办理人"),
        ("state: a", "state: q", 11, "没有状态“q”"),
        ("version: 1", "version: 2026-13-01", 3, "不是有效的 YAML"),
        ("version: 1", "version: 1\nversion: 2", 4, "“version”写了两次"),
        ("  due:", "  on:", 6, "名称应是文字"),
        ("kind: slip", "kind: [slip", 2, "不是有效的 YAML"),
    ],
)
def test_a_fault_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, word: str
) -> None:
    assert old in GOOD
    found, told = fault(tmp_path, GOOD.replace(old, new, 1))
    assert word in told
    assert found == line


def test_a_file_that_is_no_text_or_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("kind: 单".encode("gbk"))
    (tmp_path / "b.yaml").mkdir()
    told = []
    for name in ("a.yaml", "b.yaml"):
        with pytest.raises(Invalid, match="bad_kind") as caught:
            load_kind(tmp_path / name)
        told.append(tell(caught.value).what)
    assert told == [
        "类型文件 a.yaml 第 1 行（YAML）有误：不是 UTF-8 的文字。",
        "类型文件 b.yaml 第 1 行（YAML）有误：不能打开。",
    ]
