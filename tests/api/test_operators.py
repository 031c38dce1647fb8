"""What operators watch is shown to named addresses and to administrators, to nobody else."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import SignIn
from wenshu.building.installation import Installation
from wenshu.building.web import create_web

At = Callable[[str], TestClient]

CLOSED = ("/metrics", "/api/v1/openapi.json")
PARTS = {"store": "ok", "index": "ok", "queue": "ok"}


@pytest.fixture
def at(built: Installation) -> At:
    """A client without a session at an address."""
    app = create_web(built, hints=())

    def client(address: str) -> TestClient:
        return TestClient(app, client=(address, 50_000), raise_server_exceptions=False)

    return client


@pytest.mark.parametrize("path", CLOSED)
def test_a_stranger_is_refused(at: At, path: str) -> None:
    answer = at("203.0.113.9").get(path)
    assert (answer.status_code, answer.json()["reason"]) == (403, "operators_only")


@pytest.mark.parametrize("path", CLOSED)
@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_sees_them(at: At, address: str, path: str) -> None:
    assert at(address).get(path).status_code == 200


@pytest.mark.parametrize("path", CLOSED)
def test_administrators_see_them_and_other_people_do_not(sign_in: SignIn, path: str) -> None:
    admin, other = sign_in("admin"), sign_in("keeper")
    assert admin.get(path).status_code == 200
    assert other.get(path).status_code == 403
    session = {"Cookie": f"wenshu_session={admin.headers['Authorization'].split()[1]}"}
    assert other.get(path, headers={**session, "Authorization": ""}).status_code == 200


def test_a_session_that_is_good_for_a_password_only_opens_none(built: Installation, at: At) -> None:
    secret = built.house.sessions.open("admin", client="test", restricted=True)  # type: ignore[arg-type]
    answer = at("203.0.113.9").get("/metrics", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 403


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_what_came_through_a_proxy_is_not_from_here(at: At, header: str) -> None:
    answer = at("127.0.0.1").get("/metrics", headers={header: "127.0.0.1"})
    assert answer.status_code == 403


def test_whether_it_is_ready_is_told_to_all_and_why_not_to_operators(at: At) -> None:
    assert at("203.0.113.9").get("/readyz").json() == {"ready": True}
    assert at("127.0.0.1").get("/readyz").json() == PARTS


def test_samples_of_pages_are_shown_by_a_demo_only(built: Installation, nobody: TestClient) -> None:
    assert nobody.get("/design").status_code == 404
    demo = TestClient(create_web(built, hints=(("a", "b", "c"),)))
    assert demo.get("/design").status_code == 200
