"""The golden set: 500 questions over a corpus, the same on every machine that has the same text.

Beside them 100 that are asked of all versions, or of what stands near.

The corpus is drawn from CMRC 2018 (trial), which lies beside the repository where it is at all;
elsewhere it is made of office phrases.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from records.identity import KindName, Login, RecordId, Token, UnitCode
from records.queries.language import read_query
from records.queries.query import And, Fact, FactRange, Holds, Not
from records.queries.search import (
    Facet,
    Floor,
    IndexDocument,
    IndexedPage,
    ListOrder,
    Narrowing,
    Ordering,
    SearchRequest,
    SortOrder,
)
from records.queries.versions import change_told, in_all_versions, past_reader
from records.rights.access import AccessFilter, Level, ReadRule

REAL_TEXT = Path(__file__).parents[2] / "shared" / "data" / "cmrc2018_trial.json"
OF_EACH = 50
TODAY = date(2024, 5, 1)
FIRST_DAY = date(2015, 1, 1)
TOKENS = tuple(Token(f"unit:{number}") for number in range(6))
UNITS = ("办公室", "市场监督管理处", "法规处", "信用处")
EVERYBODY = AccessFilter(tokens=frozenset(TOKENS), clearance=Level.TOP_SECRET, today=TODAY)
_SIGNS = "关于进一步做好全市防汛抗旱工作的通知市场监督管理局二〇一七年信用修复GD 2017 abc-12 5.36"


@dataclass(frozen=True, slots=True)
class Golden:
    """One question as a person with certain rights asks it."""

    typed: str
    request: SearchRequest
    access: AccessFilter


@cache
def passages() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Texts with the questions that are asked about them."""
    if REAL_TEXT.exists():
        articles = json.loads(REAL_TEXT.read_text(encoding="utf-8"))["data"]
        found = [part for article in articles for part in article["paragraphs"]]
        return tuple((p["context"], tuple(q["question"] for q in p["qas"])) for p in found)
    random = Random(2018)
    made = []
    for _ in range(250):
        text = "，".join(
            "".join(random.choices(_SIGNS, k=random.randint(4, 30))) for _ in range(12)
        )
        made.append((text, (text[10:24] + "是什么？", text[40:60])))
    return tuple(made)


@cache
def corpus() -> tuple[IndexDocument, ...]:
    """Every passage as a record of two pages, and its beginning as a record of one."""
    random = Random(11)
    texts = [text for text, _ in passages()]
    shorter = [text[: random.randint(20, 90)] for text in texts]
    return tuple(_record(random, number, text) for number, text in enumerate(texts + shorter))


def _record(random: Random, number: int, text: str) -> IndexDocument:
    half = len(text) // 2
    told = Random(f"facts {number}")
    past, closed = _past(number)
    readers = told.sample(TOKENS, 2) if closed else []
    dated = FIRST_DAY + timedelta(days=random.randint(0, 3000))
    days = [TODAY + timedelta(days=offset) for offset in (-1, 0, 1)]
    return IndexDocument(
        record=RecordId(f"{number:026}"),
        revision=1 + number % 3,
        kind=KindName(random.choice(["notice", "letter", "library_file"])),
        title=text[: random.randint(4, 24)],
        number=f"渝工商发〔{dated.year}〕{number % 40}号" if number % 3 else "",
        unit=UnitCode(str(number % len(UNITS))),
        unit_name=UNITS[number % len(UNITS)],
        author=Login("zhang"),
        author_name="张三",
        dated_on=dated,
        changed_at=datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
        state=random.choice(["draft", "issued"]),
        file_types=tuple(random.sample(["pdf", "docx", "ofd"], k=random.randint(0, 2))),
        rule=ReadRule(
            tokens=frozenset(random.sample(TOKENS, random.choice([0, 1, 2]))),
            dated_tokens=frozenset(
                (random.choice(TOKENS), random.choice(days)) for _ in range(random.choice([0, 1]))
            ),
            level=random.choice(list(Level)),
        ),
        pages=(IndexedPage("a", 1, text[:half]), IndexedPage("a", 2, text[half:])),
        facts=frozenset(
            [
                *told.sample(FACTS, told.randint(0, 5)),
                change_told(has_past=bool(past or closed)),
                *map(past_reader, readers),
            ]
        ),
        past=past,
        closed=closed,
        keys=tuple((slot, f"{told.randrange(40):02x}") for slot in SLOTS if told.random() < 0.9),
    )


def _past(number: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stood in earlier revisions, of another passage: open to all readers, to some of them."""
    other = passages()[(number * 7 + 3) % len(passages())][0]
    gone = (other[:80],) if number % 3 == 0 else ()
    return gone, (other[80:160],) if number % 5 == 0 and other[80:160] else ()


def _piece(random: Random, least: int, most: int) -> str:
    """A stretch of some text, without signs that the query language reads."""
    while True:
        text = random.choice(passages())[0]
        start = random.randrange(max(len(text) - most, 1))
        piece = text[start : start + random.randint(least, most)]
        if piece.isalnum():
            return piece


def _question(random: Random) -> str:
    return random.choice([q for _, questions in passages() for q in questions])


def _dates(random: Random) -> str:
    year = random.randint(2015, 2022)
    return random.choice(
        [f"日期:{year}", f"日期:{year}-0{random.randint(1, 9)}..{year + 1}", f"日期:..{year}年3月"]
    )


FACTS = tuple(
    f"{name}={value}"
    for name in ("field.sort", "field.units", "holder", "due")
    for value in ("批示", "信箱", "person:li", "2026-03-01", "2026-11-23")
)
SLOTS = (ListOrder.WORK, ListOrder.LIST, ListOrder.COLUMN_3)
LISTS = 100


def lists() -> Iterator[Golden]:
    """Pages of lists: facts in groups and ranges, counted, in an order, from a place on."""
    random = Random("golden lists")
    for number in range(LISTS):
        groups = tuple(
            tuple(random.sample(FACTS, random.randint(1, 3))) for _ in range(random.randint(0, 2))
        )
        late: tuple[Fact, ...] = (FactRange("due=2026-01", f"due=2026-{random.randint(1, 12):02}"),)
        typed = _piece(random, 1, 2) if number % 4 == 0 else ""
        place = f"{random.randrange(40):02x}-{random.randrange(400):026}"
        request = SearchRequest(
            And((read_query(typed).tree, Not(Holds((random.choice(FACTS),))))),
            narrowing=Narrowing(facts=(*groups, late) if number % 5 == 0 else groups),
            facets=(Facet.KIND,),
            counted=("field.sort", "holder", "due"),
            limit=random.randint(0, 40),
            order=Ordering(
                random.choice(SLOTS),
                descending=random.random() < 0.5,
                after=place if number % 3 else None,
            ),
        )
        yield Golden(
            f"list {number} {typed}", request, EVERYBODY if number % 2 else _reader(random)
        )


FAMILIES: dict[str, Callable[[Random], str]] = {
    "word": lambda r: _piece(r, 2, 6),
    "character": lambda r: _piece(r, 1, 1),
    "words": lambda r: f"{_piece(r, 2, 3)} {_piece(r, 1, 3)}",
    "phrase": lambda r: f'"{_piece(r, 3, 5)}{_piece(r, 1, 2)}" OR “{_piece(r, 4, 9)}”',
    "either": lambda r: f"{_piece(r, 2, 4)} 或 {_piece(r, 2, 3)} OR 标题:{_piece(r, 2, 2)}",
    "without": lambda r: f"{_piece(r, 1, 2)} -{_piece(r, 1, 2)} NOT 标题:{_piece(r, 1, 2)}",
    "beginning": lambda r: f"{r.choice(['1', '20', '19', 'a', 's', 'G', '3', _piece(r, 2, 2)])}*",
    "number": lambda r: f"渝工商發（{r.randint(2015, 2022)}）{r.randint(0, 40)}号",
    "range": lambda r: f"{_dates(r)} {_piece(r, 1, 2)} 单位:{r.choice(UNITS)}",
    "question": _question,
}
"""Ways to ask; fifty questions of each."""

VERSIONS, NEAR = "versions", "near"
BESIDE: dict[str, Callable[[Random], str]] = {
    VERSIONS: lambda r: r.choice([_piece(r, 2, 4), f"{_piece(r, 1, 2)} -{_piece(r, 2, 2)}"]),
    NEAR: lambda r: f"{_piece(r, 2, 4)} {_piece(r, 3, 6)} {_piece(r, 2, 4)}",
}
"""The same of all versions of a record, and of what holds half of what was asked."""


def questions(family: str) -> Iterator[Golden]:
    """The questions of one family: strict and relaxed, narrowed or not, by readers of all sorts."""
    random = Random(f"golden {family}")
    for number in range(OF_EACH):
        typed = (FAMILIES | BESIDE)[family](random)
        relaxed = family in {"question", NEAR} or (number % 5 == 4 and family != VERSIONS)
        request = SearchRequest(
            read_query(typed).tree,
            relaxed=relaxed,
            floor=Floor.HALF if family == NEAR else Floor.SOME,
            narrowing=_narrowing(random) if number % 3 == 0 else Narrowing(),
            sort=SortOrder.RELEVANCE,
            facets=tuple(Facet),
            counted=("field.sort", "due") if number % 2 else (),
            limit=1_000,
        )
        access = EVERYBODY if number % 2 else _reader(random)
        if family == VERSIONS:
            request = replace(request, query=in_all_versions(request.query, access.tokens))
        yield Golden(typed, request, access)


def _narrowing(random: Random) -> Narrowing:
    return Narrowing(
        kinds=(KindName("notice"), KindName("letter")) if random.random() < 0.6 else (),
        units=(UnitCode(str(random.randrange(4))),) if random.random() < 0.3 else (),
        file_types=("pdf",) if random.random() < 0.3 else (),
        facts=(tuple(random.sample(FACTS, 9)),) if random.random() < 0.15 else (),
        first=date(2016, 1, 1) if random.random() < 0.4 else None,
        withheld=frozenset({corpus()[random.randrange(200)].record}),
    )


def _reader(random: Random) -> AccessFilter:
    return AccessFilter(
        tokens=frozenset(random.sample(TOKENS, random.randint(0, 4))),
        clearance=random.choice(list(Level)),
        today=TODAY + timedelta(days=random.randint(-1, 2)),
    )
