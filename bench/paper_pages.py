"""Desks and lists of papers over HTTP, at the limits that the office is promised.

The papers are taken through their flow by the use cases; the rows of the lists are written as they
would stand in store and index after years, 发文 issued or filed, 收文 in every state.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any
from urllib.parse import quote

from bench.lists import FIRST, Watch, fill
from bench.product import PASSWORD, Client, Figure, quantile
from bench.serving import PORT, served
from records.flow.task import Task
from records.identity import KindName, Login, RecordId, Token, UnitCode
from records.people.people_rows import PeopleRows
from records.revision import Event, Revision
from services.flow.action_request import ActionRequest
from services.flow.change import NewFile
from services.house import House
from services.intake.ingest import Draft
from services.people.caller import Caller
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.settings import Settings

STEPS, LEADERS, ATTACHMENTS = 100, 30, 200
ASKED = 100
POSTS = ("科室负责人", "机要室", "文印室", "办公室主任", "档案员")
REGISTRY = Token("post:b/机要室")


def pages(data: Path, rows: int) -> Iterator[Figure]:
    """Build, unless the folder stands, and ask."""
    fresh = not data.exists()
    with installation(Settings(data=data, password_memory_kib=64)) as built:
        if fresh:
            built.house.people.load(_people(), lasting=True)
            began = perf_counter()
            if rows:
                fill(built, _papers(rows), stored=lambda _: True)
                took = f"{perf_counter() - began:.0f}"
                yield Figure(f"{rows:,} 发文 and {rows:,} 收文 built, s", took, "", "")
            yield from _limits(built, data)
        named = dict(line.split("=") for line in (data / "papers").read_text().split())
    with served(data):
        client = Client(PORT)
        yield Figure("load of the machine, one minute", f"{os.getloadavg()[0]:.1f}", "", "")
        for name, what in (
            ("steps", f"desk of a paper of {STEPS} steps and {LEADERS} opinions"),
            ("files", f"desk of a paper of {ATTACHMENTS} attachments"),
        ):
            yield _page(client, what, f"/records/{named[name]}", at_least="80", aim="40")
            yield _page(client, f"API: {what}", f"/api/v1/records/{named[name]}")
        if rows:
            yield from _lists(Client(PORT), rows)


def _people() -> PeopleRows:
    units: list[Mapping[str, object]] = [
        {"code": "b", "name": "局", "level": "市", "profile": "市局"},
        {"code": "law", "name": "法规科", "parent": "b"},
    ]
    people: list[dict[str, object]] = [
        {"login": "bench", "name": "甲一", "unit": "b", "posts": list(POSTS), "password": PASSWORD}
    ]
    people += [
        {"login": f"boss{n:02}", "name": f"领导{n}", "unit": "b", "posts": ["局领导"]}
        for n in range(LEADERS)
    ]
    return PeopleRows(units, people)


def _limits(built: Installation, data: Path) -> Iterator[Figure]:
    """A paper of many steps that thirty leaders sign, one of many attachments."""
    house = built.house
    paper = _begun(house, [_file(house, "正文.txt", "正文。", "body")])
    for name in ("send", "forward"):
        paper = _act(house, "bench", paper, name)
    while paper.number < STEPS - LEADERS:
        paper = _act(house, "bench", paper, "to_print")
        paper = _act(house, "bench", paper, "printed")
    paper = _act(house, "bench", paper, "clean")
    leaders = [f"boss{n:02}" for n in range(LEADERS)]
    paper = _act(house, "bench", paper, "to_leaders", chosen=leaders)
    times = []
    for login in leaders:
        began = perf_counter()
        paper = _act(house, login, paper, "sign", opinion="同意，请抓紧办理。")
        times.append((perf_counter() - began) * 1_000)
    steps, told = paper, f"{quantile(times, 0.5):.0f} / {quantile(times, 0.95):.0f}"
    yield Figure(f"each of {LEADERS} leaders signs, p50 / p95, ms", told, "", "")
    began = perf_counter()
    files = [_file(house, f"附件{n}.txt", f"附件{n}", "attachments") for n in range(ATTACHMENTS)]
    paper = _begun(house, [_file(house, "正文.txt", "正文。", "body"), *files])
    took = f"{perf_counter() - began:.1f}"
    yield Figure(f"a paper with {ATTACHMENTS} attachments begun, s", took, "", "")
    (data / "papers").write_text(f"steps={steps.record}\nfiles={paper.record}\n")


def _file(house: House, name: str, text: str, part: str) -> NewFile:
    return NewFile(name, house.staging.receive([text.encode()], name=name), part)


def _begun(house: House, files: Sequence[NewFile]) -> Revision:
    fields = {
        "title": "关于报送情况的通知",
        "note": "请审核",
        "code": "渝市监发",
        "why_not": "内部工作",
        "main_to": "各科",
        "receivers": ["law"],
        "source": "拟稿",
        "sign_way": "线上",
    }
    return house.ingest.begin(_caller(house, "bench"), Draft("outgoing", fields, files=files))


def _act(house: House, login: str, paper: Revision, name: str, **given: Any) -> Revision:
    request = ActionRequest(paper.number, **given)
    return house.acting.act(_caller(house, login), paper.record, name, request)


def _caller(house: House, login: str) -> Caller:
    return house.book.caller(Login(login))


def _papers(rows: int) -> Iterator[Revision]:
    random = Random(7)
    for number in range(rows):
        yield _row("outgoing", number, ("issued", "archived", "archived", "archived"), random)
        yield _row("incoming", number, ("handling", "closing", "closed", "archived"), random)


def _row(kind: str, number: int, states: tuple[str, ...], random: Random) -> Revision:
    at = FIRST + timedelta(minutes=number % 400_000)
    state = states[number % len(states)]
    day, year = at.date().isoformat(), random.randrange(2010, 2027)
    common = {"title": f"关于{random.randrange(100_000)}号事项办理情况的通知", "urgency": "一般"}
    common |= {"filed_year": str(year), "retention": "永久", "piece_no": str(number)}
    of_kind: dict[str, dict[str, Any]] = {
        "outgoing": {"number": f"渝市监发〔{year}〕{number}号", "issued_on": day, "file_by": day},
        "incoming": {
            "from_unit": f"第{random.randrange(300)}局",
            "from_number": f"第局发〔{year}〕{number}号",
            "number": f"收{year}-{number:04}",
            "received_on": day,
            "due_on": day,
            "main_unit": "law",
        },
    }
    task = Task(number=1, holder=REGISTRY, label="承办", state="handling", opened_at=at)
    return Revision(
        record=RecordId(f"01{'P' if kind == 'outgoing' else 'N'}{number:023}"),
        number=1,
        kind=KindName(kind),
        kind_version=1,
        previous=None,
        created_at=at,
        owner=Login(f"p{number % 700}"),
        unit=UnitCode("law"),
        fields={**common, **of_kind[kind]},
        state=state,
        tasks=(task,) if state == "handling" else (),
        participants=frozenset({REGISTRY}),
        event=Event(action="create", actor=Login("p1"), at=at, write_id=f"{kind}{number}"),
    )


def _page(client: Client, what: str, path: str, *, at_least: str = "", aim: str = "") -> Figure:
    """A page as a browser asks for it, or an answer of the API."""
    connection = HTTPConnection("127.0.0.1", PORT, timeout=60)
    headers = {"Cookie": f"wenshu_session={client.token}"}
    if path.startswith("/api/"):
        headers = {"Authorization": f"Bearer {client.token}"}
    times, watch = [], _watch(client)
    before = watch.cpu_ms()
    for _ in range(ASKED):
        began = perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        times.append((perf_counter() - began) * 1_000)
    cpu = (watch.cpu_ms() - before) / ASKED
    told = f"{quantile(times, 0.5):.1f} / {quantile(times, 0.95):.1f} / {cpu:.1f}"
    return Figure(f"{what}, p50 / p95 / CPU, ms", told, at_least, aim)


def _lists(client: Client, rows: int) -> Iterator[Figure]:
    watch = _watch(client)
    issued = "filter=state:issued&filter=state:archived"
    yield watch.figure(
        f"成文管理 of {rows:,}", list(_asked(client, "outgoing", issued)), "80", "40"
    )
    yield watch.figure(f"收文 of {rows:,}", list(_asked(client, "incoming", "")), "80", "40")
    unfiled = ["/api/v1/lists/outgoing?filter=state:issued&columns=title&columns=file_by&size=20"]
    yield watch.figure(f"未归档清单 of {rows // 4:,}", unfiled, "80", "40")


def _asked(client: Client, kind: str, narrowed: str) -> Iterator[str]:
    """Every order with other filters, each from the beginning and from where the page ends."""
    columns = client.get(f"/api/v1/lists/{kind}?size=1")["columns"]
    names = [name for name, column in columns.items() if column["sortable"]]  # type: ignore[attr-defined]
    more = ("", "&filter=urgency:%E4%B8%80%E8%88%AC", "&filter=retention:%E6%B0%B8%E4%B9%85")
    for sort in ("", *names, *(f"-{name}" for name in names)):
        for other in more:
            path = f"/api/v1/lists/{kind}?size=20&{narrowed}{other}&sort={sort}"
            yield path
            following = client.get(path)["next"]
            if following:
                yield f"{path}&after={quote(str(following))}"


def _watch(client: Client) -> Watch:
    """Over the processor time of the process that serves: the youngest child of this one."""
    server = max(
        map(int, Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split())
    )
    return Watch(client, Path(f"/proc/{server}/stat"))
