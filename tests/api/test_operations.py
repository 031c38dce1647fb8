"""What operators watch: parts, figures, names of requests, the page of administrators (AQ-15)."""

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from records.identity import RecordId
from records.ports.job_queue import Job, JobName
from tests.api.conftest import SignIn
from wenshu.building.installation import Installation
from wenshu.building.web import create_web

HERE = {"Origin": "http://testserver"}
"""What a browser sends from a page of ours."""


def figures(client: TestClient) -> dict[tuple[str, str], float]:
    """(name, labels that say something) → value."""
    text = client.get("/metrics").text
    return {
        (sample.name, " ".join(filter(None, sample.labels.values()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.mark.feature("AQ-15")
def test_figures_tell_of_parts_backlog_lanes_and_the_store(
    sign_in: SignIn,
) -> None:
    admin = sign_in("admin")
    before = figures(admin)
    sign_in("drafter").post("/api/v1/files", files={"file": ("一.txt", "内容".encode())})
    after = figures(admin)
    assert {after["wenshu_part_up", part] for part in ("store", "index", "queue")} == {1.0}
    assert after["wenshu_outbox_entries", ""] == 0.0
    assert after["wenshu_extracted_files_total", "ok"] == 1.0
    assert after["wenshu_store_seconds_count", "create"] > before.get(
        ("wenshu_store_seconds_count", "create"), 0.0
    )


def test_every_answer_bears_the_name_of_its_request(nobody: TestClient) -> None:
    named = nobody.get("/healthz", headers={"X-Request-ID": "from-proxy-1"})
    assert named.headers["X-Request-ID"] == "from-proxy-1"
    first, second = (nobody.get("/api/v1/tasks") for _ in range(2))
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]
    assert first.json()["request"] == first.headers["X-Request-ID"]


@pytest.mark.feature("AQ-15")
def test_administrators_see_what_was_given_up_and_nobody_else_does(
    built: Installation, sign_in: SignIn
) -> None:
    lost = RecordId("01M87FG7S9E2RS3XZ5K1T4QW8N")
    for _ in range(2):
        built.runner.give_up(Job(JobName.READ, lost), ValueError("读不了"))
    built.drain.round()
    admin, other = sign_in("admin"), sign_in("keeper")
    session = {"Cookie": f"wenshu_session={admin.headers['Authorization'].split()[1]}"}
    page = admin.get("/monitor", headers=session).text
    assert page.count(f"文字提取未完成（记录 {lost}）") == 1
    assert other.get(f"/api/v1/search?q={lost}").json()["total"] == 0
    (task,) = admin.get("/api/v1/tasks").json()["tasks"]
    offers = admin.get(f"/api/v1/records/{task['id']}/actions").json()
    assert {offer["name"] for offer in offers} == {"retry", "close"}
    assert other.get("/api/v1/tasks").json()["total"] == 0
    body = {"revision": 1, "opinion": "", "idempotency_key": "k"}
    refused = other.post(f"/api/v1/records/{task['id']}/actions/retry", json=body)
    assert refused.status_code == 404
    done = admin.post(f"/api/v1/records/{task['id']}/actions/retry", json=body)
    assert done.status_code == 200, done.text
    assert list(built.engines.store.list("claims/stopped/", after="")) == []
    assert admin.get("/api/v1/tasks").json()["total"] == 0


@pytest.mark.feature("AQ-15")
def test_the_page_of_administrators_and_its_actions_are_closed_to_others(
    built: Installation, sign_in: SignIn, nobody: TestClient
) -> None:
    lost = RecordId("01M87FG7S9E2RS3XZ5K1T4QW8N")
    built.runner.give_up(Job(JobName.READ, lost), ValueError("读不了"))
    built.drain.round()
    (letter,) = (task["id"] for task in sign_in("admin").get("/api/v1/tasks").json()["tasks"])
    for client, page, action in ((paged(sign_in("keeper")), 403, 404), (nobody, 303, 303)):
        shown = client.get("/monitor", follow_redirects=False)
        assert shown.status_code == page
        assert lost not in shown.text
        assert client.get(f"/records/{letter}", follow_redirects=False).status_code in {404, 303}
        for name in ("retry", "close"):
            form = {"revision": "1", "opinion": "试试"}
            path = f"/records/{letter}/actions/{name}"
            asked = client.post(path, data=form, headers=HERE, follow_redirects=False)
            assert asked.status_code == action, (name, asked.text)
    assert sign_in("admin").get("/api/v1/tasks").json()["total"] == 1


def paged(client: TestClient) -> TestClient:
    """The same person with a browser."""
    token = client.headers.pop("Authorization").split()[1]
    client.headers["Cookie"] = f"wenshu_session={token}"
    return client


def test_an_answer_to_a_surprise_bears_the_name_of_its_request(built: Installation) -> None:
    app = create_web(built, hints=())

    @app.get("/api/v1/surprise")
    def surprise() -> None:
        raise RuntimeError("nobody expected this")

    app.router.routes.insert(0, app.router.routes.pop())
    client = TestClient(app, raise_server_exceptions=False)
    answer = client.get("/api/v1/surprise", headers={"X-Request-ID": "asked-17"})
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] == answer.json()["request"] == "asked-17"
