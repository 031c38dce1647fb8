"""Facets of the search: each counted without its own condition, of what the reader may see."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from tests.api.conftest import Browse, SignIn
from tests.api.test_ranking import noted
from wenshu.building.installation import Installation

EVERY = ["kind", "unit", "year", "level", "file_type", "state"]
EVERY += ["issuer", "urgency", "attached", "archived", "month"]


def counted(client: TestClient, **asked: Any) -> dict[str, dict[str, int]]:
    """Facets of a search, by name: labels with their counts."""
    answer = client.get("/api/v1/search", params={"facet": EVERY, **asked})
    assert answer.status_code == 200, answer.text
    facets = answer.json()["facets"]
    return {name: {row["label"]: row["count"] for row in rows} for name, rows in facets.items()}


def uploaded(client: TestClient, name: str, text: str, **fields: str) -> str:
    answer = client.post(
        "/api/v1/files",
        files={"file": (name, text.encode())},
        data={"kind": "library_file", "fields": str(fields).replace("'", '"')} if fields else {},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.fixture
def three(sign_in: SignIn) -> TestClient:
    """Two files and one notice of the same word, all of the drafter."""
    client = sign_in("drafter")
    uploaded(client, "甲.txt", "防汛物资清单")
    uploaded(client, "乙.csv", "防汛物资,1")
    noted(sign_in, "防汛通知", "防汛物资须备齐。")
    return client


@pytest.mark.feature("SS-04")
def test_values_of_one_facet_are_alternatives_and_facets_add_up(three: TestClient) -> None:
    every = counted(three, q="防汛")
    types = every["file_type"]
    assert types == {"txt": 1, "csv": 1}
    one = counted(three, q="防汛", file_type="txt")
    assert one["file_type"] == types
    assert sum(one["kind"].values()) == 1
    both = three.get("/api/v1/search", params={"q": "防汛", "file_type": ["txt", "csv"]}).json()
    assert both["total"] == 2
    none = three.get("/api/v1/search", params={"q": "防汛", "file_type": "txt", "attached": "no"})
    assert none.json()["total"] == 0


@pytest.mark.feature("SS-04")
def test_files_archive_urgency_and_month_are_counted_when_asked_for(three: TestClient) -> None:
    found = counted(three, q="防汛")
    assert found["attached"] == {"yes": 2, "no": 1}
    assert found["archived"] == {"no": 3}
    assert sum(found["urgency"].values()) == 3
    assert sum(found["month"].values()) == 3
    plain = three.get("/api/v1/search", params={"q": "防汛"}).json()["facets"]
    assert set(plain) == {"kind", "unit", "year", "level", "file_type"}
    for name, label in (("attached", "no"), ("archived", "no"), ("urgency", "一般")):
        asked = {"q": "防汛", name: label}
        total = three.get("/api/v1/search", params=asked).json()["total"]
        assert total == found[name][label]
        assert counted(three, **asked)[name] == found[name]


@pytest.mark.feature("SS-04")
def test_states_of_all_kinds_go_by_their_label(three: TestClient) -> None:
    found = counted(three, q="防汛")["state"]
    assert len(found) == 1
    label = next(iter(found))
    asked = {"q": "防汛", "state": label}
    assert three.get("/api/v1/search", params=asked).json()["total"] == 1
    asked["state"] = "没有这个状态"
    assert three.get("/api/v1/search", params=asked).json()["total"] == 0
    assert counted(three, **asked)["state"] == found


@pytest.mark.feature("SS-04")
def test_an_issuer_is_one_whether_written_or_an_organ_of_the_house(sign_in: SignIn) -> None:
    client = sign_in("drafter")
    noted(sign_in, "防汛通知", "防汛物资须备齐。")
    found = counted(client, q="防汛")["issuer"]
    assert found == {"渝州市市场监督管理局": 1}
    asked = {"q": "防汛", "issuer": "渝州市市场监督管理局"}
    assert client.get("/api/v1/search", params=asked).json()["total"] == 1
    asked["issuer"] = "北湖县市场监督管理局"
    assert client.get("/api/v1/search", params=asked).json()["total"] == 0


@pytest.mark.feature("SS-04")
def test_units_are_a_tree_in_which_each_counts_with_all_below_it(
    three: TestClient, sign_in: SignIn
) -> None:
    uploaded(sign_in("reader"), "丙.txt", "防汛")  # of another unit, not to be seen
    rows = three.get("/api/v1/search", params={"q": "防汛"}).json()["facets"]["unit"]
    tree = [(row["value"], row["above"], row["count"]) for row in rows]
    assert tree == [("bureau", "", 3), ("law", "bureau", 3)]
    for unit in ("bureau", "law"):
        asked = {"q": "防汛", "unit": unit}
        assert three.get("/api/v1/search", params=asked).json()["total"] == 3


@pytest.mark.feature("SS-04")
def test_nobody_is_told_a_count_of_what_he_may_not_see(three: TestClient, sign_in: SignIn) -> None:
    stranger = sign_in("public")
    for asked in ({}, {"attached": "yes"}, {"issuer": "渝州市市场监督管理局"}):
        assert set(map(len, counted(stranger, q="防汛", **asked).values())) <= {0}


@pytest.mark.feature("SS-04")
@pytest.mark.parametrize("query", ["facet=colour", "attached=maybe", "archived=yes&archived=2"])
def test_a_facet_that_is_none_is_told(three: TestClient, query: str) -> None:
    assert three.get(f"/api/v1/search?q=防汛&{query}").status_code == 422


@pytest.mark.feature("SS-04")
def test_the_page_counts_a_facet_when_it_is_opened(three: TestClient, browse: Browse) -> None:
    page = browse("drafter")
    body = page.get("/search?q=防汛").text
    assert "/search/facet?by=issuer" in body
    assert "有附件" not in body
    part = page.get("/search/facet?by=attached&q=防汛").text
    assert "有附件" in part
    assert "<html" not in part
    assert "attached=yes" in part
    chosen = page.get("/search?q=防汛&attached=yes").text
    assert "附件：有附件" in chosen
    assert "无附件" in chosen
    assert page.get("/search/facet?by=colour&q=防汛").status_code == 404


@pytest.mark.feature("SS-04")
def test_bars_of_years_lead_to_their_months(three: TestClient, browse: Browse) -> None:
    client = three
    uploaded(client, "旧.txt", "防汛旧档", title="旧", dated_on="2019-05-06")
    page = browse("drafter")
    years = page.get("/search?q=防汛").text
    assert "from=2019-01-01&amp;to=2019-12-31" in years
    months = page.get("/search?q=防汛&from=2019-01-01&to=2019-12-31").text
    assert "2019年5月：1 条" in months
    assert "2019年6月：0 条" in months
    assert "from=2019-05-01&amp;to=2019-05-31" in months
    assert "全部时间" in months


@pytest.mark.feature("SS-01")
def test_what_was_understood_is_said_and_each_condition_can_be_dropped(
    three: TestClient, browse: Browse
) -> None:
    page = browse("drafter")
    body = page.get("/search", params={"q": "标题:防汛 -演练", "kind": "notice"}).text
    assert "标题含“防汛”" in body
    assert "不含“演练”" in body
    assert "类别：通知公告" in body
    assert body.count('class="chip"') == 3


@pytest.mark.feature("SS-04")
def test_a_name_that_units_share_in_the_place_of_a_code_finds_nothing_and_breaks_nothing(
    built: Installation, browse: Browse
) -> None:
    second = [{"code": "office2", "name": "办公室", "parent": "county"}]
    built.house.people.load(PeopleRows(second, []), lasting=True)
    page = browse("drafter").get("/search", params={"q": "防汛", "unit": "办公室"})
    assert page.status_code == 200
    assert "办公室" in page.text
