"""Levels of secrecy over HTTP: who may change one, and what a change opens."""

import json

from records.people.people_rows import PeopleRows
from tests.api.conftest import SignIn
from wenshu.building.installation import Installation


def test_who_may_edit_may_raise_the_level_but_only_the_owner_lowers_it(sign_in: SignIn) -> None:
    owner, editor, public = sign_in("drafter"), sign_in("head"), sign_in("public")
    grants = [{"to": "person:head", "right": "edit"}, {"to": "everyone"}]
    made = owner.post(
        "/api/v1/files",
        files={"file": ("内部.txt", "内部掌握的情况".encode())},
        data={"level": "内部", "grants": json.dumps(grants)},
    ).json()
    address = f"/api/v1/records/{made['id']}"

    lowered = editor.patch(address, json={"level": "公开"}, headers={"If-Match": '"1"'})
    assert (lowered.status_code, lowered.json()["reason"]) == (403, "only_owner_lowers")
    assert public.get(address).status_code == 404

    by_owner = owner.patch(address, json={"level": "公开"}, headers={"If-Match": '"1"'})
    assert by_owner.status_code == 200
    assert public.get(address).status_code == 200
    raised = editor.patch(address, json={"level": "内部"}, headers={"If-Match": '"2"'})
    assert raised.status_code == 200
    assert public.get(address).status_code == 404


def test_nobody_takes_a_record_above_its_owner(sign_in: SignIn) -> None:
    owner, editor = sign_in("public"), sign_in("head")
    grants = [{"to": "person:head", "right": "edit"}]
    made = owner.post(
        "/api/v1/files",
        files={"file": ("公开.txt", "公开的情况".encode())},
        data={"level": "公开", "grants": json.dumps(grants)},
    ).json()
    address = f"/api/v1/records/{made['id']}"

    raised = editor.patch(address, json={"level": "内部"}, headers={"If-Match": '"1"'})
    assert (raised.status_code, raised.json()["reason"]) == (422, "above_owner")
    assert "所有人" in raised.json()["title"]
    assert owner.get(address).json()["level"] == "公开"
    assert owner.get(address).json()["revision"] == 1


def test_a_record_above_its_owner_since_he_was_lowered_can_still_be_changed_and_lowered(
    built: Installation, sign_in: SignIn
) -> None:
    owner, editor = sign_in("drafter"), sign_in("head")
    grants = [{"to": "person:head", "right": "edit"}]
    made = owner.post(
        "/api/v1/files",
        files={"file": ("内部.txt", "内部掌握的情况".encode())},
        data={"level": "内部", "grants": json.dumps(grants)},
    ).json()
    row = {"login": "drafter", "name": "丙三", "unit": "law", "clearance": "公开"}
    built.house.people.load(PeopleRows([], [row]))
    address = f"/api/v1/records/{made['id']}"
    assert owner.get(address).status_code == 404
    again = editor.patch(address, json={"level": "内部"}, headers={"If-Match": '"1"'})
    assert again.status_code == 200
