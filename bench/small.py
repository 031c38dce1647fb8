"""Many small records: what they cost on disk and in memory, and what upkeep of them takes.

``python -m bench.small [DOCUMENTS] [FOLDER]`` imports DOCUMENTS (100,000) texts of 600 characters,
once; a FOLDER that holds them is used again. Then it serves: eight readers at once, 2,000 searches,
a rebuild by the server while searches run, the page of people; and it reconciles.
"""

import os
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from random import Random
from time import perf_counter

from fastapi.testclient import TestClient

from bench.corpus import texts
from bench.product import PASSWORD, WENSHU, Client, Figure, quantile
from records.people.organisation import Person
from records.people.people_rows import PeopleRows
from records.people.unit_tree import Unit
from services.people.sessions import SESSION_COOKIE
from wenshu.building.house import installation
from wenshu.building.web import create_web
from wenshu.settings import Settings

CHARACTERS = 600
READERS = 8
READING = [f"reader{number}" for number in range(READERS)]
"""Who they are: one person has one search at work at a time (gate.lanes)."""

EACH = 90
PORT = 8973
UNITS, PEOPLE = 300, 10_000


def prepare(data: Path, folder: Path, documents: int) -> None:
    """People, and that many texts in the store and the index."""
    with installation(Settings(data=data, password_memory_kib=64)) as built:
        people: list[dict[str, object]] = [
            {"login": login, "name": "甲一", "unit": "u", "password": PASSWORD}
            for login in ("bench", "admin", *READING)
        ]
        people[1]["roles"] = ["administrator"]
        units = [{"code": "u", "name": "局", "level": "市"}]
        built.house.people.load(PeopleRows(units, people), lasting=True)
    for number, text in enumerate(texts(documents)):
        file = folder / f"{number // 1000:04}" / f"{number}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text[:CHARACTERS], encoding="utf-8")
    command = f"{WENSHU} import {folder} --as bench --grant everyone --data {data}".split()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def questions(count: int) -> list[str]:
    """Two to four words of two to four characters each, out of one document as it was kept."""
    chance = Random(7)
    pool = [text[:CHARACTERS] for text in texts(2_000)]
    return [" ".join(_words(chance, chance.choice(pool))) for _ in range(count)]


def _words(chance: Random, text: str) -> list[str]:
    pieces = re.findall(r"[\u4e00-\u9fff]{4,}", text)
    found = []
    for piece in chance.sample(pieces, min(len(pieces), chance.randint(2, 4))):
        size = chance.randint(2, 4)
        at = chance.randrange(len(piece) - size + 1)
        found.append(piece[at : at + size])
    return found


def anonymous_mb(pid: int) -> int:
    """Memory of the process that is no file's."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"RssAnon:\s+(\d+)", status)
    return int(found[1]) // 1024 if found else 0


def at_once(tokens: list[str], asked: list[str]) -> tuple[float, list[float]]:
    """Queries a second of all readers at once, and the milliseconds of each query."""
    times: list[float] = []

    def read(number: int, token: str) -> None:
        own = Client(PORT, token)
        times.extend(own.search(asked[(number * 37 + n) % len(asked)]) for n in range(EACH))

    readers = [threading.Thread(target=read, args=each) for each in enumerate(tokens)]
    began = perf_counter()
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return len(times) / (perf_counter() - began), times


def served(data: Path, documents: int) -> list[Figure]:
    """What readers and administrators see while the server runs."""
    asked = questions(400)
    command = f"{WENSHU} serve --data {data} --port {PORT}".split()
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    try:
        tokens = [Client(PORT, login=login).token for login in READING]
        at_once(tokens, asked)  # what is warm in a server that runs
        rate, times = at_once(tokens, asked)
        memory = [anonymous_mb(server.pid)]
        while len(memory) < 3:
            at_once(tokens, asked)
            memory.append(anonymous_mb(server.pid))
        rebuilt_s, searches = rebuilt(tokens[0], data, asked)
    finally:
        server.terminate()
        server.wait(timeout=30)
    told = "、".join(map(str, memory))
    p99 = quantile(times, 0.99)
    return [
        Figure(
            f"{READERS} readers, {documents:,} documents, a second", f"{rate:.0f}", "150", "250"
        ),
        Figure("the same, p99, ms", f"{p99:.0f}", "150", "80"),
        Figure("anonymous memory after 1,440, 2,160, 2,880 searches, MB", told, "250", "200"),
        Figure(f"rebuild while {searches} searches ran, s", f"{rebuilt_s:.0f}", "90", "45"),
    ]


def rebuilt(token: str, data: Path, asked: list[str]) -> tuple[float, int]:
    """Seconds of a rebuild by the server that runs, and the searches that it answered meanwhile."""
    own = Client(PORT, token)  # a server hangs up on one that was silent for 5 s
    began = perf_counter()
    running = subprocess.Popen([WENSHU, "rebuild", "--data", data], stdout=subprocess.DEVNULL)
    searches = 0
    while running.poll() is None:
        own.search(asked[searches % len(asked)])
        searches += 1
    if running.returncode:
        sys.exit(f"rebuild ended with {running.returncode}")
    return perf_counter() - began, searches


def kept(data: Path, documents: int) -> list[Figure]:
    """What the store holds of them, and what it takes to compare it with the index."""
    used = subprocess.run(
        ["du", "-sk", data / "store", data / "index"], capture_output=True, text=True, check=True
    )
    kib = sum(int(line.split()[0]) for line in used.stdout.splitlines())
    with installation(Settings(data=data, password_memory_kib=64)) as built:
        began = perf_counter()
        table = built.reconciliation.compare()
        seconds = perf_counter() - began
    equal = f"reconcile, {table.equal.count:,} equal records, s"
    return [
        Figure("disk of one, store and index, KB", f"{kib / documents:.1f}", "20", "12"),
        Figure(equal, f"{seconds:.1f}", "10", "5"),
    ]


def people_page(folder: Path) -> Figure:
    """The page of an organisation of `UNITS` units and `PEOPLE` people, in process."""
    with installation(Settings(data=folder, password_memory_kib=64)) as built:
        units = [Unit(code="u0", name="局", level="市")]
        for number in range(1, UNITS):
            above = f"u{(number - 1) // 15}"
            units.append(Unit(code=f"u{number}", name=f"科{number}", parent=above))
        people = [
            Person(login=f"p{number}", name=f"人{number}", unit=f"u{number % UNITS}")
            for number in range(PEOPLE - 1)
        ]
        admin = Person(login="admin", name="管", unit="u0", roles=("administrator",))
        built.house.book.merge(units, [*people, admin])
        secret = built.house.sessions.open(admin.login, client="bench", restricted=False)
        client = TestClient(create_web(built, hints=()), cookies={SESSION_COOKIE: secret})
        times = []
        for _ in range(12):
            began = perf_counter()
            client.get("/people")
            times.append((perf_counter() - began) * 1000)
    what = f"page of people, {UNITS} units, {PEOPLE:,} people, ms"
    return Figure(what, f"{quantile(times[2:], 0.5):.0f}", "200", "80")


def main(documents: int, folder: Path) -> None:
    """Print the figures."""
    data = folder / "data"
    if not data.exists():
        prepare(data, folder / "txt", documents)
    with tempfile.TemporaryDirectory(prefix="wenshu-bench-") as other:
        figures = [*kept(data, documents), people_page(Path(other)), *served(data, documents)]
    load = os.getloadavg()[0]
    print(f"load {load:.1f} on {os.cpu_count()} cores")
    for figure in figures:
        print(f"{figure.what} | {figure.measured} | {figure.at_least} | {figure.aim}")


if __name__ == "__main__":
    count = int(sys.argv[1]) if sys.argv[1:] else 100_000
    if sys.argv[2:]:
        main(count, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory(prefix="wenshu-bench-") as made:
            main(count, Path(made))
