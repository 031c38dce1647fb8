"""A notice to very many people: ``python -m bench.notices [PEOPLE]`` (10,000) prints what it costs.

Timed over HTTP from 发布 until it is delivered to all of them and stands among the unread of those
who look; then the publisher's table, once half of them have read it and a third have answered.
"""

import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import perf_counter, sleep
from urllib.request import Request, urlopen

from rich.console import Console
from rich.table import Table

from bench.product import PASSWORD, Figure, quantile
from bench.serving import PORT, Person, served
from records.identity import Login, Recipient, RecordId
from records.people.people_rows import PeopleRows
from services.after_commit.answers import Answer, AnswerBook
from services.after_commit.deliveries import Deliveries, Receipt
from services.people.sessions import SESSION_COOKIE
from wenshu.building.house import installation
from wenshu.building.truth import truth_on
from wenshu.settings import Settings

PEOPLE = 10_000
UNITS = 100
WATCHERS = 20
ASKED = 60
AT = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)


def build(data: Path, people: int) -> None:
    """An organisation of so many people; some of them, and who publishes, can sign in."""
    units = [{"code": "u", "name": "局", "level": "市"}]
    units += [{"code": f"u{n}", "name": f"第{n}处", "parent": "u"} for n in range(UNITS)]
    rows: list[dict[str, object]] = [
        {"login": f"p{n}", "name": f"人员{n}", "unit": f"u{n % UNITS}"} for n in range(people)
    ]
    rows.append({"login": "author", "name": "作者", "unit": "u"})
    rows.append({"login": "head", "name": "负责人", "unit": "u", "posts": ["科室负责人", "机要室"]})
    for row in (*rows[:WATCHERS], *rows[-2:]):
        row["password"] = PASSWORD
    with installation(Settings(data=data, password_memory_kib=64)) as built:
        built.house.people.load(PeopleRows(units, rows), lasting=True)


def figures(data: Path, people: int) -> list[Figure]:
    """All of them."""
    build(data, people)
    with served(data):
        record, took = _published(people)
    _answered(data, record, people)
    with served(data):
        return [
            Figure(f"notice to {people:,}: published → all see it, s", f"{took:.2f}", "5", "2"),
            *_receipts(record, people),
        ]


def _published(people: int) -> tuple[str, float]:
    """The notice, and the seconds from 发布 until everybody has it."""
    author, head = Person("author"), Person("head")
    watchers = [Person(f"p{n}") for n in range(WATCHERS)]
    fields = {
        "title": "关于报送年终总结的通知",
        "body": "文" * 500,
        "audience": ["everyone"],
        "wants_answer": True,
        "answer_by": "2099-12-31",
    }
    record = author.post("/records", {"kind": "notice", "fields": fields})["id"]
    author.post(f"/records/{record}/actions/submit", {"revision": 1})
    head.post(f"/records/{record}/actions/agree", {"revision": 2})
    began = perf_counter()
    head.post(f"/records/{record}/actions/publish", {"revision": 3})
    for watcher in watchers:
        while not watcher.get("/tasks?list=unread")["total"]:
            sleep(0.005)
    while author.get(f"/records/{record}/receipts/counts")["total"] < people:
        sleep(0.005)
    return record, perf_counter() - began


def _answered(data: Path, record: str, people: int) -> None:
    """Half have read it, a third have answered."""
    with installation(Settings(data=data, password_memory_kib=64)) as built:
        claims = truth_on(built.engines, revision_cache_bytes=0).claims
        deliveries, answers = Deliveries(claims), AnswerBook(claims)
        for n in Random(3).sample(range(people), people // 2):
            login = Login(f"p{n}")
            deliveries.give(RecordId(record), login, Receipt.READ, AT.isoformat())
            if n % 3:
                answer = Answer(number=1, by=login, at=AT, fields={"text": "已按要求落实。" * 5})
                answers.give(RecordId(record), Recipient(login), answer)


def _receipts(record: str, people: int) -> list[Figure]:
    author = Person("author")
    among = f"of {people:,}, p50 / p95, ms"
    paths = [
        f"/records/{record}/receipts?size=50&offset={offset}&which={which}"
        for offset in (0, people // 4)
        for which in ("all", "unread", "answered", "owing")
    ]
    asked = [paths[n % len(paths)] for n in range(ASKED)]
    counts = [f"/records/{record}/receipts/counts"] * ASKED
    page = [_page_ms(author, f"/records/{record}/receipts?first={n * 50 + 1}") for n in range(30)]
    return [
        Figure(f"receipts {among}", _shown([_ms(author, path) for path in asked]), "150", "60"),
        Figure(f"counts {among}", _shown([_ms(author, path) for path in counts]), "150", "60"),
        Figure(f"page of receipts {among}", _shown(page), "150", "60"),
    ]


def _ms(person: Person, path: str) -> float:
    began = perf_counter()
    person.get(path)
    return (perf_counter() - began) * 1_000


def _page_ms(person: Person, path: str) -> float:
    request = Request(
        f"http://127.0.0.1:{PORT}{path}", headers={"Cookie": f"{SESSION_COOKIE}={person.token}"}
    )
    began = perf_counter()
    with urlopen(request, timeout=60) as answer:  # noqa: S310
        answer.read()
    return (perf_counter() - began) * 1_000


def _shown(times: Sequence[float]) -> str:
    return f"{quantile(list(times), 0.5):.0f} / {quantile(list(times), 0.95):.0f}"


def main() -> None:
    """Measure and print."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    table = Table("what", "measured", "at least", "aim", title="文枢 bench, notices")
    with tempfile.TemporaryDirectory(prefix="wenshu-bench-") as name:
        for each in figures(Path(name) / "data", people):
            table.add_row(each.what, each.measured, each.at_least, each.aim)
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
