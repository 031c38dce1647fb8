"""The whole product from outside: ``wenshu import`` and ``wenshu serve`` as people run them."""

import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter, sleep
from urllib.parse import quote

from bench.corpus import texts, write_pdfs, write_texts
from records.people.people_rows import PeopleRows
from wenshu.building.house import installation
from wenshu.settings import Settings

PASSWORD = "Abc#12345"  # noqa: S105 - of a store that lives as long as the benchmark
WENSHU = Path(sys.executable).with_name("wenshu")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    what: str
    measured: str
    at_least: str
    aim: str


def measure(documents: int) -> list[Figure]:
    """All figures of the product over `documents` records."""
    with tempfile.TemporaryDirectory(prefix="wenshu-bench-") as name:
        folder = Path(name)
        return list(_measured(folder, documents))


def _measured(folder: Path, documents: int) -> list[Figure]:
    data = folder / "data"
    with installation(Settings(data=data, password_memory_kib=64)) as built:
        people = {"login": "bench", "name": "甲一", "unit": "u", "password": PASSWORD}
        units = [{"code": "u", "name": "局", "level": "市"}]
        built.house.people.load(PeopleRows(units, [people]), lasting=True)
    write_texts(folder / "txt", documents)
    write_pdfs(folder / "pdf", 300)
    text_rate, text_peak = _import(folder / "txt", data, documents)
    pdf_rate, pdf_peak = _import(folder / "pdf", data, 300)
    figures = [
        Figure("txt of 2,000 characters, docs/s", f"{text_rate:.0f}", "100", "300"),
        Figure("PDF of 5 pages, docs/s", f"{pdf_rate:.0f}", "15", "40"),
        Figure("memory while importing, MB", f"{max(text_peak, pdf_peak):.0f}", "1100", "900"),
    ]
    return [*figures, *_served(data, documents)]


def _import(folder: Path, data: Path, count: int) -> tuple[float, float]:
    """Documents a second, and peak memory of the process and its workers in MB."""
    command = f"{WENSHU} import {folder} --as bench --grant everyone --data {data}".split()
    began = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = _watch(process)
    if process.returncode != 0:
        sys.exit(f"import ended with {process.returncode}")
    return count / (perf_counter() - began), peak


def _watch(process: subprocess.Popen[bytes]) -> float:
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, memory_mb(process.pid))
        sleep(0.2)
    return peak


def memory_mb(pid: int) -> float:
    """Resident memory of a process with all below it, whichever thread started them."""
    total, waiting = 0.0, [pid]
    while waiting:
        each = waiting.pop()
        try:
            status = Path(f"/proc/{each}/status").read_text(encoding="ascii")
            threads = Path(f"/proc/{each}/task").glob("*/children")
            children = " ".join(thread.read_text(encoding="ascii") for thread in threads)
        except OSError:
            continue
        found = re.search(r"VmRSS:\s+(\d+)", status)
        total += int(found[1]) / 1024 if found else 0
        waiting.extend(int(child) for child in children.split())
    return total


def _served(data: Path, documents: int) -> list[Figure]:
    port = 8971
    asked = queries(documents, 500)  # first: a server hangs up on a client that is silent for 5 s
    command = f"{WENSHU} serve --data {data} --port {port}".split()
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    try:
        client = Client(port)
        sleep(3)
        idle = memory_mb(server.pid)
        times = [client.search(words) for words in asked]
        uploads = [client.upload_until_found(number) for number in range(30)]
    finally:
        server.terminate()
        server.wait(timeout=30)
    p50, p99 = quantile(times[50:], 0.5), quantile(times[50:], 0.99)
    upload = quantile(uploads[5:], 0.95)
    return [
        Figure(
            f"search over HTTP, {documents:,} documents, p50 / p99, ms",
            f"{p50:.1f} / {p99:.1f}",
            "10 / 60",
            "5 / 20",
        ),
        Figure("uploaded → in the result, p95, ms", f"{upload:.0f}", "300", "100"),
        Figure("memory idle, MB", f"{idle:.0f}", "450", "350"),
    ]


def queries(documents: int, count: int) -> list[str]:
    """Two to four words of two to four Chinese characters each, out of one document."""
    chance = Random(7)
    pool = list(texts(min(documents, 2_000)))
    found = []
    for _ in range(count):
        pieces = re.findall(r"[\u4e00-\u9fff]{4,}", chance.choice(pool))
        words = []
        for piece in chance.sample(pieces, min(len(pieces), chance.randint(2, 4))):
            size = chance.randint(2, 4)
            at = chance.randrange(len(piece) - size + 1)
            words.append(piece[at : at + size])
        found.append(" ".join(words))
    return found


def quantile(values: list[float], share: float) -> float:
    """The value below which that share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Client:
    """A signed-in client over one kept connection."""

    def __init__(self, port: int, token: str = "", *, login: str = "bench") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        if token:
            self.token = token
            self._headers = {"Authorization": f"Bearer {token}"}
            return
        self._headers = {"Content-Type": "application/json"}
        self._wait()
        body = json.dumps({"login": login, "password": PASSWORD})
        self.token = str(self._ask("POST", "/api/v1/session", body)["token"])
        self._headers = {"Authorization": f"Bearer {self.token}"}

    def search(self, words: str) -> float:
        """Milliseconds of one search."""
        began = perf_counter()
        self._ask("GET", f"/api/v1/search?q={quote(words)}&size=10")
        return (perf_counter() - began) * 1000

    def get(self, path: str) -> dict[str, object]:
        """What an address answers."""
        return self._ask("GET", path)

    def upload(self, name: str, content: bytes) -> str:
        """The record of a file that was sent."""
        head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + b"\r\n--b--\r\n"
        headers = {**self._headers, "Content-Type": "multipart/form-data; boundary=b"}
        return str(self._ask("POST", "/api/v1/files", body, headers)["id"])

    def upload_until_found(self, number: int, *, look_s: float = 0.001) -> float:
        """Milliseconds from the start of an upload until search finds it, looked for so often."""
        word = f"独有词{number}号"
        body = (
            '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
            f"{word}\r\n--b--\r\n"
        ).encode()
        began = perf_counter()
        headers = {**self._headers, "Content-Type": "multipart/form-data; boundary=b"}
        self._ask("POST", "/api/v1/files", body, headers)
        quoted = quote(f'"{word}"')  # as it stands: without quotes its neighbours are found too
        while self._ask("GET", f"/api/v1/search?q={quoted}")["total"] == 0:
            sleep(look_s)
        return (perf_counter() - began) * 1000

    def _wait(self) -> None:
        deadline = perf_counter() + 60
        while True:
            try:
                self._connection.request("GET", "/healthz")
                self._connection.getresponse().read()
            except OSError:
                self._connection.close()
                if perf_counter() > deadline:
                    raise
                threading.Event().wait(0.1)
            else:
                return

    def _ask(
        self,
        method: str,
        path: str,
        body: str | bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> dict[str, object]:
        self._connection.request(method, path, body, headers or self._headers)
        answer = self._connection.getresponse()
        content: dict[str, object] = json.loads(answer.read())
        if answer.status >= 400:
            sys.exit(f"{method} {path}: {answer.status} {content}")
        return content
