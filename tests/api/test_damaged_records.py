"""What a reader is told of a record whose bytes in the store are not what was put there."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from records.identity import Login, RecordId
from services.people.sessions import SESSION_COOKIE
from storage.filesystem_store import FilesystemObjectStore
from storage.keys import revision_key
from tests.api.conftest import PASSWORD, SignIn
from wenshu.building.installation import Installation
from wenshu.building.web import create_web
from wenshu.settings import Settings

SAID = ("已损坏", "wenshu verify")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """No revision is remembered, so that damage is seen at once."""
    return replace(settings, revision_cache_bytes=0)


@pytest.fixture
def store(built: Installation) -> FilesystemObjectStore:
    return FilesystemObjectStore(built.settings.store)


@pytest.fixture
def client(built: Installation) -> TestClient:
    token = built.house.sessions.open(Login("drafter"), client="test", restricted=False)
    web = create_web(built, hints=())
    cookies, headers = {SESSION_COOKIE: token}, {"Authorization": f"Bearer {token}"}
    return TestClient(web, headers=headers, cookies=cookies, raise_server_exceptions=False)


@pytest.fixture
def damaged(client: TestClient, store: FilesystemObjectStore) -> str:
    """A record of one revision, whose bytes were changed."""
    answer = client.post("/api/v1/files", files={"file": ("a.txt", b"content")})
    record = str(answer.json()["id"])
    path = store.local_path(revision_key(RecordId(record), 1))
    path.write_bytes(path.read_bytes().replace(b"a.txt", b"b.txt"))
    return record


@pytest.mark.parametrize("rest", ["", "/revisions", "/actions", "/files/a.txt", "/receipts"])
def test_a_damaged_record_is_told_as_such_and_not_as_missing(
    client: TestClient, damaged: str, rest: str
) -> None:
    answer = client.get(f"/api/v1/records/{damaged}{rest}")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["reason"] == "torn_revision"
    assert problem["facts"] == {"record": damaged, "number": 1}
    assert SAID[0] in problem["title"]
    assert SAID[1] in problem["detail"]


def test_a_damaged_record_is_not_changed(
    client: TestClient, damaged: str, store: FilesystemObjectStore
) -> None:
    answer = client.patch(
        f"/api/v1/records/{damaged}", json={"fields": {}}, headers={"If-Match": "1"}
    )
    assert (answer.status_code, answer.json()["reason"]) == (500, "torn_revision")
    assert store.stat(revision_key(RecordId(damaged), 2)) is None


@pytest.mark.parametrize("rest", ["", "/download?file=a.txt", "/edit", "/share"])
def test_its_page_says_so_and_what_to_do_next(client: TestClient, damaged: str, rest: str) -> None:
    answer = client.get(f"/records/{damaged}{rest}", headers={"Accept": "text/html"})
    assert answer.status_code == 500
    assert all(words in answer.text for words in SAID)
    assert "没有丢失" not in answer.text
    assert "Traceback" not in answer.text


def test_a_damaged_account_is_told_to_whoever_signs_in(
    client: TestClient, store: FilesystemObjectStore
) -> None:
    (key,) = [stat.key for stat in store.list("chains/accounts/head/", after="")]
    store.replace(key, b"torn")
    answer = client.post("/api/v1/session", json={"login": "head", "password": PASSWORD})
    problem = answer.json()
    assert (answer.status_code, problem["reason"]) == (500, "torn_link")
    assert SAID[0] in problem["title"]
    assert "备份" in problem["detail"]


def test_the_description_of_the_api_tells_of_it(sign_in: SignIn) -> None:
    operations = sign_in("admin").get("/api/v1/openapi.json").json()["paths"]
    told = operations["/api/v1/records/{record}"]["get"]["responses"]["500"]
    assert "torn_revision" in told["description"]
    assert "application/problem+json" in told["content"]
