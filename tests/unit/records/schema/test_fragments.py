"""Fragments of kinds: what is merged, who wins, and where a fault is said to stand."""

from pathlib import Path

import pytest

from languages.errors import tell
from records.errors import Invalid
from records.schema.kind import Kind
from records.schema.loader import load_kind

SLIP = """\
kind: slip
title: 单子
version: 1
uses: [shared]
fields:
  title: {label: 标题, type: text, required: true}
meaning: {title: title}
states:
  a: {label: 甲, read: participants}
start: {state: a, by: [role:staff]}
actions:
  go: {label: 走, from: [a], to: closing, by: [holder], next: [{author: true}]}
"""

SHARED = """\
fields:
  title: {label: 题名, max: 50}
  urgency: {label: 紧急程度, type: text}
states:
  closing: {label: 待结, read: participants}
  ended: {label: 已结, read: participants, done: true}
actions:
  end: {label: 办结, from: [closing], to: ended, by: [holder]}
"""


def loaded(folder: Path, kind: str = SLIP, **fragments: str) -> Kind:
    (folder / "fragments").mkdir(exist_ok=True)
    for name, text in fragments.items():
        (folder / "fragments" / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "slip.yaml").write_text(kind, encoding="utf-8")
    return load_kind(folder / "slip.yaml")


def refused(folder: Path, kind: str = SLIP, **fragments: str) -> tuple[str, int, str]:
    """File, line, and what is told."""
    with pytest.raises(Invalid) as caught:
        loaded(folder, kind, **fragments)
    facts = caught.value.facts
    assert isinstance(facts["line"], int)
    return str(facts["file"]), facts["line"], tell(caught.value).what


@pytest.mark.feature("SY-08", "SY-09")
def test_a_kind_has_what_its_fragments_declare_and_its_own_words_win(tmp_path: Path) -> None:
    kind = loaded(tmp_path, shared=SHARED)
    assert list(kind.fields) == ["title", "urgency"]
    assert (kind.fields["title"].label, kind.fields["title"].max) == ("标题", 50)
    assert list(kind.states) == ["a", "closing", "ended"]
    assert list(kind.actions) == ["go", "end", "tend"]


def test_two_kinds_that_use_a_fragment_do_not_change_it_for_each_other(tmp_path: Path) -> None:
    loaded(tmp_path, SLIP.replace("标题", "别的"), shared=SHARED)
    assert loaded(tmp_path, shared=SHARED).fields["title"].label == "标题"


def test_the_fragments_of_the_program_serve_a_kind_of_another_folder(tmp_path: Path) -> None:
    kind = loaded(
        tmp_path,
        SLIP.replace("uses: [shared]", "uses: [routed, archived]").replace(
            "  a: {label: 甲, read: participants}",
            "  a: {label: 甲, read: participants}\n  closing: {label: 乙, read: participants}",
        ),
    )
    assert {"urgency", "due_on"} <= set(kind.fields)
    assert kind.actions["file"].to == "archived"


def test_a_fault_in_a_fragment_is_told_with_the_line_of_the_fragment(tmp_path: Path) -> None:
    broken = SHARED.replace("type: text}", "type: text, colour: red}")
    file, line, told = refused(tmp_path, shared=broken)
    assert (file, line) == ("fragments/shared.yaml", 3)
    assert "没有这一项" in told
    assert "由类型文件 slip.yaml 引用" in told


def test_what_the_whole_lacks_is_told_where_the_fragment_says_it(tmp_path: Path) -> None:
    file, line, told = refused(tmp_path, shared=SHARED.replace("to: ended", "to: gone"))
    assert (file, line) == ("fragments/shared.yaml", 8)
    assert "没有状态“gone”" in told


def test_a_fault_of_the_kind_itself_keeps_its_own_line(tmp_path: Path) -> None:
    file, line, told = refused(tmp_path, SLIP.replace("to: closing", "to: gone"), shared=SHARED)
    assert (file, line) == ("slip.yaml", 12)
    assert "没有状态“gone”" in told


@pytest.mark.parametrize(
    ("kind", "fragments", "place", "words"),
    [
        (SLIP.replace("[shared]", "[shraed]"), {}, ("slip.yaml", 4), "没有片段“shraed”"),
        (SLIP.replace("[shared]", "shared"), {}, ("slip.yaml", 4), "应是列表"),
        (SLIP.replace("[shared]", "[[]]"), {}, ("slip.yaml", 4), "应是文字"),
        (
            SLIP.replace("[shared]", "[shared]\nparts: [x]"),
            {"shared": "parts: {file: {label: 文件}}"},
            ("slip.yaml", 5),
            "fragments/shared.yaml:1 处写法不同类",
        ),
        (
            SLIP,
            {"shared": "fields:\n  title: {type: date}"},
            ("slip.yaml", 6),
            "fragments/shared.yaml:2 处写法不同类",
        ),
        (
            SLIP.replace("[shared]", "[one, two]"),
            {"one": "fields: {x: {label: 甲}}", "two": "fields:\n  x: {label: 乙}"},
            ("fragments/two.yaml", 2),
            "fragments/one.yaml:1 处的片段说法不同",
        ),
        (SLIP, {"shared": "version: 2"}, ("fragments/shared.yaml", 1), "片段中不能写“version”"),
        (SLIP, {"shared": "a: ["}, ("fragments/shared.yaml", 1), "不是有效的 YAML"),
        (SLIP, {"shared": "[]"}, ("fragments/shared.yaml", 1), "对照表"),
        (SLIP, {"shared": ""}, ("fragments/shared.yaml", 1), "对照表"),
    ],
)
def test_what_cannot_be_merged_is_refused_with_its_place(
    tmp_path: Path, kind: str, fragments: dict[str, str], place: tuple[str, int], words: str
) -> None:
    file, line, told = refused(tmp_path, kind, **fragments)
    assert (file, line) == place
    assert words in told


def test_a_fragment_of_the_program_cannot_be_replaced(tmp_path: Path) -> None:
    file, _, told = refused(tmp_path, shared=SHARED, routed="fields: {}")
    assert file == "fragments/routed.yaml"
    assert "已有同名片段“routed”" in told


def test_a_kind_takes_away_what_its_fragment_says_with_a_tilde(tmp_path: Path) -> None:
    text = SLIP.replace("fields:\n", "fields:\n  urgency: ~\n")
    assert list(loaded(tmp_path, text, shared=SHARED).fields) == ["title"]
    gone = SLIP.replace("actions:\n", "actions:\n  end: ~\n")
    assert "“closing”没有人能走出去" in refused(tmp_path, gone, shared=SHARED)[2]
