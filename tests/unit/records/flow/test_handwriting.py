"""Opinions by pen: strokes become a picture, and the picture stands in the opinion (GT-08)."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.errors import Invalid
from records.flow.handwriting import (
    LONGEST,
    MOST_POINTS,
    Drawing,
    picture_of,
    read_drawing,
)
from records.flow.task import Handwriting
from records.identity import Sha256
from tests.flow_office import Paper

LINE = "720x300;20,40,4 120,60,5 220,40,5;300,100,3"
DRAWN = Handwriting(sha256=Sha256("a" * 64), size_bytes=9, width=90, height=30)


def test_strokes_are_read_as_they_were_sent() -> None:
    drawing = read_drawing(LINE)
    assert (drawing.width, drawing.height) == (720, 300)
    assert drawing.strokes == (((20, 40, 4), (120, 60, 5), (220, 40, 5)), ((300, 100, 3),))


@pytest.mark.parametrize("line", ["720x300", "720x300;", "720x300;10,10,4", "720x300;1,1,4 2,2,4"])
def test_a_sheet_on_which_nothing_was_written_is_refused_as_empty(line: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_drawing(line)
    assert caught.value.reason == "empty_drawing"


@pytest.mark.parametrize(
    "line",
    [
        "x", "720x300;10,10", "720x300;10,10,0 90,90,4", "720x300;10,10,4 721,90,4",
        "720x300;10,10,41 90,90,4", "0x300;1,1,1 90,90,1", "9999x300;1,1,1 90,90,1",
        '720x300;1,1,1 90,90,1"/><script/>', "720x300;-1,1,1 90,90,1", "720x300;1,1,１ 90,90,1",
    ],
)  # fmt: skip
def test_what_is_no_drawing_is_refused(line: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_drawing(line)
    assert caught.value.reason == "bad_drawing"


@pytest.mark.parametrize(
    "line",
    [
        "720x300;" + " ".join(["1,1,1", "99,99,1"] * (MOST_POINTS // 2 + 1)),
        "720x300;" + "1" * LONGEST,
    ],
)
def test_what_is_too_large_is_refused(line: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_drawing(line)
    assert caught.value.reason == "drawing_too_large"


POINTS = st.tuples(st.integers(0, 500), st.integers(0, 300), st.integers(1, 40))
STROKES = st.lists(st.lists(POINTS, min_size=1, max_size=8), min_size=1, max_size=5)


@given(STROKES)
def test_the_picture_holds_every_stroke_and_nothing_but_strokes(
    strokes: list[list[tuple[int, int, int]]],
) -> None:
    body, width, height = picture_of(Drawing(500, 300, tuple(map(tuple, strokes))))
    root = ET.fromstring(body)  # noqa: S314 - what we made ourselves
    tags = {each.tag.partition("}")[2] for each in root.iter()}
    assert tags == {"svg", "g", "path"}
    assert 1 <= width <= 500
    assert 1 <= height <= 300
    drawn = body.decode()
    assert all(f"{x} {y}" in drawn for stroke in strokes for x, y, _ in stroke)


@pytest.mark.feature("GT-08", "FW-14")
def test_a_drawing_is_an_opinion_and_stands_where_words_are_asked_for() -> None:
    paper = Paper.of("notice").act("author", "submit")
    after = paper.tried("head", "return", opinion="", handwriting=DRAWN)
    (said,) = [each for each in after.opinions if each.action == "return"]
    assert (said.text, said.handwriting, said.by) == ("", DRAWN, "head")
    assert after.kept_files[DRAWN.sha256] == 9


def test_words_and_a_drawing_stand_beside_one_another() -> None:
    paper = Paper.of("notice").act("author", "submit")
    after = paper.tried("head", "return", opinion="请改", handwriting=DRAWN)
    assert (after.opinions[-1].text, after.opinions[-1].handwriting) == ("请改", DRAWN)


def test_a_kind_that_does_not_say_so_takes_no_drawing() -> None:
    paper = Paper.of("dispatch").act("author", "send")
    with pytest.raises(Invalid) as caught:
        paper.tried("head", "forward", handwriting=DRAWN)
    assert caught.value.reason == "no_handwriting"
