"""What others notice while a server is attacked: ``python -m bench.siege [SECONDS] [ROW…]``.

A server over the demo and 300 long files, one row of `bench.attackers` after the other. Prints the
times of a search of somebody else and of ``/healthz``, and the memory of the server.
"""

import http.client
import os
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from string import ascii_lowercase

from rich.console import Console
from rich.table import Table

from bench.attackers import PEOPLE, ROWS
from bench.product import WENSHU, Client
from records.people.people_rows import PeopleRows
from records.revision import Grant
from records.rights.access import EVERYONE
from services.intake.import_walk import walk
from services.intake.importing import ImportOptions
from services.people.caller import Caller
from wenshu.building.house import installation
from wenshu.settings import Settings

PORT = 8977
PASSWORD = "Abc#12345"  # noqa: S105 - of a store that lives as long as the benchmark
REST_S = 4.0
PAUSE_S = 0.4
"""Between two searches of the person who is not the attacker; he is quicker than any."""


@dataclass(slots=True)
class Seen:
    """Milliseconds of each search and of each look at the health; memory in MB."""

    searches: list[float]
    health: list[float]
    peak_mb: float
    after_mb: float


def main() -> None:
    """Print the table."""
    given = sys.argv[1:]
    seconds = float(given[0]) if given else 20.0
    rows = given[1:] or list(ROWS)
    table = Table("row", "searches", "search p50 / max ms", "health max ms", "MB peak", "MB after")
    with tempfile.TemporaryDirectory(prefix="wenshu-siege-") as folder:
        data = Path(folder) / "data"
        _fill(data, Path(folder) / "papers")
        with _served(data) as server:
            tokens = _tokens()
            for row in ["none", *rows]:
                seen = _besieged(row, server.pid, seconds, tokens)
                times = sorted(seen.searches)
                table.add_row(
                    row,
                    str(len(times)),
                    f"{times[len(times) // 2]:.0f} / {times[-1]:.0f}",
                    f"{max(seen.health):.0f}",
                    f"{seen.peak_mb:.0f}",
                    f"{seen.after_mb:.0f}",
                )
                Console(width=110).print(row, times[-1], seen.peak_mb)
    Console(width=110).print(table)


def _besieged(row: str, server: int, seconds: float, tokens: list[str]) -> Seen:
    """One row."""
    attack = None
    if row != "none":
        command = [sys.executable, "-m", "bench.attackers", row, str(PORT), str(seconds)]
        attack = subprocess.Popen([*command, *tokens[:-1]], stderr=subprocess.DEVNULL)
    seen, until = Seen([], [], 0.0, 0.0), time.monotonic() + seconds
    while time.monotonic() < until:
        seen.searches.append(_timed("/api/v1/search?q=%E9%80%9A%E7%9F%A5", tokens[-1]))
        seen.health.append(_timed("/healthz", ""))
        seen.peak_mb = max(seen.peak_mb, _memory_mb(server))
        time.sleep(PAUSE_S)
    if attack is not None:
        attack.wait(timeout=60)
    time.sleep(REST_S)
    seen.after_mb = _memory_mb(server)
    return seen


def _timed(path: str, token: str) -> float:
    """Milliseconds until the whole answer of a new connection is there; 60 s when none comes."""
    began = time.perf_counter()
    line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    with suppress(OSError, http.client.HTTPException):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        answer.read()
        if answer.status == 200:
            return (time.perf_counter() - began) * 1000
    line.close()
    return 60_000.0


def _memory_mb(pid: int) -> float:
    """Resident memory of the server itself; its workers have limits of their own."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


@contextmanager
def _served(data: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [str(WENSHU), "serve", "--data", str(data), "--port", str(PORT)]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) as server:
        try:
            Client(PORT, login="p0")
            yield server
        finally:
            server.terminate()


def _tokens() -> list[str]:
    """Of the attackers, each with the record of a slow page behind it, and of one more person."""
    tokens = []
    for number in range(PEOPLE):
        content = _slow_pdf(number)  # first: a server hangs up on a client that is silent for 5 s
        client = Client(PORT, login=f"p{number}")
        tokens.append(f"{client.token}|{client.upload('slow.pdf', content)}")
    return [*tokens, Client(PORT, login=f"p{PEOPLE}").token]


def _slow_pdf(number: int) -> bytes:
    """One page that keeps pdfium busy: 400,000 times a transparent fill of the whole page."""
    content = zlib.compress(b"/G gs\n" + b"0 0 600 800 re f\n" * (400_000 + number), 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources 5 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(content), content),
        b"<</ExtGState<</G<</ca .01>>>>>>",
    ]
    made = b"%PDF-1.7\n"
    for at, body in enumerate(objects, 1):
        made += b"%d 0 obj%b\nendobj\n" % (at, body)
    return made + b"trailer<</Root 1 0 R>>"


def _fill(data: Path, papers: Path) -> None:
    """People, and files of many different words."""
    chance = Random(1)
    words = ["".join(chance.choices(ascii_lowercase, k=chance.randint(2, 9))) for _ in range(3_000)]
    papers.mkdir(parents=True)
    for number in range(300):
        text = "通知 " + " ".join(chance.choices(words, k=8_000 if number % 3 else 30_000))
        (papers / f"{number}.txt").write_text(text, encoding="utf-8")
    with installation(Settings(data=data)) as built:
        units = [{"code": "u", "name": "局", "level": "市"}]
        people = [
            {"login": f"p{number}", "name": f"甲{number}", "unit": "u", "password": PASSWORD}
            for number in range(PEOPLE + 1)
        ]
        built.house.people.load(PeopleRows(units, people), lasting=True)
        caller: Caller = built.house.book.caller("p0")  # type: ignore[arg-type]
        options = ImportOptions(caller, "library_file", (Grant(to=EVERYONE),))
        for _ in built.importing.run(list(walk([papers], max_bytes=1 << 30)), options):
            built.drain.round()
        while not built.drain.empty():
            built.drain.round()


if __name__ == "__main__":
    main()
