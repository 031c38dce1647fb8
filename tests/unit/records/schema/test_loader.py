"""Kind files: what is accepted, and how every fault is named with file and line."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from languages.errors import tell
from records.errors import Invalid
from records.schema import loader
from records.schema.loader import load_kind, load_kinds

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
        "guidance",
        "failed_job",
        "meeting_notice",
        "notice",
        "rights_change",
        "room",
        "room_booking",
        "car",
        "car_service",
        "car_trip",
        "driver",
        "security_report",
        "submission",
        "supervision",
        "supervision_notice",
        "supervision_request",
        "outgoing",
        "incoming",
        "manuscript",
        "affair",
        "seal_request",
        "supply_request",
        "circulation",
        "supplement",
        "violation",
        "red_head",
        "agenda_item",
        "library_document",
        "reference_material",
        "info_item",
        "info_issue",
        "info_adoption",
    }
    assert {kind.kind for kind in load_kinds(PAPER)} == {
        "ballot",
        "dispatch",
        "errand",
        "errand_part",
    }


def test_what_the_program_shares_is_changed_by_no_installation(tmp_path: Path) -> None:
    shelf = loader._product().shelf
    (tmp_path / "fragments").mkdir()
    (tmp_path / "fragments" / "own.yaml").write_text("start: {state: a}\n", encoding="utf-8")
    loader.load_installation(tmp_path)
    assert "own" not in shelf.fragments.by_name
    with pytest.raises(FrozenInstanceError):
        shelf.roles = ()  # type: ignore[misc]


def test_the_program_writes_no_day_that_people_have_to_give(tmp_path: Path) -> None:
    lingers = "lingers: {field: due, workdays: 1, tell: [author], about: unfiled}"
    text = GOOD.replace("type: date", "type: date, required: true")
    line, told = fault(tmp_path, text.replace("done: true}", f"done: true, {lingers}}}"))
    assert line == 10
    assert "due 由系统在进入这一状态时写入" in told


def test_the_sample_is_good(tmp_path: Path) -> None:
    path = tmp_path / "slip.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_kind(path).title == "单子"


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        (
            "title: 单子",
            "title: 单子\ncolour: red",
            3,
            "没有这一项，可写的有 schema、kind、title、",
        ),
        ("required: true}", "requird: true}", 5, "可写的有 label、type、required、"),
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
        ("to: b, by", "too: b, by", 13, "可写的有 label、from、to、task、"),
        ("by: [holder]}", "by: [holder], next: [{pst: x}]}", 13, "可写的有 post、of、"),
        (
            "by: [role:staff]",
            "by: [reader]",
            11,
            "此处可写 anyone、clock、keeper、post:…、role:staff、",
        ),
        ("by: [holder]}", "by: [holder], needs: [seal]}", 13, "标记“seal”"),
        ("by: [holder]}", "by: [holder], copies: {of: due}}", 13, "没有类型为 record 的字段“due”"),
        ("by: [holder]}", "by: [holder], effects: [{tie: {to: due, link: 补}}]}", 13, "record"),
        (
            "done: true}",
            "frozen: true, lingers: {field: due, workdays: 1, tell: [author], about: unfiled}}",
            10,
            "lingers 只用于",
        ),
        (
            "done: true}",
            "done: true, lingers: {field: title, workdays: 1, tell: [boss], about: unfiled}}",
            10,
            "没有类型为 date 的字段“title”",
        ),
        (
            "done: true}",
            "done: true, lingers: {field: due, workdays: 1, tell: [boss], about: unfiled}}",
            10,
            "没有“boss”这样的办理人",
        ),
        (
            "done: true}",
            "done: true, escalates: [{workdays: 1, tell: [boss]}]}",
            10,
            "没有“boss”这样的办理人",
        ),
        (
            "by: [holder]}",
            "by: [holder], stamps: title}",
            13,
            "没有类型为 date、units 的字段“title”",
        ),
        ("by: [holder]}", "by: [holder], next: [{author: true}]}", 13, "状态“b”已办结"),
        (
            "done: true}",
            "}",
            13,
            "状态“b”没有承办人，须写 next；流程到此结束的，须在状态中写 done: true",
        ),
        ("read: participants}", "read: audience}", 9, "阅读范围"),
        ("by: [role:staff]", "by: [role:king]", 11, "没有“role:king”这样的办理人"),
        ("state: a", "state: q", 11, "没有状态“q”"),
        ("version: 1", "version: 2026-13-01", 3, "不是有效的 YAML"),
        ("version: 1", "version: 1\nversion: 2", 4, "“version”写了两次"),
        ("  due:", "  on:", 6, "名称应是文字"),
        ("kind: slip", "kind: [slip", 2, "不是有效的 YAML"),
        ("  due:", "  a/b:", 6, "名称“a/b”只能由字母"),
        (
            "{label: 甲, read: participants}",
            "{label: 甲, read: participants, due: {days: 99999999999}}",
            9,
            "10000",
        ),
        (
            "by: [holder]}",
            "by: [holder], takes: {number: {series: 甲, field: title, form: '{n:0999999999}'}}}",
            13,
            "编号格式只能用",
        ),
        (
            "by: [holder]}",
            (
                "by: [holder]}\n  ask: {label: 委派, from: [a], task: delegate, by: [holder],"
                " next: [{chosen: people, label: 受托}]}"
            ),
            9,
            "没有动作能让“受托”的任务办结",
        ),
        (
            "{label: 甲, read: participants}",
            "{label: 甲, read: participants, remind: [-1, 0]}",
            9,
            "没有 due 就没有期限",
        ),
    ],
)
def test_a_fault_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, word: str
) -> None:
    assert old in GOOD
    found, told = fault(tmp_path, GOOD.replace(old, new, 1))
    assert word in told
    assert found == line


def test_reminders_go_by_a_day_that_an_action_sets(tmp_path: Path) -> None:
    wait = (
        "  wait: {label: 延期, from: [a], task: keep, by: [holder],"
        " fields: {due: {required: true}}, due: due}\n"
    )
    text = GOOD.replace("participants}", "participants, remind: [-1, 0]}", 1) + wait
    (tmp_path / "slip.yaml").write_text(text, encoding="utf-8")
    assert [each.kind for each in load_kinds(tmp_path)] == ["slip"]


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


def test_a_joining_state_with_a_task_that_nobody_can_answer_is_refused(tmp_path: Path) -> None:
    text = (PAPER / "ballot.yaml").read_text(encoding="utf-8").replace("kind: ballot", "kind: slip")
    answers = text.replace("task: done, by: [holder]", "task: done, by: ['holder:组长']")
    _, told = fault(tmp_path, answers)
    assert "没有动作能让“会签”的任务办结" in told


def test_an_action_of_a_kinds_own_cannot_take_the_name_of_the_one_that_every_flow_has(
    tmp_path: Path,
) -> None:
    own = GOOD + "  tend: {label: 管, from: [a], to: b, by: [holder]}\n"
    line, told = fault(tmp_path, own)
    assert line == len(own.splitlines())
    assert "tend" in told


MENU = """\
menu:
  group: 事务
  title: 单子
  entries:
    - {label: 待办, tasks: todo, tile: true}
    - {label: 甲中的, where: {state: [a]}, for: ["post:机要室"], tile: true}
"""


@pytest.mark.feature("GT-07")
def test_an_entry_of_the_menu_may_be_a_tile_where_it_has_a_number(tmp_path: Path) -> None:
    path = tmp_path / "slip.yaml"
    path.write_text(GOOD + MENU, encoding="utf-8")
    menu = load_kind(path).menu
    assert menu is not None
    assert [entry.tile for entry in menu.entries] == [True, True]
    line, told = fault(tmp_path, GOOD + MENU.replace("tasks: todo", "begin: true"))
    assert line == GOOD.count("\n") + 5
    assert "有件数的菜单项" in told


@pytest.mark.feature("GT-07")
def test_an_entry_is_narrowed_by_deadlines_only_where_there_are_some(tmp_path: Path) -> None:
    late = MENU.replace("state: [a]", "timely: [overdue]")
    assert "timely" in fault(tmp_path, GOOD + late)[1]
    dated = GOOD.replace("meaning: {title: title}", "meaning: {title: title, due: due}")
    path = tmp_path / "slip.yaml"
    path.write_text(dated + late, encoding="utf-8")
    assert load_kind(path).menu is not None
    assert "soon" in fault(tmp_path, dated + late.replace("overdue", "soon"))[1]


GUARDED = """\
kind: slip
title: 单子
version: 1
fields:
  title: {label: 标题, type: text, required: true}
  car: {label: 车辆, type: record, of: car}
  any: {label: 相关, type: record}
  begins: {label: 起, type: instant}
  ends: {label: 止, type: instant}
meaning: {title: title}
states:
  a: {label: 甲, read: participants}
  b: {label: 乙, read: participants, done: true}
start: {state: a, by: [role:staff]}
actions:
  go: {label: 走, from: [a], to: b, by: [holder],
       guards: [{unexpired: {field: car, until: [inspect_by], day: ends}}]}
calendar: {of: car, from: begins, to: ends, who: title, shows: [a]}
menu: {group: 组, title: 单子, entries: [{label: 日历, page: calendar}]}
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ("", "", 0, ""),
        ("[inspect_by]", "[inspected]", 17, "没有字段“inspected”"),
        ("{field: car,", "{field: any,", 17, "没有类型为 record, of 的字段“any”"),
        ("calendar: {of: car", "calendar: {of: any", 18, "没有类型为 record, of 的字段“any”"),
        ("from: begins", "from: title", 18, "没有类型为 instant 的字段“title”"),
        ("shows: [a]", "shows: [c]", 18, "没有状态“c”"),
        ("who: title", "who: title, weekly: {send: go, undo: halt}", 18, "没有名为“halt”的操作"),
        (
            "calendar: {of: car, from: begins, to: ends, who: title, shows: [a]}",
            "#",
            19,
            "没有 calendar",
        ),
    ],
)
def test_what_a_kind_says_of_another_and_of_its_calendar_is_checked(
    tmp_path: Path, old: str, new: str, line: int, word: str
) -> None:
    (tmp_path / "slip.yaml").write_text(GUARDED.replace(old, new), encoding="utf-8")
    found = loader.load_installation(tmp_path).faults
    assert [each.facts["line"] for each in found] == ([line] if line else [])
    assert all(word in tell(each).what for each in found)


@pytest.mark.feature("XX-05")
def test_an_entry_leads_to_statistics_only_where_the_kind_has_some(tmp_path: Path) -> None:
    pointing = MENU.replace("tasks: todo, tile: true", "page: statistics")
    line, told = fault(tmp_path, GOOD + pointing)
    assert line == GOOD.count("\n") + 5
    assert "没有统计" in told
