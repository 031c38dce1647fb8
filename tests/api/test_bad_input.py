"""Input that nobody sends by mistake: refused with a reason, never with a fault of the server."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from gate.body_limit import SMALL_BYTES
from tests.api.conftest import SignIn

ALONE = "\ud800"
"""Half of a surrogate pair: JSON can spell it, UTF-8 cannot."""

JSON = {"Content-Type": "application/json"}
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "body",
    [
        {"kind": ALONE},
        {"kind": "notice", "fields": {"title": f"标题{ALONE}"}},
        {"kind": "notice", "fields": {ALONE: "标题"}},
        {"kind": "notice", "fields": {"title": "标题", "audience": [ALONE]}},
        {"kind": "notice", "fields": {"title": "标题"}, "level": ALONE},
        {"kind": "notice", "fields": {"title": "标题"}, "grants": [{"to": ALONE}]},
    ],
)
def test_half_a_character_is_refused(sign_in: SignIn, body: dict[str, Any]) -> None:
    answer = sign_in("drafter").post("/api/v1/records", content=json.dumps(body), headers=JSON)
    assert answer.status_code == 422, answer.text
    assert answer.json()["reason"] != "unexpected"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("lists/notice/views", {"name": "甲", "filter": [f"category:{ALONE}"]}),
        ("lists/notice/views", {"name": "甲", "columns": [ALONE]}),
        ("lists/notice/actions", {"records": [ALONE]}),
        ("records/x/actions/agree", {"revision": 1, "next": [ALONE]}),
        ("records/x/actions/agree", {"revision": 1, "signer": ALONE}),
        ("records/x/answers", {"recipient": ALONE}),
        ("records/x/answers", {"removed": [ALONE]}),
        ("phrases", {"text": ALONE}),
    ],
)
def test_half_a_character_is_refused_wherever_a_text_is_wanted(
    sign_in: SignIn, path: str, body: dict[str, Any]
) -> None:
    answer = sign_in("head").post(f"/api/v1/{path}", content=json.dumps(body), headers=JSON)
    assert (answer.status_code, answer.json()["facts"]["fault"]) == (422, "string_unicode")


def test_two_files_where_one_is_taken_are_refused_and_none_is_lost(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    two = [("file", ("a.txt", b"one")), ("file", ("b.txt", b"two"))]
    record = drafter.post("/api/v1/files", files=two[:1]).json()["id"]
    tag = {"If-Match": '"1"'}
    for path in ("/api/v1/files", f"/api/v1/records/{record}/files", "/api/v1/exchange"):
        answer = drafter.post(path, files=two, headers=tag)
        assert (answer.status_code, answer.json()["reason"]) == (422, "too_many_files")
    held = drafter.get(f"/api/v1/records/{record}").json()
    assert [file["name"] for file in held["files"]] == ["a.txt"]


@pytest.mark.parametrize(
    "person",
    [
        {"unit": ALONE},
        {"clearance": ALONE},
        {"roles": [ALONE]},
        {"posts": [ALONE]},
        {"password": f"Abc#12345{ALONE}"},
    ],
)
def test_half_a_character_in_a_people_file_is_refused(
    sign_in: SignIn, person: dict[str, Any]
) -> None:
    row = {"login": "fresh", "name": "新人", "unit": "office", **person}
    answer = sign_in("admin").post(
        "/api/v1/people", content=json.dumps({"people": [row]}), headers=JSON
    )
    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize("kind", ["application/json", FORM, "text/plain"])
def test_a_long_body_that_is_no_upload_is_refused_before_it_is_read(
    nobody: TestClient, kind: str
) -> None:
    body = b'{"login": "' + b"x" * (SMALL_BYTES + 1) + b'"}'
    answer = nobody.post("/api/v1/session", content=body, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["reason"]) == (413, "body_too_large")


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nonsense"}])
def test_a_long_upload_of_a_stranger_is_refused_before_it_is_stored(
    nobody: TestClient, headers: dict[str, str]
) -> None:
    limit = SMALL_BYTES + 1
    form = {"Content-Type": "multipart/form-data; boundary=b", **headers}

    def pieces() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        for _ in range(limit // 1_000_000 + 1):
            yield b"x" * 1_000_000

    announced = nobody.post("/api/v1/files", content=b"x" * limit, headers=form)
    counted = nobody.post("/api/v1/files", content=pieces(), headers=form)
    for answer in (announced, counted):
        assert answer.status_code == 401, answer.text
