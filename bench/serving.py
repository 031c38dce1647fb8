"""A server of the product over a folder, and people who are signed in to it."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any
from urllib.request import Request, urlopen

from bench.product import PASSWORD, WENSHU

PORT = 8974
_TRIES = 600


@contextmanager
def served(data: Path) -> Iterator[None]:
    """The server runs until the block ends."""
    command = f"{WENSHU} serve --data {data} --port {PORT}".split()
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    try:
        for _ in range(_TRIES):
            try:
                urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=5).close()
            except OSError:
                sleep(0.1)
            else:
                break
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


class Person:
    """Somebody who is signed in to the server."""

    def __init__(self, login: str) -> None:
        answer = self._call("POST", "/session", {"login": login, "password": PASSWORD}, token=None)
        self.token = str(answer["token"])

    def get(self, path: str) -> Any:
        """What stands there."""
        return self._call("GET", path, None, token=self.token)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """The answer; an error ends the benchmark."""
        return self._call("POST", path, body, token=self.token)

    def _call(self, method: str, path: str, body: Any, *, token: str | None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        request = Request(f"http://127.0.0.1:{PORT}/api/v1{path}", data, headers, method=method)
        with urlopen(request, timeout=60) as answer:  # noqa: S310
            read = answer.read()
        return json.loads(read) if read else None
