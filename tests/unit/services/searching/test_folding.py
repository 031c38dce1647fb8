"""Pages of folded hits: each hit stands on one page, below what stands for it."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from records.identity import KindName, Login, RecordId, UnitCode
from records.revision import Event, Revision
from services.searching import folding
from services.searching.families import Place, Tie
from services.searching.folding import BELOW, FoldedPage, Folding, Hits
from tests.clocks import NOW

SIZE = 4


def hit(number: int) -> Revision:
    return Revision(
        record=RecordId(str(number)),
        number=1,
        kind=KindName("library_file"),
        kind_version=1,
        previous=None,
        created_at=NOW,
        owner=Login("a"),
        unit=UnitCode("u"),
        fields={},
        event=Event(action="create", actor=Login("a"), at=NOW, write_id="w"),
    )


class ByMatter:
    """Ties hits of one matter."""

    def __init__(self, matters: Sequence[int]) -> None:
        self._matters = matters
        self._first: dict[int, RecordId] = {}
        self.places: dict[RecordId, Place] = {}

    def go_on(self, revisions: Sequence[Revision]) -> None:
        for each in revisions:
            matter = self._matters[int(each.record)]
            if matter in self._first:
                self.places[each.record] = Place(self._first[matter], Tie.SAME)
            self._first.setdefault(matter, each.record)


def folded(matters: Sequence[int], page: int, *, asked: int) -> FoldedPage:
    """A page of hits of which each is of a matter."""
    hits = [hit(number) for number in range(len(matters))]
    source = Hits(hits[:asked], lambda at, most: hits[at : at + most], asked, len(hits))
    folding_ = Folding(lambda: ByMatter(matters), lambda _: None)
    return folding_.page(source, page=page, size=SIZE)


def pages(matters: Sequence[int], *, asked: int) -> Iterator[FoldedPage]:
    """All pages from the first one on."""
    page, last = 1, 1
    while page <= last:
        found = folded(matters, page, asked=min(page * SIZE + asked, folding.FOLDED))
        yield found
        page, last = page + 1, found.pages


@pytest.mark.feature("SS-08")
@given(st.lists(st.integers(0, 12), max_size=60), st.integers(0, 5), st.integers(8, 70))
@example([0] * 30, 0, 10)
@example([], 0, 10)
@example([0, 1, 2, 3, *[0] * 9, 4], 0, 70)
def test_each_hit_stands_on_one_page_below_what_stands_for_it(
    matters: list[int], asked: int, reach: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folding, "FOLDED", reach)
        told = list(pages(matters, asked=asked))
    seen, untold = list[RecordId](), 0
    for page in told:
        here = {each.record for each in page.hits}
        heads = [each for each in page.hits if each.record not in page.places]
        assert len(heads) <= SIZE
        assert all(p.head in here or p.head in page.earlier for p in page.places.values())
        for head in page.untold:
            assert sum(place.head == head for place in page.places.values()) == BELOW
        assert page.last - max(page.first - 1, 0) == len(page.hits) + sum(page.untold.values())
        seen += [each.record for each in page.hits]
        untold += sum(page.untold.values())
    assert len(seen) == len(set(seen))
    assert len(seen) + untold == len(matters)
    assert [page.first for page in told[1:]] == [page.last + 1 for page in told[:-1]]


@pytest.mark.feature("SS-08")
def test_where_all_hits_were_looked_at_there_are_as_many_pages_as_are_told() -> None:
    matters = [0, *[1] * 30, 2, 3, 4]
    first = folded(matters, 1, asked=10)
    assert (first.pages, first.first, first.last) == (2, 1, 33)
    assert [each.record for each in folded(matters, 2, asked=18).hits] == ["33"]
