"""What every search index does, as its port says. An adapter supplies only the fixture."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from indexers.analysis import Analyser, Fold
from indexers.memory_index import MemorySearchIndex
from indexers.querying.suggesting import LOOKED_AT
from indexers.tantivy_index import TantivySearchIndex
from indexers.tantivy_index.generation import FIRST_LISTED
from records.identity import Login, RecordId, Token, UnitCode
from records.ports.search_index import SearchIndex
from records.queries.language import read_query
from records.queries.query import (
    Among,
    And,
    Everything,
    Fact,
    FactRange,
    Holds,
    Not,
    Or,
    Query,
    Words,
)
from records.queries.search import (
    Facet,
    IndexDocument,
    ListOrder,
    Narrowing,
    Ordering,
    Removal,
    SearchRequest,
    SearchResult,
    SortOrder,
    place_of,
)
from records.rights.access import AccessFilter, Level, ReadRule
from tests.elasticsearch_indexes import ready
from tests.search_documents import OPEN, STAFF, TODAY, document

NOT_NARROWED = Narrowing()
HIDDEN = OPEN.model_copy(update={"tokens": frozenset({Token("person:wang")})})


def with_facts(record: str, *facts: str, rule: ReadRule = OPEN) -> IndexDocument:
    return replace(document(record, "题", rule=rule), facts=frozenset(facts))


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser(Fold.load())


@contextmanager
def kept(index: SearchIndex) -> Iterator[SearchIndex]:
    yield index
    index.close()


@pytest.fixture(params=["memory", "tantivy", "elasticsearch"])
def index(
    request: pytest.FixtureRequest, analyser: Analyser, tmp_path: Path
) -> Iterator[SearchIndex]:
    adapter: AbstractContextManager[SearchIndex]
    match request.param:
        case "memory":
            adapter = kept(MemorySearchIndex(analyser))
        case "tantivy":
            adapter = kept(TantivySearchIndex(tmp_path / "index", analyser, writes=True))
        case _:
            adapter = ready(request.getfixturevalue("elasticsearch"), analyser)
    with adapter as opened:
        yield opened


def ask(
    index: SearchIndex,
    typed: str,
    *,
    access: AccessFilter = STAFF,
    narrowing: Narrowing = NOT_NARROWED,
    facets: tuple[Facet, ...] = (),
    sort: SortOrder = SortOrder.RELEVANCE,
    relaxed: bool = False,
) -> SearchResult:
    return index.search(
        SearchRequest(
            read_query(typed).tree,
            relaxed=relaxed,
            narrowing=narrowing,
            facets=facets,
            sort=sort,
            limit=100,
        ),
        access,
    )


def found(index: SearchIndex, typed: str, **how: object) -> set[str]:
    result = ask(index, typed, **how)  # type: ignore[arg-type]  # the same keywords as ask
    assert result.total == len(result.hits)
    return {hit.record for hit in result.hits}


@pytest.mark.feature("SS-01")
@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("防汛", "关于做好防汛工作的通知"),
        ("防汛", "做好防\n 汛工作"),
        ("臺灣", "台湾"),
        ("台湾", "臺灣"),
        ("ＡＢＣ", "abc"),
        ("5年", "历时 5 年"),
        ("2017", "2017年"),
        ("甲、乙", "甲，乙"),
        ("渝工商发〔2017〕12号", "见渝工商发[2017]12号文"),
        ("𠀀𠀁", "生僻字𠀀𠀁"),
        ("\ue000", "专用\ue000字"),
        ("hello", "Hello, world"),
        ('"hello world"', "hello\nworld"),
        ("汛", "防汛"),
        ("gd20*", "编号 GD2017"),
        ("防汛*", "防汛办"),
        ("长城", "⻓城"),
        ("a" * 130, f"x {'A' * 130} y"),
        ("a" * 100 + "*", "a" * 130),
        ("é", "e\u0301"),
    ],
)
def test_a_word_is_found_where_it_stands(index: SearchIndex, typed: str, text: str) -> None:
    index.apply([document("r1", "题", text)])
    assert found(index, typed) == {"r1"}


@pytest.mark.feature("SS-01")
@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("5年", "2015年"),
        ("abc", "abcd"),
        ("甲乙", "甲、乙"),
        ("甲、乙", "甲乙"),
        ("甲、乙", "甲丙乙"),
        ('"hello world"', "hello, world"),
        ('"hello world"', "helloworld"),
        ("gd20*", "agd2017"),
        ("a" * 130, "a" * 131),
        ("a" * 60, "a" * 120),
        ("a" * 100 + "*", "a" * 99),
        ("防汛", "防火 汛期"),
        ("甲乙丙", "甲乙、乙丙"),
        ("甲乙丙", "甲乙1乙丙"),
        ("甲乙丙", "甲乙、丁、乙丙"),
        ("甲乙乙丙", "甲乙、乙丙"),
    ],
)
def test_a_word_is_not_found_where_it_does_not_stand(
    index: SearchIndex, typed: str, text: str
) -> None:
    index.apply([document("r1", "题", text)])
    assert found(index, typed) == set()


def test_a_beginning_that_very_many_runs_share_finds_them_all(index: SearchIndex) -> None:
    text = "".join(f"第{number}号" for number in range(100_000, 120_000))
    index.apply([document("r1", "甲", text), document("r2", "乙", "第12号")])
    assert found(index, "第1*") == {"r1", "r2"}
    assert found(index, "第11*") == {"r1"}
    assert found(index, "号1*") == set()


def test_words_never_match_across_pages_title_and_number(index: SearchIndex) -> None:
    source = replace(document("r1", "关于防", "汛工作抗", "旱"), number="汛发〔2017〕1号")
    index.apply([source])
    assert found(index, "防汛") == set()
    assert found(index, "抗旱") == set()
    assert found(index, "防，汛") == set()
    index.apply([document("r2", "水旱", "旱灾", "灾害")])
    assert found(index, "水旱灾") == found(index, "旱灾害") == set()


@pytest.mark.feature("SS-02")
def test_operators_fields_and_dates_hold(index: SearchIndex) -> None:
    index.apply(
        [
            document("r1", "防汛通知", "抗旱"),
            document("r2", "抗旱通知", "演练"),
            replace(document("r3", "简报", "防汛"), dated_on=date(2018, 1, 1)),
        ]
    )
    assert found(index, "防汛 OR 演练") == {"r1", "r2", "r3"}
    assert found(index, "防汛 -通知") == {"r3"}
    assert found(index, "-防汛") == {"r2"}
    assert found(index, "标题:防汛") == {"r1"}
    assert found(index, "标题:(防汛 OR 抗旱)") == {"r1", "r2"}
    assert found(index, "日期:2017 防汛") == {"r1"}
    assert found(index, "日期:2017-03..2018-01") == {"r1", "r2", "r3"}
    assert found(index, "单位:办公室 起草人:张三") == {"r1", "r2", "r3"}
    assert found(index, "起草人:zhang 单位:0102") == set()


@pytest.mark.feature("SS-02")
@pytest.mark.parametrize(
    "typed",
    [
        "渝工商发〔2017〕12号",
        "渝工商發［２０１７］１２號",
        "渝工商发(2017)第012号",
        "渝工商发【2017】12号",
        "渝工商发 〔2017〕 12 号",
        "渝工商发2017年12号",
        "渝工商发〔2017〕12",
        "文号:渝工商发（2017）12",
    ],
)
def test_a_document_number_is_found_in_every_spelling(index: SearchIndex, typed: str) -> None:
    target = replace(document("r1", "通知"), number="渝工商发〔2017〕12号")
    other = replace(document("r2", "通知"), number="渝工商发〔2017〕112号")
    index.apply([target, other])
    assert found(index, typed) == {"r1"}


def test_a_query_without_words_finds_everything_newest_first(index: SearchIndex) -> None:
    index.apply(
        [
            replace(document(f"r{day}", "通知"), dated_on=date(2017, 3, day), revision=day)
            for day in (2, 1, 3)
        ]
    )
    assert [hit.record for hit in ask(index, "").hits] == ["r3", "r2", "r1"]
    assert [hit.revision for hit in ask(index, "").hits] == [3, 2, 1]


def test_dates_and_changes_sort_with_ties_to_the_newer_and_then_the_identifier(
    index: SearchIndex,
) -> None:
    day, later = date(2018, 1, 1), datetime(2025, 1, 1, tzinfo=UTC)
    index.apply(
        [
            document("r1", "甲"),
            document("r2", "甲"),
            replace(document("r0", "甲"), changed_at=later),
            replace(document("r3", "甲"), dated_on=day),
        ]
    )
    by_date = ask(index, "甲", sort=SortOrder.DATE)
    assert [hit.record for hit in by_date.hits] == ["r3", "r0", "r2", "r1"]
    by_change = ask(index, "甲", sort=SortOrder.CHANGED)
    assert [hit.record for hit in by_change.hits] == ["r0", "r3", "r2", "r1"]


@pytest.mark.parametrize("sort", [SortOrder.DATE, SortOrder.CHANGED])
def test_pages_through_records_of_one_instant_leave_none_out(
    index: SearchIndex, sort: SortOrder
) -> None:
    records = [f"r{number:03}" for number in range(150)]
    early, late = date(2016, 1, 1), datetime(2025, 1, 1, tzinfo=UTC)
    odd = [
        replace(
            document("a-old", "甲"), dated_on=early, changed_at=datetime(2020, 1, 1, tzinfo=UTC)
        ),
        replace(document("z-new", "甲"), dated_on=date(2020, 1, 1), changed_at=late),
    ]
    for start in (100, 0, 50):  # segments are not in the order of identifiers
        index.apply([document(each, "甲") for each in records[start : start + 50]])
    index.apply(odd)
    paged = [
        hit.record
        for offset in range(0, 160, 7)
        for hit in index.search(
            SearchRequest(Words("甲"), sort=sort, offset=offset, limit=7), STAFF
        ).hits
    ]
    assert paged == ["z-new", *reversed(records), "a-old"]


def test_a_title_weighs_more_than_the_text(index: SearchIndex) -> None:
    filler = "关于加强全市安全生产监督管理工作的若干意见"
    index.apply([document("r1", filler, "防汛"), document("r2", "防汛", filler)])
    assert [hit.record for hit in ask(index, "防汛").hits] == ["r2", "r1"]


def test_pages_of_hits_follow_each_other_and_end(index: SearchIndex) -> None:
    index.apply([document(f"r{number}", "防汛") for number in range(5)])
    query = read_query("防汛").tree
    pages = [
        index.search(SearchRequest(query, sort=SortOrder.DATE, offset=offset, limit=2), STAFF)
        for offset in (0, 2, 4, 6, 10**9)
    ]
    assert [len(page.hits) for page in pages] == [2, 2, 1, 0, 0]
    assert {page.total for page in pages} == {5}
    assert index.search(SearchRequest(query, limit=0), STAFF).total == 5


@pytest.mark.feature("SS-04")
def test_a_facet_counts_without_its_own_condition(index: SearchIndex) -> None:
    index.apply(
        [
            replace(document("r1", "甲"), file_types=("pdf", "docx", "pdf")),
            replace(document("r2", "甲"), file_types=("docx",), state="draft"),
            replace(document("r3", "乙"), file_types=("pdf",)),
        ]
    )
    result = ask(
        index,
        "甲",
        narrowing=Narrowing(file_types=("pdf",)),
        facets=(Facet.FILE_TYPE, Facet.STATE, Facet.YEAR, Facet.LEVEL, Facet.KIND, Facet.UNIT),
    )
    assert result.total == 1
    assert result.facets == {
        Facet.FILE_TYPE: (("docx", 2), ("pdf", 1)),
        Facet.STATE: (("issued", 1),),
        Facet.YEAR: (("2017", 1),),
        Facet.LEVEL: (("0", 1),),
        Facet.KIND: (("notice", 1),),
        Facet.UNIT: (("0101", 1),),
    }


def test_every_condition_narrows(index: SearchIndex) -> None:
    index.apply([document("r1", "甲"), document("r2", "甲")])
    assert found(index, "", narrowing=Narrowing(authors=(Login("li"),))) == set()
    assert found(index, "", narrowing=Narrowing(years=(2017, 2018))) == {"r1", "r2"}
    assert found(index, "", narrowing=Narrowing(units=(UnitCode("0102"),))) == set()
    assert found(index, "", narrowing=Narrowing(first=date(2017, 3, 2))) == set()
    assert found(index, "", narrowing=Narrowing(withheld=frozenset({RecordId("r1")}))) == {"r2"}
    assert found(index, "", narrowing=Narrowing(last=date(2017, 3, 1))) == {"r1", "r2"}


@pytest.mark.feature("GT-06", "CX-06")
def test_of_each_group_of_facts_one_is_true(index: SearchIndex) -> None:
    index.apply(
        [
            with_facts("r1", "holder=person:li", "step=承办", "due=2026-03-01"),
            with_facts("r2", "holder=unit:01", "step=拟办", "due=2026-02-28"),
            with_facts("r3", "holder=person:li*"),
            document("r4", "甲"),
        ]
    )
    li, unit = "holder=person:li", "holder=unit:01"
    march = FactRange("due=2026-03", "due=2026-04")
    cases: list[tuple[tuple[tuple[Fact, ...], ...], set[str]]] = [
        (((li,),), {"r1"}),
        (((li, unit),), {"r1", "r2"}),
        (((li, unit), ("step=拟办",)), {"r2"}),
        (((march,),), {"r1"}),
        (((march, "step=拟办"),), {"r1", "r2"}),
        (((FactRange("due=", "due=2026-03-01"),),), {"r2"}),
        (((FactRange("due=2027", "due=2028"),),), set()),
        (((),), set()),
        ((), {"r1", "r2", "r3", "r4"}),
    ]
    for facts, expected in cases:
        assert found(index, "", narrowing=Narrowing(facts=facts)) == expected


def test_facts_and_identifiers_stand_in_the_tree_of_a_query(index: SearchIndex) -> None:
    index.apply([with_facts("r1", "a=1"), with_facts("r2", "a=2"), document("r3", "甲")])

    def asked(query: Query) -> set[str]:
        result = index.search(SearchRequest(query, limit=100), STAFF)
        return {hit.record for hit in result.hits}

    one, some = Holds(("a=1",)), Among(frozenset({RecordId("r1"), RecordId("r3")}))
    assert asked(one) == {"r1"}
    assert asked(Not(one)) == {"r2", "r3"}
    assert asked(And((some, Not(one)))) == {"r3"}
    assert asked(Or((one, Words("甲")))) == {"r1", "r3"}
    assert asked(Among(frozenset())) == asked(Holds(())) == set()


def test_values_of_facts_are_counted_without_their_own_condition(index: SearchIndex) -> None:
    index.apply(
        [
            with_facts("r1", "field.sort=通知", "field.sort_of=x", "field.open=true"),
            with_facts("r2", "field.sort=通知", "field.sort=函", "field.open=false"),
            with_facts("r3", "field.sort=函", "field.open=true", rule=HIDDEN),
            with_facts("r4", "field.sort=批复", "field.open=true"),
        ]
    )
    narrowing = Narrowing(facts=(("field.sort=通知", "field.sort=批复"), ("field.open=true",)))
    request = SearchRequest(
        Everything(), narrowing=narrowing, counted=("field.sort", "field.open", "field.none")
    )
    result = index.search(request, STAFF)
    assert {hit.record for hit in result.hits} == {"r1", "r4"}
    assert result.counts == {
        "field.sort": (("批复", 1), ("通知", 1)),
        "field.open": (("true", 2), ("false", 1)),
        "field.none": (),
    }


@pytest.mark.feature("GT-06")
@pytest.mark.parametrize("descending", [False, True])
def test_a_list_in_its_own_order_is_walked_to_its_end(
    index: SearchIndex, *, descending: bool
) -> None:
    keys = ["", "0a", "0a", "0a1", "1f", "b-"]
    placed = [
        replace(
            document(f"R{number}", "甲"), keys=((ListOrder.WORK, key), (ListOrder.COLUMN_8, "0"))
        )
        for number, key in enumerate(keys)
    ]
    hidden = replace(document("R9", "甲", rule=HIDDEN), keys=((ListOrder.WORK, "0a"),))
    for one in [*placed, hidden, document("R8", "甲")]:
        index.apply([one])
    walked, after = list[str](), None
    for _ in range(4):
        order = Ordering(ListOrder.WORK, descending=descending, after=after)
        page = index.search(SearchRequest(Words("甲"), limit=2, order=order), STAFF)
        assert page.total == len(keys)
        walked += [hit.record for hit in page.hits]
        if page.hits:
            last = page.hits[-1].record
            after = place_of(keys[int(last[1:])], last)
    expected = [f"R{number}" for number in range(len(keys))]
    assert walked == (expected[::-1] if descending else expected)


def test_suggestions_look_at_no_more_than_a_bounded_number_of_records(index: SearchIndex) -> None:
    same = [document(f"r{number:03}", "值班日报") for number in range(LOOKED_AT + 10)]
    index.apply([*same, replace(document("a", "值班月报"), dated_on=date(2001, 1, 1))])
    assert [one.text for one in index.suggest("值班", STAFF, limit=1)] == ["值班日报"]
    assert [one.text for one in index.suggest("值班月", STAFF, limit=8)] == ["值班月报"]
    texts = {one.text for one in index.suggest("值班", STAFF, limit=8)}
    bounded = not isinstance(index, MemorySearchIndex)
    assert texts == ({"值班日报"} if bounded else {"值班日报", "值班月报"})


def test_without_tokens_nothing_is_visible(index: SearchIndex) -> None:
    index.apply([document("r1", "甲")])
    nobody = AccessFilter(tokens=frozenset(), clearance=Level.TOP_SECRET, today=TODAY)
    result = index.search(SearchRequest(Everything(), facets=(Facet.KIND,)), nobody)
    assert (result.total, result.hits, result.facets) == (0, (), {Facet.KIND: ()})
    assert list(index.suggest("甲", nobody, limit=5)) == []


def test_a_dated_token_opens_to_the_end_of_its_last_day(index: SearchIndex) -> None:
    token = Token("person:li@x")
    rule = OPEN.model_copy(
        update={"tokens": frozenset(), "dated_tokens": frozenset({(token, TODAY)})}
    )
    index.apply([document("r1", "甲", rule=rule)])
    reader = AccessFilter(tokens=frozenset({token}), clearance=Level.PUBLIC, today=TODAY)
    assert found(index, "甲", access=reader) == {"r1"}
    late = reader.model_copy(update={"today": date(2024, 5, 2)})
    assert found(index, "甲", access=late) == set()
    namesake = reader.model_copy(update={"tokens": frozenset({Token("person:li")})})
    assert found(index, "甲", access=namesake) == set()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("防", ["防汛工作通知", "关于防汛的意见"]),
        ("关于防汛", ["关于防汛的意见"]),
        ("fangxun", ["关于防汛的意见", "防汛工作通知"]),
        ("fangx", ["关于防汛的意见", "防汛工作通知"]),
        ("fxgz", ["防汛工作通知"]),
        ("gyfxd", ["关于防汛的意见"]),
        ("chongqingyinhang", ["重庆银行年报"]),
        ("渝府发", ["渝府发〔2017〕3号"]),
        ("渝府发〔20", ["渝府发〔2017〕3号"]),
        ("xun", ["关于防汛的意见", "防汛工作通知"]),
        ("zzz", []),
        ("", []),
        ("，", []),
    ],
)
def test_titles_and_numbers_are_suggested(
    index: SearchIndex, typed: str, expected: list[str]
) -> None:
    titles = ("防汛工作通知", "关于防汛的意见", "重庆银行年报")
    index.apply([document(f"r{number}", title) for number, title in enumerate(titles)])
    index.apply([replace(document("r9", "预案"), number="渝府发〔2017〕3号")])
    assert [one.text for one in index.suggest(typed, STAFF, limit=5)] == expected
    assert [one.text for one in index.suggest(typed, STAFF, limit=1)] == expected[:1]


def test_relaxed_search_finds_parts_of_words_and_keeps_the_other_conditions(
    index: SearchIndex,
) -> None:
    index.apply(
        [document("r1", "防汛抗旱"), document("r2", "防汛", "废止"), document("r3", "年报")]
    )
    assert found(index, "防汛演练工作") == set()
    assert found(index, "防汛演练工作", relaxed=True) == {"r1", "r2"}
    assert found(index, "防汛演练 -废止", relaxed=True) == {"r1"}
    assert found(index, "日期:2018 防汛", relaxed=True) == set()


def test_an_older_revision_never_replaces_a_newer_one(index: SearchIndex) -> None:
    index.apply([document("r1", "新", revision=3), document("r1", "旧", revision=2)])
    index.apply([document("r1", "旧", revision=1)])
    assert (found(index, "新"), found(index, "旧")) == ({"r1"}, set())
    index.apply([document("r1", "同", revision=3)])
    assert (found(index, "新"), found(index, "同")) == (set(), {"r1"})
    assert list(index.entries(after=None)) == [("r1", 3)]


def test_a_text_still_missing_never_replaces_one_that_was_there(index: SearchIndex) -> None:
    whole = document("r1", "全文", revision=2)
    bare = replace(document("r1", "", revision=2), complete=False)
    index.apply([whole])
    index.apply([bare])
    assert found(index, "全文") == {"r1"}
    index.apply([replace(bare, revision=3)])
    assert found(index, "全文") == set()
    index.apply([replace(whole, revision=3), replace(bare, revision=3)])
    assert found(index, "全文") == {"r1"}


def test_a_removed_record_stays_out_until_a_newer_revision(index: SearchIndex) -> None:
    index.apply([document("r1", "甲", revision=2)])
    index.apply([Removal(RecordId("r1"), 3)])
    index.apply([document("r1", "甲", revision=2)])
    assert found(index, "") == set()
    assert list(index.entries(after=None)) == []
    index.apply([document("r1", "甲", revision=4)])
    assert found(index, "甲") == {"r1"}


def test_entries_are_listed_to_the_end(index: SearchIndex) -> None:
    names = [f"r{number:04}" for number in range(FIRST_LISTED * 2 + 5)]
    index.apply([document(name, "值班") for name in names])
    assert [record for record, _ in index.entries(after=None)] == names


def test_entries_whose_names_begin_alike_are_each_listed_once(index: SearchIndex) -> None:
    sizes = [FIRST_LISTED * 2 // 3, FIRST_LISTED * 2 // 3, FIRST_LISTED * 3, 1]
    names = [f"{group:07}-{n:04}" for group, size in enumerate(sizes) for n in range(size)]
    index.apply([document(name, "甲") for name in reversed(names)])
    assert [record for record, _ in index.entries(after=None)] == names
    after = RecordId(names[FIRST_LISTED])
    assert [record for record, _ in index.entries(after=after)] == names[FIRST_LISTED + 1 :]


def test_entries_come_in_order_of_record_after_a_given_one(index: SearchIndex) -> None:
    names = ["01ARZ3NDEKTSV4RRFFQ69G5FA1", "01ARZ3NDEKTSV4RRFFQ69G5FA0", "02", "01"]
    index.apply([document(name, "甲") for name in names])
    assert [record for record, _ in index.entries(after=None)] == sorted(names)
    after = RecordId("01ARZ3NDEKTSV4RRFFQ69G5FA0")
    assert [record for record, _ in index.entries(after=after)] == [names[0], "02"]


@pytest.mark.parametrize(
    "typed",
    [
        "\x00",
        "\ud800",
        "🙂",
        "*",
        "-",
        "😀甲",
        "甲" * 600,
        "((((",
        "AND",
        "\u200b",
        "日期:..",
        "或",
    ],
)
def test_nothing_that_is_typed_fails(index: SearchIndex, typed: str) -> None:
    index.apply([document("r1", "甲乙", "text\ud800")])
    for relaxed in (False, True):
        ask(index, typed, relaxed=relaxed, facets=tuple(Facet))
    index.suggest(typed, STAFF, limit=3)
