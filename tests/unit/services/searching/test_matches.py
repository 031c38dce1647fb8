"""Places of a query in a page of hits: found while they cost no more than a page may."""

from records.queries.query import And, DateRange, Everything, Not, Or, Query, Words, breadth
from services.searching.matches import PAGE_COST, Scan


def test_a_query_is_as_broad_as_it_has_conditions() -> None:
    a, b = Words("甲"), Words("乙")
    queries: list[Query] = [a, And((a, Or((a, b)), Not(b))), Everything(), DateRange(None, None)]
    assert [breadth(query) for query in queries] == [1, 4, 1, 1]


def test_a_page_of_long_texts_is_looked_through_until_it_costs_too_much() -> None:
    scan = Scan(Words("甲"))
    looked = 0
    while scan.may_look("x" * 100_000):
        looked += 1
        assert looked < PAGE_COST
    assert looked == PAGE_COST // (100_000 * 5)


def test_a_broad_query_costs_more_and_one_text_is_always_looked_at() -> None:
    broad = Scan(Or(tuple(Words(str(n)) for n in range(996))))
    assert broad.may_look("x" * 1_000_000)
    assert not broad.may_look("x")
