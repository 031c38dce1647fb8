"""What everybody has left is sent on by an administrator, who reads nothing by it (SY-06)."""

import pytest
from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from tests.api.conftest import SignIn
from tests.api.office import act, begun
from wenshu.building.installation import Installation


def left(built: Installation, *logins: str) -> None:
    names = {"drafter": "丙三", "head": "乙二"}
    rows = [{"login": n, "name": names[n], "unit": "law", "disabled": True} for n in logins]
    built.house.people.load(PeopleRows([], rows), lasting=True)


def tended(client: TestClient, record: str, to: str) -> int:
    body = {"revision": 2, "opinion": "原办理人均已离岗", "next": {"": [to]}}
    return client.post(f"/api/v1/records/{record}/actions/tend", json=body).status_code


@pytest.fixture
def record(sign_in: SignIn) -> str:
    record = begun(sign_in("drafter"), "notice", title="题", body="文", audience=["everyone"])
    assert act(sign_in("drafter"), record, "送审").status_code == 200
    return record


def test_an_administrator_sends_on_what_everybody_has_left_and_does_not_read_it(
    sign_in: SignIn, built: Installation, record: str
) -> None:
    left(built, "drafter", "head")
    admin = sign_in("admin")
    assert admin.get(f"/api/v1/records/{record}").status_code == 404
    assert tended(admin, record, "admin") == 403
    assert tended(admin, record, "registry") == 200
    assert admin.get(f"/api/v1/records/{record}").status_code == 404
    assert act(sign_in("registry"), record, "同意").status_code == 200


def test_what_somebody_holds_does_not_exist_for_an_administrator(
    sign_in: SignIn, built: Installation, record: str
) -> None:
    left(built, "drafter")
    assert tended(sign_in("admin"), record, "registry") == 404
    assert tended(sign_in("reader"), record, "registry") == 404
