"""Signing in by the password of a directory, a real one (LG-09)."""

import logging
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from tests.api.conftest import PASSWORD, UNITS
from tests.api.conftest import PEOPLE as PEOPLE_HERE
from tests.servers.ldap import PEOPLE, LdapServer
from tests.servers.server import Running, running
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.building.web import create_web
from wenshu.settings import Settings
from wenshu.sign_in.access import DirectoryAccess, SignInAccess

SESSION = "/api/v1/session"
ELSEWHERE = "Directory#1"
NAMES = {"drafter": ELSEWHERE, "stranger": ELSEWHERE, "reader": ELSEWHERE}


@pytest.fixture(scope="module")
def directory(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Running, Path]]:
    """A directory that runs, and the file of its certificate."""
    certificate = tmp_path_factory.mktemp("ldap") / "ldap.pem"
    with running(LdapServer(NAMES, certificate, start_tls=False)) as server:
        yield server, certificate


@pytest.fixture
def settings(settings: Settings, directory: tuple[Running, Path]) -> Settings:
    """With that directory."""
    server, certificate = directory
    person = f"uid={{login}},{PEOPLE}"
    access = DirectoryAccess((server.address,), person, certificate)
    return replace(settings, sign_in=SignInAccess(directory=access))


def reason(client: TestClient, login: str, password: str) -> str | None:
    """Why not; None for who got in."""
    answer = client.post(SESSION, json={"login": login, "password": password})
    return None if answer.status_code == 200 else str(answer.json()["reason"])


@pytest.mark.feature("LG-09")
def test_the_password_of_the_directory_lets_a_person_in_beside_the_one_of_the_house(
    nobody: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert reason(nobody, "drafter", ELSEWHERE) is None
        assert reason(nobody, "drafter", PASSWORD) is None
        assert reason(nobody, "drafter", "Neither#1") == "wrong_password"
        assert reason(nobody, "head", ELSEWHERE) == "wrong_password"
    assert ELSEWHERE not in caplog.text
    assert "Neither#1" not in caplog.text


@pytest.mark.feature("LG-09")
def test_whom_the_house_does_not_know_or_has_disabled_stays_outside(
    nobody: TestClient, built: Installation
) -> None:
    assert reason(nobody, "stranger", ELSEWHERE) == "wrong_password"
    assert reason(nobody, "reader", ELSEWHERE) is None
    gone = {"login": "reader", "name": "丁四", "unit": "food", "disabled": True}
    built.house.people.load(PeopleRows((), (gone,)))
    assert reason(nobody, "reader", ELSEWHERE) == "wrong_password"


@pytest.mark.feature("LG-09")
def test_a_password_that_is_the_directorys_is_not_changed_here(nobody: TestClient) -> None:
    token = nobody.post(SESSION, json={"login": "drafter", "password": ELSEWHERE}).json()["token"]
    answer = nobody.post(
        f"{SESSION}/password",
        headers={"Authorization": f"Bearer {token}"},
        json={"old": ELSEWHERE, "new": "Other#67890"},
    )
    assert (answer.status_code, answer.json()["reason"]) == (403, "password_elsewhere")


@pytest.mark.feature("LG-09")
def test_guesses_are_counted_whoever_knows_the_password(nobody: TestClient) -> None:
    for _ in range(4):
        assert reason(nobody, "drafter", "Neither#1") == "wrong_password"
    assert reason(nobody, "drafter", "Neither#1") == "account_locked"
    assert reason(nobody, "drafter", ELSEWHERE) == "account_locked"


@pytest.fixture
def without(settings: Settings) -> Settings:
    """The same, and nobody listens."""
    access = settings.sign_in.directory
    assert access is not None
    down = replace(access, servers=("ldaps://127.0.0.1:1",))
    return replace(settings, sign_in=SignInAccess(directory=down))


@pytest.mark.feature("LG-09")
def test_the_page_says_that_the_directory_is_down_and_passwords_of_the_house_go_on(
    without: Settings,
) -> None:
    with installation(without) as built:
        people = PeopleRows(UNITS, [{**person, "password": PASSWORD} for person in PEOPLE_HERE])
        built.house.people.load(people, lasting=True)
        nobody = TestClient(create_web(built, hints=()))
        answer = nobody.post(
            "/sign-in",
            data={"login": "drafter", "password": ELSEWHERE},
            headers={"Origin": "http://testserver"},
        )
        assert answer.status_code == 503
        assert "统一目录暂时不能连接" in answer.text
        assert 'value="drafter"' in answer.text
        assert reason(nobody, "drafter", PASSWORD) is None
        assert reason(nobody, "nobody-here", ELSEWHERE) == "directory_down"
        parts = {part.name: part.fault for part in built.house.health.parts()}
        assert parts["directory"] is not None
        assert parts["directory"].reason == "directory_down"


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A directory that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(3)
        yield server


@pytest.mark.feature("LG-09", "AQ-08")
def test_who_waits_for_a_slow_directory_keeps_nobody_else_from_signing_in(
    settings: Settings, silent: socket.socket
) -> None:
    access = settings.sign_in.directory
    assert access is not None
    slow = replace(access, servers=(f"ldaps://127.0.0.1:{silent.getsockname()[1]}",))
    with installation(replace(settings, sign_in=SignInAccess(directory=slow))) as built:
        people = PeopleRows(UNITS, [{**person, "password": PASSWORD} for person in PEOPLE_HERE])
        built.house.people.load(people, lasting=True)
        web = create_web(built, hints=())
        with ThreadPoolExecutor() as threads:
            waiting = [
                threads.submit(reason, TestClient(web, client=(f"10.0.0.{n}", 1)), who, ELSEWHERE)
                for n, who in enumerate(("drafter", "stranger", "reader"))
            ]
            lines = [silent.accept()[0] for _ in waiting]
            assert reason(TestClient(web), "drafter", PASSWORD) is None
            assert not any(each.done() for each in waiting)
            for line in lines:
                line.close()
            assert {each.result() for each in waiting} == {"directory_down"}
