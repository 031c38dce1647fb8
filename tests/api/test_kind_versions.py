"""A kind is changed while records run: they go on by the version they understand."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from records.identity import Login
from records.people.people_rows import PeopleRows
from tests.api.conftest import worked_off_inline
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.building.web import create_web
from wenshu.settings import Settings

SLIP = """\
kind: slip
title: 单子
version: 1
fields: {title: {label: 标题, type: text, required: true}}
meaning: {title: title}
states:
  review: {label: 待办, read: participants}
  end:    {label: 完结, read: participants, done: true}
start: {state: review, by: [role:staff]}
actions:
  go: {label: 走, from: [review], to: end, by: [holder]}
"""
RENAMED = SLIP.replace("version: 1", "version: 2").replace("review", "handling")
RENAMED = RENAMED.replace("label: 走", "label: 办结").replace("  go:", "  finish:")
MAPPED = RENAMED.replace("label: 待办, read", "was: [review], label: 待办, read")


def declare(data: Path, **files: str) -> None:
    (data / "kinds").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = data / "kinds" / f"{name.replace('_at_', '@')}.yaml"
        path.write_text(text, encoding="utf-8")


@contextmanager
def running(data: Path) -> Iterator[tuple[TestClient, Installation]]:
    """The server with the kinds as they stand now, and somebody signed in."""
    with installation(Settings(data=data, password_memory_kib=64)) as opened:
        built = worked_off_inline(opened)
        people = [{"login": "a", "name": "甲", "unit": "law"}]
        built.house.people.load(PeopleRows([{"code": "law", "name": "法规科"}], people))
        secret = built.house.sessions.open(Login("a"), client="test", restricted=False)
        headers = {"Authorization": f"Bearer {secret}"}
        yield TestClient(create_web(built, hints=()), headers=headers), built


@pytest.fixture
def begun(tmp_path: Path) -> str:
    """The address of a record of version 1, in its first state."""
    declare(tmp_path, slip=SLIP)
    with running(tmp_path) as (client, _):
        made = client.post("/api/v1/records", json={"kind": "slip", "fields": {"title": "一"}})
        return f"/api/v1/records/{made.json()['id']}"


def offered(client: TestClient, record: str) -> list[str]:
    return [offer["name"] for offer in client.get(f"{record}/actions").json()]


@pytest.mark.feature("GI-03")
def test_a_running_record_follows_the_version_that_is_kept_to_its_end(
    tmp_path: Path, begun: str
) -> None:
    declare(tmp_path, slip=RENAMED, slip_at_1=SLIP)
    with running(tmp_path) as (client, built):
        assert "go" in offered(client, begun)
        assert client.post(f"{begun}/actions/go", json={"revision": 1}).status_code == 200
        record = client.get(begun).json()
        assert record["state"] == "end"
        newest = built.census.newest()
        assert {(each.kind_version, each.state) for each in newest} == {(1, "end")}
        fresh = client.post("/api/v1/records", json={"kind": "slip", "fields": {"title": "二"}})
        assert "finish" in offered(client, f"/api/v1/records/{fresh.json()['id']}")


@pytest.mark.feature("GI-03")
def test_a_running_record_goes_on_in_the_state_that_took_the_place_of_its_own(
    tmp_path: Path, begun: str
) -> None:
    declare(tmp_path, slip=MAPPED)
    with running(tmp_path) as (client, built):
        assert client.get("/api/v1/search", params={"q": "一"}).json()["total"] == 1
        assert "finish" in offered(client, begun)
        assert client.post(f"{begun}/actions/finish", json={"revision": 1}).status_code == 200
        newest = built.census.newest()
        assert {(each.kind_version, each.state) for each in newest} == {(2, "end")}


def test_a_record_whose_state_is_gone_is_found_and_opened_and_goes_nowhere(
    tmp_path: Path, begun: str
) -> None:
    declare(tmp_path, slip=RENAMED)
    with running(tmp_path) as (client, _):
        assert client.get(begun).status_code == 200
        assert offered(client, begun) == []
        refused = client.post(f"{begun}/actions/finish", json={"revision": 1})
        assert refused.json()["reason"] == "wrong_state"
