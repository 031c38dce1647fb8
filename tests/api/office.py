"""Drives records through the approval API as outside programs do: by labels, one call each."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from tests.api.conftest import PASSWORD
from wenshu.building.installation import Installation

KEEPERS: tuple[Mapping[str, object], ...] = (
    {"login": "watch", "name": "督一", "unit": "office", "posts": ["督查室"]},
    {"login": "lawkeeper", "name": "法一", "unit": "law", "posts": ["督查管理员"]},
    {"login": "foodkeeper", "name": "食一", "unit": "food", "posts": ["督查管理员"]},
    {"login": "pricekeeper", "name": "价一", "unit": "price", "posts": ["督查管理员"]},
)
"""Who registers a 督查件, and who answers for three units."""


def supervised(built: Installation, *more: Mapping[str, object]) -> None:
    """The people of 督查 in their units, and `more`."""
    units = [{"code": "price", "name": "价格科", "parent": "county"}]
    joined(built, *KEEPERS, *more, units=units)


def joined(
    built: Installation,
    *people: Mapping[str, object],
    units: Sequence[Mapping[str, object]] = (),
) -> None:
    """People who can sign in, beside those that every test has."""
    rows = [{**person, "password": PASSWORD} for person in people]
    built.house.people.load(PeopleRows(units, rows), lasting=True)


def item(client: TestClient, fields: Mapping[str, Any]) -> str:
    """A 督查件 with its original; its identifier."""
    record = begun(client, "supervision", **fields)
    revision = client.get(f"/api/v1/records/{record}").json()["revision"]
    answer = client.post(
        f"/api/v1/records/{record}/files",
        files={"file": ("原文.txt", "原文".encode())},
        data={"part": "original"},
        headers={"If-Match": f'"{revision}"'},
    )
    assert answer.status_code in {200, 201}, answer.text
    return record


def begun(client: TestClient, kind: str, **fields: Any) -> str:
    """A new record; its identifier."""
    answer = client.post("/api/v1/records", json={"kind": kind, "fields": fields})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def offered(client: TestClient, record: str) -> dict[str, dict[str, Any]]:
    """What the caller can do now, by label."""
    offers = client.get(f"/api/v1/records/{record}/actions").json()
    return {offer["label"]: offer for offer in offers if offer["allowed"]}


def act(client: TestClient, record: str, label: str, **given: Any) -> Any:
    """Take the action of that label on the newest revision; the answer."""
    offers = client.get(f"/api/v1/records/{record}/actions").json()
    named = [offer for offer in offers if offer["label"] == label]
    chosen = next((offer for offer in named if offer["allowed"]), named[0])
    revision = client.get(f"/api/v1/records/{record}").json()["revision"]
    body = {"revision": revision, "opinion": "意见" if chosen["opinion"] == "required" else ""}
    path = f"/api/v1/records/{record}/actions/{chosen['name']}"
    return client.post(path, json={**body, **given})


def state(client: TestClient, record: str) -> str:
    """Where the record stands."""
    return str(client.get(f"/api/v1/records/{record}").json()["state"])
