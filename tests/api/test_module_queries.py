"""各模块查询 (CX-07): the list of each module is its query, by one mechanism for all of them."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.people.unit_tree import Unit
from records.schema.kind_fields import FieldType
from services.intake.starting import may_begin
from tests.api.conftest import Browse, SignIn
from tests.api.office import act, begun, supervised
from wenshu.building.installation import Installation

MODULES = ("manuscript", "supervision", "incoming", "outgoing", "circulation", "notice", "affair")
"""文稿、督查、收文、发文、传阅、通知、综合事务."""


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    supervised(built)


def listed(client: TestClient, kind: str, **asked: Any) -> list[str]:
    """Identifiers of the rows."""
    answer = client.get(f"/api/v1/lists/{kind}", params=asked)
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["rows"]]


def news(client: TestClient) -> list[dict[str, Any]]:
    """What somebody is told of his searches."""
    found = client.get("/api/v1/notifications").json()["notifications"]
    return [each for each in found if each["about"] == "found"]


def author_of(built: Installation, kind: str) -> str:
    """Somebody who may begin it."""
    declared = built.house.kinds.get(kind)
    people = ("drafter", "registry", "watch")
    return next(
        login
        for login in people
        if may_begin(declared, built.house.book.caller(login))  # type: ignore[arg-type]
    )


@pytest.mark.feature("CX-07")
@pytest.mark.parametrize("kind", MODULES)
def test_each_module_is_asked_by_words_state_day_unit_and_part_taken(
    built: Installation, sign_in: SignIn, browse: Browse, kind: str
) -> None:
    declared, login = built.house.kinds.get(kind), author_of(built, kind)
    author, title = sign_in(login), declared.meaning.title
    text = next(
        name
        for name, field in declared.fields.items()
        if field.type in (FieldType.LONG_TEXT, FieldType.TEXT)
        and name != title
        and name not in ("note", "number")
    )
    one = begun(author, kind, **{title: "关于燃气管道的事项", text: "蓝鲸计划"})
    two = begun(author, kind, **{title: "关于冷链仓储的事项", text: "白鹤计划"})
    unit = built.house.book.current().person(login).unit  # type: ignore[arg-type]
    state = str(author.get(f"/api/v1/records/{one}").json()["state"])
    assert sorted(listed(author, kind)) == sorted([one, two])
    assert listed(author, kind, q="燃气管道") == [one]
    assert listed(author, kind, q="白鹤计划") == [two], "words of the contents"
    assert len(listed(author, kind, filter=f"state:{state}")) == 2
    assert len(listed(author, kind, filter="mine:began")) == 2
    assert listed(author, kind, filter="mine:handled") == []
    assert len(listed(author, kind, filter=f"unit:{unit}")) == 2
    assert listed(author, kind, filter="unit:price") == []
    day = next(n for n, f in declared.fields.items() if f.type is FieldType.DATE)
    assert listed(author, kind, filter=f"{day}:1999-01-01..1999-12-31") == []
    page = browse(login).get(f"/kinds/{kind}").text
    assert "filter=mine%3Abegan" in page
    assert f"filter=state%3A{state}" in page
    assert 'name="q"' in page
    assert "export?" in page
    for stranger in ("pricekeeper", "admin"):
        other = sign_in(stranger)
        assert listed(other, kind) == listed(other, kind, q="燃气管道") == []
        told = browse(stranger).get(f"/kinds/{kind}?q=燃气管道").text
        assert "关于燃气管道" not in told
        assert "共 0 条" in told


@pytest.mark.feature("CX-07", "SY-01")
def test_a_list_is_narrowed_by_a_unit_under_whatever_name_it_had(
    built: Installation, sign_in: SignIn
) -> None:
    drafter = sign_in("drafter")
    record = begun(drafter, "notice", title="旧名所发")
    renamed = Unit.model_validate({"code": "law", "name": "法制科", "parent": "bureau"})
    built.house.book.merge((renamed,), ())
    for name in ("law", "法制科", "法规科"):
        assert listed(drafter, "notice", filter=f"unit:{name}") == [record], name
    assert listed(drafter, "notice", filter="unit:从无此科") == []
    found = drafter.get("/api/v1/search", params={"q": "旧名所发", "unit": "法规科"})
    assert found.json()["total"] == 1


@pytest.mark.feature("CX-07", "SS-06")
def test_what_a_list_is_narrowed_to_is_a_search_that_is_subscribed_and_shared(
    sign_in: SignIn, browse: Browse
) -> None:
    drafter, head = sign_in("drafter"), sign_in("head")
    begun(drafter, "notice", title="先前的通报", category="通报")
    page = browse("drafter").get("/kinds/notice?filter=category:通报").text
    asks = page.partition('name="asks" value="')[2].partition('"')[0].replace("&amp;", "&")
    assert "filter=category" in asks
    given = {"name": "通报", "asks": asks, "when": "now", "shared": True}
    kept = drafter.post("/api/v1/favourites/searches", json=given)
    assert kept.status_code == 201, kept.text
    assert drafter.get(f"/api/v1/search?{asks}").json()["total"] == 1
    shown = browse("drafter").get(f"/search?{asks}").text
    assert "类型：通报" in shown
    assert "先前的通报" in shown
    assert "通报" in browse("head").get("/favourites").text
    assert "先前的通报" not in browse("head").get(f"/search?{asks}").text
    begun(head, "notice", title="他人的通报草稿", category="通报")
    assert news(drafter) == [], "not his to read"
    published = []
    for title, category in (("新的通报", "通报"), ("新的公告", "公告")):
        given = {"title": title, "category": category, "body": "文", "audience": ["everyone"]}
        record = begun(head, "notice", **given)
        published.append(record)
        for login, label in (("head", "送审"), ("head", "同意"), ("registry", "发布")):
            assert act(sign_in(login), record, label).status_code == 200, label
    assert [each["records"] for each in news(drafter)] == [[published[0]]]


@pytest.mark.feature("CX-07", "SS-06")
def test_a_condition_of_a_field_that_is_none_finds_nothing_and_says_so(
    sign_in: SignIn, browse: Browse
) -> None:
    begun(sign_in("drafter"), "notice", title="某事", category="通报")
    for asks in ("kind=notice&filter=gone:x", "filter=category:通报", "kind=nothing&filter=a:b"):
        answer = browse("drafter").get(f"/search?{asks}")
        assert answer.status_code == 200
        assert "某事" not in answer.text
    given = {"name": "失效", "asks": "kind=notice&filter=gone:x", "when": "now"}
    assert sign_in("drafter").post("/api/v1/favourites/searches", json=given).status_code == 201
    assert "gone" in browse("drafter").get("/favourites").text
