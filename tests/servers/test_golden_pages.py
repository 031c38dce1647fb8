"""Whole answers of the search are the same on both engines: near hits, families, guesses, versions.

Records of some matters, each a paper with its answer, its 转发, a second file of the same text and
an earlier version; asked by somebody who may read all and by somebody who may read half.
"""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch
from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from tests.api.conftest import PASSWORD, PEOPLE, UNITS, worked_off_inline
from tests.api.test_search_leaks import stored
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.building.web import create_web
from wenshu.settings import Settings

MATTERS = 24
ALL = 50
"""Hits of a page."""

_THINGS = ("应急物资仓库", "食品抽检", "特种设备", "信用修复", "网络餐饮", "不动产登记")
_DEEDS = ("建设", "检查", "维护", "调度")


@pytest.fixture(scope="module")
def both(
    elasticsearch: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Installation, Installation]]:
    """The same records in an installation on each engine."""
    folders = [tmp_path_factory.mktemp(name) for name in ("embedded", "served")]
    name = f"pages-{uuid4().hex[:8]}"
    plain = [Settings(data=folder, password_memory_kib=64) for folder in folders]
    served = replace(plain[1], index_hosts=(elasticsearch,), name=name)
    with installation(plain[0]) as one, installation(served) as other:
        for built in (one, other):
            filled(built)
        yield one, other
    with Elasticsearch([elasticsearch]) as client:
        for index in client.indices.get(index=f"{name}-*"):
            client.indices.delete(index=index)


def filled(built: Installation) -> None:
    people = [{**person, "password": PASSWORD} for person in PEOPLE]
    built.house.people.load(PeopleRows(UNITS, people), lasting=True)
    built.upkeep.mend()
    drafter = client(worked_off_inline(built), "drafter")
    for number in range(MATTERS):
        random = Random(number)
        what = f"{_DEEDS[number % 4]}{_THINGS[number % 6]}{number}号点"
        to = "everyone" if number % 2 else "unit:law"
        sign = f"渝市监文〔2026〕{number}号"
        rest = ("另有其他安排，见下。" * 200)[: int(10 * 1.25**number)]  # no two score alike
        text = f"拟{what}，经费{random.randint(1, 99)}万元。{rest}"
        asked = stored(drafter, f"关于{what}的请示", text, to=to, number=sign)
        stored(drafter, f"关于同意{what}的批复", f"你局{sign}收悉，同意{what}。{rest}", to=to)
        stored(drafter, f"转发关于{what}的请示的通知", f"现将{sign}转发给你们。{rest}", to=to)
        stored(drafter, f"{what}（副本）", text, to=to)
        headers = {"If-Match": '"1"'}
        files = {"file": (f"关于{what}的请示.txt", f"改为{what}，旧稿作废。{rest}".encode())}
        answer = drafter.post(f"/api/v1/records/{asked}/files", files=files, headers=headers)
        assert answer.status_code == 201, answer.text
    list(built.rebuilding.run())  # revisions that went count in scores until they are merged away


def client(built: Installation, login: str) -> TestClient:
    token = built.house.sessions.open(login, client="test", restricted=False)  # type: ignore[arg-type]
    return TestClient(create_web(built, hints=()), headers={"Authorization": f"Bearer {token}"})


def told(asking: TestClient, **asked: str) -> dict[str, Any]:
    """The answer with titles in the place of identifiers, which differ."""
    answer = asking.get("/api/v1/search", params={"size": f"{ALL}", **asked}).json()
    titles = {hit["id"]: hit["title"] for hit in answer["hits"]}
    hits = [
        (hit["title"], titles.get(hit["below"]["head"], ""), hit["below"]["tie"])
        if hit.get("below")
        else (hit["title"], "", "")
        for hit in answer["hits"]
    ]
    near = [hit["title"] for hit in answer["near"]["hits"]]
    same = ("total", "relaxed", "notices", "missing", "guesses", "facets")
    whole = sorted(hits) if answer["total"] <= ALL else []  # of more, equal scores say which
    return {name: answer[name] for name in same} | {"hits": whole, "near": near}


QUESTIONS = (
    *(f"{deed}{thing}" for deed in _DEEDS[:2] for thing in _THINGS),
    *(f"{thing} 经费" for thing in _THINGS),
    *(f"{_THINGS[n % 6]}{n}号点 旧稿" for n in range(8)),
    *(f"关于{_DEEDS[n % 4]}{_THINGS[n % 6]}{n}号点的请示 工程" for n in range(6)),
    *(
        "信用休复",
        "食品抽俭",
        "渝市监文〔2026〕7号",
        "渝市监文2026",
        "2026年7号",
        "wlcy",
        "旧稿 恐龙",
    ),
)


@pytest.mark.feature("SS-01", "SS-03", "SS-07", "SS-08")
@pytest.mark.parametrize("login", ["drafter", "reader"])
@pytest.mark.parametrize(
    "more", [{}, {"folded": "true"}, {"versions": "all", "folded": "true"}, {"sort": "date"}]
)
def test_answers_are_the_same_on_both_engines(
    both: tuple[Installation, Installation], login: str, more: dict[str, str]
) -> None:
    one, other = (client(built, login) for built in both)
    near = families = guesses = 0
    for words in QUESTIONS:
        answer = told(one, q=words, **more)
        assert told(other, q=words, **more) == answer, words
        near += bool(answer["near"])
        families += any(head for _, head, _ in answer["hits"])
        guesses += bool(answer["guesses"])
    assert guesses >= 2, "questions that need no guess prove little"
    assert near >= 2 or more.get("sort"), "questions with nothing near prove little"
    assert families >= 5 or "folded" not in more, "questions without families prove little"
