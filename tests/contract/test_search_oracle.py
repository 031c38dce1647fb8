"""Properties of durable indexes: what they find is what the oracle in memory finds."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

import opencc
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from indexers.analysis import Analyser, Fold
from indexers.analysis.outline import Outlines
from indexers.document_matching import MatchedDocument
from indexers.highlighter import OutlineHighlighter
from indexers.memory_index import MemorySearchIndex
from indexers.tantivy_index import TantivySearchIndex
from records.identity import KindName, Login, RecordId, Token, UnitCode
from records.ports.search_index import SearchIndex
from records.queries.query import (
    Among,
    And,
    DateRange,
    Fact,
    FactRange,
    Holds,
    Not,
    Or,
    Prefix,
    Query,
    TextField,
    Words,
)
from records.queries.search import (
    Facet,
    Floor,
    IndexDocument,
    IndexedPage,
    ListOrder,
    Narrowing,
    Ordering,
    SearchRequest,
    SearchResult,
    SortOrder,
)
from records.queries.versions import change_told, in_all_versions, past_reader
from records.rights.access import AccessFilter, Level, ReadRule
from tests.elasticsearch_indexes import ready

REAL_TEXT = Path(__file__).parents[3] / "shared" / "data" / "cmrc2018_trial.json"
DOCUMENTS = 120
ODD_TEXTS = (
    "编号GD2017-03号，5年规划（2015年）。ＡＢＣ abc-def hello\nWorld",
    "生僻字𠀀𠀁、专用\ue000字\ue001，⻓江 龙龍 干乾幹 ①②㎡",
    "行 尾\n断 开 的 词，e\u0301té naïve ﬁne か\u3099 カﾞ",
    "甲、乙；丙|丁/戊~己<庚>辛",
    "བོད་ཡིག ئۇيغۇرچە 2017 " + "Ab1" * 40,
)
TOKENS = tuple(Token(f"unit:{number}") for number in range(4))
FACTS = tuple(f"{name}={value}" for name in ("a", "ab", "b") for value in ("甲", "乙", "2 3"))
SLOTS = (ListOrder.WORK, ListOrder.COLUMN_1)
KEYS = ("", "0", "01", "01-", "1", "a", "f0z")
FIRST_DAY = date(2015, 1, 1)
TODAY = date(2024, 5, 1)


class Pair:
    """The oracle and the index under test, holding the same records."""

    def __init__(self, tested: SearchIndex, analyser: Analyser) -> None:
        self.analyser = analyser
        self.oracle = MemorySearchIndex(analyser)
        self.tested = tested
        self.highlighter = OutlineHighlighter(analyser, Outlines(analyser.folding))
        self.documents = documents()
        self.oracle.apply(self.documents)
        for start in range(0, DOCUMENTS, 30):  # several segments
            self.tested.apply(self.documents[start : start + 30])


def texts() -> list[str]:
    random = Random(2018)
    if REAL_TEXT.exists():
        data = json.loads(REAL_TEXT.read_text(encoding="utf-8"))["data"]
        found = [part["context"] for article in data for part in article["paragraphs"]]
        return [*ODD_TEXTS, *found]
    signs = (
        "关于进一步做好全市防汛抗旱工作的通知市场监督管理局二〇一七年，。、（） \n0123456789abcGD"
    )
    made = ["".join(random.choices(signs, k=random.randint(20, 400))) for _ in range(200)]
    return [*ODD_TEXTS, *made]


def rule(random: Random) -> ReadRule:
    days = [TODAY + timedelta(days=offset) for offset in (-1, 0, 1)]
    return ReadRule(
        tokens=frozenset(random.sample(TOKENS, random.choice([0, 0, 1, 2]))),
        dated_tokens=frozenset(
            (random.choice(TOKENS), random.choice(days)) for _ in range(random.choice([0, 1, 2]))
        ),
        level=random.choice(list(Level)),
    )


@cache
def documents() -> tuple[IndexDocument, ...]:
    random, made = Random(7), []
    traditional = opencc.OpenCC("s2t")
    others = texts()[DOCUMENTS:]
    for number, text in enumerate(texts()[:DOCUMENTS]):
        shown = traditional.convert(text) if number % 5 == 1 else text
        half = len(shown) // 2
        other = others[number % len(others)]
        past = (other[5:40], other[-30:]) if number % 4 == 0 else ()
        closed = (other[20:60],) if number % 7 == 0 else ()
        told = {change_told(has_past=bool(past or closed))}
        told |= {past_reader(token) for token in random.sample(TOKENS, 2)} if closed else set()
        made.append(
            IndexDocument(
                record=RecordId(f"{number:026}"),
                revision=1,
                kind=KindName(random.choice(["notice", "letter"])),
                title=shown[:14],
                number=f"渝工商发〔2017〕{number}号" if number % 3 else "",
                unit=UnitCode(str(number % 4)),
                unit_name=random.choice(["办公室", "市场处"]),
                author=Login("zhang"),
                author_name="张三",
                dated_on=FIRST_DAY + timedelta(days=random.randint(0, 2000) // 100 * 100),
                changed_at=datetime(2024, 1, 1, tzinfo=UTC) + timedelta(microseconds=number * 400),
                state=random.choice(["draft", "issued"]),
                file_types=tuple(random.choices(["pdf", "docx"], k=random.randint(0, 3))),
                rule=rule(random),
                pages=(IndexedPage("a", 1, shown[:half]), IndexedPage("a", 2, shown[half:])),
                past=past,
                closed=closed,
                facts=frozenset([*random.sample(FACTS, random.randint(0, 4)), *told]),
                keys=tuple((slot, random.choice(KEYS)) for slot in SLOTS if random.random() < 0.9),
            )
        )
    return tuple(made)


@contextmanager
def in_folder(folder: Path, analyser: Analyser) -> Iterator[SearchIndex]:
    index = TantivySearchIndex(folder, analyser, writes=True)
    yield index
    index.close()


@pytest.fixture(scope="module", params=["tantivy", "elasticsearch", "elasticsearch, 3 shards"])
def pair(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    analyser = Analyser(Fold.load())
    tested: AbstractContextManager[SearchIndex]
    if request.param == "tantivy":
        tested = in_folder(tmp_path_factory.mktemp("index"), analyser)
    else:
        shards = 3 if "shards" in request.param else 1
        tested = ready(request.getfixturevalue("elasticsearch"), analyser, shards=shards)
    with tested as index:
        yield Pair(index, analyser)


SLICES = st.tuples(
    st.integers(0, DOCUMENTS - 1),
    st.integers(0, 3),
    st.floats(0, 1, exclude_max=True),
    st.integers(1, 9),
)
SPELLINGS = st.sampled_from(["as it is", "upper", "traditional", "wide", "blanks", "punctuation"])
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@st.composite
def words(draw: st.DrawFn) -> str:
    """A piece of a real title or page, perhaps spelled in another way."""
    number, part, place, length = draw(SLICES)
    source = documents()[number]
    left = "".join([*source.past, *source.closed])
    text = [source.title, *(page.text for page in source.pages), left][part] or "空"
    start = int(place * len(text))
    piece = text[start : start + length]
    match draw(SPELLINGS):
        case "upper":
            return piece.upper()
        case "traditional":
            return str(opencc.OpenCC("s2t").convert(piece))
        case "wide":
            return piece.translate(WIDE)
        case "blanks":
            return " ".join(piece)
        case "punctuation":
            return "、".join(piece)
        case _:
            return piece


FIELDS = st.sampled_from([TextField.ANY] * 4 + list(TextField))
DAYS = st.none() | st.integers(0, 2000).map(lambda days: FIRST_DAY + timedelta(days=days))
LEAVES: st.SearchStrategy[Query] = (
    st.builds(Words, words(), FIELDS)
    | st.builds(Prefix, words(), FIELDS)
    | st.builds(DateRange, DAYS, DAYS)
)
QUERIES = LEAVES | st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(And, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(Or, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(Not, inner)
    ),
    max_leaves=4,
)
FILTERS = st.builds(
    AccessFilter,
    tokens=st.frozensets(st.sampled_from(TOKENS)),
    clearance=st.sampled_from(Level),
    today=st.sampled_from([TODAY + timedelta(days=offset) for offset in (-1, 0, 1, 2)]),
)
EVERYTHING_ELSE = settings(
    deadline=None, max_examples=250, suppress_health_check=[HealthCheck.too_slow]
)


CLOSED = st.sampled_from([left[:4] for each in documents() for left in each.closed])
WORDED = st.recursive(
    st.builds(Words, words() | CLOSED, st.sampled_from([TextField.ANY] * 3 + [TextField.TITLE]))
    | st.builds(Prefix, words())
    | st.builds(DateRange, DAYS, DAYS),
    lambda inner: (
        st.builds(And, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(Or, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(Not, inner)
    ),
    max_leaves=5,
) | st.builds(lambda word, other: Or((Not(Words(word)), other)), CLOSED, st.builds(Words, words()))


def answer(result: SearchResult) -> tuple[int, set[str], object]:
    return result.total, {hit.record for hit in result.hits}, result.facets


@EVERYTHING_ELSE
@given(query=QUERIES, access=FILTERS, relaxed=st.booleans(), floor=st.sampled_from(Floor))
def test_an_index_finds_and_counts_what_the_oracle_does(
    pair: Pair, query: Query, access: AccessFilter, *, relaxed: bool, floor: Floor
) -> None:
    request = SearchRequest(
        query, relaxed=relaxed, floor=floor, facets=tuple(Facet), limit=DOCUMENTS
    )
    expected = answer(pair.oracle.search(request, access))
    assert answer(pair.tested.search(request, access)) == expected


@EVERYTHING_ELSE
@given(query=WORDED, access=FILTERS)
def test_in_all_versions_a_record_is_found_by_whatever_of_it_one_may_read(
    pair: Pair, query: Query, access: AccessFilter
) -> None:
    """As if all its revisions were pages of it, those that are closed to some for the others."""
    expected = set()
    for source in filter(lambda each: access.admits(each.rule), pair.documents):
        readers = map(past_reader, access.tokens)
        closed = source.closed if source.facts.intersection(readers) else ()
        pages = [IndexedPage("", None, text) for text in (*source.past, *closed)]
        everything = replace(source, pages=(*source.pages, *pages))
        if MatchedDocument(pair.analyser, everything).matches(query):
            expected.add(source.record)
    request = SearchRequest(in_all_versions(query, access.tokens), limit=DOCUMENTS)
    for index in (pair.oracle, pair.tested):
        total, found, _ = answer(index.search(request, access))
        assert (total, found) == (len(expected), expected)


@EVERYTHING_ELSE
@given(word=words())
def test_every_word_of_a_text_is_found(pair: Pair, word: str) -> None:
    everyone = AccessFilter(tokens=frozenset(TOKENS), clearance=Level.TOP_SECRET, today=FIRST_DAY)
    request = SearchRequest(Words(word), limit=DOCUMENTS)
    expected = answer(pair.oracle.search(request, everyone))
    assert answer(pair.tested.search(request, everyone)) == expected


@settings(EVERYTHING_ELSE, max_examples=60)
@given(
    access=FILTERS,
    sort=st.sampled_from([SortOrder.DATE, SortOrder.CHANGED]),
    offset=st.integers(0, 20),
    limit=st.integers(1, 10),
)
def test_sorted_pages_are_those_of_the_oracle(
    pair: Pair, access: AccessFilter, sort: SortOrder, offset: int, limit: int
) -> None:
    request = SearchRequest(And(()), sort=sort, offset=offset, limit=limit)
    assert pair.tested.search(request, access) == pair.oracle.search(request, access)


TOLD: st.SearchStrategy[Fact] = st.sampled_from(FACTS) | st.builds(
    FactRange, st.sampled_from([*FACTS, "a", "b=", ""]), st.sampled_from([*FACTS, "b", "c"])
)
GROUPS = st.lists(st.lists(TOLD, max_size=3).map(tuple), max_size=3).map(tuple)
TREES = st.recursive(
    st.builds(Holds, st.lists(TOLD, max_size=3).map(tuple))
    | st.builds(
        Among, st.frozensets(st.integers(0, DOCUMENTS).map(lambda n: RecordId(f"{n:026}")))
    ),
    lambda inner: (
        st.builds(And, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(Or, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(Not, inner)
    ),
    max_leaves=4,
)


@EVERYTHING_ELSE
@given(
    tree=TREES,
    groups=GROUPS,
    access=FILTERS,
    order=st.builds(
        Ordering,
        st.sampled_from(SLOTS),
        descending=st.booleans(),
        after=st.none()
        | st.builds(
            lambda key, n: f"{key}-{n:026}", st.sampled_from(KEYS), st.integers(0, DOCUMENTS)
        ),
    ),
    limit=st.integers(0, 12),
)
def test_lists_of_facts_in_their_orders_are_those_of_the_oracle(
    pair: Pair,
    tree: Query,
    groups: tuple[tuple[Fact, ...], ...],
    access: AccessFilter,
    *,
    order: Ordering,
    limit: int,
) -> None:
    request = SearchRequest(
        tree,
        narrowing=Narrowing(facts=groups),
        facets=(Facet.KIND,),
        counted=("a", "ab", "none"),
        order=order,
        limit=limit,
    )
    assert pair.tested.search(request, access) == pair.oracle.search(request, access)


@settings(EVERYTHING_ELSE, max_examples=100)
@given(typed=words(), access=FILTERS)
def test_suggestions_are_those_of_the_oracle(pair: Pair, typed: str, access: AccessFilter) -> None:
    expected = list(pair.oracle.suggest(typed, access, limit=8))
    assert list(pair.tested.suggest(typed, access, limit=8)) == expected
    visible = {one.record for one in pair.documents if access.admits(one.rule)}
    assert {one.record for one in expected} <= visible


@settings(EVERYTHING_ELSE, max_examples=100)
@given(letters=st.sampled_from(["zhong", "zg", "sh", "yiji", "shi", "x", "guoj", "d", "anan"]))
def test_pinyin_suggestions_are_those_of_the_oracle(pair: Pair, letters: str) -> None:
    access = AccessFilter(tokens=frozenset(TOKENS), clearance=Level.SECRET, today=TODAY)
    expected = list(pair.oracle.suggest(letters, access, limit=50))
    assert list(pair.tested.suggest(letters, access, limit=50)) == expected


@settings(EVERYTHING_ELSE, max_examples=60)
@given(word=words(), prefix=st.booleans())
def test_highlights_stand_exactly_where_the_word_is_found(
    pair: Pair, word: str, *, prefix: bool
) -> None:
    assume(pair.analyser.word(word))
    query = Prefix(word) if prefix else Words(word)
    everyone = AccessFilter(tokens=frozenset(TOKENS), clearance=Level.TOP_SECRET, today=FIRST_DAY)
    found = pair.tested.search(SearchRequest(query, limit=DOCUMENTS), everyone)
    records = {hit.record for hit in found.hits}
    for source in pair.documents:
        if not everyone.admits(source.rule):
            continue
        parts = [source.title, source.number, *(page.text for page in source.pages)]
        marked = any(
            pair.highlighter.spans(text, query, field=None, relaxed=False) for text in parts
        )
        assert marked == (source.record in records)


SMALL = st.text(alphabet="甲乙丙甲 \na1、|/~<𠀀", max_size=12)


@settings(EVERYTHING_ELSE, max_examples=80)
@given(pages=st.lists(SMALL, min_size=1, max_size=4), word=SMALL, prefix=st.booleans())
def test_small_texts_of_few_signs_agree(
    pair: Pair, pages: list[str], word: str, *, prefix: bool
) -> None:
    source = replace(
        documents()[0],
        record=RecordId("small"),
        pages=tuple(IndexedPage("a", None, page) for page in pages),
        rule=ReadRule(
            tokens=frozenset({Token("small")}), dated_tokens=frozenset(), level=Level.PUBLIC
        ),
    )
    only = AccessFilter(tokens=frozenset({Token("small")}), clearance=Level.PUBLIC, today=TODAY)
    request = SearchRequest(Prefix(word) if prefix else Words(word), facets=(Facet.KIND,))
    for index in (pair.oracle, pair.tested):
        index.apply([source])
    expected = answer(pair.oracle.search(request, only))
    assert answer(pair.tested.search(request, only)) == expected
