"""How fast lists answer over HTTP: 工作台 among very many records, and the list of one large kind.

``python -m bench.lists [RECORDS] [ROWS] [FOLDER]`` (1,000,000 and 200,000): so many records in the
index, all of a kind of their own; of `ROWS` of them, and of all that the person who asks has a task
on, the revision stands in the store too, since they are opened. The others are never shown to
anybody. A FOLDER is kept: it is built once, which takes half an hour, and asked again and again.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from urllib.parse import quote

from rich.console import Console
from rich.table import Table

from bench.product import PASSWORD, WENSHU, Client, Figure, quantile
from records.access import person_token
from records.flow.task import Task
from records.identity import KindName, Login, RecordId, Token, UnitCode
from records.people_rows import PeopleRows
from records.ports.record_log import Commit
from records.revision import Event, Grant, Revision
from services.after_commit.documents import index_change
from wenshu.settings import Settings
from wenshu.truth import truth_on
from wenshu.wiring import installation

TASKS = 500
AT_ONCE = 10_000
PORT = 8972
ASKED = 200
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
KIND = """
kind: matter
title: 事项
version: 1
fields:
  title:   {label: 标题, type: text, required: true}
  number:  {label: 文号, type: text}
  urgency: {label: 紧急程度, type: choice, options: [特急, 加急, 一般]}
  sort:    {label: 业务类型, type: choice, options: [批示, 信箱, 会议, 督办, 其他]}
  units:   {label: 主办单位, type: units}
  due:     {label: 办结时间, type: date}
  pages:   {label: 页数, type: integer}
meaning: {title: title, number: number, urgency: urgency}
states:
  handling: {label: 承办中, read: participants}
  closed:   {label: 已办结, read: participants, done: true}
start: {state: handling, by: [role:staff]}
actions:
  close: {label: 办结, from: [handling], to: closed, by: [holder]}
list: {columns: [title, number, urgency, sort, units, due, pages], sort: [-due, title]}
"""


def revisions(count: int, rows: int) -> Iterator[Revision]:
    """Records of the kind: the first `rows` are open to everyone, and in all 500 wait for one."""
    random = Random(5)
    mine = set(random.sample(range(count), TASKS))
    for number in range(count):
        holder = Token("person:bench") if number in mine else Token(f"person:p{number % 5_000}")
        opened = FIRST + timedelta(minutes=number % 400_000)
        due = (opened + timedelta(days=random.randrange(60))).date()
        task = Task(
            number=1, holder=holder, label="承办", state="handling", opened_at=opened, due_on=due
        )
        yield Revision(
            record=RecordId(f"01{number:024}"),
            number=1,
            kind=KindName("matter"),
            kind_version=1,
            previous=None,
            created_at=opened,
            owner=Login(f"p{number % 700}"),
            unit=UnitCode("u"),
            fields={
                "title": f"关于{random.randrange(100_000)}号事项办理情况的报告",
                "number": f"渝监发〔20{random.randrange(10, 27)}〕{number % 3_000}号",
                "urgency": random.choice(("特急", "加急", "一般", "一般")),
                "sort": random.choice(("批示", "信箱", "会议", "督办", "其他")),
                "units": (f"u{random.randrange(50)}",),
                "due": due.isoformat(),
                "pages": random.randrange(1, 300),
            },
            grants=(Grant(to=Token("everyone")),) if number < rows else (),
            state="handling",
            tasks=(task,),
            participants=frozenset({holder, person_token(Login(f"p{number % 700}"))}),
            event=Event(action="create", actor=Login("p1"), at=opened, write_id=f"w{number}"),
        )


def build(data: Path, count: int, rows: int) -> float:
    """Fill store and index; seconds."""
    (data / "kinds").mkdir(parents=True)
    (data / "kinds" / "matter.yaml").write_text(KIND, encoding="utf-8")
    began = perf_counter()
    with installation(Settings(data=data, password_memory_kib=64)) as built:
        people = [{"login": "bench", "name": "甲一", "unit": "u", "password": PASSWORD}]
        units = [{"code": "u", "name": "局", "level": "市"}]
        units += [{"code": f"u{n}", "name": f"第{n}处", "parent": "u"} for n in range(50)]
        built.house.people.load(PeopleRows(units, people), lasting=True)
        kind = built.house.kinds.get("matter")
        truth, rebuild = truth_on(built.engines, cached_revisions=0), built.index.rebuild()
        source = revisions(count, rows)
        while batch := list(islice(source, AT_ONCE)):
            office = built.house.book.current()
            rebuild.apply([index_change(kind, each, {}, office) for each in batch])
            if opened := [Commit(each) for each in batch if _is_opened(each)]:
                truth.log.commit_all(opened)
        rebuild.swap()
        while entries := list(islice(truth.outbox.pending(), AT_ONCE)):
            truth.outbox.remove(entries)  # the index has them already
    return perf_counter() - began


def _is_opened(revision: Revision) -> bool:
    return bool(revision.grants) or revision.tasks[0].holder == "person:bench"


def figures(count: int, rows: int, data: Path) -> Iterator[Figure]:
    """All of them."""
    if not data.exists():
        yield Figure(f"{count:,} records built, s", f"{build(data, count, rows):.0f}", "", "")
    command = f"{WENSHU} serve --data {data} --port {PORT}".split()
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    try:
        client = Client(PORT)
        sleep(3)
        yield from _asked(client, count, rows)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _asked(client: Client, count: int, rows: int) -> Iterator[Figure]:
    todo = client.get("/api/v1/tasks?list=todo&size=20")
    total = todo["total"]
    after = quote(str(todo["next"]))
    among = f"among {count:,}"
    questions: dict[str, list[str]] = {
        f"待办 of {total} tasks {among}: first page": ["/api/v1/tasks?list=todo&size=20"],
        "待办: second page": [f"/api/v1/tasks?list=todo&size=20&after={after}"],
        "超期": ["/api/v1/tasks?list=overdue&size=20"],
        "我发起的": ["/api/v1/tasks?list=started&size=20"],
    }
    for what, paths in questions.items():
        yield _figure(what, client, paths, "60", "30")
    yield _figure(
        f"list of a kind with {rows:,} rows, any filter and sort",
        client,
        list(_lists(client)),
        "80",
        "40",
    )


def _lists(client: Client) -> Iterator[str]:
    """Lists with every sort, one or two filters or none, each also from its middle on."""
    base = "/api/v1/lists/matter?size=20"
    filters = [
        "",
        "&filter=urgency:特急",
        "&filter=sort:批示&filter=sort:会议",
        "&filter=units:u7",
        "&filter=due:2026-03..2026-05",
        "&filter=state:handling&filter=urgency:加急&filter=units:u3&filter=units:u4",
    ]
    for sort in ("", "title", "-number", "urgency", "-due", "pages", "-changed"):
        for chosen in filters:
            path = f"{base}&sort={sort}{quote(chosen, safe='&=:.')}"
            yield path
            following = client.get(path)["next"]
            if following:
                yield f"{path}&after={quote(str(following))}"


def _figure(what: str, client: Client, paths: Sequence[str], at_least: str, aim: str) -> Figure:
    asked = [paths[number % len(paths)] for number in range(max(ASKED, len(paths)))]
    times = [_timed(partial(client.get, path)) for path in asked]
    p50, p95 = quantile(times, 0.5), quantile(times, 0.95)
    return Figure(f"{what}, p50 / p95, ms", f"{p50:.1f} / {p95:.1f}", at_least, aim)


def _timed(call: Callable[[], object]) -> float:
    began = perf_counter()
    call()
    return (perf_counter() - began) * 1_000


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rows = min(int(sys.argv[2]) if len(sys.argv) > 2 else 200_000, count)
    table = Table("what", "measured", "at least", "aim", title="文枢 bench, lists")
    with TemporaryDirectory(prefix="wenshu-bench-") as name:
        kept = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(name) / "data"
        for figure in figures(count, rows, kept):
            table.add_row(figure.what, figure.measured, figure.at_least, figure.aim)
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
