"""The leak test: whatever tells of records is asked as somebody who may see nothing of them.

Every page, count, suggestion, family, citation, alert, export and link, before there is anything to
see and after.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from records.ports.job_queue import Job, JobName
from tests.api.conftest import PASSWORD, Browse, SignIn
from tests.api.office import begun
from tests.api.test_library import LIBRARY, folder, published
from tests.api.test_standing_searches import subscribe
from wenshu.building.installation import Installation

MOBILE = "00098765432"
SECRET = "麒麟阁"
"""Stands in every title, text, number, folder and name that the stranger may not know."""

NUMBER = "渝麒麟阁〔2026〕77号"
OPEN_NUMBER = "渝市监发〔2026〕5号"
LONG = "麒麟阁工程的施工图纸和预算由专班保管，任何人不得外传，违者依规处理并通报全局。" * 4

PEOPLE = (
    {"login": "librarian", "name": "库一", "unit": "office", "roles": ["staff", "librarian"]},
    {"login": "hidden", "name": "隐姓", "unit": "law", "mobile": MOBILE,
     "mobile_readers": []},
    {"login": "stranger", "name": "外人", "unit": "food"},
)  # fmt: skip

_VARIES = re.compile(
    r'name="idempotency_key" value="[^"]*"|"request": ?"[0-9a-f]+"|耗时[^<]*|title="[^"]*毫秒[^"]*"'
)


@pytest.fixture(autouse=True)
def house(built: Installation) -> None:
    rows = [{**person, "password": PASSWORD} for person in PEOPLE]
    built.house.people.load(PeopleRows([], rows), lasting=True)


def stored(
    client: TestClient, name: str, text: str, *, to: str = "", number: str = "", level: str = "公开"
) -> str:
    """A file; without `to` its owner's alone."""
    grants = [{"to": to}] if to else []
    fields = {"title": name, "number": number}
    data = {"grants": json.dumps(grants), "level": level, "fields": json.dumps(fields)}
    files = {"file": (f"{name}.txt", text.encode())}
    answer = client.post("/api/v1/files", files=files, data=data)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def asked(records: list[str], codes: list[str]) -> Iterator[str]:
    """Every address at which something could come out."""
    for words in (SECRET, f"标题:{SECRET}", NUMBER, "工程", "qilinge", "qlg", OPEN_NUMBER):
        for more in ("", "&versions=all", "&folded=true", "&facet=kind&facet=unit&facet=state"):
            yield f"/api/v1/search?q={words}{more}"
        yield f"/api/v1/suggest?q={words}"
        yield f"/search?q={words}"
        yield f"/search?q={words}&kind={LIBRARY}&filter=year:2026"
        yield f"/suggest?q={words}"
        yield f"/search/export?q={words}&format=csv"
    yield from (
        "/search?sort=date",
        "/search?kind=library_file",
        f"/search?kind={LIBRARY}&sort=changed",
    )
    for by in ("kind", "unit", "year", "state", "issuer", "month", "urgency"):
        yield f"/search/facet?by={by}"
    for kind in ("library_file", LIBRARY, "reference_material", "notice"):
        yield from (f"/kinds/{kind}", f"/kinds/{kind}?q={SECRET}")
        yield f"/kinds/{kind}/export?format=csv"
        yield f"/api/v1/lists/{kind}?q={SECRET}"
        yield f"/api/v1/lists/{kind}/export?format=csv"
    yield from (f"/kinds/{LIBRARY}/folders", f"/api/v1/libraries/{LIBRARY}/folders")
    yield from ("/directory", f"/directory?q={MOBILE}", "/directory/people/hidden")
    yield from ("/directory/export?format=csv", "/api/v1/directory?q=98765432", "/directory/own")
    yield from ("/api/v1/directory/hidden", "/api/v1/directory/contacts")
    yield from ("/api/v1/directory/corrections", "/people/corrections", "/duplicates")
    yield from ("/archive", "/favourites", "/exports", "/notifications", "/", "/search/excerpts")
    yield from ("/api/v1/notifications", "/api/v1/exports", "/api/v1/favourites", "/views")
    for record in records:
        for way in ("", "/edit", "/citations", "/passages?q=工程", "/evidence?text=工程", "/slip"):
            yield f"/records/{record}{way}"
        yield from (f"/records/{record}/corrections", f"/records/{record}/citation-graph")
        yield from (f"/records/{record}/beside/{other}" for other in records if other != record)
        yield f"/search/pane/{record}"
        yield f"/search/pane/{record}?q=工程&versions=all"
        yield f"/records/{record}/thumbnail?file=工程.pdf"
        yield f"/records/{record}/comparison?older=1&newer=2"
        for way in ("", "/revisions", "/citations", "/related", "/actions", "/imprint"):
            yield f"/api/v1/records/{record}{way}"
    for code in codes:
        yield f"/kinds/{LIBRARY}?filter=folder:{code}"
        yield f"/kinds/{LIBRARY}/folders/{code}"
        yield f"/api/v1/lists/{LIBRARY}?filter=folder:{code}"


def told(page: TestClient, api: TestClient, address: str) -> tuple[int, str]:
    """What an address answers, without what differs each time and without what was asked."""
    client = api if address.startswith("/api/") else page
    answer = client.get(address)
    return answer.status_code, _VARIES.sub("", answer.text)


@pytest.mark.feature("SS-01", "SS-04", "SS-05", "SS-06", "SS-08", "WJ-03", "TX-01", "CX-07")
def test_nothing_of_what_one_may_not_see_comes_out_anywhere(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    drafter, librarian = sign_in("drafter"), sign_in("librarian")
    page, api = browse("stranger"), sign_in("stranger")
    known = stored(drafter, "公开的工程通知", "工程安排。", to="everyone", number=OPEN_NUMBER)
    subscribe(api, "q=工程")
    subscribe(api, f"kind={LIBRARY}&filter=year:2026")
    before = {address: told(page, api, address) for address in asked([known], [])}

    shelf = folder(librarian, f"{SECRET}目录", readers=["unit:law"])["code"]
    closed = [
        stored(drafter, f"{SECRET}工程图纸", LONG, number=NUMBER),
        stored(drafter, f"{SECRET}工程图纸副本", LONG, to="unit:law"),
        stored(drafter, f"关于{SECRET}的批复", f"你局{OPEN_NUMBER}收悉，同意工程。", to="unit:law"),
        stored(drafter, f"{SECRET}新办法", f"{OPEN_NUMBER}同时废止。工程。", to="unit:law"),
        published(librarian, shelf, f"{SECRET}工程规程", f"{SECRET}工程。"),
        begun(drafter, "notice", title=f"{SECRET}工程通知", body="工程", audience=["everyone"]),
        stored(drafter, f"{SECRET}另件", f"{SECRET}工程"),
    ]
    subscribe(drafter, f"q={SECRET}", shared=True)

    for address, was in before.items():
        now = told(page, api, address)
        if SECRET in address or NUMBER in address:
            assert now == was, address
        assert now[0] == was[0], address
        assert SECRET not in now[1] or SECRET in address, address
        assert MOBILE not in now[1] or MOBILE in address, address
    seen = {
        a for a in before if SECRET in told(browse("drafter"), drafter, a)[1] and SECRET not in a
    }
    assert len(seen) > 40, "who may see it is told of it at these addresses"
    counts = json.loads(told(page, api, "/api/v1/search?q=工程")[1])
    assert (counts["total"], counts["near"]["total"]) == (1, 0)
    assert counts["hits"][0]["repealed_by"] is None

    nowhere = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
    for address in asked(closed, [shelf]):
        status, text = told(page, api, address)
        if any(record in address for record in closed):
            record = next(record for record in closed if record in address)
            gone = told(page, api, address.replace(record, nowhere))
            assert (status, text.replace(record, nowhere)) == gone, address
        assert SECRET not in text or SECRET in address, address


@pytest.mark.feature("SS-08")
def test_what_somebody_says_of_a_citation_tells_nothing_of_what_is_closed(
    sign_in: SignIn, browse: Browse
) -> None:
    drafter, page, api = sign_in("drafter"), browse("stranger"), sign_in("stranger")
    text = f"根据{NUMBER}、《{SECRET}工程图纸管理办法》和{OPEN_NUMBER}文件，工程安排如下。"
    # It names the closed paper in its own text, so that the words themselves tell nothing.
    first = stored(drafter, "甲件", text, to="everyone")
    shared = stored(drafter, "公开的工程通知", "工程。", to="everyone", number=OPEN_NUMBER)
    seen = [
        f"/{way}"
        for record in (first, shared)
        for way in (
            *(f"records/{record}{each}" for each in ("/citations", "/citation-graph")),
            *(f"api/v1/records/{record}{each}" for each in ("/citations", "/related")),
            f"search?q={OPEN_NUMBER}",
        )
    ]
    closed = stored(drafter, f"{SECRET}工程图纸管理办法", LONG, number=NUMBER)
    corrected(drafter, first, 1, anchors=[OPEN_NUMBER], is_none=True)
    without = {address: told(page, api, address) for address in seen}
    taken_back(drafter, first, 2, OPEN_NUMBER)
    corrected(drafter, first, 3, anchors=[OPEN_NUMBER], means=closed, relation="repeals")
    corrected(drafter, shared, 1, means=closed, relation="repeals")
    for address in seen:
        assert told(page, api, address) == without[address], address
    shown = told(page, api, f"/records/{first}")[1]
    assert f'href="/records/{closed}"' not in shown
    assert closed not in shown + told(page, api, f"/api/v1/records/{first}")[1]
    own = told(browse("drafter"), drafter, f"/api/v1/records/{closed}/citations")[1]
    assert first in own
    assert shared in own, "who may read it is told at the other end"


def corrected(client: TestClient, record: str, on: int, **said: Any) -> None:
    answer = client.post(
        f"/api/v1/records/{record}/citations/corrections",
        json=said,
        headers={"If-Match": f'"{on}"'},
    )
    assert answer.status_code == 201, answer.text


def taken_back(client: TestClient, record: str, on: int, anchor: str) -> None:
    answer = client.delete(
        f"/api/v1/records/{record}/citations/corrections",
        params={"anchor": anchor},
        headers={"If-Match": f'"{on}"'},
    )
    assert answer.status_code == 200, answer.text


@pytest.mark.feature("SS-06", "CX-06", "SS-08")
def test_no_alert_export_or_comparison_tells_of_it_and_one_that_closes_is_left_out(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    drafter, stranger, admin = sign_in("drafter"), sign_in("stranger"), sign_in("admin")
    subscribe(stranger, "q=工程")
    opened = stored(drafter, f"{SECRET}工程先开放", LONG, to="everyone")
    stored(drafter, f"{SECRET}工程不开放", LONG)
    news: list[dict[str, Any]] = stranger.get("/api/v1/notifications").json()["notifications"]
    assert [each["records"] for each in news if each["about"] == "found"] == [[opened]]
    export = stranger.post("/api/v1/search/exports", params={"q": "工程"}).json()["id"]
    pairs = admin.post("/api/v1/search/duplicates").json()["id"]
    closing = drafter.patch(
        f"/api/v1/records/{opened}", json={"grants": []}, headers={"If-Match": '"1"'}
    )
    assert closing.status_code == 200, closing.text
    for _ in range(20):
        built.runner.run(Job(JobName.EXPORT))
    for client, one in ((stranger, export), (admin, pairs)):
        assert client.get(f"/api/v1/exports/{one}").json()["phase"] == "done"
        assert SECRET not in client.get(f"/api/v1/exports/{one}/file?format=csv").text
    for address in ("/notifications", "/", "/favourites", "/search?q=工程"):
        assert SECRET not in browse("stranger").get(address).text, address
    assert browse("stranger").get(f"/records/{opened}").status_code == 404
