"""Passages of one record: only those that are told are cut out of its text."""

from records.queries.search import IndexedPage, Span
from services.searching.passages import Group, told


class Watched(str):  # noqa: SLOT000 - it counts on itself
    """A text that counts how often a piece of it is taken."""

    taken = 0

    def __getitem__(self, key: object) -> str:
        self.taken += 1
        return super().__getitem__(key)  # type: ignore[index]


def test_of_more_passages_than_are_told_the_places_are_counted_and_nothing_is_cut_out() -> None:
    text = Watched("防汛。" + "其他内容。" * 200)
    page = IndexedPage("预案.txt", None, text)
    found: list[Group] = [(page, [Span(0, 2)])] * 5_000
    passages = told(found, most=2)
    assert (len(passages.found), passages.places, passages.cut) == (2, 5_000, True)
    assert 0 < text.taken < 20


def test_as_many_passages_as_are_told_are_not_cut() -> None:
    page = IndexedPage("预案.txt", 3, "防汛与防汛")
    passages = told([(page, [Span(0, 2), Span(3, 5)])], most=1)
    assert (passages.places, passages.cut) == (2, False)
    assert "".join(piece.text for piece in passages.found[0].pieces) == "防汛与防汛"
