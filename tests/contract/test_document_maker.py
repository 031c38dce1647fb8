"""The contract of `DocumentMaker`, and what the embedded one makes of Word files (FW-16, MB-07)."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdfium2 import PdfDocument

from documents.making.embedded_document_maker import EmbeddedDocumentMaker
from documents.making.memory_document_maker import MemoryDocumentMaker
from records.errors import Invalid
from records.ports.document_maker import DocumentMaker, Form, MadeFile

BY = 'w:id="1" w:author="甲一" w:date="2026-11-20T00:00:00Z"'


@pytest.fixture(scope="module")
def embedded() -> Iterator[EmbeddedDocumentMaker]:
    maker = EmbeddedDocumentMaker()
    yield maker
    maker.close()


@pytest.fixture(params=["embedded", "memory"])
def maker(request: pytest.FixtureRequest, embedded: EmbeddedDocumentMaker) -> DocumentMaker:
    return embedded if request.param == "embedded" else MemoryDocumentMaker()


def tracked(folder: Path, *paragraphs: str) -> Path:
    """A docx with these paragraphs, given as the markup of their content."""
    document = Document()
    for inner in paragraphs:
        document.element.body.insert_element_before(
            parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"), "w:sectPr"
        )
    path = folder / "t.docx"
    document.save(str(path))
    return path


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def inserted(inner: str) -> str:
    return f"<w:ins {BY}>{inner}</w:ins>"


def deleted(text: str) -> str:
    return f"<w:del {BY}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def texts(made: MadeFile) -> list[str]:
    assert made.body is not None
    return [each.text for each in Document(io.BytesIO(made.body)).paragraphs]


def test_what_has_no_changes_is_clean_as_it_is(maker: DocumentMaker, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("原文", encoding="utf-8")
    assert maker.make(path, name="x.txt", form=Form.CLEAN) == MadeFile(suffix=".txt")


def test_a_text_gets_pages(maker: DocumentMaker, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("原文", encoding="utf-8")
    made = maker.make(path, name="x.txt", form=Form.PDF)
    assert made.suffix == ".pdf"
    assert made.body is not None
    assert made.body.startswith(b"%PDF-")


def test_the_same_file_is_made_into_the_same_bytes(maker: DocumentMaker, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("原文", encoding="utf-8")
    first, second = (maker.make(path, name="x.txt", form=Form.PDF) for _ in range(2))
    assert first == second


def test_what_cannot_be_made_is_refused(maker: DocumentMaker, tmp_path: Path) -> None:
    path = tmp_path / "x.bin"
    path.write_bytes(b"PK\x03\x04\x00broken")
    with pytest.raises(Invalid, match="not_makeable"):
        maker.make(path, name="x.docx", form=Form.PDF)


@pytest.mark.parametrize("ending", [".docx", ".txt"])
def test_no_line_of_a_page_begins_with_a_mark_that_closes_or_ends_with_one_that_opens(
    embedded: EmbeddedDocumentMaker, tmp_path: Path, ending: str
) -> None:
    paragraphs = ["监" * number + "，管（一）《办法》。" * 5 for number in range(20, 32)]
    path = tmp_path / f"x{ending}"
    if ending == ".docx":
        document = Document()
        for text in paragraphs:
            document.add_paragraph(f"{text}\n{text}")  # a line that somebody ended himself
        document.save(str(path))
    else:
        path.write_text("\n".join(paragraphs), encoding="utf-8")
    body = embedded.make(path, name=path.name, form=Form.PDF).body
    assert body is not None
    pages = PdfDocument(body)
    read = "\n".join(page.get_textpage().get_text_range() for page in pages)
    lines = [line.strip() for line in read.splitlines() if line.strip()]
    wanted = "".join(paragraphs) if ending == ".txt" else "".join(each * 2 for each in paragraphs)
    assert "".join(lines) == wanted
    assert [line for line in lines if line[0] in "，。）》" or line[-1] in "（《"] == []
    assert max(len(line) for line in lines) <= 28


def test_the_accepted_view_has_what_was_inserted_and_not_what_was_deleted(
    embedded: EmbeddedDocumentMaker, tmp_path: Path
) -> None:
    path = tracked(tmp_path, run("请") + deleted("立即") + inserted(run("按期")) + run("报送。"))
    made = embedded.make(path, name="正文.docx", form=Form.CLEAN)
    assert texts(made) == ["请按期报送。"]
    assert made.body is not None
    left = zipfile.ZipFile(io.BytesIO(made.body)).read("word/document.xml").decode()
    assert "w:ins" not in left
    assert "w:del" not in left


def test_a_paragraph_whose_end_was_deleted_runs_on_into_the_next(
    embedded: EmbeddedDocumentMaker, tmp_path: Path
) -> None:
    gone = f"<w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>"
    path = tracked(tmp_path, gone + run("上段"), run("下段"))
    assert texts(embedded.make(path, name="a.docx", form=Form.CLEAN)) == ["上段下段"]


def test_moves_and_comments_are_settled_as_well(
    embedded: EmbeddedDocumentMaker, tmp_path: Path
) -> None:
    away = f"<w:moveFrom {BY}>{run('移')}</w:moveFrom>"
    here = f"<w:moveTo {BY}>{run('移')}</w:moveTo>"
    note = '<w:r><w:commentReference w:id="1"/></w:r>'
    path = tracked(tmp_path, away + run("前"), run("后") + here + note)
    assert texts(embedded.make(path, name="a.docx", form=Form.CLEAN)) == ["前", "后移"]


def test_a_clean_copy_of_a_clean_copy_is_the_same(
    embedded: EmbeddedDocumentMaker, tmp_path: Path
) -> None:
    path = tracked(tmp_path, deleted("旧") + run("新"))
    made = embedded.make(path, name="a.docx", form=Form.CLEAN)
    assert made.body is not None
    path.write_bytes(made.body)
    assert embedded.make(path, name="a.docx", form=Form.CLEAN).body is None


def test_a_paragraph_over_several_pages_keeps_its_spaces(
    embedded: EmbeddedDocumentMaker, tmp_path: Path
) -> None:
    words = [f"按 GB/T {number}-2011 General rules for punctuation" for number in range(100, 180)]
    path = tmp_path / "x.docx"
    document = Document()
    document.add_paragraph(" ".join(words))
    document.save(str(path))
    body = embedded.make(path, name=path.name, form=Form.PDF).body
    assert body is not None
    pages = [page.get_textpage().get_text_range() for page in PdfDocument(body)]
    assert len(pages) > 2
    assert " ".join(pages).split() == " ".join(words).split()


def test_the_pages_of_a_docx_hold_its_text_and_nothing_in_it_is_markup(
    embedded: EmbeddedDocumentMaker, tmp_path: Path
) -> None:
    path = tracked(tmp_path, run("关于整治的通知"), run("&lt;b&gt;粗&lt;/b&gt; 5 &amp; 6"))
    made = embedded.make(path, name="a.docx", form=Form.PDF)
    assert made.body is not None
    text = PdfDocument(made.body)[0].get_textpage().get_text_bounded()
    assert "关于整治的通知" in text
    assert "<b>粗</b> 5 & 6" in text
