"""Clients of a running installation: they upload, search and read until told to stop.

Each request is timed and kept, with what came of it. An upload that is refused, or whose outcome
is not known, is sent again with the same idempotency key until it is acknowledged.
"""

import json
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import quote, urlsplit

from tests.faults.writer import LOGIN

GIVEN_UP_S = 90.0
"""A client waits so long: far beyond what an answer may take, so that a hang is seen as one."""

KNOWN_BY_S = 25.0
"""Whoever misses in search what was acknowledged so long ago must be told so (`Backlog` tells
after 10 s; a listing of the outbox and a search may take their time-outs before)."""

NO_ANSWER = 0
"""Status of a request that ended without an answer: its process was killed, or is not there."""

_BOUNDARY = "----wenshu"
_PACE_S = 0.05
_UPLOAD_PACE_S = 0.3
"""Two processors index about ten small files a second; more would measure the backlog."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request."""

    what: str
    began_at: float
    took_s: float
    status: int
    body: bytes

    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)


@dataclass(slots=True)
class Upload:
    """One small file with a word of its own; `record` is set once it is acknowledged."""

    word: str
    name: str
    content: bytes
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    record: str | None = None
    acknowledged_at: float = 0.0


def made_upload(count: int) -> Upload:
    """Every fourth is an RTF, which Tika servers read; the others are plain text."""
    word = f"w{uuid.uuid4().hex}"
    if count % 4 == 0:
        return Upload(word, f"{word[:9]}.rtf", rf"{{\rtf1\ansi\pard text {word} end\par}}".encode())
    return Upload(word, f"{word[:9]}.txt", f"内容 {word} 完".encode())


class Client:
    """Talks with web processes; where one does not answer, with the next."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self._addresses = list(addresses)
        self._token = ""
        self.answers: list[Answer] = []

    def sign_in(self, password: str) -> None:
        """Sign in as the writer."""
        body = json.dumps({"login": LOGIN, "password": password}).encode()
        answer = self._send("POST", "/api/v1/session", body, {"Content-Type": "application/json"})
        self._token = answer.json()["token"]

    def upload(self, upload: Upload) -> Answer:
        """Send a file; with the same key however often."""
        headers = {
            "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
            "Idempotency-Key": upload.key,
        }
        head = f'Content-Disposition: form-data; name="file"; filename="{upload.name}"'
        body = f"--{_BOUNDARY}\r\n{head}\r\n\r\n".encode() + upload.content
        body += f"\r\n--{_BOUNDARY}--\r\n".encode()
        answer = self._send("POST", "/api/v1/files", body, headers)
        if answer.status == 201:
            record = answer.json()["id"]
            assert upload.record in (None, record), "one key made two records"
            upload.record = record
            upload.acknowledged_at = time.monotonic()
        return answer

    def search(self, word: str) -> Answer:
        """Search."""
        return self._send("GET", f"/api/v1/search?q={quote(word)}")

    def read(self, upload: Upload) -> Answer:
        """The bytes of a file by the identifier of its record."""
        return self._send("GET", f"/api/v1/records/{upload.record}/files/{quote(upload.name)}")

    def _send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        began = time.monotonic()
        status, told = NO_ANSWER, b""
        signed = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        connection = HTTPConnection(urlsplit(self._addresses[0]).netloc, timeout=GIVEN_UP_S)
        try:
            connection.request(method, path, body=body, headers={**(headers or {}), **signed})
            answer = connection.getresponse()
            told = answer.read()
            status = answer.status
        except (OSError, HTTPException):
            self._addresses.append(self._addresses.pop(0))
        finally:
            connection.close()
        what = f"{method} {path.partition('?')[0].split('/')[3]}"
        found = Answer(what, began, time.monotonic() - began, status, told)
        self.answers.append(found)
        return found


class Traffic:
    """Eight clients at once: four that upload, two that search, two that read."""

    def __init__(self, made: Callable[[], Client]) -> None:
        self.uploads: list[Upload] = []
        self.untold: list[str] = []
        """Words that a search missed, long acknowledged, without a notice that it may."""
        self.unequal: list[str] = []
        """Words of files that came back with other bytes."""
        self._lock = Lock()
        self._stopping = Event()
        self._clients = [made() for _ in range(8)]
        roles = [self._uploads] * 4 + [self._searches] * 2 + [self._reads] * 2
        self._threads = [
            Thread(target=role, args=(client,), daemon=True)
            for role, client in zip(roles, self._clients, strict=True)
        ]

    @contextmanager
    def running(self) -> Iterator[None]:
        """Goes on during the context; at its end every upload under way is acknowledged."""
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            for thread in self._threads:
                thread.join(GIVEN_UP_S)
        assert not any(thread.is_alive() for thread in self._threads), "a client hangs"

    def acknowledged(self) -> list[Upload]:
        """Uploads that were acknowledged so far."""
        with self._lock:
            return [upload for upload in self.uploads if upload.record]

    def answers(self, *, since: float = 0.0) -> list[Answer]:
        """Requests that were under way at that moment or later, and have ended."""
        every = (answer for client in self._clients for answer in list(client.answers))
        return [answer for answer in every if answer.began_at + answer.took_s >= since]

    def _uploads(self, client: Client) -> None:
        while not self._stopping.wait(_UPLOAD_PACE_S):
            with self._lock:
                upload = made_upload(len(self.uploads))
                self.uploads.append(upload)
            while client.upload(upload).status != 201:
                Event().wait(_PACE_S)

    def _searches(self, client: Client) -> None:
        for upload in self._some():
            sent_at = time.monotonic()
            answer = client.search(upload.word)
            if answer.status != 200:
                continue
            page = answer.json()
            found = any(hit["id"] == upload.record for hit in page["hits"])
            if not found and not page["notices"] and sent_at - upload.acknowledged_at > KNOWN_BY_S:
                self.untold.append(upload.word)

    def _reads(self, client: Client) -> None:
        for upload in self._some():
            answer = client.read(upload)
            if answer.status == 200 and answer.body != upload.content:
                self.unequal.append(upload.word)

    def _some(self) -> "Rounds":
        return Rounds(self, self._stopping)


class Rounds:
    """Acknowledged uploads over and over, the newest first in each round, until the stop."""

    def __init__(self, traffic: Traffic, stopping: Event) -> None:
        self._traffic = traffic
        self._stopping = stopping
        self._left: list[Upload] = []

    def __iter__(self) -> "Rounds":
        return self

    def __next__(self) -> Upload:
        while not self._stopping.wait(_PACE_S):
            if not self._left:
                self._left = self._traffic.acknowledged()[-20:]
            if self._left:
                return self._left.pop()
        raise StopIteration
