"""Papers at their limits: ``python -m bench.papers [UNITS] [ROWS] [FOLDER]`` prints one table.

发文 to many units until each has it in its 待办: with the embedded stack in this process; the clock
runs from 发文 until every unit's 电子来文 is a record with a task for somebody there. Then what
`bench.paper_pages` asks of a server: the desk of a paper with a hundred steps and the opinions of
thirty leaders, one with two hundred attachments, and the lists of 200,000 papers (ROWS; 0 for none)
in FOLDER, which is kept.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, sleep

from rich.console import Console
from rich.table import Table

from bench.paper_pages import pages
from bench.product import Figure
from records.identity import Login
from records.people.people_rows import PeopleRows
from records.revision import Revision
from services.flow.action_request import ActionRequest
from services.flow.change import NewFile
from services.house import House
from services.intake.ingest import Draft
from services.people.caller import Caller
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.settings import Settings

UNITS = 500
SAMPLED = 25
"""Units that are asked for their 待办, spread over all: to ask each would be measured as well."""
PATIENCE_S = 300


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else UNITS
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
    table = Table("what", "measured", "at least", "aim", title="文枢 bench: papers")
    with tempfile.TemporaryDirectory(prefix="wenshu-bench-") as name:
        kept = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(name) / "pages"
        for figure in (*_deliveries(Path(name) / "delivery", count), *pages(kept, rows)):
            table.add_row(figure.what, figure.measured, figure.at_least, figure.aim)
    Console(width=130).print(table)


def _deliveries(data: Path, count: int) -> Iterator[Figure]:
    with installation(Settings(data=data, password_memory_kib=64)) as built:
        built.house.people.load(_people(count), lasting=True)
        built.start()
        yield _delivered(built, count)


def _people(count: int) -> PeopleRows:
    units: list[dict[str, object]] = [{"code": "b", "name": "局", "level": "市", "profile": "市局"}]
    units += [{"code": f"u{n:03}", "name": f"第{n}局", "level": "区"} for n in range(count)]
    posts = ["科室负责人", "机要室"]
    people: list[dict[str, object]] = [{"login": "jia", "name": "甲", "unit": "b", "posts": posts}]
    people += [
        {"login": f"p{n:03}", "name": f"收{n}", "unit": f"u{n:03}", "posts": ["机要室"]}
        for n in range(count)
    ]
    return PeopleRows(units, people)


def _delivered(built: Installation, count: int) -> Figure:
    house = built.house
    waiting = [_caller(house, f"p{n:03}") for n in range(0, count, max(count // SAMPLED, 1))]
    waiting.append(_caller(house, f"p{count - 1:03}"))
    paper = _ready(house, count)
    began = perf_counter()
    house.settle(_act(house, paper, "issue"))
    answered = perf_counter() - began
    while waiting and perf_counter() - began < PATIENCE_S:
        waiting = [each for each in waiting if not house.lists.of_work.totals(each)["todo"]]
        sleep(0.02)
    took = perf_counter() - began
    jia = _caller(house, "jia")
    ties = house.related.of(jia, house.browsing.open(jia, paper.record))
    arrived = sum(tie.is_there for tie in ties)
    told = f"{took:.1f} s ({arrived} arrived, answered after {answered:.1f} s)"
    return Figure(f"发文 to {count} units, in each 待办", told, "10 s", "3 s")


def _ready(house: House, count: int) -> Revision:
    fields = {
        "title": "关于报送情况的通知",
        "note": "请审核",
        "code": "渝市监发",
        "why_not": "内部工作",
        "main_to": "各局",
        "receivers": [f"u{n:03}" for n in range(count)],
    }
    staged = house.staging.receive(["正文。".encode()], name="正文.txt")
    file = NewFile("正文.txt", staged, "body")
    paper = house.ingest.begin(_caller(house, "jia"), Draft("outgoing", fields, files=[file]))
    for name in ("send", "forward", "clean", "number_it", "lay_out", "seal"):
        paper = _act(house, paper, name)
    return paper


def _act(house: House, paper: Revision, name: str) -> Revision:
    caller = _caller(house, "jia")
    return house.acting.act(caller, paper.record, name, ActionRequest(paper.number))


def _caller(house: House, login: str) -> Caller:
    return house.book.caller(Login(login))


if __name__ == "__main__":
    main()
