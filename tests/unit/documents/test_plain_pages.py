"""Pages of 制版: lines from edge to edge, titles in the middle, signatures at the right."""

import io
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from documents.making.plain_pdf import plain_pdf, plain_pdf_of_text

LEFT_PT, RIGHT_PT = 28 / 25.4 * 72, 184 / 25.4 * 72
"""Edges of the 版心 (GB/T 9704-2012, 5.2.1)."""
LONG = "为规范执法，根据《中华人民共和国行政处罚法》《程序规定》等，按ISO9001要求，通知如下。" * 4


def lines(pdf: bytes) -> Sequence[tuple[str, float, float]]:
    """Text, left and right edge in points of each line of all pages, from the top."""
    found: list[tuple[str, float, float]] = []
    for page in pypdfium2.PdfDocument(io.BytesIO(pdf)):
        text, at = page.get_textpage(), None
        for index in range(text.count_chars()):
            letter = text.get_text_range(index, 1)
            if not letter.strip():
                continue
            left, bottom, right, _ = text.get_charbox(index, loose=True)
            if at is None or abs(bottom - at) > 10:
                found.append(("", left, right))
            at = bottom
            known, begin, end = found[-1]
            found[-1] = (known + letter, min(begin, left), max(end, right))
    return found


def of_text(folder: Path, text: str) -> Sequence[tuple[str, float, float]]:
    path = folder / "正文.txt"
    path.write_text(text, "utf-8")
    return lines(plain_pdf_of_text(path))


def test_every_line_but_the_last_of_a_paragraph_reaches_both_edges(tmp_path: Path) -> None:
    *wide, last = of_text(tmp_path, LONG)
    assert len(wide) > 4
    assert wide[0][1] == pytest.approx(LEFT_PT + 31.5, abs=0.5), "two letters in"
    for line, left, right in wide:
        assert right == pytest.approx(RIGHT_PT, abs=0.5), line
        assert left == pytest.approx(LEFT_PT, abs=0.5) or line is wide[0][0]
    assert last[2] < RIGHT_PT - 16
    assert "".join(line for line, *_ in (*wide, last)) == LONG


def test_the_last_line_of_a_page_reaches_the_edge_when_its_paragraph_goes_on(
    tmp_path: Path,
) -> None:
    *wide, _ = of_text(tmp_path, LONG * 8)
    assert len(wide) > 22, "one page holds it all: nothing is shown by this"
    assert [line for line, _, right in wide if abs(right - RIGHT_PT) > 0.5] == []


def test_a_line_that_a_long_word_left_half_empty_is_not_torn_apart(tmp_path: Path) -> None:
    address = "https://www.example.gov.cn/some/very/long/address/of/it"
    first, *_ = of_text(tmp_path, f"一二三四五六七八九十{address}一二三四五六七八九十")
    assert first[0] == "一二三四五六七八九十"
    assert first[2] - first[1] == pytest.approx(160, abs=3)


def test_a_word_is_not_stretched_within(tmp_path: Path) -> None:
    path = tmp_path / "正文.txt"
    path.write_text(
        "按ISO9001执行一二三四五六七八九十一二三四五六《一二》。\n按ISO9001执行", "utf-8"
    )
    page = pypdfium2.PdfDocument(io.BytesIO(plain_pdf_of_text(path)))[0].get_textpage()
    text = page.get_text_range()
    wide, plain = (
        [page.get_charbox(at + n, loose=True)[0] for n in range(9)]
        for at in (text.index("按"), text.rindex("按"))
    )
    widths, usual = ([b - a for a, b in pairwise(edges)] for edges in (wide, plain))
    assert widths[1:-1] == pytest.approx(usual[1:-1], abs=0.01)
    assert min(widths[0] - usual[0], widths[-1] - usual[-1]) > 0.2


def test_a_page_holds_twenty_two_lines_of_twenty_eight_letters(tmp_path: Path) -> None:
    path = tmp_path / "正文.txt"
    path.write_text("　" * 2 + "字" * (28 * 23), "utf-8")
    first, second = pypdfium2.PdfDocument(io.BytesIO(plain_pdf_of_text(path)))
    found = [page.get_textpage().get_text_range().count("字") for page in (first, second)]
    assert found == [28 * 22 - 2, 28 + 2]


@pytest.mark.parametrize("typed", ["　　", "    "])
def test_what_is_typed_before_a_line_of_a_text_is_its_indent(tmp_path: Path, typed: str) -> None:
    (line,) = of_text(tmp_path, f"{typed}请认真落实 < & >。")
    width = {"　": 15.75, " ": 15.75 * 0.207}[typed[0]] * len(typed)
    assert line[1] == pytest.approx(LEFT_PT + width, abs=0.5)
    assert line[0] == "请认真落实<&>。"


def test_a_title_stands_in_the_middle_and_who_signs_at_the_right(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("关于加强监管的通知", 0)
    document.add_paragraph("请认真落实。")
    document.add_paragraph("2026年11月30日").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    path = tmp_path / "正文.docx"
    document.save(str(path))
    title, body, day = lines(plain_pdf(path))
    assert (title[1] + title[2]) / 2 == pytest.approx((LEFT_PT + RIGHT_PT) / 2, abs=1)
    assert body[1] == pytest.approx(LEFT_PT + 31.5, abs=0.5)
    assert day[2] == pytest.approx(RIGHT_PT, abs=0.5)
