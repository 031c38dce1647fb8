"""People and units to choose from, asked over HTTP as the dialogs ask (FW-07, SY-03)."""

import pytest
from fastapi.testclient import TestClient

from records.identity import Login
from records.people.people_rows import PeopleRows
from records.rights.access import person_token
from services.people.recent_choices import MOST
from tests.api.conftest import Browse, SignIn
from tests.api.papers import drafted, staffed
from wenshu.building.installation import Installation


@pytest.fixture
def head(built: Installation, browse: Browse) -> TestClient:
    staffed(built)
    return browse("head")


def labels(client: TestClient, address: str) -> list[str]:
    return [item["label"] for item in client.get(address).json()["items"]]


def test_a_name_is_found_by_its_characters_first_then_by_pinyin(head: TestClient) -> None:
    assert labels(head, "/roster/people?view=found&q=局") == ["局一", "局二"]
    assert labels(head, "/roster/people?view=found&q=juer") == ["局二"]
    assert labels(head, "/roster/people?view=found&q=") == []
    assert labels(head, "/roster/units?view=found&q=nsgss") == ["南山工商所"]
    assert head.get("/people/suggest/people?q=juer").json()["items"][0]["label"] == "局二"


def test_the_tree_holds_units_with_somebody_and_tells_of_each_who_is_in_it(
    head: TestClient,
) -> None:
    (bureau,) = head.get("/roster/people?view=tree").json()["units"]
    names = [unit["name"] for unit in bureau["units"]]
    assert "北湖县市场监督管理局" in names
    assert [each["label"] for each in bureau["people"]] == ["局一", "局二"]
    assert labels(head, "/roster/people?view=unit&unit=station") == ["张一", "王一", "刘一", "写一"]


@pytest.mark.feature("FW-07")
def test_an_action_offers_whom_it_lets_choose_and_to_nobody_but_its_actor(
    sign_in: SignIn, browse: Browse, head: TestClient
) -> None:
    drafter = browse("drafter")
    record = drafted(sign_in("drafter"))
    address = f"/records/{record}/actions/send/roster"
    assert labels(drafter, f"{address}?view=found&q=乙") == ["乙二"]
    assert labels(drafter, f"{address}?view=found&q=局") == [], "no head of the section"
    (top,) = drafter.get(f"{address}?view=tree").json()["units"]
    assert [unit["name"] for unit in top["units"]] == ["法规科"]
    assert drafter.get(f"{address}?key=nothing").status_code == 422
    assert drafter.get(f"/records/{record}/actions/forward/roster").status_code == 403
    assert head.get(address).status_code == 404


@pytest.mark.feature("FW-07")
def test_who_was_chosen_is_offered_again_where_he_may_be_chosen(
    built: Installation, sign_in: SignIn, browse: Browse, head: TestClient
) -> None:
    drafter = browse("drafter")
    record = drafted(sign_in("drafter"))
    page = drafter.get(f"/records/{record}").text
    revision = page.partition('name="revision" value="')[2].partition('"')[0]
    form = {"revision": revision, "next-": "person:head"}
    assert drafter.post(f"/records/{record}/actions/send", data=form).status_code == 200
    assert labels(drafter, "/roster/people?view=recent") == ["乙二"]
    assert labels(drafter, "/roster/units?view=recent") == []
    assert labels(head, "/roster/people?view=recent") == [], "they are his alone"
    recent = built.house.rosters.recent
    recent.chose(Login("drafter"), [person_token(Login(f"p{n}")) for n in range(MOST)])
    assert labels(drafter, "/roster/people?view=recent") == []


@pytest.mark.feature("SY-03")
def test_groups_are_ones_own_and_public_ones_are_kept_by_administrators(
    browse: Browse, head: TestClient
) -> None:
    mine = {"name": " 防汛  组 ", "members": ["person:head", "person:chief", "person:head"]}
    assert "分组已保存" in head.post("/groups", data=mine).text
    (group,) = head.get("/roster/people?view=groups").json()["groups"]
    assert (group["label"], group["public"]) == ("防汛 组", False)
    assert [item["label"] for item in group["items"]] == ["乙二", "局一"]
    head.post("/groups", data={"name": "防汛 组", "members": ["person:chief"]})
    (group,) = head.get("/roster/people?view=groups").json()["groups"]
    assert [item["label"] for item in group["items"]] == ["局一"], "the same name, other members"
    drafter, admin = browse("drafter"), browse("admin")
    assert drafter.get("/roster/people?view=groups").json()["groups"] == []

    ours = {"name": "各科负责人", "members": ["person:head"], "public": "1"}
    assert head.post("/groups", data=ours).status_code == 403
    assert admin.post("/groups", data=ours).status_code == 200
    (group,) = drafter.get("/roster/people?view=groups").json()["groups"]
    assert (group["label"], group["public"]) == ("各科负责人", True)
    page = admin.get("/groups").text
    drop = page.partition('action="/groups/')[2].partition('"')[0]
    assert drafter.post(f"/groups/{drop}", data={"public": "1"}).status_code == 403
    assert admin.post(f"/groups/{drop}", data={"public": "1"}).status_code == 200
    assert drafter.get("/roster/people?view=groups").json()["groups"] == []


@pytest.mark.feature("SY-03")
@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"name": "  ", "members": ["person:head"]}, "分组还没有名称"),
        ({"name": "组"}, "还没有人员"),
        ({"name": "组", "members": ["person:nobody"]}, "没有“nobody”这位人员"),
        ({"name": "组", "members_add": "没有这个人"}, "没有这个人"),
        ({"name": "组" * 61, "members": ["person:head"]}, "过长"),
        ({"name": "组", "members": [f"p{n}" for n in range(501)]}, "最多 500 人"),
    ],
)
def test_a_group_that_is_none_is_refused_and_what_was_typed_stays(
    head: TestClient, form: dict[str, object], told: str
) -> None:
    answer = head.post("/groups", data=form)
    assert answer.status_code == 422
    assert told in answer.text
    assert f'value="{form["name"]}"' in answer.text
    assert head.get("/roster/people?view=groups").json()["groups"] == []


@pytest.mark.feature("FW-07", "SY-07")
def test_a_post_that_nobody_holds_is_told_and_nobody_else_is_offered(
    built: Installation, sign_in: SignIn, browse: Browse, head: TestClient
) -> None:
    record = drafted(sign_in("drafter"))
    gone = {"login": "head", "name": "乙二", "unit": "law", "disabled": True}
    built.house.people.load(PeopleRows([], [gone]), lasting=True)
    drafter = browse("drafter")
    page = drafter.get(f"/records/{record}").text
    dialog = page.partition('id="action-send"')[2].partition("</dialog>")[0]
    assert "没有可以选择" in dialog
    assert drafter.get(f"/records/{record}/actions/send/roster").json() == {"units": []}
