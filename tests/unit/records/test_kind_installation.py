"""Kinds of an installation beside those of the program, words of dictionaries, kept versions."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from languages.errors import tell
from records.errors import Invalid
from records.identity import KindName
from records.schema.loader import (
    LoadedKinds,
    load_installation,
    load_kind,
    load_kinds,
    product_kinds,
)

LEAVE = """\
kind: leave
title: 请假
version: 1
fields:
  title: {label: 事由, type: text, required: true}
meaning: {title: title}
states:
  a: {label: 甲, read: participants}
  b: {label: 乙, read: participants}
  c: {label: 丙, read: participants, done: true}
start: {state: a, by: ["post:机要室"]}
actions:
  go:  {label: 走, from: [a], to: b, by: [holder], profiles: [市局], next: [{post: 科室负责人}]}
  end: {label: 完, from: [b], to: c, by: [holder, "post:机要室"]}
"""
PRODUCT = {kind.kind for kind in load_kinds(product_kinds())}


def installation(folder: Path, **files: str) -> LoadedKinds:
    """`a__b` is the file b in the folder a."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/').replace('_at_', '@')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_installation(folder)


def told(loaded: LoadedKinds) -> list[str]:
    return [tell(fault).what for fault in loaded.faults]


@pytest.mark.feature("GI-02", "GI-03", "SY-08")
def test_an_installation_adds_kinds_fragments_and_words_of_its_own(tmp_path: Path) -> None:
    loaded = installation(
        tmp_path,
        leave=LEAVE.replace("version: 1", "version: 1\nuses: [ours]").replace("机要室", "值班长"),
        fragments__ours="fields: {days: {label: 天数, type: integer}}",
        dictionaries__posts="{dictionary: posts, title: 岗位, entries: [值班长]}",
        dictionaries__leave_type="{dictionary: leave_type, title: 假别, entries: [年休假, 事假]}",
    )
    assert loaded.faults == ()
    assert {kind.kind for kind in loaded.kinds} == {*PRODUCT, "leave"}
    assert "days" in loaded.kinds.get("leave").fields
    assert loaded.dictionaries.active("leave_type") == ("年休假", "事假")
    assert loaded.dictionaries.has("posts", "机要室")


def test_a_folder_that_is_not_there_adds_nothing(tmp_path: Path) -> None:
    loaded = load_installation(tmp_path / "kinds")
    assert {kind.kind for kind in loaded.kinds} == PRODUCT
    assert loaded.faults == ()


def test_what_is_broken_is_named_and_the_rest_works(tmp_path: Path) -> None:
    loaded = installation(
        tmp_path,
        leave=LEAVE,
        broken="kind: broken\ntitle: 坏\nversion: 1\ncolour: red\n",
        fragments__bad="kind: x",
        dictionaries__bad="{dictionary: bad, title: 坏, entries: [甲, 甲]}",
    )
    assert {kind.kind for kind in loaded.kinds} == {*PRODUCT, "leave"}
    assert [text.partition(" 第")[0] for text in told(loaded)] == [
        "类型文件 fragments/bad.yaml",
        "类型文件 dictionaries/bad.yaml",
        "类型文件 broken.yaml",
    ]
    assert "bad" not in loaded.dictionaries


def test_a_kind_of_an_installation_is_read_anew_and_those_of_the_program_once(
    tmp_path: Path,
) -> None:
    before = installation(tmp_path, leave=LEAVE)
    after = installation(tmp_path, leave=LEAVE.replace("title: 请假", "title: 休假"))
    assert before.kinds.get("leave").title == "请假"
    assert after.kinds.get("leave").title == "休假"
    assert after.kinds.get("notice") is before.kinds.get("notice")
    assert load_installation(None).kinds.find("leave") is None


@pytest.mark.parametrize("name", ["notice", "notice_at_1"])
def test_a_kind_of_the_program_is_not_replaced(tmp_path: Path, name: str) -> None:
    ours = LEAVE.replace("kind: leave", "kind: notice")
    loaded = installation(tmp_path, **{name: ours})
    assert "“notice”是程序自带的类型，不能取代" in told(loaded)[0]
    assert loaded.kinds.get("notice").title == "通知公告"
    assert loaded.kinds.earlier == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('by: ["post:机要室"]', 'by: ["post:机要窒"]', 11, "岗位字典中没有“机要窒”"),
        ("profiles: [市局]", "profiles: [市句]", 13, "流程方案字典中没有“市句”"),
        ("post: 科室负责人", "post: 科室负责入", 13, "岗位字典中没有“科室负责入”"),
        ('[holder, "post:机要室"]', '[holder, "post:机要窒"]', 14, "岗位字典中没有“机要窒”"),
        ("kind: leave", "kind: leaf", 1, "名称“leaf”与文件名不同"),
    ],
)
def test_e8_a_word_that_no_dictionary_knows_is_a_fault_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert old in LEAVE
    (tmp_path / "leave.yaml").write_text(LEAVE.replace(old, new), encoding="utf-8")
    with pytest.raises(Invalid, match="bad_kind") as caught:
        load_kind(tmp_path / "leave.yaml")
    assert words in tell(caught.value).what
    assert caught.value.facts["line"] == line


def test_a_post_in_what_people_read_is_no_post(tmp_path: Path) -> None:
    ours = LEAVE.replace("label: 走", 'label: "post:随便"')
    assert installation(tmp_path, leave=ours).faults == ()


@dataclass(frozen=True)
class Written:
    """As much of a revision as tells its kind."""

    kind: KindName
    kind_version: int


def test_a_record_follows_the_version_it_was_written_by_while_that_is_kept(tmp_path: Path) -> None:
    newer = LEAVE.replace("version: 1", "version: 3").replace("title: 请假", "title: 请假单")
    loaded = installation(tmp_path, leave=newer, leave_at_1=LEAVE)
    assert loaded.faults == ()
    name = KindName("leave")
    assert loaded.kinds.get("leave").version == 3
    assert [loaded.kinds.of(Written(name, version)).version for version in (1, 2, 3)] == [1, 3, 3]
    assert [kind.title for kind in loaded.kinds if kind.kind == name] == ["请假单"]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("leave_at_2", LEAVE, "版本“1”与文件名不同"),
        ("leave_at_1", LEAVE, "须有同名的现行类型“leave”，且版本更早"),
    ],
)
def test_a_kept_version_is_earlier_and_bears_its_number(
    tmp_path: Path, name: str, text: str, words: str
) -> None:
    loaded = installation(tmp_path, **{name: text}, leave=LEAVE)
    assert words in told(loaded)[0]


def test_a_kind_that_is_gone_is_found_by_nobody_and_breaks_nothing() -> None:
    kinds = load_kinds(product_kinds())
    assert kinds.find("gone") is None
    with pytest.raises(Invalid, match="unknown_kind"):
        kinds.get("gone")
    with pytest.raises(Invalid, match="unknown_kind"):
        kinds.of(Written(KindName("gone"), 1))
