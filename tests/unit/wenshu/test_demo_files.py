"""What the files of the demo say: names where names belong, lines that end where lines may."""

import io
import re

import openpyxl
import pytest
from pypdfium2 import PdfDocument

from wenshu.demo.files import pdf, xlsx
from wenshu.demo.papers import paper

PAPERS = [paper(index) for index in range(40)]


def test_a_ledger_names_the_unit_that_leads_and_no_code() -> None:
    for each in PAPERS:
        sheet = openpyxl.load_workbook(io.BytesIO(xlsx(each))).worksheets[0]
        named = {row[2].value for row in sheet.iter_rows(min_row=3)}
        assert named == {each.unit_name}
        assert re.fullmatch("[一-鿿]+", each.unit_name)
        assert "None" not in each.unit_name


@pytest.mark.parametrize("index", range(6))
def test_no_line_of_a_pdf_begins_with_a_mark_that_closes(index: int) -> None:
    pages = PdfDocument(pdf(PAPERS[index]))
    read = "\n".join(page.get_textpage().get_text_range() for page in pages)
    lines = [line.strip() for line in read.splitlines() if line.strip()]
    assert len(lines) > 10
    assert [line for line in lines if line[0] in "，。；：、）〕》”" or line[-1] in "（〔《“"] == []
