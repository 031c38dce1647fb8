"""The order of hits, and near ones below: what the index does not see (SS-01, SS-03)."""

from typing import Any

import pytest

from services.searching.hit_finder import NEAR
from tests.api.conftest import Browse, SignIn

SCATTERED = "食品的说明。" + "其他事项。" * 30 + "安全的说明。" + "另外一项。" * 30 + "检查的说明。"
TOGETHER = "各科室：现就食品安全检查有关事项说明如下。"


def noted(sign_in: SignIn, title: str, body: str, **more: str) -> str:
    """A draft of the drafter; its identifier."""
    fields = {"title": title, "body": body, "audience": ["everyone"]}
    draft = {"kind": "notice", "fields": fields, **more}
    answer = sign_in("drafter").post("/api/v1/records", json=draft)
    return str(answer.json()["id"])


def found(sign_in: SignIn, login: str = "drafter", **asked: str | int) -> dict[str, Any]:
    """The answer to a search."""
    answer = sign_in(login).get("/api/v1/search", params=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def ids(hits: list[dict[str, Any]]) -> list[str]:
    """Identifiers of hits, in order."""
    return [hit["id"] for hit in hits]


@pytest.mark.feature("SS-01")
def test_words_that_stand_together_come_before_scattered_ones(sign_in: SignIn) -> None:
    together = noted(sign_in, "说明二", TOGETHER + "其他事项。" * 70)
    scattered = noted(sign_in, "说明一", SCATTERED)
    answer = found(sign_in, q="食品 安全 检查")
    assert ids(answer["hits"]) == [together, scattered]


@pytest.mark.feature("SS-01")
def test_a_title_that_is_half_remembered_comes_first(sign_in: SignIn) -> None:
    for form in ("通报", "请示", "批复"):
        noted(sign_in, f"关于做好不动产登记档案有关工作的{form}", "正文。")
    right = noted(sign_in, "关于加强不动产登记档案工作的通知", "正文。")
    noted(sign_in, "会议记录", "会上学习了关于加强不动产登记档案工作的通知。" * 5)
    answer = found(sign_in, q="加强不动登记挡案工作的通知")
    assert answer["relaxed"] is True
    assert ids(answer["hits"])[0] == right


@pytest.mark.feature("SS-01")
def test_similar_records_end_where_they_are_like_the_best_no_more(sign_in: SignIn) -> None:
    right = noted(sign_in, "关于加强不动产登记档案工作的通知", "正文。")
    for number in range(12):
        noted(sign_in, f"关于做好第{number}次会议的通知", "正文。")
    typed = "加强不动登记挡案工作的通知"
    answer = found(sign_in, q=typed)
    assert (answer["relaxed"], answer["total"], ids(answer["hits"])) == (True, 1, [right])
    assert [value["count"] for value in answer["facets"]["kind"]] == [1]
    for sort in ("date", "changed"):
        assert ids(found(sign_in, q=typed, sort=sort)["hits"]) == [right]


@pytest.mark.feature("SS-01")
def test_what_is_similar_is_the_same_under_each_condition(sign_in: SignIn) -> None:
    """A facet tells how many there will be when it is chosen, though the best is not among them."""
    noted(sign_in, "关于加强不动产登记档案工作的通知", "正文。")
    noted(sign_in, "不动产登记档案工作会议", "正文。", level="内部")
    noted(sign_in, "档案工作的通知", "正文。", level="内部")  # .33 of the best, .58 of the last
    typed = "加强不动登记挡案工作的通知"
    counts = {v["value"]: v["count"] for v in found(sign_in, q=typed)["facets"]["level"]}
    assert counts == {"公开": 1, "内部": 1}
    for level, count in counts.items():
        assert found(sign_in, q=typed, level=level)["total"] == count


@pytest.mark.feature("SS-01")
def test_under_conditions_that_leave_nothing_the_likest_of_them_are_found(sign_in: SignIn) -> None:
    noted(sign_in, "关于加强不动产登记档案工作的通知", "正文。")
    other = noted(sign_in, "档案工作的通知", "正文。", level="内部")
    answer = found(sign_in, q="加强不动登记挡案工作的通知", level="内部")
    assert (answer["relaxed"], ids(answer["hits"])) == (True, [other])


@pytest.mark.feature("SS-01", "SS-04")
def test_conditions_that_leave_nothing_of_what_was_found_leave_nothing(sign_in: SignIn) -> None:
    """And the counts beside them are those of what was found."""
    noted(sign_in, "关于加强不动产登记档案工作的通知", "正文。")
    noted(sign_in, "档案工作会议", "正文。", level="内部")
    answer = found(sign_in, q="不动产登记", level="内部")
    assert (answer["relaxed"], answer["total"]) == (False, 0)
    assert [v["value"] for v in answer["facets"]["level"] if v["count"]] == ["公开"]


@pytest.mark.feature("SS-01")
def test_more_similar_ones_than_are_told_of_are_said(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        noted(sign_in, f"关于加强不动产登记档案工作的通知{number}", "正文。")
    typed = "加强不动登记挡案工作的通知"
    assert found(sign_in, q=typed)["notices"] == []
    monkeypatch.setattr("services.searching.hit_finder.SIMILAR", 3)
    answer = found(sign_in, q=typed)
    assert (answer["total"], answer["notices"]) == (3, ["similar_cut"])


@pytest.mark.feature("SS-01")
def test_pages_of_the_first_hits_hold_each_record_once(sign_in: SignIn) -> None:
    made = {noted(sign_in, f"防汛{n}", "防汛" * (n % 5 + 1) + "甲" * n) for n in range(23)}
    for size in (7, 20):
        pages = [
            ids(found(sign_in, q="防汛", size=size, page=page)["hits"])
            for page in range(1, 23 // size + 2)
        ]
        assert sorted(record for page in pages for record in page) == sorted(made)
        assert ids(found(sign_in, q="防汛", size=100)["hits"]) == [
            r for page in pages for r in page
        ]


@pytest.mark.feature("SS-03")
def test_near_hits_stand_below_one_or_two_and_count_by_themselves(sign_in: SignIn) -> None:
    whole = noted(sign_in, "信用修复办理流程", "正文。")
    near = noted(sign_in, "信用修复指南", "正文。")
    noted(sign_in, "车辆管理", "正文。")
    noted(sign_in, "信用卡办理须知", "正文。")  # two of five pairs
    answer = found(sign_in, q="信用修复办理")
    assert (answer["total"], answer["relaxed"], ids(answer["hits"])) == (1, False, [whole])
    assert answer["near"]["total"] == 1
    assert ids(answer["near"]["hits"]) == [near]
    assert sum(value["count"] for value in answer["facets"]["kind"]) == 1


@pytest.mark.feature("SS-03")
def test_near_hits_are_counted_whether_they_are_shown_or_not(
    sign_in: SignIn, browse: Browse
) -> None:
    noted(sign_in, "信用修复办理流程", "正文。")
    for number in range(NEAR + 3):
        noted(sign_in, f"信用修复指南{number}", "正文。")
    near = found(sign_in, q="信用修复办理")["near"]
    assert (near["total"], len(near["hits"])) == (NEAR + 3, NEAR)
    shown = browse("drafter").get("/search?q=信用修复办理").text
    assert f"共 {NEAR + 3} 条，列出最相近的 {NEAR} 条" in shown


@pytest.mark.feature("SS-03")
@pytest.mark.parametrize(
    "asked", [{"sort": "date"}, {"page": 2}, {"kind": "notice"}, {"year": 2026}]
)
def test_near_hits_are_for_the_first_page_of_a_plain_search(
    sign_in: SignIn, asked: dict[str, Any]
) -> None:
    noted(sign_in, "信用修复办理流程", "正文。")
    noted(sign_in, "信用修复指南", "正文。")
    answer = found(sign_in, q="信用修复办理", **asked)
    assert answer["near"] == {"total": 0, "hits": []}


@pytest.mark.feature("SS-03")
def test_near_hits_are_of_records_that_one_may_read(sign_in: SignIn) -> None:
    noted(sign_in, "信用修复办理流程", "正文。")
    noted(sign_in, "信用修复指南", "正文。")
    answer = found(sign_in, "reader", q="信用修复办理")
    assert (answer["total"], answer["hits"], answer["near"]["hits"]) == (0, [], [])


@pytest.mark.feature("SS-03")
def test_a_query_that_holds_for_all_has_no_near_hits(sign_in: SignIn) -> None:
    noted(sign_in, "信用修复", "正文。")
    assert found(sign_in, q="标题:信用修复")["near"]["total"] == 0


@pytest.mark.feature("SS-03")
@pytest.mark.parametrize(
    "typed",
    ["信用休复", "信用修负", "信修用复", "信用的修复", "信修复"],
    ids=["wrong", "homophone", "swapped", "added", "missing"],
)
def test_a_word_with_one_mistake_is_guessed(sign_in: SignIn, typed: str) -> None:
    noted(sign_in, "信用修复指南", "办理信用修复的流程。")
    noted(sign_in, "车辆管理", "车辆管理。")
    answer = found(sign_in, q=f"{typed} 指南")
    assert answer["missing"] == [typed]
    assert answer["guesses"][0] == "信用修复 指南"


@pytest.mark.feature("SS-03")
def test_nothing_is_guessed_of_what_one_may_not_read(sign_in: SignIn) -> None:
    noted(sign_in, "信用修复指南", "办理信用修复的流程。")
    answer = found(sign_in, "reader", q="信用休复")
    assert (answer["guesses"], answer["missing"]) == ([], ["信用休复"])


@pytest.mark.feature("SS-03")
def test_a_word_that_stands_somewhere_is_guessed_at_only_where_another_stands_more(
    sign_in: SignIn,
) -> None:
    noted(sign_in, "会议室休复", "会议室。")
    noted(sign_in, "会议室修复", "会议室。")
    assert found(sign_in, q="会议室休复")["guesses"] == []
    for number in range(3):
        noted(sign_in, f"会议室修复{number}", "会议室。")
    assert found(sign_in, q="会议室休复")["guesses"] == ["会议室修复"]


@pytest.mark.feature("SS-03")
@pytest.mark.parametrize(
    "typed", ["标题:信用休复", "-信用休复 车辆", "gd2017", "信用休复*", "2017"]
)
def test_only_plain_words_of_characters_are_guessed_at(sign_in: SignIn, typed: str) -> None:
    noted(sign_in, "信用修复指南", "车辆。gd2018，2018。")
    assert [g for g in found(sign_in, q=typed)["guesses"] if "修复" not in g] == []


@pytest.mark.feature("SS-01")
def test_a_bare_name_finds_what_the_person_or_the_unit_drafted(sign_in: SignIn) -> None:
    record = noted(sign_in, "关于食品检查的说明", "正文。")
    for typed in ("丙三", "法规科", "丙三 食品"):
        answer = found(sign_in, q=typed)
        assert (ids(answer["hits"]), answer["notices"]) == ([record], ["by_name"]), typed
    assert found(sign_in, q="丙三 车辆")["notices"] == []


@pytest.mark.feature("SS-05")
def test_letters_on_enter_find_what_they_spell(sign_in: SignIn) -> None:
    record = noted(sign_in, "信用修复指南", "正文。")
    for typed in ("xyxf", "xinyong"):
        answer = found(sign_in, q=typed)
        assert (ids(answer["hits"]), answer["notices"]) == ([record], ["by_pinyin"]), typed
    assert found(sign_in, "reader", q="xyxf")["total"] == 0
    assert found(sign_in, q="xyxf", kind="library_file")["total"] == 0


@pytest.mark.feature("SS-05")
@pytest.mark.parametrize("typed", ["ｘｙｘｆ", "xyxf 指南", "指南 xyxf", "xyxf指南", "信用xf"])
def test_letters_spell_beside_characters_and_in_any_width(sign_in: SignIn, typed: str) -> None:
    record = noted(sign_in, "信用修复指南", "正文。")
    noted(sign_in, "信用修复", "正文。")
    noted(sign_in, "办事指南", "正文。")
    answer = found(sign_in, q=typed)
    assert answer["notices"] == ["by_pinyin"]
    assert record in ids(answer["hits"])
    assert answer["total"] == (1 if "指南" in typed else 2)
    assert found(sign_in, "reader", q=typed)["total"] == 0
