"""督查信箱: what is taken up begins a 督查件, and both ends know both (DC-13, SUB-08)."""

import pytest
from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from tests.api.conftest import PASSWORD, SignIn
from tests.api.test_notice_flow import act
from wenshu.building.installation import Installation


@pytest.fixture
def watch(built: Installation, sign_in: SignIn) -> TestClient:
    """Somebody of the office of supervision."""
    person = {
        "login": "watch",
        "name": "辛八",
        "unit": "office",
        "posts": ["督查室"],
        "password": PASSWORD,
    }
    built.house.people.load(PeopleRows([], [person]), lasting=True)
    return sign_in("watch")


@pytest.mark.feature("DC-13", "FW-12")
def test_sub_08_what_is_taken_up_is_tied_both_ways_and_seen_with_rights(
    sign_in: SignIn, watch: TestClient
) -> None:
    drafter = sign_in("drafter")
    fields = {"title": "群众来信", "reason": "请督办"}
    given = {"kind": "supervision_request", "fields": fields}
    request = drafter.post("/api/v1/records", json=given).json()["id"]
    assert act(watch, request, "take_up", 1).status_code == 200
    (child,) = watch.get(f"/api/v1/records/{request}/related").json()
    assert (child["link"], child["is_parent"], child["title"]) == ("督查", False, "群众来信")
    assert (child["state"], child["done"]) == ("登记中", False)
    found = watch.get(f"/api/v1/records/{child['id']}").json()
    assert found["fields"]["requirement"] == "请督办"
    (parent,) = watch.get(f"/api/v1/records/{child['id']}/related").json()
    assert (parent["id"], parent["is_parent"], parent["state"]) == (request, True, "已立项")
    # SUB-07: whoever sent it in sees how far it is, and nothing of what is inside.
    (seen,) = drafter.get(f"/api/v1/records/{request}/related").json()
    assert (seen["state"], seen["title"]) == ("登记中", None)
    assert drafter.get(f"/api/v1/records/{child['id']}").status_code == 404
    assert sign_in("reader").get(f"/api/v1/records/{request}/related").status_code == 404


def test_a_record_that_came_from_nothing_has_no_ties(sign_in: SignIn) -> None:
    given = {"kind": "folder", "fields": {"title": "目录"}}
    record = sign_in("drafter").post("/api/v1/records", json=given).json()["id"]
    assert sign_in("drafter").get(f"/api/v1/records/{record}/related").json() == []
