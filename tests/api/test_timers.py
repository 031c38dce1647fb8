"""Actions that time takes (M13)."""

from records.identity import RecordId
from records.ports.job_queue import Job, JobName
from storage.claims import StoredClaims
from storage.keys import revision_key
from tests.api.conftest import SignIn
from tests.api.test_notice_flow import act, draft
from wenshu.building.installation import Installation


def test_an_action_that_cannot_be_taken_is_told_and_holds_back_no_other(
    built: Installation, sign_in: SignIn
) -> None:
    record = draft(sign_in("drafter"), expires_on="2026-01-02")
    for number, (login, name) in enumerate(
        (("drafter", "submit"), ("head", "agree"), ("registry", "publish")), start=1
    ):
        assert act(sign_in(login), record, name, number).status_code == 200
    torn = RecordId("01ARZ3NDEKTSV4RRFFQ69G5FAV")
    built.engines.store.create(revision_key(torn, 1), b"torn")
    claims = StoredClaims(built.engines.store)
    claims.take(f"timers/2026/01/01/0000/{torn[:6]}/{torn}~expire", b"")
    built.runner.run(Job(JobName.TIMERS))
    assert sign_in("drafter").get(f"/api/v1/records/{record}").json()["state"] == "expired"
    (later,) = (name for name in claims.names("timers/") if torn in name)
    assert later.endswith(f"{torn}~expire")
    assert not later.startswith("timers/2026/01/01")  # it is tried again in an hour
    built.drain.round()
    (task,) = sign_in("admin").get("/api/v1/tasks").json()["tasks"]
    assert task["title"] == "定时办理未完成"
