"""What is very long, wide or deep is answered all the same, as the oracle in memory answers it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from indexers.analysis import Analyser, Fold
from indexers.elasticsearch_index import ElasticsearchSearchIndex
from indexers.elasticsearch_index.asking import Asking
from indexers.memory_index import MemorySearchIndex
from records.identity import KindName, RecordId, Token
from records.queries.language import read_query
from records.queries.query import And, Not, Or, Prefix, Query, TextField, Words
from records.queries.search import Facet, Narrowing, SearchRequest
from records.rights.access import AccessFilter, Level
from tests.elasticsearch_indexes import ready
from tests.search_documents import OPEN, STAFF, TODAY, document

MANY = 10_000
HAN = "".join(chr(0x4E00 + number) for number in range(MANY))
Both = tuple[MemorySearchIndex, ElasticsearchSearchIndex]


@pytest.fixture(scope="module")
def both(elasticsearch: str) -> Iterator[Both]:
    analyser = Analyser(Fold.load())
    granted = OPEN.model_copy(update={"tokens": frozenset({Token("unit:69999")})})
    dated = OPEN.model_copy(
        update={"tokens": frozenset(), "dated_tokens": frozenset({(Token("unit:69998"), TODAY)})}
    )
    changes = [
        document("long", "一", HAN),
        document("part", "二", HAN[5:25]),
        document("runs", "三", " ".join(f"w{number}" for number in range(MANY))),
        document("mixed", "四", "".join(f"甲{number}" for number in range(MANY // 5))),
        replace(document("granted", "五", "防汛"), rule=granted),
        replace(document("dated", "六", "防汛"), rule=dated),
    ]
    with ready(elasticsearch, analyser) as tested:
        oracle = MemorySearchIndex(analyser)
        for index in (oracle, tested):
            index.apply(changes)
        yield oracle, tested


def agree(both: Both, request: SearchRequest, access: AccessFilter = STAFF) -> int:
    expected, found = (index.search(request, access) for index in both)
    assert found.total == expected.total
    assert {hit.record for hit in found.hits} == {hit.record for hit in expected.hits}
    assert found.facets == expected.facets
    return found.total


TEXTS = {
    "characters": HAN,
    "part of them": HAN[:5_000],
    "the same": "甲乙" * (MANY // 2),
    "runs": " ".join(f"w{number}" for number in range(MANY)),
    "one run": "w" * MANY,
    "mixed": "".join(f"甲{number}" for number in range(MANY // 5)),
    "punctuation": "、甲" * (MANY // 2),
}


@pytest.mark.parametrize("relaxed", [False, True])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_word_of_ten_thousand_characters_is_answered(
    both: Both, text: str, *, relaxed: bool
) -> None:
    for field in (TextField.ANY, TextField.TITLE):
        for query in (Words(text, field), Prefix(text, field), Not(Words(text, field))):
            agree(both, SearchRequest(query, relaxed=relaxed, facets=(Facet.KIND,)))


@pytest.mark.parametrize("relaxed", [False, True])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_whatever_is_typed_at_whatever_length_is_answered(
    both: Both, text: str, *, relaxed: bool
) -> None:
    for typed in (text, " ".join(text), " OR ".join(text), "-" + " -".join(text)):
        agree(both, SearchRequest(read_query(typed).tree, relaxed=relaxed))


def test_an_alternative_of_thousands_of_words_is_one_set(both: Both) -> None:
    words = tuple(Words(HAN[start : start + 2]) for start in range(0, MANY, 2))
    assert agree(both, SearchRequest(Or(words))) == 2
    assert agree(both, SearchRequest(And((Not(Or(words)), Words("三"))))) == 1


@pytest.mark.parametrize("relaxed", [False, True])
@pytest.mark.parametrize("around", ["(三 OR 二 {})", "(三 OR -(二 {}))", "(-{} OR 三)"])
def test_brackets_to_the_depth_that_is_read_are_answered(
    both: Both, around: str, *, relaxed: bool
) -> None:
    typed, deepest = '"甲1甲2甲"', ""
    while "malformed" not in read_query(typed).notices:
        typed, deepest = around.format(typed), typed
    assert deepest.count("(") >= 5
    request = SearchRequest(
        read_query(deepest).tree,
        relaxed=relaxed,
        narrowing=Narrowing(kinds=(KindName("notice"),), first=TODAY.replace(year=2000)),
        facets=tuple(Facet),
    )
    assert agree(both, request) > 0


def test_branches_within_branches_of_one_kind_are_laid_flat(both: Both) -> None:
    query: Query = Words("一")
    for _ in range(60):
        query = Or((Or((query,)), Words("三")))
    assert agree(both, SearchRequest(query)) == 3
    for _ in range(60):
        query = Not(Not(And((query,))))
    assert agree(both, SearchRequest(query)) == 3


def test_a_reader_with_tens_of_thousands_of_tokens_is_answered(both: Both) -> None:
    tokens = frozenset(Token(f"unit:{number}") for number in range(70_000))
    access = AccessFilter(tokens=tokens, clearance=Level.SECRET, today=TODAY)
    assert agree(both, SearchRequest(Words("防汛")), access) == 2
    fewer = access.model_copy(update={"tokens": tokens - {Token("unit:69999")}})
    assert agree(both, SearchRequest(Words("防汛")), fewer) == 1


def test_thousands_of_records_can_be_withheld(both: Both) -> None:
    withheld = frozenset({RecordId("long"), *(RecordId(f"x{n}") for n in range(MANY))})
    request = SearchRequest(Words(HAN[7:10]), narrowing=Narrowing(withheld=withheld))
    assert agree(both, request) == 1


@pytest.mark.parametrize("relaxed", [False, True])
def test_where_the_server_takes_fewer_conditions_fewer_give_scores(
    both: Both, monkeypatch: pytest.MonkeyPatch, *, relaxed: bool
) -> None:
    monkeypatch.setattr("indexers.elasticsearch_index.search_index.SCORED", 50_000)
    assert agree(both, SearchRequest(Words(HAN), relaxed=relaxed, limit=9)) == 1 + relaxed


def test_a_query_asks_for_scores_of_no_more_conditions_than_it_may() -> None:
    asking = Asking(Analyser(Fold.load()))
    for relaxed in (False, True):
        request = SearchRequest(Words(HAN), relaxed=relaxed)
        for scored in (200, 2_000):
            body = asking.body(request, STAFF, scored=scored)
            assert str(body).count("'term':") <= scored + 10
