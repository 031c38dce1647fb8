"""The product on real engines, beside the embedded figures of the same run.

``python -m bench.servers [DOCUMENTS]``, run beside the servers, which ``python -m tests.servers
seaweedfs redis elasticsearch tika -- COMMAND`` starts.
"""

import os
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from subprocess import DEVNULL, Popen
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from rich.console import Console
from rich.table import Table

from bench.corpus import write_texts
from bench.product import PASSWORD, WENSHU, Client, Figure, quantile, queries
from records.people.people_rows import PeopleRows
from tests.engines import cluster, stop
from tests.servers.program import free_ports
from wenshu.building.house import installation
from wenshu.settings import Settings

RATE = 20
"""Uploads a second while the time until each is found is taken."""

UPLOADS = 200
"""So many at that rate, after as many at half of it: Elasticsearch and SeaweedFS have just started,
and a virtual machine of Java compiles what it runs in its first minute."""

Environment = Mapping[str, str]


def main() -> None:
    """Measure both and print them."""
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with TemporaryDirectory(prefix="wenshu-bench-") as name:
        folder = Path(name)
        write_texts(folder / "txt", documents)
        embedded = list(measured(Settings(data=folder / "embedded"), {}, folder, documents, 0))
        with cluster(folder / "servers") as engines:
            (folder / "servers").mkdir()
            environment = engines.environment()
            on_servers = list(measured(engines.settings, environment, folder, documents, 2))
    table = Table("what", "embedded", "on servers", "aim on servers", title="文枢 bench")
    for one, other in zip(embedded, on_servers, strict=True):
        table.add_row(one.what, one.measured, other.measured, one.aim)
    Console(width=110).print(table)


def measured(
    settings: Settings, environment: Environment, folder: Path, documents: int, workers: int
) -> Iterator[Figure]:
    """The figures of one way to run."""
    settings = replace(settings, password_memory_kib=64)
    with installation(settings) as built:
        people = {"login": "bench", "name": "甲一", "unit": "u", "password": PASSWORD}
        built.house.people.load(
            PeopleRows([{"code": "u", "name": "局", "level": "市"}], [people]), lasting=True
        )
    surroundings = {**os.environ, "PYTHONWARNINGS": "ignore", **environment}
    with ExitStack() as stack:
        started = [
            stack.enter_context(_running(["work", *options], surroundings))
            for options in (["--beat"], [])[:workers]
        ]
        began = perf_counter()
        _import(folder / "txt", settings, surroundings)
        rate = documents / (perf_counter() - began)
        yield Figure("txt of 2,000 characters, docs/s", f"{rate:.0f}", "", "")
        port = free_ports(1)[0]
        serve = ["serve", "--data", str(settings.data), "--port", str(port)]
        server = stack.enter_context(_running(serve, surroundings))
        asked = queries(documents, 300)
        client = Client(port)
        sleep(3)  # a server hangs up on a client that is silent for 5 s
        memory = proportional_mb(server.pid)
        yield Figure("memory of the server idle, MB", f"{memory:.0f}", "", "150")
        idle = max((proportional_mb(each.pid) for each in started), default=0.0)
        yield Figure("memory of a worker idle, MB", f"{idle:.0f}", "", "200")
        times = [client.search(words) for words in asked][50:]
        p50, p99 = quantile(times, 0.5), quantile(times, 0.99)
        yield Figure("search over HTTP, p50 / p99, ms", f"{p50:.1f} / {p99:.1f}", "", "")
        uploads(port, client.token, first=0, rate=RATE / 2)
        waits = uploads(port, client.token, first=UPLOADS, rate=RATE)
        told = f"{quantile(waits, 0.5):.0f} / {quantile(waits, 0.95):.0f}"
        yield Figure(f"uploaded → found at {RATE}/s, p50 / p95, ms", told, "", "1500")


@contextmanager
def _running(command: list[str], environment: Environment) -> Iterator[Popen[bytes]]:
    process = Popen(
        [str(WENSHU), *command], stdout=DEVNULL, env=dict(environment), start_new_session=True
    )
    try:
        yield process
    finally:
        stop(process)


def _import(folder: Path, settings: Settings, environment: Environment) -> None:
    command = [str(WENSHU), "import", str(folder), "--as", "bench", "--grant", "everyone"]
    process = Popen(
        [*command, "--data", str(settings.data)],
        stdout=DEVNULL,
        stderr=DEVNULL,
        env=dict(environment),
    )
    if process.wait() != 0:
        sys.exit(f"import ended with {process.returncode}")


def uploads(port: int, token: str, *, first: int, rate: float) -> list[float]:
    """Milliseconds from upload to hit of each of `UPLOADS`, begun `rate` a second."""
    waits: list[float] = []
    threads = []
    began = perf_counter()
    for done in range(UPLOADS):
        sleep(max(0.0, began + done / rate - perf_counter()))

        def one(number: int = first + done) -> None:
            waits.append(Client(port, token).upload_until_found(number, look_s=0.3))

        thread = threading.Thread(target=one)
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    return waits


def proportional_mb(pid: int) -> float:
    """Memory of a process with all below it, what they share counted once (PSS)."""
    total, waiting = 0.0, [pid]
    while waiting:
        each = waiting.pop()
        rollup = Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii")
        children = Path(f"/proc/{each}/task/{each}/children").read_text(encoding="ascii")
        found = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
        total += int(found[1]) / 1024 if found else 0
        waiting.extend(int(child) for child in children.split())
    return total


if __name__ == "__main__":
    main()
