"""What each request asks of the store: docs/architecture.md says it, and nothing costs more.

The table there has a row for each request: calls at most, and calls for each row of the answer.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.identity import Login
from records.people.people_rows import PeopleRows
from records.ports.job_queue import Job
from services.after_commit.settling import IndexWait
from services.after_commit.texts import Texts
from services.people.sessions import SESSION_COOKIE
from storage.outbox import StoredOutbox
from tests.api.conftest import PASSWORD, PEOPLE, UNITS, Inline
from tests.counting import CountingObjectStore, told
from tests.engines import STORE_ACCESS
from tests.object_stores import BucketPlace, Places
from wenshu.building.engines import engines
from wenshu.building.house import installed_on
from wenshu.building.installation import Installation
from wenshu.building.web import create_web
from wenshu.settings import Settings

DOCUMENT = Path(__file__).parents[2] / "docs" / "architecture.md"
ROW = re.compile(r"^\| (?P<name>[^|]+) \| (?P<calls>\d+) \| (?P<each>\d+) \|", re.MULTILINE)
COSTS = {found["name"].strip(): found for found in ROW.finditer(DOCUMENT.read_text("utf-8"))}
NOTICES = 5
ORIGIN = {"Origin": "http://testserver"}


CALENDAR = ("list", "chains/calendar/r")
"""Asked for again every ten seconds, whoever asks: no part of what one request costs."""


class Uncounted(Inline):
    """Works off what was written, as a thread beside the request would."""

    def __init__(self, built: Installation, store: CountingObjectStore) -> None:
        super().__init__(built)
        self._store = store

    def put(self, job: Job) -> None:
        with self._store.uncounted():
            super().put(job)

    def ask(self, job: Job, *, timeout_s: float) -> bool:
        with self._store.uncounted():
            return super().ask(job, timeout_s=timeout_s)


class Rig:
    """An installation with some published notices, and clients of its people."""

    def __init__(self, built: Installation, store: CountingObjectStore) -> None:
        self.store = store
        self._house, self._tending = built.house, built.tending
        self._app = create_web(built, hints=())
        self.records = [self._published(f"关于检查的通知{number}") for number in range(NOTICES)]

    def client(self, login: str) -> TestClient:
        secret = self._house.sessions.open(Login(login), client="test", restricted=False)
        cookies, headers = {SESSION_COOKIE: secret}, {"Authorization": f"Bearer {secret}", **ORIGIN}
        return TestClient(self._app, cookies=cookies, headers=headers, follow_redirects=False)

    def draft(self, title: str) -> str:
        fields = {"title": title, "body": "正文一段。", "audience": ["unit:county"]}
        answer = self.client("drafter").post(
            "/api/v1/records", json={"kind": "notice", "fields": fields}
        )
        return str(answer.json()["id"])

    def _published(self, title: str) -> str:
        record = self.draft(title)
        steps = [("drafter", "submit"), ("head", "agree"), ("registry", "publish")]
        for revision, (login, name) in enumerate(steps, start=1):
            path = f"/api/v1/records/{record}/actions/{name}"
            assert self.client(login).post(path, json={"revision": revision}).status_code == 200
        return record

    def holds(self, name: str, request: Callable[[], Any], *, rows: int = 0) -> None:
        """The request, asked once before, costs what the document says, and no more."""
        for each in self._tending:  # as the threads of a server do: what is known is fresh
            each.tend()
        with self.store.counted() as counted:
            answer = request()
        calls = [each for each in counted if each != CALENDAR]
        assert answer.status_code < 400, answer.text
        most = int(COSTS[name]["calls"]) + rows * int(COSTS[name]["each"])
        assert 0 < len(calls) <= most, told(calls)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    found = Places(tmp_path_factory.mktemp("places"))
    yield found
    found.close()


@pytest.fixture(scope="module", params=["filesystem", "seaweedfs"])
def rig(
    request: pytest.FixtureRequest, places: Places, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Rig]:
    place = places.fresh(request.param)
    settings = Settings(data=tmp_path_factory.mktemp("data"), password_memory_kib=64)
    if isinstance(place, BucketPlace):
        address = f"s3+http://{place.s3.endpoint}/{place.s3.bucket}/{place.s3.prefix}"
        settings = replace(settings, store_address=address, store_access=STORE_ACCESS)
    with engines(settings) as opened:
        store = CountingObjectStore(opened.store)
        with installed_on(replace(opened, store=store), settings) as built:
            people = [{**person, "password": PASSWORD} for person in PEOPLE]
            built.house.people.load(PeopleRows(UNITS, people), lasting=True)
            waiting = IndexWait(Uncounted(built, store), StoredOutbox(store))
            yield Rig(replace(built, house=replace(built.house, settling=waiting)), store)


def test_every_row_of_the_document_is_held_by_a_test() -> None:
    text = Path(__file__).read_text("utf-8")
    assert COSTS
    assert [name for name in COSTS if f'"{name}"' not in text] == []


@pytest.mark.parametrize(
    ("login", "name"), [("reader", "记录页"), ("drafter", "记录页，参与办理者")]
)
def test_the_page_of_a_record(rig: Rig, login: str, name: str) -> None:
    client, record = rig.client(login), rig.records[0]
    client.get(f"/records/{record}")
    rig.holds(name, lambda: client.get(f"/records/{record}"))


def test_a_record_over_the_interface(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    client = rig.client("head")  # of nobody whose lists and home page are counted
    monkeypatch.setattr(Texts, "_held_now", lambda *_: None)  # as where memory has other texts
    for name in ("说明.txt", "名单.xlsx", "数据.csv"):
        file = {"file": (name, "信用修复指南".encode())}
        record = client.post("/api/v1/files", files=file).json()["id"]
        client.get(f"/api/v1/records/{record}")
        rig.holds("记录，接口", partial(client.get, f"/api/v1/records/{record}"))


def test_the_page_of_a_record_writes_nothing(rig: Rig) -> None:
    client = rig.client("reader")
    with rig.store.counted() as calls:
        client.get(f"/records/{rig.records[1]}")
    assert {call for call, _ in calls} <= {"read", "stat", "list"}


def test_noting_that_a_record_was_opened(rig: Rig) -> None:
    client, record = rig.client("reader"), rig.records[2]
    client.get(f"/records/{record}")
    path = f"/records/{record}/opened"
    rig.holds("标记已读", lambda: client.post(path, headers={"HX-Request": "true"}))


def test_the_numbers_of_the_navigation(rig: Rig) -> None:
    client = rig.client("reader")
    client.get("/search")
    rig.holds("导航栏数字", lambda: client.get("/notifications/bell"))


def test_lists(rig: Rig) -> None:
    client = rig.client("drafter")
    client.get("/")
    rig.holds("列表页", lambda: client.get("/kinds/notice"), rows=NOTICES)
    rig.holds("首页", lambda: client.get("/"), rows=2 * NOTICES)
    rig.holds("待办事项", lambda: client.get("/tasks?list=done"), rows=NOTICES)


def test_a_search(rig: Rig) -> None:
    client = rig.client("reader")
    client.get("/search")
    rig.holds("检索", lambda: client.get("/search", params={"q": "检查"}), rows=NOTICES)
    rig.holds("联想", lambda: client.get("/suggest", params={"q": "关于"}), rows=NOTICES)


def test_an_action(rig: Rig) -> None:
    client, record = rig.client("drafter"), rig.draft("另一个通知")
    client.get(f"/records/{record}")
    path = f"/api/v1/records/{record}/actions/submit"
    rig.holds("办理", lambda: client.post(path, json={"revision": 1}))


def test_an_upload(rig: Rig) -> None:
    client = rig.client("drafter")
    client.get("/upload")
    file = {"files": ("说明.txt", "信用修复指南".encode())}
    rig.holds("上传", lambda: client.post("/upload", data={"kind": "drive_file"}, files=file))
