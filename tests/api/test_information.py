"""政务信息 over HTTP: reported, edited, adopted into issues or not, told back, summed (B12)."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from tests.api.conftest import PASSWORD, Browse, SignIn
from tests.api.office import act, begun, offered, state
from tests.api.papers import done
from wenshu.building.installation import Installation

UNITS = [{"code": "price", "name": "价格科", "parent": "bureau"}]
EDITOR: Mapping[str, object] = {"login": "editor", "name": "编一", "unit": "office"}
PEOPLE: tuple[Mapping[str, object], ...] = (
    {**EDITOR, "posts": ["信息编审"]},
    {"login": "editor2", "name": "编二", "unit": "office", "posts": ["信息编审"]},
    {"login": "pricehead", "name": "价一", "unit": "price", "posts": ["科室负责人"]},
    {"login": "pricer", "name": "价二", "unit": "price"},
)
ITEM = {"title": "信用修复一网通办见实效", "category": "工作动态", "content": "办理时限压缩一半。"}
ISSUE = {
    "title": "本周要情",
    "journal": "政务信息",
    "issued_on": "2026-12-04",
    "body": "一、信用修复一网通办见实效。",
    "audience": ["unit:bureau"],
}


def load(built: Installation, *people: Mapping[str, object]) -> None:
    rows = [{**person, "password": PASSWORD} for person in people]
    built.house.people.load(PeopleRows(UNITS, rows), lasting=True)


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    load(built, *PEOPLE)


def reported(sign_in: SignIn, author: str = "drafter", head: str = "head", **fields: Any) -> str:
    """An item that waits for the office."""
    record = begun(sign_in(author), "info_item", **{**ITEM, **fields})
    done(sign_in(author), record, "报送")
    done(sign_in(head), record, "同意报送")
    return record


def opened(sign_in: SignIn, **fields: Any) -> str:
    """An issue that items can be adopted into."""
    issue = begun(sign_in("editor"), "info_issue", **{**ISSUE, **fields})
    done(sign_in("editor"), issue, "开始编辑")
    return issue


def adopted(sign_in: SignIn, issue: str, points: int, record: str, **fields: Any) -> str:
    done(sign_in("editor"), record, "采用", fields={"issue": issue, "points": points, **fields})
    return record


def fields_of(client: TestClient, record: str) -> dict[str, Any]:
    return dict(client.get(f"/api/v1/records/{record}").json()["fields"])


def may_read(sign_in: SignIn, record: str, *logins: str) -> list[bool]:
    path = f"/api/v1/records/{record}"
    return [sign_in(login).get(path).status_code == 200 for login in logins]


def told(client: TestClient, record: str) -> list[str]:
    found = client.get("/api/v1/notifications").json()["notifications"]
    return [each["about"] for each in found if each["record"] == record]


def figures(client: TestClient, kind: str, name: str, **asked: str) -> dict[str, list[Any]]:
    found = client.get(f"/api/v1/statistics/{kind}/{name}", params=asked).json()
    rows = [*found["rows"], found["total"]]
    return {row["label"]: list(row["values"].values()) for row in rows}


def listed(client: TestClient, kind: str, *filters: str) -> list[str]:
    answer = client.get(f"/api/v1/lists/{kind}", params={"filter": list(filters)})
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["rows"]]


@pytest.mark.feature("XX-01")
def test_an_item_bears_the_unit_of_its_author_whatever_he_typed_once_it_is_reported(
    sign_in: SignIn, browse: Browse
) -> None:
    form = browse("drafter").get("/records/new/info_item").text
    assert all(f">{label}" in form for label in ("标题", "类别", "内容", "紧急程度", "附件"))
    assert not any(f">{label}" in form for label in ("报送单位", "分值", "期号", "上级采用情况"))
    drafter = sign_in("drafter")
    bare = begun(drafter, "info_item", title="题")
    refused = act(drafter, bare, "报送")
    assert (refused.status_code, state(drafter, bare)) == (422, "draft")
    assert "类别" in refused.text
    record = reported(sign_in, units=["price"])
    assert fields_of(drafter, record)["units"] == ["law"]
    assert state(drafter, record) == "office"


@pytest.mark.feature("XX-02")
def test_the_head_sees_what_is_reported_to_him_and_sends_it_on_or_back(sign_in: SignIn) -> None:
    drafter, head = sign_in("drafter"), sign_in("head")
    record = begun(drafter, "info_item", **ITEM)
    assert may_read(sign_in, record, "head", "editor") == [False, False]
    done(drafter, record, "报送")
    assert "同意报送" not in offered(drafter, record)
    assert may_read(sign_in, record, "head", "editor") == [True, False]
    assert act(head, record, "退改", opinion="").status_code == 422
    done(head, record, "退改", opinion="数据请核实")
    assert (state(drafter, record), told(drafter, record)) == ("draft", ["returned"])
    done(drafter, record, "报送")
    done(head, record, "同意报送")
    assert may_read(sign_in, record, "editor", "editor2", "pricehead") == [True, True, False]


@pytest.mark.feature("XX-02")
def test_a_head_who_writes_himself_passes_his_own_item(sign_in: SignIn) -> None:
    head = sign_in("head")
    record = begun(head, "info_item", **ITEM)
    done(head, record, "报送")
    done(head, record, "同意报送")
    assert state(sign_in("editor"), record) == "office"


@pytest.mark.feature("XX-02")
def test_nothing_is_sent_while_nobody_edits_and_it_is_said_who_is_missing(
    sign_in: SignIn, built: Installation
) -> None:
    load(built, *({**each, "posts": []} for each in PEOPLE[:2]))
    record = begun(sign_in("drafter"), "info_item", **ITEM)
    done(sign_in("drafter"), record, "报送")
    refused = act(sign_in("head"), record, "同意报送")
    assert (refused.status_code, "信息编审" in refused.text) == (409, True)
    assert state(sign_in("head"), record) == "section"


@pytest.mark.feature("XX-02")
def test_who_loses_the_post_edits_no_more_and_his_successor_does(
    sign_in: SignIn, built: Installation
) -> None:
    issue, record = opened(sign_in), reported(sign_in)
    load(built, {**EDITOR, "posts": []})
    given = {"fields": {"issue": issue, "points": 3}}
    assert act(sign_in("editor2"), record, "采用", **given).status_code == 200
    assert may_read(sign_in, record, "editor") == [True]  # 采用后全体人员可阅
    waiting = reported(sign_in)
    assert may_read(sign_in, waiting, "editor", "editor2") == [False, True]


@pytest.mark.feature("XX-03", "XX-04")
@pytest.mark.parametrize(
    ("label", "opinion", "to", "about"),
    [
        ("采用", "", "adopted", "adopted"),
        ("不采用", "与上期重复", "rejected", "refused"),
        ("退改", "请补充数据", "draft", "returned"),
    ],
)
def test_each_way_out_of_the_office_is_told_to_the_reporter(
    sign_in: SignIn, label: str, opinion: str, to: str, about: str
) -> None:
    issue, record, drafter = opened(sign_in), reported(sign_in), sign_in("drafter")
    given: dict[str, Any] = {"opinion": opinion}
    if label == "采用":
        given["fields"] = {"issue": issue, "points": 5}
    else:
        assert act(sign_in("editor"), record, label, opinion="").status_code == 422
    assert label not in offered(drafter, record)
    done(sign_in("editor"), record, label, **given)
    assert (state(drafter, record), told(drafter, record)) == (to, [about])
    said = [each["text"] for each in drafter.get(f"/api/v1/records/{record}").json()["opinions"]]
    assert not opinion or opinion in said
    assert listed(sign_in("editor"), "info_adoption") == [] or label == "采用"


@pytest.mark.feature("XX-03")
@pytest.mark.parametrize("missing", ["issue", "points"])
def test_adoption_names_the_issue_and_the_points(sign_in: SignIn, missing: str) -> None:
    given = {"issue": opened(sign_in), "points": 5}
    record = reported(sign_in)
    del given[missing]
    refused = act(sign_in("editor"), record, "采用", fields=given)
    label = {"issue": "刊期", "points": "分值"}[missing]
    assert (refused.status_code, label in refused.text) == (422, True)
    assert state(sign_in("editor"), record) == "office"


@pytest.mark.feature("XX-03")
def test_an_issue_is_numbered_filled_and_published_and_takes_nothing_more_then(
    sign_in: SignIn, browse: Browse
) -> None:
    editor, reader = sign_in("editor"), sign_in("drafter")
    draft = begun(editor, "info_issue", **ISSUE)
    record = reported(sign_in)
    early = act(editor, record, "采用", fields={"issue": draft, "points": 1})
    assert early.status_code == 403  # it has no number yet
    done(editor, draft, "开始编辑")
    assert (
        f"（{fields_of(editor, draft)['issue_no']}）"
        in browse("editor").get(f"/records/{record}").text
    )
    adopted(sign_in, draft, 5, record)
    copied = fields_of(editor, record)
    assert (copied["journal"], copied["issue_no"]) == ("政务信息", "2026年第1期")
    related = browse("editor").get(f"/records/{draft}").text
    assert ITEM["title"] in related
    assert may_read(sign_in, draft, "drafter", "pricer") == [False, False]
    done(editor, draft, "发布")
    assert may_read(sign_in, draft, "drafter", "pricer") == [True, True]
    assert "政务信息" in browse("drafter").get(f"/records/{draft}").text
    late = act(editor, reported(sign_in), "采用", fields={"issue": draft, "points": 1})
    assert late.status_code == 403
    assert act(reader, draft, "撤回", opinion="误").status_code in {403, 404}


@pytest.mark.feature("XX-03")
def test_each_bulletin_counts_its_issues_by_itself_and_no_number_is_given_twice(
    sign_in: SignIn,
) -> None:
    editor = sign_in("editor")
    numbers = [
        fields_of(editor, opened(sign_in, journal=journal))["issue_no"]
        for journal in ("政务信息", "领导参阅", "政务信息")
    ]
    assert numbers == ["2026年第1期", "2026年第1期", "2026年第2期"]
    typed = editor.post(
        "/api/v1/records", json={"kind": "info_issue", "fields": {**ISSUE, "issue_no": "1"}}
    )
    assert typed.status_code == 422
    stopped = begun(sign_in("drafter"), "info_item", **ITEM)
    assert stopped
    refused = sign_in("drafter").post(
        "/api/v1/records", json={"kind": "info_issue", "fields": ISSUE}
    )
    assert refused.status_code == 403


@pytest.mark.feature("XX-03", "XX-04")
def test_an_adopted_item_is_open_to_all_or_to_its_units_and_others_never_see_an_unadopted_one(
    sign_in: SignIn,
) -> None:
    issue = opened(sign_in)
    everyone = ("drafter", "head", "pricer", "reader")
    refused, open_, shut = (reported(sign_in) for _ in range(3))
    done(sign_in("editor"), refused, "不采用", opinion="一般")
    assert may_read(sign_in, refused, *everyone) == [True, True, False, False]
    assert may_read(sign_in, open_, *everyone) == [True, True, False, False]
    adopted(sign_in, issue, 2, open_)
    assert may_read(sign_in, open_, *everyone) == [True] * 4
    adopted(sign_in, issue, 2, shut, scope="报送单位", units=["law", "price"])
    assert may_read(sign_in, shut, *everyone) == [True, True, True, False]
    assert len(listed(sign_in("reader"), "info_adoption")) == 1
    assert len(listed(sign_in("pricer"), "info_adoption")) == 2


@pytest.mark.feature("XX-04")
def test_what_a_higher_office_adopted_is_added_later_and_told(sign_in: SignIn) -> None:
    record = adopted(sign_in, opened(sign_in), 5, reported(sign_in))
    assert "登记上级采用" not in offered(sign_in("drafter"), record)
    refused = act(sign_in("editor"), record, "登记上级采用")
    assert (refused.status_code, "上级采用情况" in refused.text) == (422, True)
    given = {"upper": "市政府办《每日要情》第12期", "upper_points": 20}
    done(sign_in("editor"), record, "登记上级采用", fields=given)
    drafter = sign_in("drafter")
    assert fields_of(drafter, record)["upper"] == given["upper"]
    assert told(drafter, record) == ["adopted", "adopted"]
    assert figures(drafter, "info_adoption", "by_journal") == {
        "上级采用": [20, 1],
        "政务信息": [5, 1],
        "合计": [25, 2],
    }


def adoptions(sign_in: SignIn) -> list[tuple[tuple[str, ...], str, int]]:
    """Items in several issues, a joint one, two versions merged: (units, bulletin, points)."""
    weekly, brief = opened(sign_in), opened(sign_in, journal="领导参阅")
    twice = adopted(sign_in, weekly, 5, reported(sign_in))
    again = {"issue": brief, "points": 13}
    done(sign_in("editor"), twice, "再次采用", fields=again)
    adopted(sign_in, weekly, 3, reported(sign_in), units=["law", "price"])
    version = reported(sign_in, "pricer", "pricehead", title="同一件事")
    merged = {"merged_into": twice, "points": 4}
    assert act(sign_in("editor"), version, "合并采用", fields={"points": 4}).status_code == 422
    done(sign_in("editor"), version, "合并采用", fields=merged)
    done(sign_in("editor"), reported(sign_in, "pricer", "pricehead"), "不采用", opinion="迟")
    return [
        (("法规科",), "政务信息", 5),
        (("法规科",), "领导参阅", 13),
        (("法规科", "价格科"), "政务信息", 3),
        (("价格科",), "领导参阅", 4),
    ]


@pytest.mark.feature("XX-03", "XX-05")
def test_points_are_the_sum_of_all_adoptions_by_unit_month_and_bulletin(sign_in: SignIn) -> None:
    counted = adoptions(sign_in)
    units: Counter[str] = Counter()
    journals: Counter[str] = Counter()
    for names, journal, points in counted:
        journals[journal] += points
        units.update(dict.fromkeys(names, points))
    total = sum(points for _, _, points in counted)
    reader = sign_in("reader")
    by_unit = figures(reader, "info_adoption", "by_unit")
    assert {label: row[0] for label, row in by_unit.items()} == {**units, "合计": total}
    assert {label: row[1] for label, row in by_unit.items()} == {
        "法规科": 3,
        "价格科": 2,
        "合计": 4,
    }
    by_journal = figures(reader, "info_adoption", "by_journal")
    assert {label: row[0] for label, row in by_journal.items()} == {**journals, "合计": total}
    by_month = figures(reader, "info_adoption", "by_month")
    assert [row[0] for row in by_month.values()] == [total, total]
    pairs = figures(reader, "info_adoption", "by_unit_and_month")
    assert sum(row[0] for label, row in pairs.items() if "/" in label) == sum(units.values())
    none = figures(reader, "info_adoption", "by_unit", **{"from": "2099-01-01"})
    assert none == {"合计": [0, 0]}


@pytest.mark.feature("XX-05")
def test_points_that_are_put_right_or_struck_count_as_they_stand(sign_in: SignIn) -> None:
    adoptions(sign_in)
    editor = sign_in("editor")
    (wrong,) = listed(editor, "info_adoption", "journal:领导参阅", "units:law")
    assert set(offered(sign_in("drafter"), wrong)) == set()
    done(editor, wrong, "更正分值", fields={"points": 6}, opinion="录入有误")
    assert figures(editor, "info_adoption", "by_unit")["法规科"] == [14, 3]
    done(editor, wrong, "撤销计分", opinion="误采")
    assert figures(editor, "info_adoption", "by_unit")["法规科"] == [8, 2]


@pytest.mark.feature("XX-05")
def test_bars_are_as_long_as_the_points_and_the_most_stand_first(
    sign_in: SignIn, browse: Browse
) -> None:
    adoptions(sign_in)
    by_unit = figures(sign_in("editor"), "info_adoption", "by_unit")
    points = [row[0] for name, row in by_unit.items() if name != "合计"]
    page = browse("drafter").get("/kinds/info_adoption/statistics?name=by_unit").text
    bars = [int(width) for width in re.findall(r'<rect width="(\d+)"', page)]
    assert bars == [round(100 * each / max(points)) for each in points]
    assert points == sorted(points, reverse=True)
    assert len(set(points)) > 1


@pytest.mark.feature("XX-05")
def test_the_rate_of_adoption_is_of_what_came_to_the_office_and_for_its_editors(
    sign_in: SignIn, browse: Browse
) -> None:
    adoptions(sign_in)
    begun(sign_in("drafter"), "info_item", **ITEM)
    found = figures(sign_in("editor"), "info_item", "by_unit")
    assert found == {
        "法规科": [2, 2, 1.0, 0, 0],
        "价格科": [3, 2, 0.6667, 1, 0],
        "合计": [4, 3, 0.75, 1, 0],
    }
    answer = sign_in("drafter").get("/api/v1/statistics/info_item/by_unit")
    assert answer.status_code == 404
    page = browse("drafter").get("/kinds/info_adoption/statistics").text
    assert all(words in page for words in ("积分", "采用次数", "法规科", "25"))
    assert 'href="/kinds/info_adoption/statistics"' in page  # the menu leads there


@pytest.mark.feature("XX-06")
def test_items_are_narrowed_by_unit_category_state_days_and_bulletin_and_exported(
    sign_in: SignIn,
) -> None:
    adoptions(sign_in)
    editor = sign_in("editor")
    day = fields_of(editor, listed(editor, "info_item")[0])["reported_on"]
    counts = {
        "units:price": 3,
        "category:工作动态": 4,
        "category:问题建议": 0,
        "state:rejected": 1,
        "journal:领导参阅": 2,
        f"reported_on:{day}..{day}": 4,
        "reported_on:2020-01-01..2020-01-02": 0,
    }
    found = {asked: len(listed(editor, "info_item", asked)) for asked in counts}
    assert found == counts
    path = "/api/v1/lists/info_item/export"
    asked = {"format": "csv", "filter": "state:rejected"}
    rows = editor.get(path, params=asked).content.decode("utf-8-sig").splitlines()
    assert (len(rows), "报送单位" in rows[0], "价格科" in rows[1]) == (2, True, True)
    mine = listed(sign_in("pricer"), "info_item")
    assert len(mine) == 4  # 他科未采用的不在其中，本人的在
