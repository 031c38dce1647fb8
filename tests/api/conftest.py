"""A whole installation in a temporary folder, with a small organisation, driven in process."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from records.ports.job_queue import Job, JobName, LaneState
from services.after_commit.settling import IndexWait
from services.people.sessions import SESSION_COOKIE
from storage.outbox import StoredOutbox
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.building.web import create_web
from wenshu.settings import Settings

PASSWORD = "Abc#12345"

UNITS = [
    {"code": "bureau", "name": "渝州市市场监督管理局", "level": "市"},
    {"code": "office", "name": "办公室", "parent": "bureau"},
    {"code": "law", "name": "法规科", "parent": "bureau"},
    {"code": "county", "name": "北湖县市场监督管理局", "level": "县", "parent": "bureau"},
    {"code": "food", "name": "食品科", "parent": "county"},
]

PEOPLE: list[dict[str, object]] = [
    {"login": "registry", "name": "甲一", "unit": "office", "posts": ["机要室"]},
    {"login": "head", "name": "乙二", "unit": "law", "posts": ["科室负责人"]},
    {"login": "drafter", "name": "丙三", "unit": "law"},
    {"login": "reader", "name": "丁四", "unit": "food"},
    {"login": "public", "name": "戊五", "unit": "food", "clearance": "公开"},
    {"login": "keeper", "name": "己六", "unit": "office", "roles": ["archivist"]},
    {"login": "admin", "name": "庚七", "unit": "office", "roles": ["administrator"]},
]

ROUNDS = 50
"""So often the drain goes round for one request; a record that fails stays in the outbox."""

SignIn = Callable[[str], TestClient]
Browse = Callable[[str], TestClient]


class Inline:
    """Works off both outboxes in the thread of the request: no test depends on how fast."""

    def __init__(self, opened: Installation) -> None:
        self._drain = opened.drain
        self._runner = opened.runner

    def put(self, job: Job) -> None:
        """Effects are run at once; else nothing waits."""
        if job.name is JobName.EFFECT:
            self._runner.run(job)

    def lanes(self) -> Sequence[LaneState]:
        """Nothing waits."""
        return []

    def close(self) -> None:
        """Nothing runs."""

    def ask(self, job: Job, *, timeout_s: float) -> bool:
        """Everything is worked off; what cannot be is given up by the drain and stays."""
        for _ in range(ROUNDS):
            if self._drain.empty():
                return True
            self._drain.round()
        return False


def worked_off_inline(opened: Installation) -> Installation:
    """The installation with such a queue."""
    settling = IndexWait(Inline(opened), StoredOutbox(opened.engines.store))
    return replace(opened, house=replace(opened.house, settling=settling))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of the installation; a module may have others."""
    return Settings(data=tmp_path / "data", max_file_bytes=5_000_000, password_memory_kib=64)


@pytest.fixture
def built(settings: Settings) -> Iterator[Installation]:
    """The installation; what is written is worked off before the answer."""
    with installation(settings) as opened:
        people = [{**person, "password": PASSWORD} for person in PEOPLE]
        opened.house.people.load(PeopleRows(UNITS, people), lasting=True)
        yield worked_off_inline(opened)


@pytest.fixture
def sign_in(built: Installation) -> SignIn:
    """A client that carries the session of a person."""
    app = create_web(built, hints=())

    def client(login: str) -> TestClient:
        token = built.house.sessions.open(login, client="test", restricted=False)  # type: ignore[arg-type]
        headers = {"Authorization": f"Bearer {token}"}
        return TestClient(app, headers=headers, raise_server_exceptions=False)

    return client


@pytest.fixture
def browse(built: Installation) -> Browse:
    """A client that carries the session of a person as a browser does, for the pages."""
    app = create_web(built, hints=())

    def client(login: str) -> TestClient:
        secret = built.house.sessions.open(login, client="test", restricted=False)  # type: ignore[arg-type]
        headers = {"Origin": "http://testserver"}
        return TestClient(app, cookies={SESSION_COOKIE: secret}, headers=headers)

    return client


@pytest.fixture
def nobody(built: Installation) -> TestClient:
    """A client without a session."""
    return TestClient(create_web(built, hints=()), raise_server_exceptions=False)
