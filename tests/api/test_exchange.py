"""交换文件 between installations: whole, once, and nothing that was tampered with (FW-25)."""

import hashlib
import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.errors import WenshuError
from records.identity import Login
from storage.claims import StoredClaims
from storage.filesystem_store import FilesystemObjectStore
from tests.api.conftest import SignIn
from tests.api.office import act
from tests.api.papers import drafted, staffed, with_file
from wenshu.building.installation import Installation
from wenshu.system.identities import RandomIdentities


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    staffed(built)


def issued(sign_in: SignIn, **fields: str) -> str:
    drafter, registry = sign_in("drafter"), sign_in("registry")
    record = drafted(drafter, **fields)
    with_file(drafter, record, "attachments", "清单.txt", "一、二、三".encode())
    for client, label in ((drafter, "发送"), (sign_in("head"), "发送")):
        assert act(client, record, label).status_code == 200
    for label in ("清稿", "编文号", "制版", "电子印章", "发文"):
        assert act(registry, record, label).status_code == 200
    return record


def package(sign_in: SignIn) -> bytes:
    answer = sign_in("registry").get(f"/api/v1/records/{issued(sign_in)}/exchange")
    assert answer.status_code == 200
    return answer.content


def taken(client: TestClient, body: bytes) -> Any:
    return client.post("/api/v1/exchange", files={"file": ("交换.zip", body)})


def changed(body: bytes, name: str, content: bytes | dict[str, object]) -> bytes:
    """The package with one member in the place of another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            data = old.read(member)
            if member == name and isinstance(content, dict):
                data = json.dumps({**json.loads(data), **content}).encode()
            elif member == name:
                data = content  # type: ignore[assignment]
            new.writestr(member, data)
    return out.getvalue()


@pytest.mark.feature("FW-25")
def test_a_paper_arrives_by_file_with_all_that_it_carries(sign_in: SignIn) -> None:
    body = package(sign_in)
    county = sign_in("countyregistry")
    answer = taken(county, body)
    assert answer.status_code == 201, answer.text
    record = county.get(f"/api/v1/records/{answer.json()['id']}").json()
    assert record["kind"] == "incoming"
    assert record["state"] == "registering"
    assert record["fields"]["from_number"] == "渝市监发〔2026〕1号"
    assert record["fields"]["from_unit"] == "渝州市市场监督管理局"
    assert [file["name"] for file in record["files"]] == ["正文.pdf", "清单.txt"]
    text = county.get(f"/api/v1/records/{record['id']}/files/清单.txt").content
    assert text == "一、二、三".encode()


@pytest.mark.feature("FW-25")
def test_the_same_file_twice_begins_one_record(sign_in: SignIn) -> None:
    body = package(sign_in)
    county = sign_in("countyregistry")
    first = taken(county, body).json()["id"]
    again = taken(county, body)
    assert again.status_code == 403
    assert again.json()["facts"]["record"] == first


def test_of_many_who_take_in_one_file_at_once_one_begins_a_record(sign_in: SignIn) -> None:
    body = package(sign_in)
    clients = [sign_in("countyregistry") for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        answers = [each.status_code for each in pool.map(lambda c: taken(c, body), clients)]
    assert sorted(answers) == [201, 403, 403, 403, 403, 403]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("files/1", b"tampered", "bad_exchange"),
        ("manifest.json", b"{", "bad_exchange"),
        ("manifest.json", {"format": "other"}, "bad_exchange"),
        ("manifest.json", {"version": 2}, "exchange_newer"),
        ("manifest.json", {"issued_on": "2999-01-01"}, "exchange_from_the_future"),
        ("manifest.json", {"kind": "nothing"}, "unknown_kind"),
        ("manifest.json", {"files": [{"part": "body"}]}, "bad_exchange"),
        ("manifest.json", {"kind": "room_booking"}, "bad_exchange"),
        (
            "manifest.json",
            {"fields": {"title": "题", "circulation": ["everyone"]}},
            "unknown_field",
        ),
        ("manifest.json", {"level": "绝密"}, "above_clearance"),
        ("manifest.json", {"level": "甲"}, "unknown_level"),
    ],
)
def test_what_is_broken_or_strange_is_refused_and_begins_nothing(
    sign_in: SignIn, name: str, content: bytes | dict[str, object], reason: str
) -> None:
    body = changed(package(sign_in), name, content)
    county = sign_in("countyregistry")
    before = county.get("/api/v1/lists/incoming").json()["total"]
    answer = taken(county, body)
    assert answer.json()["reason"] == reason
    assert county.get("/api/v1/lists/incoming").json()["total"] == before


def test_no_zip_at_all_is_no_exchange_file(sign_in: SignIn) -> None:
    assert taken(sign_in("countyregistry"), b"nothing").json()["reason"] == "bad_exchange"


def test_whoever_may_not_register_cannot_take_it_in(sign_in: SignIn) -> None:
    assert taken(sign_in("reader"), package(sign_in)).status_code == 403


def test_a_paper_that_is_not_issued_has_none(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    record = drafted(drafter)
    assert drafter.get(f"/api/v1/records/{record}/exchange").status_code == 403
    stranger = sign_in("pricehead")
    assert stranger.get(f"/api/v1/records/{record}/exchange").status_code == 404


def test_a_package_whose_members_are_packed_otherwise_is_told_as_broken(sign_in: SignIn) -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package(sign_in))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as new,
    ):
        for member in old.namelist():
            new.writestr(member, old.read(member))
    answer = taken(sign_in("countyregistry"), out.getvalue())
    assert answer.json()["reason"] == "bad_exchange"


def test_whatever_byte_of_the_directory_is_wrong_it_is_told_and_nothing_breaks(
    sign_in: SignIn, built: Installation
) -> None:
    body = package(sign_in)
    caller = built.house.book.caller(Login("countyregistry"))
    told: set[str] = set()
    for place in range(body.index(b"PK\x01\x02"), len(body), 3):
        broken = bytearray(body)
        broken[place] = 0xFF
        try:
            built.house.exchange.read(caller, io.BytesIO(broken))
        except WenshuError as error:
            told.add(error.reason)
    assert told <= {"bad_exchange", "body_too_large", "exchanged_before"}
    assert "bad_exchange" in told


def test_a_small_file_that_unpacks_to_more_than_an_upload_is_refused_before_it_does(
    sign_in: SignIn, built: Installation
) -> None:
    limit = built.house.staging.max_bytes
    zeros = bytes(limit // 4)
    digest = hashlib.sha256(zeros).hexdigest()
    body = package(sign_in)
    manifest = json.loads(zipfile.ZipFile(io.BytesIO(body)).read("manifest.json"))
    manifest["files"] = [
        {"part": "attachments", "name": f"{n}.txt", "sha256": digest, "size_bytes": len(zeros)}
        for n in range(1, 6)
    ]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("manifest.json", json.dumps(manifest))
        for number in range(1, 6):
            bomb.writestr(f"files/{number}", zeros)
    assert len(out.getvalue()) < limit // 20
    answer = taken(sign_in("countyregistry"), out.getvalue())
    assert (answer.status_code, answer.json()["reason"]) == (413, "body_too_large")


@pytest.mark.feature("FW-25")
def test_a_reader_who_took_no_part_gets_no_exchange_file(sign_in: SignIn) -> None:
    record = issued(sign_in, scope="一般")
    reader = sign_in("pricehead")
    assert reader.get(f"/api/v1/records/{record}").status_code == 200
    assert reader.get(f"/api/v1/records/{record}/exchange").status_code == 403


@pytest.mark.feature("FW-25")
def test_one_whose_reader_was_killed_before_it_began_is_taken_in_by_the_next(
    sign_in: SignIn, built: Installation
) -> None:
    body = package(sign_in)
    manifest = zipfile.ZipFile(io.BytesIO(body)).read("manifest.json")
    claims = StoredClaims(FilesystemObjectStore(built.settings.store))
    record = RandomIdentities().record_id()
    claims.take(f"exchange/county/{hashlib.sha256(manifest).hexdigest()}", record.encode())
    county = sign_in("countyregistry")
    assert taken(county, body).json()["id"] == record
    assert taken(county, body).json()["reason"] == "exchanged_before"
    assert county.get("/api/v1/lists/incoming?filter=state:registering").json()["total"] == 1


@pytest.mark.feature("FW-25")
def test_a_paper_keeps_its_level_on_the_way(sign_in: SignIn) -> None:
    drafter, county = sign_in("drafter"), sign_in("countyregistry")
    record = drafted(drafter)
    revision = drafter.get(f"/api/v1/records/{record}").json()["revision"]
    raised = drafter.patch(
        f"/api/v1/records/{record}", json={"level": "内部"}, headers={"If-Match": f'"{revision}"'}
    )
    assert raised.status_code == 200, raised.text
    for client in (drafter, sign_in("head")):
        assert act(client, record, "发送").status_code == 200
    for label in ("清稿", "编文号", "制版", "电子印章", "发文"):
        assert act(sign_in("registry"), record, label).status_code == 200
    body = sign_in("registry").get(f"/api/v1/records/{record}/exchange").content
    arrived = taken(county, body).json()["id"]
    assert county.get(f"/api/v1/records/{arrived}").json()["level"] == "内部"
