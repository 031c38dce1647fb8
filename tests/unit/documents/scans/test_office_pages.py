"""Which pictures of a document are read, and what it costs to come to them (SS-03)."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph
from PIL import Image

from documents.failing import Unshowable
from documents.office_pictures import OfficePicture, office_pictures
from documents.scans import office_pages, page_pictures
from documents.scans.office_pages import OfficePages
from documents.scans.page_pictures import page_picture, plan_of
from records.scans import ScanPlan
from tests.hostile import samples
from tests.scans import picture

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SIZE = (300, 200)


def a_document(path: Path, edit: Callable[[list[Paragraph]], None]) -> Path:
    """Three pictures, each in a paragraph of its own, edited."""
    made = docx.Document()
    for number in range(3):
        made.add_picture(io.BytesIO(picture(number, size=SIZE)))
    edit(made.paragraphs)
    made.save(str(path))
    return path


def unedited(_: object) -> None:
    """Nothing is changed."""


def plan(path: Path) -> ScanPlan:
    return plan_of(path, path.name, OfficePages())


@pytest.mark.feature("SS-03")
@pytest.mark.parametrize("change", ["del", "moveFrom"])
def test_a_picture_that_tracked_changes_took_out_is_not_read(tmp_path: Path, change: str) -> None:
    def take_out(paragraphs: list[Paragraph]) -> None:
        run = paragraphs[1].runs[0]._r
        taken = parse_xml(f'<w:{change} {W} w:id="1" w:author="甲"/>')
        run.addprevious(taken)
        taken.append(run)

    path = a_document(tmp_path / "a.docx", take_out)
    assert (plan(path).pages, plan(path).wanted) == (2, (1, 2))
    second = page_picture(path, path.name, 2, OfficePages())
    assert second.getpixel((0, 0)) == (2, 0, 200)


@pytest.mark.feature("SS-03")
def test_a_picture_in_a_row_that_was_taken_out_is_not_read(tmp_path: Path) -> None:
    made = docx.Document()
    for number, row in enumerate(made.add_table(rows=2, cols=1).rows):
        run = row.cells[0].paragraphs[0].add_run()
        run.add_picture(io.BytesIO(picture(number, size=SIZE)))
        if number:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:del {W}/>"))
    made.save(str(tmp_path / "a.docx"))
    assert plan(tmp_path / "a.docx").pages == 1


@pytest.mark.feature("SS-03")
def test_a_part_beside_the_text_that_is_broken_costs_its_own_pictures_alone(
    tmp_path: Path,
) -> None:
    whole = a_document(tmp_path / "whole.docx", unedited)
    beside = b'<Relationship Id="c" Type="x/comments" Target="comments.xml"/></Relationships>'
    path = samples.rewritten(
        whole,
        tmp_path / "a.docx",
        lambda name, body: (
            name,
            body.replace(b"</Relationships>", beside) if "document.xml.rels" in name else body,
        ),
        [("word/comments.xml", b"<broken")],
    )
    assert plan(path).wanted == (1, 2, 3)
    broken = samples.rewritten(
        whole,
        tmp_path / "b.docx",
        lambda name, body: (name, b"<broken" if name == "word/document.xml" else body),
    )
    with pytest.raises(Unshowable):
        plan(broken)


@pytest.mark.feature("SS-03")
def test_a_slide_that_is_broken_costs_its_own_pictures_alone(tmp_path: Path) -> None:
    slides = [[picture(number, size=SIZE)] for number in range(3)]
    path = samples.rewritten(
        samples.pptx_with_pictures(tmp_path / "whole.pptx", slides),
        tmp_path / "a.pptx",
        lambda name, body: (name, b"<broken" if name.endswith("slide2.xml") else body),
    )
    assert (plan(path).wanted, plan(path).slides) == ((1, 2), (1, 3))


@pytest.mark.feature("SS-03")
def test_the_text_stands_where_the_package_says(tmp_path: Path) -> None:
    whole = a_document(tmp_path / "whole.docx", unedited)
    path = samples.rewritten(
        whole,
        tmp_path / "a.docx",
        lambda name, body: (
            name.replace("document.xml", "text.xml"),
            body.replace(b"word/document.xml", b"word/text.xml"),
        ),
        [("word/document9.xml", b"<other/>")],
    )
    assert plan(path).wanted == (1, 2, 3)


@pytest.mark.feature("SS-03")
def test_a_document_is_looked_into_however_large_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_pictures, "_LARGEST_BYTES", 100)
    assert plan(a_document(tmp_path / "a.docx", unedited)).wanted == (1, 2, 3)


@pytest.mark.feature("SS-03")
def test_the_pictures_of_a_file_are_looked_for_once_and_of_another_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def counted(archive: zipfile.ZipFile) -> tuple[OfficePicture, ...]:
        looked.append(Path(archive.filename or "").name)
        return office_pictures(archive)

    monkeypatch.setattr(office_pages, "office_pictures", counted)
    office = OfficePages()
    one = a_document(tmp_path / "one.docx", unedited)
    other = samples.pptx_with_pictures(tmp_path / "other.pptx", [[picture(7, size=SIZE)]])
    office.plan(one)
    office.plan(other)
    seen = [office.picture(one, number).getpixel((0, 0)) for number in (1, 2, 3)]
    seen.append(office.picture(other, 1).getpixel((0, 0)))
    assert seen == [(0, 0, 200), (1, 0, 200), (2, 0, 200), (7, 0, 200)]
    assert looked == ["one.docx", "other.pptx"]
    for number in range(office_pages._REMEMBERED):
        slides = [[picture(number + 20, size=SIZE)]]
        office.plan(samples.pptx_with_pictures(tmp_path / f"{number}.pptx", slides))
    office.picture(one, 1)
    assert looked[-1] == "one.docx"


@pytest.mark.feature("SS-03")
def test_of_a_picture_only_the_head_is_unpacked_to_learn_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = io.BytesIO()
    Image.effect_noise((2000, 2000), 90).save(body, "PNG")
    path = samples.pptx_with_pictures(tmp_path / "a.pptx", [[body.getvalue()]])
    unpacked: list[int] = []
    read = zipfile.ZipExtFile.read

    def counted(member: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        data = read(member, n)
        unpacked.append(len(data))
        return data

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    assert plan(path).wanted == (1,)
    assert sum(unpacked) < 10_000 < len(body.getvalue())
