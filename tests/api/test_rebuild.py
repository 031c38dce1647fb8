"""The index is rebuilt while the server serves: from the page and the command line."""

import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import Pipe
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from indexers.tantivy_index import TantivySearchIndex
from indexers.tantivy_index.search_index import TantivyRebuild
from records.errors import Unavailable
from records.identity import Login
from records.people.people_rows import PeopleRows
from services.people.sessions import SESSION_COOKIE
from tests.api.conftest import PASSWORD, PEOPLE, UNITS
from tests.engines import WENSHU
from tests.waiting import until
from wenshu.building import rebuild_process
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.building.rebuild_process import RebuildProcess
from wenshu.building.web import create_web
from wenshu.settings import Settings

RECORDS = 30


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Installation]:
    """An installation as a server runs it, with some files that are found."""
    with installation(Settings(data=tmp_path, password_memory_kib=64)) as opened:
        people = [{**person, "password": PASSWORD} for person in PEOPLE]
        opened.house.people.load(PeopleRows(UNITS, people), lasting=True)
        opened.start()
        drafter = client(opened, "drafter")
        for number in range(RECORDS):
            file = {"file": (f"{number}.txt", f"独有的内容{number}".encode())}
            assert drafter.post("/api/v1/files", files=file).status_code == 201
        until(lambda: found(drafter) == RECORDS, "not all is found")
        yield opened


def client(built: Installation, login: str) -> TestClient:
    secret = built.house.sessions.open(Login(login), client="test", restricted=False)
    headers = {"Authorization": f"Bearer {secret}", "Origin": "http://testserver"}
    cookies = {SESSION_COOKIE: secret}
    return TestClient(create_web(built, hints=()), headers=headers, cookies=cookies)


def found(asking: TestClient, words: str = "独有的内容") -> int:
    answer = asking.get("/api/v1/search", params={"q": f'"{words}"'})
    assert answer.status_code == 200
    return 0 if answer.json()["relaxed"] else int(answer.json()["total"])


@pytest.mark.feature("AQ-15")
def test_an_administrator_rebuilds_from_the_page_and_searches_go_on(serving: Installation) -> None:
    admin, drafter = client(serving, "admin"), client(serving, "drafter")
    counts: set[int] = set()
    over = threading.Event()

    def search_on() -> None:
        while not over.is_set():
            counts.add(found(drafter))

    searching = threading.Thread(target=search_on)
    searching.start()
    try:
        page = admin.post("/monitor/rebuild")
        assert "已开始重建检索索引" in page.text
        until(lambda: "上次已完成" in admin.get("/monitor").text, "it was not rebuilt")
    finally:
        over.set()
        searching.join()
    assert f"共 {RECORDS} 条" in admin.get("/monitor").text
    assert counts == {RECORDS}


def test_others_may_not_rebuild(serving: Installation) -> None:
    assert client(serving, "drafter").post("/monitor/rebuild").status_code == 403
    assert serving.house.rebuilds.progress().state == "none"


@pytest.mark.feature("AQ-15")
def test_the_command_asks_the_server_that_runs_and_waits_for_it(serving: Installation) -> None:
    command = [str(WENSHU), "rebuild", "--data", str(serving.settings.data)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert (done.returncode, done.stderr.count("已请它重建")) == (0, 1), done.stderr
    assert f"已重建，共 {RECORDS} 条。" in done.stdout
    assert serving.house.rebuilds.progress().state == "done"
    assert found(client(serving, "drafter")) == RECORDS


def test_what_is_written_while_another_process_rebuilds_is_in_the_new_index(
    serving: Installation,
) -> None:
    drafter = client(serving, "drafter")
    running = serving.house.rebuilds._rebuilding.run()
    assert next(running) == RECORDS
    for name in ("一", "二"):
        file = {"file": (f"{name}.txt", f"独有的内容, 另一份{name}".encode())}
        assert drafter.post("/api/v1/files", files=file).status_code == 201
    gone = drafter.get("/api/v1/search", params={"q": "独有的内容7"}).json()["hits"][0]["id"]
    kept = {"If-Match": '"1"'}
    assert drafter.delete(f"/api/v1/records/{gone}", headers=kept).is_success
    until(lambda: found(drafter) == RECORDS + 1, "the change is not found")
    assert list(running)[-1] == RECORDS
    assert found(drafter) == RECORDS + 1
    assert found(drafter, "独有的内容, 另一份") == 2
    assert found(drafter, "独有的内容7") == 0
    assert serving.reconciliation.compare().is_clean


def test_a_process_that_is_killed_leaves_the_index_as_it_was(serving: Installation) -> None:
    running = serving.house.rebuilds._rebuilding.run()
    assert next(running) == RECORDS
    serving.house.rebuilds.give_up()
    with pytest.raises(Unavailable, match="broken_off"):
        list(running)
    assert found(client(serving, "drafter")) == RECORDS
    assert len(list(serving.settings.index.glob("index-*"))) == 1
    assert list(serving.rebuilding.run())[-1] == RECORDS


def test_a_fault_of_the_other_process_is_told(serving: Installation) -> None:
    held = replace(serving.settings, store_address=str(serving.settings.data / "other"))
    (serving.settings.data / "other").mkdir()
    (serving.settings.data / "other" / "format").write_text("99")
    assert isinstance(serving.index, TantivySearchIndex)
    other = RebuildProcess(serving.index, held, serving.rebuilding)
    with pytest.raises(Unavailable, match="newer_format"):
        list(other.run())
    assert found(client(serving, "drafter")) == RECORDS


def test_a_rebuild_that_nobody_asks_on_ends_with_its_process(serving: Installation) -> None:
    rebuilding = serving.house.rebuilds._rebuilding
    assert isinstance(rebuilding, RebuildProcess)
    running = rebuilding.run()
    assert next(running) == RECORDS
    process = rebuilding._process
    assert process is not None
    running.close()
    assert not process.is_alive()
    assert len(list(serving.settings.index.glob("index-*"))) == 1


def test_a_house_that_closes_leaves_what_was_asked_for_to_the_next_start(
    serving: Installation,
) -> None:
    rebuilds = serving.house.rebuilds
    rebuilds.give_up()
    assert rebuilds.ask(Login("admin")).state == "asked"
    assert not rebuilds.tend()
    assert rebuilds.progress().state == "asked"
    assert found(client(serving, "drafter")) == RECORDS


def test_a_process_that_starts_while_the_house_closes_is_killed(
    serving: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuilding = serving.house.rebuilds._rebuilding
    hand_out = TantivyRebuild.hand_out

    def closing(rebuild: TantivyRebuild) -> Path:
        serving.house.rebuilds.give_up()
        return hand_out(rebuild)

    monkeypatch.setattr(TantivyRebuild, "hand_out", closing)
    with pytest.raises(Unavailable, match="broken_off"):
        list(rebuilding.run())
    assert found(client(serving, "drafter")) == RECORDS


def test_whoever_finishes_slowly_is_not_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild_process, "_TOLD_AGAIN_S", 0.01)
    receiving, sending = Pipe(duplex=False)
    telling = rebuild_process._Telling(sending)
    telling.done(30)
    assert [receiving.recv() for _ in range(3)] == [30, 30, 30]
    telling.end(None)
    told: list[int | None] = []
    while not told or told[-1] is not None:
        told.append(receiving.recv())
    assert not receiving.poll(0.1)
