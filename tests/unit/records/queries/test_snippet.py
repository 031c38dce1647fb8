"""The part of a text that a hit shows."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from records.queries.search import Span
from records.queries.snippet import ELLIPSIS, Piece, snippet

TEXT = "一二三四五六七八九十" * 5


def shown(text: str, spans: list[Span], width: int) -> str:
    pieces = snippet(text, spans, width=width)
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def test_without_places_the_beginning_is_shown() -> None:
    assert shown(TEXT, [], 4) == "一二三四…"
    assert shown("短", [], 4) == "短"
    assert snippet("", [], width=4) == ()


def test_the_window_holds_as_many_places_as_it_can() -> None:
    spans = [Span(0, 1), Span(30, 32), Span(35, 36)]
    assert shown(TEXT, spans, 12) == "…八九十[一二]三四五[六]七八九…"


def test_a_place_at_the_end_is_shown_with_what_stands_before() -> None:
    assert shown(TEXT, [Span(48, 50)], 6) == "…五六七八[九十]"


def test_a_place_longer_than_the_window_is_cut() -> None:
    assert shown(TEXT, [Span(5, 40)], 4) == "…[六七八九]…"


def test_line_breaks_inside_a_chinese_word_vanish() -> None:
    assert snippet("防\n 汛 a\nb", [Span(0, 4)], width=50) == (
        Piece("防汛", marked=True),
        Piece(" a b", marked=False),
    )


@settings(deadline=None)
@given(st.sets(st.integers(0, 50), max_size=12), st.integers(1, 60))
def test_a_snippet_keeps_its_width_and_shows_a_place(ends: set[int], width: int) -> None:
    spans = [Span(start, end) for start, end in list(pairwise(sorted(ends)))[::2]]
    pieces = snippet(TEXT, spans, width=width)
    text = "".join(piece.text for piece in pieces).strip(ELLIPSIS)
    assert text in TEXT
    assert len(text) == min(width, len(TEXT))
    assert any(piece.marked for piece in pieces) == bool(spans)
