"""Actions and signers: ``python -m bench.flows`` prints what the flow costs.

An action is timed over HTTP until it is durable and stands in the next person's 待办, beside the
raw price of durability: the exclusive creation of the same bytes on the same disk.
"""

import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter, sleep
from urllib.error import HTTPError

from rich.console import Console
from rich.table import Table

from bench.product import PASSWORD, Figure, quantile
from bench.serving import Person, served
from records.identity import ObjectKey
from records.people.people_rows import PeopleRows
from records.ports.object_store import NewObject
from storage.filesystem_store import FilesystemObjectStore
from wenshu.building.house import installation
from wenshu.settings import Settings

ROUNDS = 60
SIGNERS = 50
BALLOT = """\
kind: bench_ballot
title: 会签
version: 1
fields: {title: {label: 标题, type: text, required: true}, signers: {label: 会签人, type: people}}
meaning: {title: title}
states:
  draft:  {label: 起草, read: participants}
  signing: {label: 会签, read: participants, join: {to: done}}
  done:   {label: 办结, read: participants, done: true}
start: {state: draft, by: [role:staff]}
actions:
  send: {label: 发送, from: [draft], to: signing, by: [holder], next: [{field: signers}]}
  sign: {label: 同意, from: [signing], task: done, by: [holder], verdict: agree}
  drop: {label: 撤销, from: [draft, signing], to: done, by: [author]}
"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="wenshu-bench-") as name:
        data = Path(name) / "data"
        raw = raw_ms(Path(name) / "raw")
        build(data)
        with served(data):
            figures = [_actions(raw), _signers()]
    table = Table("what", "measured", "at least", "aim", title="文枢 bench: flows")
    for each in figures:
        table.add_row(each.what, each.measured, each.at_least, each.aim)
    Console(width=120).print(table)


def raw_ms(folder: Path) -> list[float]:
    """Times of exclusive creations of 4 KB, durable, in ms."""
    store, times = FilesystemObjectStore(folder), []
    for number in range(ROUNDS):
        began = perf_counter()
        store.create_all(
            [NewObject(ObjectKey(f"raw/{number}/{part}"), b"x" * 4096) for part in "ab"]
        )
        store.create(ObjectKey(f"raw/{number}/c"), b"x" * 4096)
        times.append((perf_counter() - began) * 1000)
    return times


def build(data: Path) -> None:
    """A new installation with an author, a head and fifty signers."""
    kinds = data / "kinds"
    kinds.mkdir(parents=True)
    (kinds / "bench_ballot.yaml").write_text(BALLOT, encoding="utf-8")
    people = [{"login": "author", "name": "作者", "unit": "u"}]
    people += [{"login": f"s{n:02}", "name": f"会签{n:02}", "unit": "u"} for n in range(SIGNERS)]
    rows: list[dict[str, object]] = [{**each, "password": PASSWORD} for each in people]
    rows.append(
        {
            "login": "head",
            "name": "负责人",
            "unit": "u",
            "posts": ["科室负责人", "机要室"],
            "password": PASSWORD,
        }
    )
    with installation(Settings(data=data, password_memory_kib=64)) as built:
        units = [{"code": "u", "name": "局", "level": "市"}]
        built.house.people.load(PeopleRows(units, rows), lasting=True)


def _actions(raw: list[float]) -> Figure:
    """送审 by the author until it is in the head's 待办, again and again."""
    author, head = Person("author"), Person("head")
    fields = {"title": "题", "body": "文" * 500, "audience": ["everyone"]}
    times = []
    for number in range(ROUNDS):
        begun = author.post(
            "/records", {"kind": "notice", "fields": {**fields, "title": f"通知{number}"}}
        )
        began = perf_counter()
        author.post(f"/records/{begun['id']}/actions/submit", {"revision": 1})
        while not any(t["id"] == begun["id"] for t in head.get("/tasks")["tasks"]):
            sleep(0.002)
        times.append((perf_counter() - began) * 1000)
        head.post(f"/records/{begun['id']}/actions/return", {"revision": 2, "opinion": "改"})
    p50, p99 = quantile(times[10:], 0.5), quantile(times[10:], 0.99)
    return Figure(
        f"action → next 待办 over HTTP, p50 / p99, ms (raw {quantile(raw, 0.5):.1f})",
        f"{p50:.0f} / {p99:.0f}",
        "25 / 100",
        "12 / 50",
    )


def _signers() -> Figure:
    """Fifty sign one record at the same moment."""
    author = Person("author")
    people = [Person(f"s{number:02}") for number in range(SIGNERS)]
    logins = [f"s{number:02}" for number in range(SIGNERS)]
    begun = author.post(
        "/records", {"kind": "bench_ballot", "fields": {"title": "会签", "signers": logins}}
    )
    path = f"/records/{begun['id']}/actions"
    author.post(f"{path}/send", {"revision": 1})
    ready = threading.Barrier(SIGNERS)

    def sign(person: Person) -> tuple[bool, float]:
        ready.wait()
        began = perf_counter()
        while True:
            try:
                person.post(f"{path}/sign", {"revision": 2})
            except HTTPError as error:
                if error.code in {429, 503}:  # busy: the house says when to come again
                    sleep(0.2)
                    continue
                return False, perf_counter() - began
            return True, perf_counter() - began

    with ThreadPoolExecutor(SIGNERS) as pool:
        answers = list(pool.map(sign, people))
    conflicts = sum(not good for good, _ in answers)
    return Figure(
        "50 signers of one record at once: conflicts, last answer",
        f"{conflicts}, {max(took for _, took in answers):.1f} s",
        "0, 3 s",
        "0, 1.5 s",
    )


if __name__ == "__main__":
    main()
