"""For which host a request is."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message

from tests.api.conftest import PASSWORD
from wenshu.building.installation import Installation
from wenshu.building.web import create_web


@pytest.fixture
def named(built: Installation) -> TestClient:
    """A client of a server that answers to two names."""
    settings = replace(built.settings, hosts=("records.example.cn", "2001:db8::7"))
    app = create_web(replace(built, settings=settings), hints=())
    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize(
    "host", ["records.example.cn", "Records.Example.cn:8443", "[2001:db8::7]:80", "localhost:8000"]
)
def test_its_own_names_are_answered(named: TestClient, host: str) -> None:
    assert named.get("/sign-in", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "records.example.cn.evil.example", "xrecords.example.cn", "10.0.0.1"]
)
@pytest.mark.parametrize("path", ["/sign-in", "/api/v1/tasks"])
def test_another_name_is_refused(named: TestClient, host: str, path: str) -> None:
    answer = named.get(path, headers={"Host": host})
    assert (answer.status_code, answer.json()["reason"]) == (421, "foreign_host")


def test_a_page_of_another_host_cannot_post_under_its_own_name(named: TestClient) -> None:
    headers = {"Host": "evil.example", "Origin": "http://evil.example"}
    form = {"login": "reader", "password": PASSWORD}
    answer = named.post("/sign-in", data=form, headers=headers, follow_redirects=False)
    assert answer.status_code == 421
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_balancers_ask_at_an_address(named: TestClient, path: str) -> None:
    assert named.get(path, headers={"Host": "10.0.0.1:8000"}).status_code == 200


@pytest.mark.parametrize("hosts", [[], [b""], [b"a", b"b"]])
def test_a_request_names_one_host(built: Installation, hosts: list[bytes]) -> None:
    # Spoken to without a client in between: those add a Host that is missing.
    sent: list[Message] = []
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": "/healthz",
        "query_string": b"",
        "headers": [(b"host", host) for host in hosts],
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as thread:  # that of the tests may have a browser's loop
        thread.submit(
            lambda: asyncio.run(create_web(built, hints=())(scope, receive, send))
        ).result()
    assert sent[0]["status"] == 400
    assert json.loads(sent[1]["body"])["reason"] == "no_host"


def test_without_a_setting_any_name_is_answered(nobody: TestClient) -> None:
    assert nobody.get("/sign-in", headers={"Host": "whatever.example"}).status_code == 200
