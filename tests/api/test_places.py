"""Somebody with several places chooses for which he begins (SY-07); names of units stay (SY-01)."""

import pytest
from fastapi.testclient import TestClient

from records.identity import Login, RecordId
from records.people.people_rows import PeopleRows
from tests.api.conftest import PASSWORD, Browse, SignIn
from tests.api.office import act, begun
from wenshu.building.installation import Installation

TWO_PLACES = {
    "login": "drafter",
    "name": "丙三",
    "unit": "law",
    "also": [{"unit": "food", "posts": ["值班长"]}],
}
FOOD_HEAD = {
    "login": "foodhead",
    "name": "食二",
    "unit": "food",
    "posts": ["科室负责人", "机要室"],
    "password": PASSWORD,
}
FIELDS = {"title": "关于值班的通知", "body": "正文", "audience": ["everyone"]}


@pytest.fixture(autouse=True)
def placed(built: Installation) -> None:
    built.house.people.load(PeopleRows((), (TWO_PLACES, FOOD_HEAD)), lasting=True)


def begun_for(client: TestClient, unit: str | None) -> str:
    given = {"kind": "notice", "fields": FIELDS, "unit": unit}
    answer = client.post("/api/v1/records", json=given)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.mark.feature("SY-07")
def test_a_record_is_of_the_unit_for_which_it_was_begun_and_goes_to_its_head(
    sign_in: SignIn, browse: Browse
) -> None:
    drafter = sign_in("drafter")
    own, side = begun_for(drafter, None), begun_for(drafter, "food")
    for record in (own, side):
        assert act(drafter, record, "送审").status_code == 200
    waiting = [task["id"] for task in sign_in("foodhead").get("/api/v1/tasks").json()["tasks"]]
    assert waiting == [side]
    assert [t["id"] for t in sign_in("head").get("/api/v1/tasks").json()["tasks"]] == [own]
    page = browse("drafter").get(f"/records/{side}").text
    assert "食品科" in page
    assert "法规科" not in page.partition('id="main"')[2].partition("</main>")[0]


@pytest.mark.feature("SY-07")
def test_the_form_asks_only_whom_it_concerns_and_keeps_what_was_chosen(
    browse: Browse, built: Installation
) -> None:
    drafter = browse("drafter")
    form = drafter.get("/records/new/notice").text
    assert "以哪个单位办理" in form
    assert "食品科 · 值班长" in form
    assert "以哪个单位办理" not in browse("head").get("/records/new/notice").text
    given = {"for_unit": "food", "title": "", "body": "正文"}
    again = drafter.post("/records/new/notice", data=given)
    assert again.status_code == 422
    assert '<option value="food" selected>' in again.text
    saved = drafter.post("/records/new/notice", data={**given, "title": "值班"})
    assert saved.status_code == 200, saved.text
    record, caller = RecordId(saved.url.path.split("/")[2]), Login("drafter")
    opened = built.house.browsing.open(built.house.book.caller(caller), record)
    assert opened.revision.unit == "food"


@pytest.mark.feature("SY-07")
@pytest.mark.parametrize("unit", ["office", "nowhere", "", "食品科" * 40])
def test_nobody_begins_for_a_unit_in_which_he_has_no_place(
    sign_in: SignIn, browse: Browse, unit: str
) -> None:
    answer = sign_in("drafter").post(
        "/api/v1/records", json={"kind": "notice", "fields": FIELDS, "unit": unit}
    )
    assert (answer.status_code, answer.json()["reason"]) == (422, "not_your_place")
    if unit:
        page = browse("drafter").post(
            "/records/new/notice", data={"for_unit": unit, "title": "值班", "body": "正文"}
        )
        assert (page.status_code, "没有任职" in page.text) == (422, True)


@pytest.mark.feature("SY-07")
def test_a_post_opens_a_kind_in_the_unit_in_which_it_is_held(
    built: Installation, sign_in: SignIn
) -> None:
    asked = {"kind": "supervision", "fields": {"title": "督查"}}
    reader = sign_in("reader")
    assert reader.post("/api/v1/records", json=asked).status_code == 403
    row = {
        "login": "reader",
        "name": "丁四",
        "unit": "food",
        "also": [{"unit": "office", "posts": ["督查室"]}],
    }
    built.house.people.load(PeopleRows((), (row,)))
    began = reader.post("/api/v1/records", json=asked)
    assert began.status_code == 201, began.text
    opened = built.house.browsing.open(built.house.book.caller("reader"), began.json()["id"])  # type: ignore[arg-type]
    assert opened.revision.unit == "office"
    assert reader.post("/api/v1/records", json={**asked, "unit": "food"}).status_code == 403


@pytest.mark.feature("SY-01")
def test_what_was_signed_under_a_name_keeps_it_and_is_found_by_either(
    sign_in: SignIn, browse: Browse, built: Installation
) -> None:
    drafter = sign_in("drafter")
    record = begun_for(drafter, "food")
    assert act(drafter, record, "送审").status_code == 200
    done = act(sign_in("foodhead"), record, "同意", opinion="同意")
    assert done.status_code == 200, done.text
    county = built.house.book.current().unit("county")  # type: ignore[arg-type]
    food = built.house.book.current().unit("food")  # type: ignore[arg-type]
    built.house.book.merge(
        (
            food.model_copy(update={"name": "食药科"}),
            county.model_copy(update={"name": "北湖区市场监督管理局"}),
        ),
        (),
    )
    paper = browse("drafter").get(f"/records/{record}/slip").text
    page = browse("drafter").get(f"/records/{record}").text
    steps = page.partition('class="timeline')[2].partition("</ol>")[0]
    for shown in (paper.partition("<main")[2].partition("</main>")[0], steps):
        assert "食品科" in shown
        assert "食药科" not in shown
    assert "北湖县" in paper
    assert "北湖区" not in paper
    for name in ("食品科", "食药科"):
        found = drafter.get("/api/v1/search", params={"q": f"单位:{name}"}).json()
        assert [hit["id"] for hit in found["hits"]] == [record], name
    later = begun_for(drafter, "food")
    assert "食药科" in browse("drafter").get(f"/records/{later}").text


@pytest.mark.feature("SY-01")
def test_a_merged_unit_keeps_its_name_and_its_organ_on_its_papers(
    sign_in: SignIn, browse: Browse
) -> None:
    record = begun(sign_in("foodhead"), "notice", **FIELDS)
    merged = browse("admin").post("/people/units/county/merge", data={"into": "bureau"})
    assert merged.status_code == 200, merged.text
    page = browse("foodhead").get(f"/records/{record}/slip").text
    assert "北湖县市场监督管理局" in page
    later = begun(sign_in("foodhead"), "notice", **FIELDS)
    assert "渝州市市场监督管理局" in browse("foodhead").get(f"/records/{later}/slip").text


@pytest.mark.feature("SY-07")
def test_an_opinion_says_for_which_of_his_units_somebody_spoke(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    both = {**TWO_PLACES, "login": "head", "name": "乙二", "posts": ["科室负责人"]}
    both["also"] = [{"unit": "food", "posts": ["科室负责人", "机要室"]}]
    gone = {"login": "foodhead", "name": "食二", "unit": "food"}
    built.house.people.load(PeopleRows((), (both, gone)))
    record = begun_for(sign_in("drafter"), "food")
    act(sign_in("drafter"), record, "送审")
    assert act(sign_in("head"), record, "同意", opinion="请发布").status_code == 200
    opinions = sign_in("head").get(f"/api/v1/records/{record}").json()
    assert "乙二" in str(opinions)
    page = browse("head").get(f"/records/{record}").text
    steps = page.partition('class="timeline')[2].partition("</ol>")[0]
    assert "请发布" in steps
    assert "食品科" in steps.partition("请发布")[0]
    assert "法规科" not in steps
    built.house.people.load(PeopleRows((), ({**both, "unit": "office", "also": []},)))
    later = browse("drafter").get(f"/records/{record}").text
    assert "食品科" in later.partition('class="timeline')[2].partition("请发布")[0]
