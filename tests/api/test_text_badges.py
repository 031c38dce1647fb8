"""What the page of a record says of the text of its files."""

import gzip
import random
import re

import pytest
from fastapi.testclient import TestClient

from services.people.sessions import SESSION_COOKIE
from tests.api.conftest import SignIn
from tests.api.test_files import upload

BADGE = re.compile(r'<span class="tag tag-warning">([^<]*)</span>')


def badges(client: TestClient, content: bytes, name: str) -> list[str]:
    """The warnings on the page of a file that was just uploaded."""
    record = upload(client, content, name).json()["id"]
    token = client.headers["Authorization"].removeprefix("Bearer ")
    client.cookies.set(SESSION_COOKIE, token)
    return BADGE.findall(client.get(f"/records/{record}").text)


@pytest.mark.feature("SS-03")
def test_how_much_of_a_broken_file_was_read_is_said_and_why_no_more(sign_in: SignIn) -> None:
    whole = random.Random(1).randbytes(4000).hex().encode()
    (said,) = badges(sign_in("drafter"), gzip.compress(whole)[:2000], "清单.txt.gz")
    assert re.fullmatch(r"部分提取：\d,\d{3} 字。内容损坏，或与类型不符", said), said


@pytest.mark.feature("SS-03")
def test_nothing_is_said_of_a_file_that_was_read_whole(sign_in: SignIn) -> None:
    assert badges(sign_in("drafter"), "防汛通知".encode(), "通知.txt") == []
