"""A full disk over HTTP: said in words, nothing acknowledged, nothing lost."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from records.people.people_rows import PeopleRows
from services.people.sessions import SESSION_COOKIE
from tests.api.conftest import PASSWORD, PEOPLE, UNITS, worked_off_inline
from tests.api.test_files import found, upload
from tests.small_disk import small_disk
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.building.web import create_web
from wenshu.settings import Settings


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A filesystem with 24 MB of room."""
    with small_disk(tmp_path / "disk", size_kib=24 * 1024) as place:
        yield place


@pytest.fixture
def small(disk: Path) -> Iterator[Installation]:
    """An installation on it that receives uploads there, as ``wenshu serve`` does."""
    settings = Settings(data=disk / "data", password_memory_kib=64, workers=1)
    with installation(settings) as opened:
        people = [{**person, "password": PASSWORD} for person in PEOPLE]
        opened.house.people.load(PeopleRows(UNITS, people), lasting=True)
        settings.staging.mkdir(parents=True, exist_ok=True)
        before, tempfile.tempdir = tempfile.tempdir, str(settings.staging)
        yield worked_off_inline(opened)
        tempfile.tempdir = before


@pytest.fixture
def client(small: Installation) -> TestClient:
    token = small.house.sessions.open("drafter", client="test", restricted=False)  # type: ignore[arg-type]
    return TestClient(
        create_web(small, hints=()),
        headers={"Authorization": f"Bearer {token}"},
        raise_server_exceptions=False,
    )


def fill(disk: Path) -> Path:
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return ballast


@pytest.mark.parametrize("size", [100_000, 4_000_000])
def test_a_full_disk_refuses_in_words_and_the_same_upload_succeeds_later(
    client: TestClient, disk: Path, size: int
) -> None:
    kept = upload(client, "先前已保存".encode(), "先前.txt").json()["id"]
    content = "后来的内容".encode() + b" " * size
    ballast = fill(disk)
    refused = upload(client, content, "后来.txt")
    assert (refused.status_code, refused.json()["reason"]) == (503, "store_full"), refused.text
    assert found(client, "先前已保存") == [kept]
    assert found(client, "后来的内容") == []
    ballast.unlink()
    again = upload(client, content, "后来.txt")
    assert again.status_code == 201, again.text
    assert found(client, "后来的内容") == [again.json()["id"]]


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_full_disk_is_told_by_the_page_too_and_the_same_upload_succeeds_later(
    small: Installation, disk: Path, accept: str
) -> None:
    secret = small.house.sessions.open("drafter", client="test", restricted=False)  # type: ignore[arg-type]
    browser = TestClient(
        create_web(small, hints=()),
        cookies={SESSION_COOKIE: secret},
        headers={"Origin": "http://testserver", "Accept": accept},
        raise_server_exceptions=False,
    )
    content = "后来的内容".encode() + b" " * 4_000_000
    form = {"kind": "library_file"}

    def send() -> Response:
        return browser.post("/upload", data=form, files={"files": ("后来.txt", content)})

    ballast = fill(disk)
    refused = send()
    assert refused.status_code == 503, refused.text
    assert "存储空间已满" in refused.text
    ballast.unlink()
    assert send().status_code == 200
