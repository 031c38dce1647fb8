"""One file of an archive or a mail, downloaded alone."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.api.conftest import Browse, SignIn
from tests.api.test_files import upload
from tests.hostile import files, samples

INSIDE = "夹/名单.txt"


def brought(sign_in: SignIn, body: bytes, name: str = "包.zip", **form: object) -> str:
    answer = upload(sign_in("drafter"), body, name, **form)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def address(record: str, member: str, name: str = "包.zip") -> str:
    return f"/api/v1/records/{record}/files/{quote(name)}/members/{quote(member)}"


@pytest.fixture
def package(tmp_path: Path) -> bytes:
    return samples.zip_gbk(tmp_path / "a.zip", {INSIDE: "甲一、乙二".encode()}).read_bytes()


@pytest.mark.feature("YP-01", "SS-03")
def test_a_member_comes_in_its_own_bytes_as_an_attachment(sign_in: SignIn, package: bytes) -> None:
    record = brought(sign_in, package)
    answer = sign_in("drafter").get(address(record, INSIDE))
    assert (answer.status_code, answer.content.decode()) == (200, "甲一、乙二")
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert quote("名单.txt") in answer.headers["content-disposition"]
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-security-policy"].startswith("sandbox")


@pytest.mark.feature("YP-01")
def test_who_may_not_open_the_record_has_nothing_of_what_its_files_hold(
    sign_in: SignIn, browse: Browse, package: bytes
) -> None:
    record = brought(sign_in, package)
    assert sign_in("head").get(address(record, INSIDE)).status_code == 404
    asked = {"file": "包.zip", "member": INSIDE}
    assert browse("head").get(f"/records/{record}/member", params=asked).status_code == 404
    shared = brought(sign_in, package, grants=[{"to": "person:head", "right": "read"}])
    assert sign_in("head").get(address(shared, INSIDE)).status_code == 200


@pytest.mark.feature("YP-06")
def test_the_preview_has_a_way_to_each_member_that_leads_to_its_bytes(
    sign_in: SignIn, browse: Browse, package: bytes
) -> None:
    record = brought(sign_in, package)
    page = browse("drafter")
    for body in (page.get(f"/records/{record}"), page.get(f"/records/{record}?member={INSIDE}")):
        (link,) = re.findall(r'<a [^>]*href="/records/[^"]+/member\?[^>]*>', body.text)
        assert not re.search(r"\sdownload[\s=>]", link)  # else a page that says why is saved
        (href,) = re.findall(r'href="([^"]+)"', link)
        answer = page.get(href.replace("&amp;", "&"))
        assert answer.content.decode() == "甲一、乙二"
        assert answer.headers["content-disposition"].startswith("attachment; ")


@pytest.mark.feature("YP-01")
def test_what_cannot_be_had_alone_has_no_way_in_the_preview_and_says_why(
    sign_in: SignIn, browse: Browse, tmp_path: Path
) -> None:
    files.zip_encrypted(tmp_path / "a.zip")
    record = brought(sign_in, (tmp_path / "a.zip").read_bytes())
    assert "/member?" not in browse("drafter").get(f"/records/{record}").text
    answer = sign_in("drafter").get(address(record, "秘密.txt"))
    told = answer.json()
    assert (answer.status_code, told["reason"]) == (422, "member_unreadable")
    assert told["facts"]["outcome"] == "encrypted"
    assert "有密码保护" in told["title"]


@pytest.mark.feature("YP-01")
@pytest.mark.parametrize("member", ["不在.txt", "..%2F..%2Fetc%2Fpasswd", "夹", "夹/名单.txt/x"])
def test_what_the_file_does_not_hold_is_not_found(
    sign_in: SignIn, package: bytes, member: str
) -> None:
    record = brought(sign_in, package)
    path = f"/api/v1/records/{record}/files/{quote('包.zip')}/members/"
    answer = sign_in("drafter").get(path + (member if "%" in member else quote(member)))
    assert (answer.status_code, answer.json()["reason"]) == (404, "unknown_member")


@pytest.mark.feature("YP-01")
def test_a_name_that_would_break_out_of_the_header_is_made_harmless(
    sign_in: SignIn, tmp_path: Path
) -> None:
    body = samples.zip_gbk(tmp_path / "a.zip", {'a";x=y\r\nSet-Cookie: z.txt': b"1"}).read_bytes()
    record = brought(sign_in, body)
    answer = sign_in("drafter").get(address(record, 'a";x=y Set-Cookie: z.txt'))
    assert answer.status_code == 200, answer.text
    assert "set-cookie" not in answer.headers
    plain = answer.headers["content-disposition"].split("filename*")[0]
    assert plain.count('"') == 2
