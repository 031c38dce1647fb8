"""Marks on a page: from spans of its text to rectangles."""

from records.preview import Box, Mark, PageView, TextLine, marks
from records.queries.search import Span


def line(text: str, *, y: float = 10, rotation: float = 0, vertical: bool = False) -> TextLine:
    boxes = tuple(
        Box(x=0, y=y + 10 * n, width=10, height=10)
        if vertical
        else Box(x=10 * n, y=y, width=0 if character == " " else 10, height=10)
        for n, character in enumerate(text)
    )
    return TextLine(
        text=text,
        x=0,
        y=y,
        width=10 * len(text),
        height=10,
        rotation=rotation,
        vertical=vertical,
        boxes=boxes,
    )


def view(*lines: TextLine) -> PageView:
    return PageView(picture=b"", media_type="image/png", width=100, height=100, lines=lines)


def test_neighbouring_characters_become_one_rectangle() -> None:
    page = view(line("防汛通知"))
    assert marks(page, [Span(1, 3)]) == (
        Mark(box=Box(x=10, y=10, width=20, height=10), transform=""),
    )


def test_a_word_broken_at_the_end_of_a_line_gets_a_rectangle_on_each() -> None:
    page = view(line("各部"), line("门要", y=30))
    start = page.text.index("部")
    found = marks(page, [Span(start, start + 3)])
    boxes = [(mark.box.x, mark.box.y, mark.box.width) for mark in found]
    assert boxes == [(10, 10, 10), (0, 30, 10)]


def test_the_break_between_lines_itself_is_no_rectangle() -> None:
    page = view(line("甲"), line("乙", y=30))
    assert marks(page, [Span(1, 2)]) == ()


def test_a_turned_line_turns_its_rectangles_about_its_begin() -> None:
    page = view(line("水印", rotation=30))
    (mark,) = marks(page, [Span(0, 2)])
    assert mark.transform == "rotate(30 0 10)"


def test_characters_below_each_other_keep_rectangles_of_their_own() -> None:
    page = view(line("竖排", vertical=True))
    assert len(marks(page, [Span(0, 2)])) == 2


def test_spaces_leave_no_rectangle() -> None:
    assert marks(view(line("a b")), [Span(1, 2)]) == ()
