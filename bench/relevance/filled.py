"""An installation of its own that holds a collection, and who asks it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.product import PASSWORD
from bench.relevance.sets import Collection
from records.identity import Login
from records.people.people_rows import PeopleRows
from services.intake.ingest import Draft
from services.people.caller import Caller
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.settings import Settings

KIND = """
kind: paper
version: 1
title: 文件
fields:
  title: {label: 标题, type: text, required: true, max: 300}
  number: {label: 文号, type: text, max: 100}
  dated_on: {label: 日期, type: date}
  body: {label: 正文, type: long_text, max: 100000}
  name: {label: 名称, type: text, personal: true}
meaning: {title: title, number: number, dated_on: dated_on, body: body}
start: {by: [role:staff]}
"""


@contextmanager
def filled(collection: Collection) -> Iterator[tuple[Installation, Caller]]:
    """An installation that holds the papers, and who asks."""
    with tempfile.TemporaryDirectory(prefix="wenshu-bench-") as folder:
        settings = Settings(data=Path(folder), password_memory_kib=64)
        settings.kinds.mkdir(parents=True)
        (settings.kinds / "paper.yaml").write_text(KIND, "utf-8")
        with installation(settings) as built:
            person = {"login": "bench", "name": "甲一", "unit": "u", "password": PASSWORD}
            units = [{"code": "u", "name": "局", "level": "市"}]
            built.house.people.load(PeopleRows(units, [person]), lasting=True)
            list(built.rebuilding.run())
            caller = built.house.book.caller(Login("bench"))
            for paper in collection.papers:
                fields = {"title": paper.title, "number": paper.number, "body": paper.body}
                fields["name"] = paper.name
                if paper.dated_on:
                    fields["dated_on"] = paper.dated_on.isoformat()
                built.house.ingest.begin(caller, Draft("paper", fields))
            while not built.drain.empty():
                built.drain.round()
            yield built, caller
