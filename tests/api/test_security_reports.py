"""安全举报, 违规记录 over HTTP: told, looked into; heard, decided, kept (AQ-09, AQ-10)."""

from collections.abc import Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import SignIn
from tests.api.office import act, begun, joined, offered, state
from tests.api.papers import done
from wenshu.building.installation import Installation

PEOPLE: tuple[Mapping[str, object], ...] = (
    {"login": "officer", "name": "安一", "unit": "office", "roles": ["security_officer"]},
    {"login": "director", "name": "主任一", "unit": "office", "posts": ["办公室主任"]},
    {"login": "leader", "name": "局一", "unit": "bureau", "posts": ["主要领导"]},
    {"login": "culprit", "name": "违一", "unit": "law"},
)
SEEN = {
    "title": "他人的工资表能直接打开",
    "category": "越权访问",
    "seen_on": "2026-11-20",
    "facts": "共享目录中可以打开他科室的工资表。",
    "phone": "000123",
}


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    joined(built, *PEOPLE)


VIOLATION = {
    "title": "打开他科室的工资表",
    "category": "越权访问",
    "people": ["culprit"],
    "happened_on": "2026-11-19",
    "facts": "日志中有三次打开的记录。",
}


def reported(sign_in: SignIn) -> str:
    record = begun(sign_in("drafter"), "security_report", **SEEN)
    done(sign_in("drafter"), record, "提交")
    return record


def fields_of(client: TestClient, record: str) -> dict[str, Any]:
    return dict(client.get(f"/api/v1/records/{record}").json()["fields"])


def may_read(sign_in: SignIn, record: str, *logins: str) -> list[bool]:
    path = f"/api/v1/records/{record}"
    return [sign_in(login).get(path).status_code == 200 for login in logins]


@pytest.mark.feature("AQ-09")
def test_a_report_is_looked_into_and_closed_by_who_made_it(sign_in: SignIn) -> None:
    record = reported(sign_in)
    assert may_read(sign_in, record, "admin", "head", "officer") == [True, False, False]
    done(sign_in("admin"), record, "受理")
    done(sign_in("admin"), record, "记录进展")
    assert act(sign_in("admin"), record, "处理完毕").status_code == 422  # says not what was done
    done(sign_in("admin"), record, "处理完毕", fields={"conclusion": "已收回共享。"})
    author = sign_in("drafter")
    assert fields_of(author, record)["conclusion"] == "已收回共享。"
    done(author, record, "仍有问题", opinion="备份目录里还有一份。")
    assert state(author, record) == "looking"
    assert "撤回" not in offered(author, record)
    done(sign_in("admin"), record, "处理完毕", fields={"conclusion": "备份也已收回。"})
    done(author, record, "反馈并关闭", fields={"satisfied": "满意"})
    assert state(author, record) == "closed"
    assert not offered(sign_in("admin"), record).keys() & {"受理", "处理完毕"}


@pytest.mark.feature("AQ-09")
def test_a_report_is_dismissed_with_a_reason_or_taken_back(sign_in: SignIn) -> None:
    dismissed, withdrawn = reported(sign_in), reported(sign_in)
    assert act(sign_in("admin"), dismissed, "不予受理", opinion="").status_code == 422
    done(sign_in("admin"), dismissed, "不予受理", opinion="不是本系统的问题。")
    assert state(sign_in("drafter"), dismissed) == "dismissed"
    done(sign_in("drafter"), withdrawn, "撤回", opinion="看错了。")
    assert "受理" not in offered(sign_in("admin"), withdrawn)


@pytest.mark.feature("AQ-10")
def test_a_violation_is_heard_decided_by_another_and_kept(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    record = begun(admin, "violation", **VIOLATION)
    assert may_read(sign_in, record, "culprit", "head", "drafter") == [False, False, False]
    done(admin, record, "发本人说明")
    assert fields_of(admin, record)["number"].startswith("违规2026-")
    culprit = sign_in("culprit")
    assert set(offered(culprit, record)) >= {"说明"}
    done(culprit, record, "说明", opinion="误点打开，未保存。")
    director = sign_in("director")
    assert act(director, record, "审定").status_code == 422
    decided = {"sanction": "提醒谈话", "basis": "信息系统使用规定第八条"}
    done(director, record, "审定", fields=decided)
    assert state(admin, record) == "decided"
    revision = admin.get(f"/api/v1/records/{record}").json()["revision"]
    changed = admin.patch(
        f"/api/v1/records/{record}",
        json={"fields": {"facts": "改写"}},
        headers={"If-Match": f'"{revision}"'},
    )
    assert changed.status_code == 403


@pytest.mark.feature("AQ-10")
def test_whom_it_names_decides_nothing_and_another_does(sign_in: SignIn) -> None:
    record = begun(sign_in("admin"), "violation", **{**VIOLATION, "people": ["director"]})
    done(sign_in("admin"), record, "发本人说明")
    director = sign_in("director")
    done(director, record, "说明", opinion="系误操作。")
    decided = {"sanction": "不予处理", "basis": "无"}
    refused = act(director, record, "审定", fields=decided)
    assert refused.status_code == 403
    assert "违规人员" in refused.text
    done(director, record, "转办", next=["leader"])
    done(sign_in("leader"), record, "审定", fields=decided)
    assert state(sign_in("admin"), record) == "decided"


@pytest.mark.feature("AQ-10")
def test_nobody_registers_a_violation_but_who_keeps_the_system(sign_in: SignIn) -> None:
    answer = sign_in("head").post(
        "/api/v1/records", json={"kind": "violation", "fields": {"title": "甲"}}
    )
    assert answer.status_code == 403
