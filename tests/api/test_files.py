"""Files over HTTP: in, found, out, and what is refused."""

import io
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.identity import Login, RecordId
from services.flow.edit import Edit
from tests.api.conftest import Browse, SignIn
from wenshu.building.installation import Installation

FILES = "/api/v1/files"


def upload(client: TestClient, content: bytes, name: str = "通知.txt", **form: Any) -> Any:
    data = {
        key: value if isinstance(value, str) else json.dumps(value) for key, value in form.items()
    }
    return client.post(FILES, files={"file": (name, io.BytesIO(content))}, data=data)


def found(client: TestClient, words: str) -> list[str]:
    answer = client.get("/api/v1/search", params={"q": words})
    assert answer.status_code == 200, answer.text
    return [hit["id"] for hit in answer.json()["hits"]]


@pytest.mark.feature("SS-01", "SS-03", "WJ-02")
def test_an_uploaded_file_is_found_by_its_text_at_once(sign_in: SignIn) -> None:
    client = sign_in("drafter")
    answer = upload(client, "关于开展食品安全抽检的通知".encode())
    assert answer.status_code == 201, answer.text
    hit = client.get("/api/v1/search", params={"q": "安全抽检"}).json()["hits"][0]
    assert hit["id"] == answer.json()["id"]
    assert hit["matches"][0]["html"] == "关于开展食品<mark>安全抽检</mark>的通知"


@pytest.mark.feature("SS-01")
def test_without_a_grant_the_uploader_alone_sees_it(sign_in: SignIn) -> None:
    mine, other, admin = sign_in("drafter"), sign_in("head"), sign_in("admin")
    record = upload(mine, "只有本人可见的内容".encode()).json()["id"]
    for stranger in (other, admin):
        assert found(stranger, "本人可见") == []
        answers = [
            stranger.get(f"/api/v1/records/{record}{rest}")
            for rest in ("", "/revisions", "/actions", "/files/通知.txt", "/receipts")
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert {answer.json()["reason"] for answer in answers} == {"unknown_record"}
        suggested = stranger.get("/api/v1/suggest", params={"q": "通知"}).json()
        assert suggested == []
    nothing = other.get("/api/v1/search", params={"q": "本人可见"}).json()
    assert (nothing["total"], nothing["facets"]["kind"]) == (0, [])


@pytest.mark.feature("YP-03")
def test_grants_open_it_to_a_unit_with_all_below_and_a_revoked_one_closes_it(
    sign_in: SignIn,
) -> None:
    mine, below, beside = sign_in("drafter"), sign_in("reader"), sign_in("head")
    grants = [{"to": "unit:county", "right": "read"}]
    record = upload(mine, "县局可见".encode(), grants=grants).json()["id"]
    assert found(below, "县局可见") == [record]
    assert found(beside, "县局可见") == []
    closed = mine.patch(
        f"/api/v1/records/{record}", json={"grants": []}, headers={"If-Match": '"1"'}
    )
    assert closed.status_code == 200, closed.text
    assert found(below, "县局可见") == []
    assert below.get(f"/api/v1/records/{record}").status_code == 404


@pytest.mark.feature("SY-06")
def test_a_moved_person_loses_sight_with_the_next_request(
    sign_in: SignIn, built: Installation
) -> None:
    mine, below = sign_in("drafter"), sign_in("reader")
    upload(mine, "县局可见".encode(), grants=[{"to": "unit:county"}])
    assert len(found(below, "县局可见")) == 1
    person = built.house.book.current().person("reader")  # type: ignore[arg-type]
    built.house.book.merge([], [person.model_copy(update={"unit": "law"})])
    assert found(below, "县局可见") == []


def test_a_level_above_the_clearance_hides_the_record(sign_in: SignIn) -> None:
    mine, cleared, public = sign_in("drafter"), sign_in("reader"), sign_in("public")
    record = upload(mine, "内部材料".encode(), grants=[{"to": "everyone"}], level="内部").json()[
        "id"
    ]
    assert found(cleared, "内部材料") == [record]
    assert found(public, "内部材料") == []
    assert upload(mine, b"x", level="绝密").json()["reason"] == "above_clearance"


@pytest.mark.feature("YP-02")
def test_a_new_version_replaces_the_file_and_the_old_one_stays_in_history(sign_in: SignIn) -> None:
    client = sign_in("drafter")
    record = upload(client, "第一稿内容".encode()).json()["id"]
    path = f"/api/v1/records/{record}"
    answer = client.post(
        f"{path}/files",
        files={"file": ("通知.txt", "第二稿内容".encode())},
        headers={"If-Match": '"1"'},
    )
    assert answer.json()["revision"] == 2
    assert found(client, "第一稿") == []
    assert found(client, "第二稿") == [record]
    assert client.get(f"{path}/files/通知.txt").content.decode() == "第二稿内容"
    old = client.get(f"{path}/files/通知.txt", params={"revision": 1})
    assert old.content.decode() == "第一稿内容"
    assert [row["revision"] for row in client.get(f"{path}/revisions").json()] == [2, 1]


def test_a_change_on_an_old_revision_names_the_newer_one_and_its_author(sign_in: SignIn) -> None:
    client = sign_in("drafter")
    record = upload(client, b"text").json()["id"]
    path = f"/api/v1/records/{record}"
    for number in ('"1"', "1"):
        answer = client.patch(
            path, json={"fields": {"number": "1号"}}, headers={"If-Match": number}
        )
        if number == '"1"':
            assert answer.status_code == 200
    assert answer.status_code == 409
    assert answer.json()["facts"] | {"record": ""} == {
        "record": "",
        "newest": 2,
        "by": "drafter",
        "given": 1,
    }
    assert client.patch(path, json={}).status_code == 428


def test_a_repeated_idempotency_key_gets_the_first_answer(sign_in: SignIn) -> None:
    client = sign_in("drafter")
    client.headers["Idempotency-Key"] = "k-1"
    first = upload(client, b"once").json()
    assert upload(client, b"once").json()["id"] == first["id"]
    assert upload(client, b"another").json()["reason"] == "key_reused"


def test_the_same_bytes_again_are_taken_and_the_answer_says_so(sign_in: SignIn) -> None:
    client = sign_in("drafter")
    first = upload(client, b"same").json()
    second = upload(client, b"same", name="copy.txt").json()
    assert first["same_content"] is None
    assert second["same_content"] == first["id"]
    assert second["id"] != first["id"]


@pytest.mark.parametrize(
    ("content", "form", "status", "reason"),
    [
        (b"", {}, 422, "empty_file"),
        (b"x" * 5_000_001, {}, 413, "too_large"),
        (b"x" * 10_000_000, {}, 413, "too_large"),
        (b"x", {"kind": "novel"}, 422, "unknown_kind"),
        (b"x", {"kind": "folder"}, 422, "no_parts"),
        (b"x", {"fields": {"colour": "red"}}, 422, "unknown_field"),
        (b"x", {"fields": {"category": "诗"}}, 422, "not_an_option"),
        (b"x", {"fields": {"dated_on": "昨天"}}, 422, "wrong_type"),
        (b"x", {"fields": {"title": "长" * 301}}, 422, "too_long"),
        (b"x", {"fields": "{not json"}, 422, "bad_request"),
        (b"x", {"fields": "[" * 100_000}, 422, "bad_request"),
        (b"x", {"grants": [{"to": "unit:nowhere"}]}, 422, "unknown_token"),
        (b"x", {"grants": [{"to": "everyone", "right": "own"}]}, 422, "wrong_right"),
        (b"x", {"level": "特密"}, 422, "unknown_level"),
    ],
)
def test_bad_input_gets_a_clear_answer(
    sign_in: SignIn,
    built: Installation,
    content: bytes,
    form: dict[str, Any],
    status: int,
    reason: str,
) -> None:
    answer = upload(sign_in("drafter"), content, **form)
    problem = answer.json()
    assert problem["reason"] == reason, problem
    assert answer.status_code in (status, 400)
    assert problem["title"]
    assert problem["detail"]
    assert list(built.settings.staging.glob("*")) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\文件\\报告.docx", "报告.docx"),
        ("长" * 300 + ".txt", "长" * 196 + ".txt"),
        ("gpj.\u202etxt", "gpj.txt"),
        ("..", "未命名"),
    ],
)
def test_an_odd_name_is_made_plain(sign_in: SignIn, given: str, kept: str) -> None:
    client = sign_in("drafter")
    record = upload(client, b"text", name=given).json()["id"]
    files = client.get(f"/api/v1/records/{record}").json()["files"]
    assert [file["name"] for file in files] == [kept]


@pytest.mark.parametrize(
    ("asked", "status", "content", "told"),
    [
        ("bytes=2-4", 206, b"cde", "bytes 2-4/10"),
        ("bytes=7-", 206, b"hij", "bytes 7-9/10"),
        ("bytes=-3", 206, b"hij", "bytes 7-9/10"),
        ("bytes=5-99", 206, b"fghij", "bytes 5-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=0-1,4-5", 200, b"abcdefghij", None),
        ("lines=1-2", 200, b"abcdefghij", None),
    ],
)
def test_a_range_is_answered_as_the_standard_says(
    sign_in: SignIn, asked: str, status: int, content: bytes, told: str | None
) -> None:
    client = sign_in("drafter")
    record = upload(client, b"abcdefghij").json()["id"]
    answer = client.get(f"/api/v1/records/{record}/files/通知.txt", headers={"Range": asked})
    assert (answer.status_code, answer.content) == (status, content)
    assert answer.headers.get("content-range") == told
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "words", ["", "   ", "，。！", "x" * 10_000, '"', "(((", "标题:", "-", "OR OR"]
)
def test_any_query_is_answered(sign_in: SignIn, words: str) -> None:
    client = sign_in("drafter")
    upload(client, b"text")
    assert client.get("/api/v1/search", params={"q": words}).status_code == 200


def test_a_deleted_record_is_gone_for_everyone(sign_in: SignIn) -> None:
    client = sign_in("drafter")
    record = upload(client, "将要删除".encode(), grants=[{"to": "everyone"}]).json()["id"]
    path = f"/api/v1/records/{record}"
    assert sign_in("head").delete(path, headers={"If-Match": "1"}).status_code == 403
    assert client.delete(path, headers={"If-Match": "1"}).status_code == 204
    assert client.get(path).status_code == 404
    assert found(client, "将要删除") == []


@pytest.mark.feature("YP-03")
def test_a_revoked_grant_leaves_no_count_even_before_the_index_knows(
    sign_in: SignIn, built: Installation
) -> None:
    mine, other = sign_in("drafter"), sign_in("head")
    record = upload(mine, "即将收回".encode(), grants=[{"to": "everyone"}]).json()["id"]
    assert found(other, "即将收回") == [record]
    caller = built.house.book.caller(Login("drafter"))
    built.house.editing.edit(caller, RecordId(record), Edit(grants=()), revision=1)
    for page in (1, 2):
        answer = other.get("/api/v1/search", params={"q": "即将收回", "page": page}).json()
        assert (answer["total"], answer["hits"]) == (0, [])
        assert set(map(len, answer["facets"].values())) <= {0}
    assert found(mine, "即将收回") == [record]


@pytest.mark.feature("YP-01")
def test_what_is_open_to_its_owner_alone_says_so_beside_its_level(
    sign_in: SignIn, browse: Browse
) -> None:
    alone = upload(sign_in("drafter"), "一".encode(), "甲.txt").json()["id"]
    opened = upload(
        sign_in("drafter"), "二".encode(), "乙.txt", grants=[{"to": "everyone", "right": "read"}]
    ).json()["id"]
    pages = browse("drafter")
    assert ">仅本人可见<" in pages.get(f"/records/{alone}").text
    assert ">仅本人可见<" not in pages.get(f"/records/{opened}").text
