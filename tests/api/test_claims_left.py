"""A task that somebody took and left is found: by his colleagues, by who administers (ADD-10)."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from tests.api.conftest import SignIn
from tests.api.office import act, begun, state
from wenshu.building.installation import Installation
from wenshu.settings import Settings

KIND = """
kind: errand_slip
title: 交办单
version: 1
fields:
  title: {label: 事项, type: text, required: true}
meaning: {title: title}
states:
  draft: {label: 起草, read: participants, edit: [author]}
  desk:  {label: 待办理, read: participants}
  done:  {label: 已办, read: participants, done: true}
start: {state: draft, by: [role:staff]}
actions:
  send:
    {label: 发送, from: [draft], to: desk, by: [holder], next: [{post: 机要室, of: own_organ}]}
  shelve: {label: 送档案员, from: [draft], to: desk, by: [holder], next: [{role: archivist}]}
  claim:  {label: 认领, from: [desk], task: claim, by: [holder]}
  finish: {label: 办结, from: [desk], to: done, by: [holder]}
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation with a kind whose tasks are claimed."""
    kinds = tmp_path / "data" / "kinds"
    kinds.mkdir(parents=True)
    (kinds / "errand_slip.yaml").write_text(KIND, encoding="utf-8")
    return Settings(data=tmp_path / "data", password_memory_kib=64)


def leaves(built: Installation, login: str, **person: object) -> None:
    row = {"login": login, "name": "甲一", "unit": "office", **person, "disabled": True}
    built.house.people.load(PeopleRows([], [row]), lasting=True)


def tasks_of(admin: TestClient, holder: str) -> list[dict[str, Any]]:
    held = admin.get("/api/v1/stranded/tasks", params={"holder": holder}).json()
    return [{key: task[key] for key in ("record", "revision", "task")} for task in held["tasks"]]


@pytest.mark.feature("SY-06")
def test_what_the_last_of_a_post_took_and_left_is_handed_over(
    sign_in: SignIn, built: Installation
) -> None:
    drafter, admin = sign_in("drafter"), sign_in("admin")
    record = begun(drafter, "errand_slip", title="查阅档案")
    assert act(drafter, record, "发送").status_code == 200
    assert act(sign_in("registry"), record, "认领").status_code == 200
    leaves(built, "registry", posts=["机要室"])

    (vacancy,) = admin.get("/api/v1/stranded").json()
    assert (vacancy["holder"], vacancy["records"]) == ("post:office/机要室", 1)
    held = admin.get("/api/v1/stranded/tasks", params={"holder": "person:registry"}).json()
    (task,) = held["tasks"]
    assert (held["total"], task["record"], task["title"]) == (1, record, None)
    call = {
        "tasks": tasks_of(admin, "person:registry"),
        "to": "keeper",
        "reason": "离岗",
        "idempotency_key": "k",
    }
    (done,) = admin.post("/api/v1/stranded/hand-over", json=call).json()
    assert done["done"], done
    keeper = sign_in("keeper")
    assert keeper.get("/api/v1/tasks?list=todo").json()["total"] == 1
    assert act(keeper, record, "办结").status_code == 200
    assert state(drafter, record) == "done"


@pytest.mark.feature("SY-06")
def test_what_waits_for_a_role_that_nobody_has_any_more_is_handed_over(
    sign_in: SignIn, built: Installation
) -> None:
    drafter, admin = sign_in("drafter"), sign_in("admin")
    record = begun(drafter, "errand_slip", title="查阅档案")
    assert act(drafter, record, "送档案员").status_code == 200
    assert admin.get("/api/v1/stranded").json() == []
    leaves(built, "keeper", roles=["archivist"])
    (vacancy,) = admin.get("/api/v1/stranded").json()
    assert vacancy == {"holder": "role:archivist", "name": "档案员", "records": 1}
    call = {"tasks": tasks_of(admin, "role:archivist"), "to": "registry", "reason": "离岗"}
    (done,) = admin.post("/api/v1/stranded/hand-over", json={**call, "idempotency_key": "k"}).json()
    assert done["done"], done
    assert act(sign_in("registry"), record, "办结").status_code == 200
