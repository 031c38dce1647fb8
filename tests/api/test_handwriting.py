"""Opinions by pen over HTTP: kept with the record, seen by who may read the opinion (GT-08)."""

import hashlib
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.identity import RecordId, Sha256
from storage.keys import blob_key
from tests.api.conftest import Browse, SignIn
from tests.api.office import begun
from tests.api.papers import a_docx, with_file
from wenshu.building.installation import Installation

LINE = "720x300;20,40,4 120,60,5 220,40,4"
FIELDS = {"title": "关于防汛的通知", "body": "请做好准备。", "audience": ["everyone"]}


@pytest.fixture
def record(sign_in: SignIn) -> str:
    """A notice that waits for the head of the section; revision 2."""
    drafter = sign_in("drafter")
    made = begun(drafter, "notice", **FIELDS)
    assert act(drafter, made, "submit", 1).status_code == 200
    return made


def act(client: TestClient, record: str, name: str, revision: int, **given: Any) -> Any:
    body = {"revision": revision, **given}
    return client.post(f"/api/v1/records/{record}/actions/{name}", json=body)


def drawn(client: TestClient, record: str) -> list[str]:
    opinions = client.get(f"/api/v1/records/{record}").json()["opinions"]
    return [each["handwriting"] for each in opinions if each["action"] == "agree"]


@pytest.mark.feature("GT-08", "FW-14")
def test_what_was_written_by_pen_is_kept_with_its_digest_beside_the_words(
    sign_in: SignIn, record: str
) -> None:
    head = sign_in("head")
    given = {"opinion": "同意。", "handwriting": LINE}
    assert act(head, record, "agree", 2, **given).status_code == 200
    (sha256,) = drawn(head, record)
    answer = head.get(f"/api/v1/records/{record}/handwriting/{sha256}")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert hashlib.sha256(answer.content).hexdigest() == sha256
    assert b"M20 40L120 60" in answer.content
    assert head.get(f"/api/v1/records/{record}").json()["files"] == [], "no file of the record"


@pytest.mark.feature("GT-08")
def test_a_call_repeated_with_its_key_is_answered_once_and_with_another_drawing_refused(
    sign_in: SignIn, record: str
) -> None:
    head = sign_in("head")
    given = {"handwriting": LINE, "idempotency_key": "k"}
    assert act(head, record, "agree", 2, **given).status_code == 200
    assert act(head, record, "agree", 2, **given).status_code == 200
    assert len(drawn(head, record)) == 1
    other = {**given, "handwriting": LINE.replace("120,60", "120,90")}
    assert act(head, record, "agree", 2, **other).json()["reason"] == "key_reused"


@pytest.mark.feature("GT-08")
def test_only_who_may_read_the_opinion_sees_the_picture(
    sign_in: SignIn, browse: Browse, record: str
) -> None:
    assert act(sign_in("head"), record, "agree", 2, handwriting=LINE).status_code == 200
    (sha256,) = drawn(sign_in("head"), record)
    here, page = f"/api/v1/records/{record}/handwriting/{sha256}", f"/records/{record}"
    assert sign_in("reader").get(here).status_code == 404, "he may not even read the record yet"
    assert act(sign_in("registry"), record, "publish", 3).status_code == 200
    assert sign_in("reader").get(f"/api/v1/records/{record}").status_code == 200
    for login, status in (("drafter", 200), ("registry", 200), ("reader", 404)):
        assert sign_in(login).get(here).status_code == status, login
        assert browse(login).get(f"{page}/handwriting/{sha256}").status_code == status, login
        assert (sha256 in browse(login).get(page).text) == (status == 200), login
    assert sign_in("drafter").get(here[:-1] + "x").status_code == 404


@pytest.mark.feature("GT-08")
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("720x300", "empty_drawing"),
        ("720x300;1,1,1 2,2,1", "empty_drawing"),
        ("<svg onload=alert(1)>", "bad_drawing"),
        ("720x300;" + "1,1,1 9,9,1 " * 10_001, "drawing_too_large"),
    ],
)
def test_what_is_no_drawing_is_refused_in_words_and_nothing_is_done(
    sign_in: SignIn, record: str, line: str, reason: str
) -> None:
    head = sign_in("head")
    answer = act(head, record, "agree", 2, handwriting=line)
    assert (answer.status_code, answer.json()["reason"]) == (422, reason)
    assert head.get(f"/api/v1/records/{record}").json()["revision"] == 2


@pytest.mark.feature("GT-08")
def test_a_dialog_that_is_refused_holds_the_strokes_and_the_words(
    browse: Browse, record: str
) -> None:
    head = browse("head")
    form = {"revision": "1", "opinion": "同意防汛", "handwriting": LINE}
    answer = head.post(f"/records/{record}/actions/agree", data=form)
    assert answer.status_code == 409
    assert LINE in answer.text
    assert "同意防汛" in answer.text
    form = {"revision": "2", "opinion": "同意防汛", "handwriting": "720x300"}
    answer = head.post(f"/records/{record}/actions/agree", data=form)
    assert answer.status_code == 422
    assert "手写意见是空的" in answer.text


@pytest.mark.feature("GT-08", "CX-04")
def test_the_picture_stands_in_the_box_of_the_paper_form(sign_in: SignIn, browse: Browse) -> None:
    drafter, head = sign_in("drafter"), sign_in("head")
    fields = {"title": "在全市会议上的讲话", "paper_kind": "讲话稿"}
    paper = begun(drafter, "manuscript", **fields)
    with_file(drafter, paper, "body", "正文.docx", a_docx("同志们："))
    assert act(drafter, paper, "send", 2, next=["head"]).status_code == 200
    answer = act(head, paper, "to_sign", 3, next=["registry"], handwriting=LINE)
    assert answer.status_code == 200, answer.text
    shown = browse("drafter").get(f"/records/{paper}/slip").text
    box = shown.partition("审核意见")[2].partition("审签意见")[0]
    assert f'src="/records/{paper}/handwriting/' in box
    assert "乙二" in box


@pytest.mark.feature("GT-08", "AQ-07")
def test_a_picture_that_is_lost_is_named_by_verify(
    sign_in: SignIn, record: str, built: Installation
) -> None:
    assert act(sign_in("head"), record, "agree", 2, handwriting=LINE).status_code == 200
    (sha256,) = drawn(sign_in("head"), record)
    assert [each.damages for each in built.verification.run()] == [()]
    blob = blob_key(RecordId(record), Sha256(str(sha256)))
    (built.settings.data / "store" / blob).unlink()
    damages = [damage for each in built.verification.run() for damage in each.damages]
    assert [(each.sha256, each.reason) for each in damages] == [(sha256, "missing_file")]
