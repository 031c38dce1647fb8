"""What of a PDF stands beside its pages."""

from pathlib import Path

from records.text import ExtractionStatus
from tests.fake_tika import XHTML, FakeTika
from tests.hostile import files, samples
from tests.reading import lines, read

CATALOGUE = b"<</Type/Catalog/Pages 2 0 R%b>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def text_of(words: str) -> bytes:
    return b"<FEFF%b>" % words.encode("utf-16-be").hex().encode()


def a_page(annotations: bytes = b"") -> bytes:
    return b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Annots[%b]>>" % annotations


def test_bookmarks_are_text(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    outline = b"<</Type/Outlines/First 5 0 R/Last 5 0 R/Count 1>>"
    item = b"<</Title%b/Parent 4 0 R/First 6 0 R/Last 6 0 R/Count 1>>" % text_of("第一章")
    inner = b"<</Title%b/Parent 5 0 R>>" % text_of("第一节")
    catalogue = CATALOGUE % b"/Outlines 4 0 R"
    path.write_bytes(samples.pdf_of((catalogue, PAGES, a_page(), outline, item, inner)))
    assert lines(read(path).parts[0]) == ["第一章", "第一节"]


def test_the_title_is_text_unless_a_program_wrote_it_for_want_of_one(tmp_path: Path) -> None:
    for title, expected in (("年度报告", ["年度报告"]), ("untitled", [])):
        path = tmp_path / f"{title}.pdf"
        facts = b"<</Title%b>>" % text_of(title)
        objects = (CATALOGUE % b"", PAGES, a_page(), facts)
        path.write_bytes(samples.pdf_of(objects, trailer=b"/Info 4 0 R"))
        assert lines(read(path).parts[0]) == expected


def test_a_scan_with_a_title_is_still_without_text(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    facts = b"<</Title%b>>" % text_of("扫描件")
    objects = (CATALOGUE % b"", PAGES, a_page(), facts)
    path.write_bytes(samples.pdf_of(objects, trailer=b"/Info 4 0 R"))
    found = read(path)
    assert (found.status, found.reason) == (ExtractionStatus.EMPTY, "no_text")


def test_a_note_tells_who_wrote_it(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    note = b"<</Type/Annot/Subtype/FreeText/Rect[1 1 9 9]/Contents%b/T%b>>"
    objects = (CATALOGUE % b"", PAGES, a_page(note % (text_of("请核实"), text_of("李四"))))
    path.write_bytes(samples.pdf_of(objects))
    assert lines(read(path).parts[0]) == ["李四 请核实"]


def test_a_file_that_is_pinned_to_a_page_is_a_part(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    pin = b"<</Type/Annot/Subtype/FileAttachment/Rect[1 1 9 9]/FS 4 0 R>>"
    name = b"<</Type/Filespec/F(n.txt)/UF(n.txt)/EF<</F 5 0 R>>>>"
    file = b"<</Type/EmbeddedFile/Length 6>>stream\npinned\nendstream"
    path.write_bytes(samples.pdf_of((CATALOGUE % b"", PAGES, a_page(pin), name, file)))
    found = read(path)
    assert [(part.path, lines(part)) for part in found.parts] == [("", []), ("n.txt", ["pinned"])]


def test_a_page_that_cannot_be_opened_is_told_when_the_others_were_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    note = b"<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/Contents(kept)>>"
    pages = b"<</Type/Pages/Kids[9 0 R 3 0 R]/Count 2>>"
    path.write_bytes(samples.pdf_of((CATALOGUE % b"", pages, a_page(note))))
    found = read(path)
    assert (found.status, found.reason) == (ExtractionStatus.TRUNCATED, "parse")
    assert [(page.page, page.text) for page in found.parts[0].pages] == [(2, "kept")]


def test_the_address_of_a_link_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    link = b"<</Type/Annot/Subtype/Link/Rect[1 1 9 9]/A<</S/URI/URI(https://example.cn/a)>>>>"
    path.write_bytes(samples.pdf_of((CATALOGUE % b"", PAGES, a_page(link))))
    assert lines(read(path).parts[0]) == ["https://example.cn/a"]


def a_page_of_a_font_that_lies(path: Path, words: bytes) -> Path:
    """A font that says of each of its characters that it is a control character."""
    lies = (
        b"1 begincodespacerange <00><FF> endcodespacerange 1 beginbfrange <00><FF><0001> endbfrange"
    )
    cmap = b"/CMapName/L def begincmap %b endcmap" % lies
    content = b"BT /F 9 Tf 9 50 Td (%b) Tj ET" % words
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R%b>>"
    objects = (
        CATALOGUE % b"",
        PAGES,
        page % b"/Resources<</Font<</F 5 0 R>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(cmap), cmap),
    )
    path.write_bytes(samples.pdf_of(objects))
    return path


def test_a_pdf_whose_font_lies_is_read_by_tika(tmp_path: Path) -> None:
    path = a_page_of_a_font_that_lies(tmp_path / "a.pdf", bytes(range(1, 9)))
    found = read(path, tika=FakeTika(f"{XHTML}<p>正文</p></body></html>".encode()))
    assert (found.status, lines(found.parts[0])) == (ExtractionStatus.OK, ["正文"])


def test_a_pdf_whose_font_lies_to_tika_too_is_told_as_garbled(tmp_path: Path) -> None:
    path = a_page_of_a_font_that_lies(tmp_path / "a.pdf", bytes(range(1, 9)))
    for tika in (
        FakeTika(OSError("JNI error")),
        FakeTika(f"{XHTML}<p>好\ufffd\ue0e0</p></body></html>".encode()),
    ):
        found = read(path, tika=tika)
        assert (found.status, found.reason) == (ExtractionStatus.TRUNCATED, "garbled")


def test_a_dynamic_form_is_read_by_tika_though_a_page_says_to_wait(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    note = b"<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/Contents(Please wait)>>"
    form = b"/AcroForm<</Fields[]/XFA 4 0 R>>/NeedsRendering true"
    xfa = b"<</Length 4>>stream\n<a/>\nendstream"
    path.write_bytes(samples.pdf_of((CATALOGUE % form, PAGES, a_page(note), xfa)))
    found = read(path, tika=FakeTika(f"{XHTML}<p>表中的话</p></body></html>".encode()))
    assert lines(found.parts[0]) == ["Please wait", "表中的话"]


def test_a_file_after_one_with_a_password_is_not_taken_for_one(tmp_path: Path) -> None:
    locked, empty = tmp_path / "locked.pdf", tmp_path / "empty.pdf"
    files.pdf_encrypted(locked)
    empty.write_bytes(samples.pdf_of((CATALOGUE % b"", b"<</Type/Pages/Kids[]/Count 0>>")))
    assert read(locked).status is ExtractionStatus.ENCRYPTED
    found = read(empty, tika=FakeTika(OSError("JNI error")))
    assert (found.status, found.reason) == (ExtractionStatus.FAILED, "parse")
