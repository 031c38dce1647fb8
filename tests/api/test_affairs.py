"""综合事务 over HTTP: begun from a declared form, handed on, taken back, settled, rated (B25)."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Browse, SignIn
from tests.api.office import act, begun, offered, state
from tests.api.papers import done, staffed, with_file
from wenshu.building.installation import Installation

ASKED = {"title": "关于添置打印机的请示", "category": "请示", "content": "科室打印机已坏。"}

FORMS: dict[str, dict[str, Any]] = {
    "affair": ASKED,
    "seal_request": {
        "title": "年度合同",
        "seal": "合同专用章",
        "copies": 3,
        "need_on": "2026-12-01",
    },
    "supply_request": {
        "title": "年终检查",
        "items": [{"name": "打印纸", "amount": 5}, {"name": "签字笔", "amount": 20}],
        "need_on": "2026-12-01",
    },
}


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    staffed(built)


def listed(client: TestClient, which: str, kind: str = "affair") -> list[str]:
    """What stands in a list of work."""
    tasks = client.get("/api/v1/tasks", params={"list": which, "kind": kind}).json()["tasks"]
    return [task["id"] for task in tasks]


@pytest.mark.feature("RW-01", "RW-04")
@pytest.mark.parametrize("kind", FORMS)
def test_each_affair_has_a_form_of_its_own_and_goes_to_whom_its_author_chooses(
    sign_in: SignIn, browse: Browse, kind: str
) -> None:
    drafter = sign_in("drafter")
    form = browse("drafter").get(f"/records/new/{kind}").text
    labels = {"affair": "内容", "seal_request": "印章", "supply_request": "规格、备注"}
    for other, label in labels.items():
        assert (f">{label}" in form) is (other == kind), label
    assert ">评价" not in form  # nobody rates what is not done
    empty = begun(drafter, kind, title="题")
    refused = act(drafter, empty, "提交", next=["registry"])
    assert (refused.status_code, "还有必填内容没有填写" in refused.text) == (422, True)
    record = begun(drafter, kind, **FORMS[kind])
    if kind == "seal_request":
        missing = act(drafter, record, "提交", next=["registry"])
        assert (missing.status_code, "用印文件" in missing.text) == (422, True)
        with_file(drafter, record, "attachments", "合同.txt", "合同".encode())
    assert act(drafter, record, "提交").status_code == 422  # nobody was chosen
    done(drafter, record, "提交", next=["registry"])
    registry = sign_in("registry")
    assert listed(registry, "todo", kind) == [record]
    done(registry, record, "转办", next=["pricehead"])
    done(sign_in("pricehead"), record, "办结", opinion="已办妥")
    told = drafter.get("/api/v1/notifications").json()["notifications"]
    assert [each["about"] for each in told if each["record"] == record].count("finished") == 1
    slip = browse("drafter").get(f"/records/{record}/slip").text
    assert "已办妥" in slip
    done(drafter, record, "评价", fields={"rating": "满意"})
    assert state(drafter, record) == "rated"


@pytest.mark.feature("RW-02", "RW-03")
def test_open_affairs_and_settled_ones_stand_in_lists_of_their_own(sign_in: SignIn) -> None:
    drafter, registry = sign_in("drafter"), sign_in("registry")
    late = begun(drafter, "affair", **ASKED, due_on="2026-12-20")
    soon = begun(drafter, "affair", **{**ASKED, "urgency": "特急"})
    assert sorted(listed(drafter, "todo")) == sorted([late, soon])  # drafts are open
    for record in (late, soon):
        done(drafter, record, "提交", next=["registry"])
    assert listed(drafter, "todo") == []
    assert sorted(listed(drafter, "done")) == sorted([late, soon])
    assert listed(registry, "todo") == [soon, late]  # 特急 first
    done(registry, soon, "会办", next=["pricehead", "chief"])
    assert listed(registry, "todo") == [late]
    for who in ("pricehead", "chief"):
        done(sign_in(who), soon, "会办意见", opinion="无意见")
    assert listed(registry, "todo") == [soon, late]
    done(registry, soon, "办结", opinion="已购")
    assert listed(registry, "todo") == [late]
    assert listed(registry, "done") == [soon]
    assert listed(sign_in("reader"), "done") == []


@pytest.mark.feature("RW-03")
def test_what_one_has_sent_is_taken_back_only_until_the_next_has_opened_it(
    sign_in: SignIn,
) -> None:
    drafter, registry = sign_in("drafter"), sign_in("registry")
    record = begun(drafter, "affair", **ASKED)
    done(drafter, record, "提交", next=["registry"])
    done(drafter, record, "撤回")
    assert state(drafter, record) == "draft"
    assert registry.get(f"/api/v1/records/{record}").status_code == 404
    done(drafter, record, "提交", next=["registry"])
    assert registry.post(f"/api/v1/records/{record}/opened").status_code == 204
    assert "撤回" not in offered(drafter, record)
    refused = act(drafter, record, "撤回")
    assert (refused.status_code, state(drafter, record)) == (403, "handling")
    assert "已经打开" in refused.text
    assert "撤回" not in offered(registry, record)  # nor by who did not send it
    done(registry, record, "退回", opinion="请写明型号")
    assert listed(drafter, "todo") == [record]
