"""Every example of the description is run against the demo, in its order, and answers as told."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.interface import Example, describe, examples, fill
from records.identity import Login
from records.times.office_time import office_day
from tests.api.conftest import worked_off_inline
from tests.serving import served
from tests.waiting import until
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.building.web import create_web
from wenshu.demo.filling import fill as fill_demo
from wenshu.demo.organisation import PASSWORD
from wenshu.settings import Settings

PROGRAM = Path(__file__).parents[2] / "docs" / "how-to" / "call_the_api.py"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The demo as `wenshu serve --demo` makes it."""
    settings = Settings(data=tmp_path_factory.mktemp("demo"), password_memory_kib=64)
    with installation(settings) as built:
        for _ in fill_demo(built.house):
            pass
        built.start()
        yield worked_off_inline(built)


@pytest.fixture(scope="module")
def client(demo: Installation) -> TestClient:
    return TestClient(create_web(demo, hints=()), raise_server_exceptions=False)


def answer_of(client: TestClient, each: Example, known: dict[str, str], token: str) -> Any:
    """What the server answers to an example."""
    headers = {**each.headers, **({"Authorization": f"Bearer {token}"} if token else {})}
    sent: dict[str, Any] = {}
    if each.body is not None:
        sent["json"] = fill(each.body, known)
    if each.file:
        sent["files"] = {"file": (each.file[0], each.file[1].encode())}
        sent["data"] = fill(dict(each.form), known)
    return client.request(each.method, each.address(known), headers=headers, **sent)


def found_in(told: Any, way: str) -> str:
    """The value to which keys and numbers between dots lead."""
    for step in way.split("."):
        told = told[int(step)] if step.isdecimal() else told[step]
    return str(told)


@pytest.mark.feature("GI-04")
def test_every_example_runs_against_the_demo(demo: Installation, client: TestClient) -> None:
    known = {"password": PASSWORD, "today": office_day(datetime.now(UTC)).isoformat()}
    sessions = demo.house.sessions
    for each in examples():
        token = ""
        if each.as_:
            token = sessions.open(Login(each.as_), client="example", restricted=False)
        answer = answer_of(client, each, known, token)
        if each.waits:
            until(
                lambda: answer_of(client, each, known, token).status_code == each.status,  # noqa: B023
                f"{each.call} is not ready",
            )
            answer = answer_of(client, each, known, token)
        assert answer.status_code == each.status, f"{each.call}: {answer.text}"
        known |= {name: found_in(answer.json(), told) for name, told in each.keeps.items()}


def test_every_address_is_told_in_chinese_with_an_example(client: TestClient) -> None:
    told = describe(client.app)  # type: ignore[arg-type]
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            assert any(char >= "\u4e00" for char in operation["summary"]), f"{method} {path}"
            (sample,) = operation["x-codeSamples"]
            assert sample["source"].startswith("curl")
            assert "default" in operation["responses"]
    assert told["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_the_example_in_python_runs_against_a_server(demo: Installation) -> None:
    with served(create_web(demo, hints=())) as address:
        command = [sys.executable, str(PROGRAM), address, "wangmin", PASSWORD]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    assert "可以： 送审" in done.stdout
    assert "现在： review" in done.stdout
