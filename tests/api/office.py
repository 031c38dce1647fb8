"""Drives records through the approval API as outside programs do: by labels, one call each."""

from typing import Any

from fastapi.testclient import TestClient


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
