"""A sender learns of the receivers' work how far it is, and nothing else, by whatever way he asks.

A paper of the bureau is worked off in the district: its registry writes opinions, distributes it,
adds files; a section answers. Each of these holds a word that stands nowhere else. Every way in
which the sender could ask is gone through for these words, for counts, and for identifiers.
"""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from tests.api.conftest import Browse, SignIn
from tests.api.office import act, state
from tests.api.papers import done, issued, staffed, with_file
from wenshu.building.installation import Installation

PROPOSED, INSTRUCTED, ANSWERED = "紫藤拟办", "白鹭批示", "青瓦反馈"
ATTACHED, NUMBERED = "蓝鲸材料", "收2026-0001"
SECRETS = (PROPOSED, INSTRUCTED, ANSWERED, ATTACHED, NUMBERED)
SENDERS = ("drafter", "registry", "head", "chief", "director", "admin", "keeper")
RECEIVERS = ("countyregistry", "foodhead")


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    staffed(built)


@pytest.fixture
def papers(sign_in: SignIn) -> tuple[str, str]:
    """The paper that was sent, and the 收文 that came of it and is being worked off."""
    sent, registry = issued(sign_in), sign_in("countyregistry")
    here = str(registry.get("/api/v1/lists/incoming").json()["rows"][0]["id"])
    done(registry, here, "签收")
    with_file(registry, here, "replies", f"{ATTACHED}.txt", f"{ATTACHED}的内容".encode())
    done(registry, here, "发送")
    director = sign_in("countydirector")
    done(director, here, "拟办", next=["countychief"], opinion=PROPOSED)
    done(sign_in("countychief"), here, "批示", opinion=INSTRUCTED)
    done(registry, here, "分发", fields={"main_unit": "food"})
    done(sign_in("foodhead"), here, "反馈", opinion=ANSWERED)
    assert state(registry, here) == "closing"
    return sent, here


def answers(client: TestClient, sent: str, here: str) -> Iterator[tuple[str, str]]:
    """Every way to ask, as the API gives it: the address and all it says."""
    lists = "/api/v1/lists/incoming"
    addresses = [
        f"/api/v1/records/{sent}",
        f"/api/v1/records/{sent}/revisions",
        f"/api/v1/records/{sent}/related",
        f"/api/v1/records/{sent}/actions",
        f"/api/v1/records/{sent}/duplicates",
        f"/api/v1/records/{here}",
        f"/api/v1/records/{here}/revisions",
        f"/api/v1/records/{here}/related",
        f"/api/v1/records/{here}/actions",
        f"/api/v1/records/{here}/files/{ATTACHED}.txt",
        lists,
        f"{lists}?sort=-received_on",
        f"{lists}?filter=state:closing",
        f"{lists}?filter=main_unit:food",
        f"{lists}?filter=unit:county",
        f"{lists}/export?format=csv",
        "/api/v1/statistics/incoming/by_month",
        "/api/v1/statistics/incoming/by_main_unit",
        "/api/v1/notifications",
        *(f"/api/v1/tasks?list={name}" for name in ("todo", "unread", "done", "started")),
    ]
    for word in SECRETS:
        addresses += [
            f"/api/v1/search?q={word}",
            f"/api/v1/search?q={word[:2]}",
            f"/api/v1/suggest?q={word[:2]}",
            f"{lists}?q={word}",
        ]
    for address in addresses:
        yield address, client.get(address).text


@pytest.mark.feature("SW-07", "FW-25", "SS-01")
@pytest.mark.parametrize("sender", SENDERS)
def test_no_way_of_asking_tells_a_sender_what_the_receiver_writes(
    sign_in: SignIn, papers: tuple[str, str], sender: str
) -> None:
    sent, here = papers
    for address, told in answers(sign_in(sender), sent, here):
        found = [word for word in SECRETS if word in told and word not in address]
        assert found == [], (sender, address)
        own = "related" in address or here in address
        assert own or here not in told, (sender, address)


@pytest.mark.feature("SW-13", "SS-01", "CX-06")
@pytest.mark.parametrize("sender", ["drafter", "registry", "chief", "director"])
def test_nothing_is_counted_that_a_sender_may_not_read(
    sign_in: SignIn, papers: tuple[str, str], sender: str
) -> None:
    client, (_, here) = sign_in(sender), papers
    for word in SECRETS:
        found = client.get("/api/v1/search", params={"q": word}).json()
        assert found["relaxed"] or found["total"] == 0
        assert here not in {hit["id"] for hit in found["hits"]}
    assert client.get("/api/v1/lists/incoming").json()["total"] == 0
    facets = client.get("/api/v1/search", params={"q": "专项整治"}).json()["facets"]
    counted = {row["value"]: row["count"] for row in facets["kind"]}
    assert "incoming" not in counted, counted  # one paper, that of the sender
    rows = client.get("/api/v1/statistics/incoming/by_month")
    assert rows.status_code in {403, 404} or not rows.json()["rows"]


@pytest.mark.feature("FW-25", "SW-02", "SW-13")
def test_what_a_sender_is_told_is_the_unit_and_how_far_it_is(
    sign_in: SignIn, papers: tuple[str, str]
) -> None:
    sent, here = papers
    for name in ("drafter", "registry"):
        (tie,) = sign_in(name).get(f"/api/v1/records/{sent}/related").json()
        assert (tie["id"], tie["unit"], tie["state"]) == (here, "county", "待办结")
        assert (tie["title"], tie["said"]) == (None, None)
    assert sign_in("pricehead").get(f"/api/v1/records/{sent}/related").status_code == 404
    for name in RECEIVERS:  # they read both
        found = sign_in(name).get("/api/v1/search", params={"q": ATTACHED}).json()
        assert [hit["id"] for hit in found["hits"]] == [here]


@pytest.mark.feature("SW-13", "CX-04")
def test_no_page_and_no_export_of_the_sender_shows_it(
    sign_in: SignIn, browse: Browse, papers: tuple[str, str]
) -> None:
    sent, here = papers
    for name in ("drafter", "registry"):
        page = browse(name)
        for address in (
            "/",
            f"/records/{sent}",
            f"/records/{sent}/slip?whole=1",
            "/kinds/incoming",
            "/kinds/outgoing",
            "/kinds/outgoing/handled/basis",
            "/tasks?which=done",
            "/archive",
            "/notifications",
            *(f"/search?q={word}" for word in SECRETS),
        ):
            told = page.get(address).text.replace("%", "")
            found = [word for word in SECRETS if word in told and word not in address]
            assert found == [], (name, address)
        for address in (f"/records/{here}", f"/records/{here}/slip", f"/records/{here}/exchange"):
            assert page.get(address).status_code == 404
        book = page.get("/kinds/incoming/export?format=xlsx").content
        rows = list(load_workbook(io.BytesIO(book)).worksheets[0].iter_rows(values_only=True))
        assert len(rows) == 1  # the heads


@pytest.mark.feature("SW-07")
def test_a_sender_does_nothing_with_the_receiver_s_work(
    sign_in: SignIn, papers: tuple[str, str]
) -> None:
    _, here = papers
    revision = sign_in("countyregistry").get(f"/api/v1/records/{here}").json()["revision"]
    for name in SENDERS:
        client = sign_in(name)
        for action in ("close", "redo", "file", "circulate", "to_watch", "urge", "tend"):
            body = {"revision": revision, "opinion": "意见"}
            answer = client.post(f"/api/v1/records/{here}/actions/{action}", json=body)
            assert answer.status_code == 404, (name, action)
    assert act(sign_in("countyregistry"), here, "办结").status_code == 200


@pytest.mark.feature("FW-25", "SW-07")
def test_the_receiver_reads_the_paper_and_nothing_of_how_the_sender_came_to_it(
    sign_in: SignIn,
) -> None:
    """The other way round: opinions, steps and drafts of the sender are his own."""
    sent = issued(sign_in, note="红枫处理意见")
    county: Any = sign_in("countyregistry")
    shown = county.get(f"/api/v1/records/{sent}").json()
    assert (shown["opinions"], shown["tasks"]) == ([], [])
    history = county.get(f"/api/v1/records/{sent}/revisions").json()
    assert {row["to_state"] for row in history} <= {"issued"}
    assert county.get(f"/api/v1/records/{sent}?revision=2").status_code == 404
    assert "红枫" not in county.get(f"/api/v1/records/{sent}").text
    assert county.get("/api/v1/search", params={"q": "红枫处理意见"}).json()["total"] == 0
