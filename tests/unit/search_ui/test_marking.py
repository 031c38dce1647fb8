"""Marks stand on the words and nothing that people wrote becomes markup."""

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markupsafe import escape

from records.queries.search import Span
from records.queries.snippet import Piece
from search_ui.shown.marking import of_html, of_pieces, of_places, of_spans

SHOWN = '<mark class="mark-at" id="hit" data-place="0">'


def places(word: str, text: str) -> list[Span]:
    return [Span(found.start(), found.end()) for found in re.finditer(re.escape(word), text)]


def test_pieces_are_escaped_and_the_marked_ones_stand_in_mark() -> None:
    pieces = (Piece("<b>甲", marked=False), Piece("应急", marked=True))
    assert of_pieces(pieces) == "&lt;b&gt;甲<mark>应急</mark>"


def test_only_the_place_that_is_shown_can_be_pointed_at() -> None:
    made = of_places("应急与应急", places("应急", "应急与应急"), first=2, at=3)
    assert made == (
        '<mark data-place="2">应急</mark>与'
        '<mark id="hit" class="mark-at" data-place="3">应急</mark>'
    )


@given(st.text(alphabet="甲<>&\"'b/", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_a_text_with_marks_reads_as_the_text_itself(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    made = of_spans(text, [Span(start, end)] if start < end else [])
    element = html.fragment_fromstring(str(made), create_parent="div")
    assert element.text_content() == text


def test_words_in_html_are_marked_where_they_stand() -> None:
    made = of_html("<h1>应急预案</h1><p>启动应急。</p>", lambda text: places("应急", text))
    assert made == f'<h1>{SHOWN}应急</mark>预案</h1><p>启动<mark data-place="1">应急</mark>。</p>'


def test_a_word_that_runs_across_inline_elements_is_marked_in_each() -> None:
    made = of_html("<p>甲应<strong>急</strong>乙</p>", lambda text: places("应急", text))
    assert made == (
        f"<p>甲{SHOWN}应</mark><strong>"
        '<mark class="mark-at" data-place="0">急</mark></strong>乙</p>'
    )


def test_a_word_does_not_run_across_two_blocks() -> None:
    fragment = "<p>应</p><p>急</p>"
    assert of_html(fragment, lambda text: places("应急", text)) == fragment


def test_text_that_looks_like_markup_stays_text() -> None:
    made = of_html("<p>&lt;script&gt;应急</p>", lambda text: places("应急", text))
    assert made == f"<p>&lt;script&gt;{SHOWN}应急</mark></p>"


def test_text_after_a_child_element_is_marked_too() -> None:
    made = of_html("<td>甲<br>应急 应急</td>", lambda text: places("应急", text))
    assert made.count("<mark") == 2
    assert "甲<br>" in made


def test_a_control_character_does_no_harm_where_words_are_marked() -> None:
    made = of_html("<p>正\x01文\x08应急</p>", lambda text: places("应急", text))
    assert made == f"<p>正文{SHOWN}应急</mark></p>"


@given(
    st.text(alphabet="甲乙<&", max_size=30), st.lists(st.integers(0, 30), min_size=4, max_size=4)
)
def test_marks_and_links_that_cross_lose_no_letter(text: str, at: list[int]) -> None:
    one, two, three, four = (min(each, len(text)) for each in at)
    marked, linked = (Span(min(pair), max(pair)) for pair in ((one, two), (three, four)))
    marks = [marked] if marked.start < marked.end else []
    led = [(linked, "/records/a?b&c")] if linked.start < linked.end else []
    for made in (
        str(of_places(text, marks, led)),
        str(
            of_html(
                f"<i>{escape(text)}</i>",
                lambda _: [_behind(span) for span in marks],
                lambda _: [(_behind(span), href) for span, href in led],
            )
        ),
    ):
        element = html.fragment_fromstring(made, create_parent="div")
        assert element.text_content() == text
        assert (
            "".join(a.text_content() for a in element.iter("a"))
            == (text[linked.start : linked.end])
        )
        assert (
            "".join(mark.text_content() for mark in element.iter("mark"))
            == (text[marked.start : marked.end])
        )
        assert made.count('id="hit"') == len(marks)


def _behind(span: Span) -> Span:
    """The same in the text of a fragment, which begins with what separates blocks."""
    return Span(span.start + 1, span.end + 1)


def test_a_link_over_a_word_in_two_runs_is_a_link_in_each() -> None:
    made = of_html("<p>甲乙<b>丙</b></p>", lambda _: [], lambda _: [(Span(3, 5), "/r")])
    assert made == (
        '<p>甲<a class="cited" href="/r">乙</a><b><a class="cited" href="/r">丙</a></b></p>'
    )
