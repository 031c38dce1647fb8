"""What is written while the index is built anew is tried against every standing search (SS-06)."""

from collections.abc import Generator, Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from records.people.people_rows import PeopleRows
from tests.api.conftest import PASSWORD, PEOPLE, UNITS, SignIn, worked_off_inline
from tests.api.test_standing_searches import paper, subscribe, told
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.settings import Settings


@pytest.fixture(params=["tantivy", "elasticsearch"])
def built(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Installation]:
    """An installation on this engine; what is written is worked off before the answer."""
    if request.param == "elasticsearch":
        address: str = request.getfixturevalue("elasticsearch")
        settings = replace(settings, index_hosts=(address,), name=f"standing-{uuid4().hex[:8]}")
    with installation(settings) as opened:
        people = [{**person, "password": PASSWORD} for person in PEOPLE]
        opened.house.people.load(PeopleRows(UNITS, people), lasting=True)
        opened.upkeep.mend()
        yield worked_off_inline(opened)
    if settings.index_hosts:
        with Elasticsearch(list(settings.index_hosts)) as client:
            for name in client.indices.get(index=f"{settings.name}-*"):
                client.indices.delete(index=name)


@pytest.mark.feature("SS-06", "AQ-15")
def test_no_standing_search_misses_a_revision_while_the_index_is_built_anew(
    built: Installation, sign_in: SignIn
) -> None:
    drafter, reader = sign_in("drafter"), sign_in("reader")
    before = paper(drafter, "先前.txt", "水库巡查")
    subscribe(reader, "q=水库")
    rebuilding = built.rebuilding.run()
    paper(drafter, "未开始.txt", "水库巡查")
    next(rebuilding)
    paper(drafter, "进行中.txt", "水库巡查")
    changed = drafter.get(f"/api/v1/records/{before}").json()["revision"]
    answer = drafter.patch(
        f"/api/v1/records/{before}",
        json={"fields": {"title": "先前的新名"}},
        headers={"If-Match": f'"{changed}"'},
    )
    assert answer.status_code == 200, answer.text
    late = paper(drafter, "后来合乎.txt", "堤防巡查")
    for _ in rebuilding:
        pass
    paper(drafter, "完成后.txt", "水库巡查")
    revision = drafter.get(f"/api/v1/records/{late}").json()["revision"]
    files = {"file": ("后来合乎.txt", "水库巡查".encode())}
    headers = {"If-Match": f'"{revision}"'}
    assert drafter.post(f"/api/v1/records/{late}/files", files=files, headers=headers).is_success
    assert told(reader) == [["后来合乎"], ["完成后"], ["未开始"], ["进行中"]]
    found = reader.get("/api/v1/search", params={"q": "水库"}).json()["hits"]
    titles = {"先前的新名", "未开始", "进行中", "后来合乎", "完成后"}
    assert {hit["title"] for hit in found} == titles


@pytest.mark.feature("SS-06", "AQ-15")
def test_one_that_is_broken_off_keeps_no_revision_from_being_tried(
    built: Installation, sign_in: SignIn
) -> None:
    drafter, reader = sign_in("drafter"), sign_in("reader")
    subscribe(reader, "q=水库")
    rebuilding = built.rebuilding.run()
    next(rebuilding)
    paper(drafter, "进行中.txt", "水库巡查")
    assert isinstance(rebuilding, Generator)
    rebuilding.close()
    paper(drafter, "中断后.txt", "水库巡查")
    assert told(reader) == [["中断后"], ["进行中"]]
    assert reader.get("/api/v1/search", params={"q": "水库"}).json()["total"] == 2
