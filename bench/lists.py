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
from records.flow.task import Task
from records.identity import KindName, Login, RecordId, Token, UnitCode
from records.people.people_rows import PeopleRows
from records.ports.record_log import Commit
from records.revision import Event, Grant, Revision
from records.rights.access import person_token
from services.after_commit.documents import Past, index_change
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.building.truth import truth_on
from wenshu.settings import Settings

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
        fill(built, revisions(count, rows), stored=_is_opened)
    return perf_counter() - began


def fill(
    built: Installation, source: Iterator[Revision], *, stored: Callable[[Revision], bool]
) -> None:
    """Put revisions into the index, and into the store those that somebody will be shown."""
    truth, rebuild = truth_on(built.engines, revision_cache_bytes=0), built.index.rebuild()
    kinds, office = built.house.kinds, built.house.book.current()
    while batch := list(islice(source, AT_ONCE)):
        rebuild.apply(
            [index_change(kinds.get(each.kind), each, {}, office, Past()) for each in batch]
        )
        if opened := [Commit(each) for each in batch if stored(each)]:
            truth.log.commit_all(opened)
    rebuild.swap()
    while entries := list(islice(truth.outbox.pending(), AT_ONCE)):
        truth.outbox.remove(entries)  # the index has them already
    while effects := list(islice(truth.effects.onward(None), AT_ONCE)):
        truth.effects.remove(effects)  # else a server works them off while it is measured


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
        yield Figure("load of the machine, one minute", f"{os.getloadavg()[0]:.1f}", "", "")
        yield from _asked(client, count, rows, Path(f"/proc/{server.pid}/stat"))
    finally:
        server.terminate()
        server.wait(timeout=30)


def _asked(client: Client, count: int, rows: int, stat: Path) -> Iterator[Figure]:
    watch = Watch(client, stat)
    yield watch.figure(
        "nothing (one's own exports), to measure the machine by", ["/api/v1/exports"]
    )
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
        yield watch.figure(what, paths, "60", "30")
    what = f"list of a kind with {rows:,} rows, any filter and sort"
    yield watch.figure(what, list(_lists(client)), "80", "40")


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


class Watch:
    """Asks, and looks at the clock and at the processor time of the server."""

    def __init__(self, client: Client, stat: Path) -> None:
        self._client = client
        self._stat = stat

    def figure(self, what: str, paths: Sequence[str], at_least: str = "", aim: str = "") -> Figure:
        """Of many questions; what others do on the machine changes the processor time little."""
        asked = [paths[number % len(paths)] for number in range(max(ASKED, len(paths)))]
        before = self.cpu_ms()
        times = [_timed(partial(self._client.get, path)) for path in asked]
        cpu = (self.cpu_ms() - before) / len(asked)
        told = f"{quantile(times, 0.5):.1f} / {quantile(times, 0.95):.1f} / {cpu:.1f}"
        return Figure(f"{what}, p50 / p95 / CPU, ms", told, at_least, aim)

    def cpu_ms(self) -> float:
        """Processor time of the server so far (proc(5): utime and stime, in ticks)."""
        ticks = self._stat.read_text().rpartition(")")[2].split()[11:13]
        return sum(map(int, ticks)) * 1_000 / os.sysconf("SC_CLK_TCK")


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
