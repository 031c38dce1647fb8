"""The contract of `TextRecogniser`, for the embedded one and for the one in memory."""

import io
import os
import signal
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from docx.shared import Cm
from PIL import Image

from documents.scans.embedded_text_recogniser import EmbeddedTextRecogniser
from documents.scans.installed import model_folder
from documents.scans.memory_text_recogniser import MemoryTextRecogniser
from records.errors import Invalid, NotFound, Unavailable
from records.ports.text_recogniser import TextRecogniser
from records.preview import PageView, marks
from records.queries.search import Span
from records.scans import ScannedPage, lines_on
from tests.hostile import samples
from tests.scans import digest, drawn, pdf_of_pictures
from tests.waiting import until

LINES = ("北湖县防汛抗旱预案", "二〇二六年三月一日")
TEXT = "\n".join(LINES)

installed = pytest.mark.skipif(model_folder() is None, reason="no engine is installed")


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Image.Image:
    return drawn(tmp_path_factory.mktemp("paper"), LINES)


@pytest.fixture(scope="session")
def mixed(tmp_path_factory: pytest.TempPathFactory, paper: Image.Image) -> Path:
    """A picture, an empty sheet, a picture."""
    path = tmp_path_factory.mktemp("mixed") / "mixed.pdf"
    path.write_bytes(pdf_of_pictures([paper, Image.new("RGB", paper.size, "white"), paper]))
    return path


@pytest.fixture(scope="session")
def embedded() -> Iterator[EmbeddedTextRecogniser]:
    recogniser = EmbeddedTextRecogniser()
    yield recogniser
    recogniser.close()


@pytest.fixture(params=["memory", pytest.param("embedded", marks=installed)])
def recogniser(request: pytest.FixtureRequest, mixed: Path) -> TextRecogniser:
    if request.param == "memory":
        return MemoryTextRecogniser({digest(mixed.read_bytes()): [TEXT, "", TEXT]})
    found: TextRecogniser = request.getfixturevalue("embedded")
    return found


def view_of(page: ScannedPage, width: float, height: float) -> PageView:
    lines = lines_on(page, width, height)
    return PageView(picture=b"", media_type="image/png", width=width, height=height, lines=lines)


@pytest.mark.feature("SS-03")
def test_every_page_that_is_a_picture_is_read_line_by_line(
    recogniser: TextRecogniser, mixed: Path
) -> None:
    assert recogniser.version
    plan = recogniser.plan(mixed, name="会议.pdf")
    assert (plan.pages, plan.wanted) == (3, (1, 2, 3))
    page = recogniser.page(mixed, name="会议.pdf", page=3)
    assert (page.page, page.text, page.reason) == (3, TEXT, None)
    for line in page.lines:
        assert len(line.centres) == len(line.text)
        assert list(line.centres) == sorted(line.centres)
        assert line.confidence >= 90
    first, second = (line.corners for line in page.lines)
    assert first[1] < first[7] <= second[7]
    assert first[0] < first[2]


@pytest.mark.feature("SS-03")
def test_an_empty_page_has_no_lines_and_no_fault(recogniser: TextRecogniser, mixed: Path) -> None:
    page = recogniser.page(mixed, name="会议.pdf", page=2)
    assert (page.lines, page.reason) == ((), None)


def test_beyond_the_last_page_there_is_none(recogniser: TextRecogniser, mixed: Path) -> None:
    with pytest.raises(NotFound) as told:
        recogniser.page(mixed, name="会议.pdf", page=4)
    assert told.value.reason == "no_page"


def test_what_is_no_picture_is_refused(recogniser: TextRecogniser, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("有字")
    for ask in (
        lambda: recogniser.plan(path, name="a.txt"),
        lambda: recogniser.page(path, name="a.txt", page=1),
    ):
        with pytest.raises(Invalid) as told:
            ask()
        assert (told.value.reason, told.value.facts["why"]) == ("unreadable", "type")


@pytest.mark.parametrize(
    "make",
    [lambda: MemoryTextRecogniser({}), pytest.param(EmbeddedTextRecogniser, marks=installed)],
    ids=["memory", "embedded"],
)
def test_one_that_was_closed_reads_no_more(make: Callable[[], TextRecogniser], mixed: Path) -> None:
    recogniser = make()
    recogniser.close()
    recogniser.close()
    with pytest.raises(Unavailable) as told:
        recogniser.page(mixed, name="会议.pdf", page=1)
    assert told.value.reason == "closed"


@pytest.mark.feature("SS-03")
@pytest.mark.parametrize(
    "make",
    [
        lambda: MemoryTextRecogniser({}, version=None),
        lambda: EmbeddedTextRecogniser(find=lambda: None),
    ],
    ids=["memory", "embedded"],
)
def test_where_no_engine_is_installed_it_says_so(
    make: Callable[[], TextRecogniser], mixed: Path
) -> None:
    recogniser = make()
    assert recogniser.version is None
    with pytest.raises(Unavailable) as told:
        recogniser.plan(mixed, name="会议.pdf")
    assert told.value.reason == "no_recogniser"
    recogniser.close()


def saved(path: Path, picture: Image.Image, **more: object) -> Path:
    picture.save(path, **more)  # type: ignore[arg-type]
    return path


def exif(turn: int) -> Image.Exif:
    found = Image.Exif()
    found[0x112] = turn
    return found


TURNED: dict[str, tuple[str, Callable[[Image.Image], Image.Image], dict[str, object]]] = {
    "as it is": ("a.png", lambda it: it, {}),
    "upside down": ("a.bmp", lambda it: it.transpose(Image.Transpose.ROTATE_180), {}),
    "on its side": ("a.webp", lambda it: it.transpose(Image.Transpose.ROTATE_90), {}),
    "on its other side": ("a.png", lambda it: it.transpose(Image.Transpose.ROTATE_270), {}),
    "askew": ("a.jpg", lambda it: it.rotate(3, expand=True, fillcolor="white"), {"quality": 75}),
    "turned by the camera": (
        "a.jpg",
        lambda it: it.transpose(Image.Transpose.ROTATE_90),
        {"exif": exif(6), "quality": 90},
    ),
    "in black and white": ("a.tif", lambda it: it.convert("1"), {}),
}


@installed
@pytest.mark.feature("SS-03")
@pytest.mark.parametrize("how", TURNED)
def test_a_picture_is_read_however_it_lies_and_marks_stand_on_the_ink(
    embedded: EmbeddedTextRecogniser, paper: Image.Image, tmp_path: Path, how: str
) -> None:
    name, turn, more = TURNED[how]
    turned = turn(paper)
    path = saved(tmp_path / name, turned, **more)
    page = embedded.page(path, name=name, page=1)
    assert page.text == TEXT
    shown = paper if "exif" in more else turned
    view = view_of(page, *shown.size)
    start = view.text.index("抗旱")
    (mark,) = marks(view, [Span(start, start + 2)])
    line = view.lines[0]
    # Turned back about the begin of its base line, the mark has ink in it.
    wide, high = shown.size
    level = Image.new("L", (3 * wide, 3 * high), "white")
    level.paste(shown.convert("L"), shown.size)
    centre = line.x + wide, line.y + high
    level = level.rotate(line.rotation, center=centre, resample=Image.Resampling.BILINEAR)
    x, y, box = mark.box.x + wide, mark.box.y + high, mark.box
    inside = level.crop((round(x), round(y), round(x + box.width), round(y + box.height)))
    dark = sum(inside.histogram()[:128]) / (inside.width * inside.height)
    assert 0.08 < dark < 0.6
    assert box.width == pytest.approx(2 / 9 * line.width, rel=0.2)


@installed
@pytest.mark.feature("SS-03")
def test_of_a_mixed_paper_the_pages_without_text_alone_are_wanted(
    embedded: EmbeddedTextRecogniser, paper: Image.Image, tmp_path: Path
) -> None:
    written = samples.pdf(tmp_path / "text.pdf", pages=("第一页防汛", "", "第三页抗旱"))
    scanned = tmp_path / "scan.pdf"
    scanned.write_bytes(pdf_of_pictures([paper]))
    path = tmp_path / "a.pdf"
    with pdfium.PdfDocument.new() as both:
        for source in (written, scanned):
            with pdfium.PdfDocument(source) as pages:
                both.import_pages(pages)
        both.save(path)
    plan = embedded.plan(path, name="a.pdf")
    assert (plan.pages, plan.wanted) == (4, (4,))  # the second is empty, and no picture


@installed
@pytest.mark.feature("SS-03")
def test_every_sheet_of_a_fax_is_a_page(
    embedded: EmbeddedTextRecogniser, paper: Image.Image, tmp_path: Path
) -> None:
    fax = paper.convert("1")
    path = saved(tmp_path / "a.tif", fax, save_all=True, append_images=[fax, fax])
    assert embedded.plan(path, name="a.tif").wanted == (1, 2, 3)
    assert embedded.page(path, name="a.tif", page=3).text == TEXT


@installed
@pytest.mark.feature("SS-03", "YP-06")
def test_a_page_of_an_ofd_that_is_a_picture_is_read_where_it_stands(
    embedded: EmbeddedTextRecogniser, paper: Image.Image, tmp_path: Path
) -> None:
    assert embedded.plan(samples.ofd(tmp_path / "t.ofd", page="字" * 40), name="t.ofd").wanted == ()
    out = io.BytesIO()
    paper.save(out, "PNG")
    element = (
        '<ofd:ImageObject ID="44" Boundary="10 40 180 80" CTM="180 0 0 80 0 0" ResourceID="7"/>'
    )
    path = ofd_of_a_picture(tmp_path / "a.ofd", element, out.getvalue())
    assert embedded.plan(path, name="a.ofd").wanted == (1,)
    page = embedded.page(path, name="a.ofd", page=1)
    assert page.text == TEXT
    left, top = page.lines[0].corners[:2]
    assert left > 10_000 * 10 / 210
    assert 10_000 * 40 / 297 < top < 10_000 * 80 / 297


def ofd_of_a_picture(path: Path, element: str, body: bytes) -> Path:
    """One page on which a picture is laid, and nothing else."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    members = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml"
        "</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData><ofd:Pages>"
        '<ofd:Page ID="9" BaseLoc="Pages/P0.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/DocumentRes.xml": f'<ofd:Res {space} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia '
        'ID="7" Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia>'
        "</ofd:MultiMedias></ofd:Res>",
        "Doc_0/Pages/P0.xml": f'<ofd:Page {space}><ofd:Content><ofd:Layer ID="2">{element}'
        "</ofd:Layer></ofd:Content></ofd:Page>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, head + text)
        archive.writestr("Doc_0/Res/a.png", body)
    return path


def cut(path: Path, paper: Image.Image) -> Path:
    body = saved(path, paper, quality=80).read_bytes()
    path.write_bytes(body[: len(body) // 2])
    return path


def bomb(path: Path, _: Image.Image) -> Path:
    return saved(path, Image.new("1", (20_000, 20_000)))


def locked(path: Path, _: Image.Image) -> Path:
    path.write_bytes(b"%PDF-1.7\nno more than that")
    return path


@installed
@pytest.mark.feature("SS-03")
@pytest.mark.parametrize(
    ("name", "make", "why"),
    [("a.jpg", cut, "parse"), ("a.png", bomb, "bomb"), ("a.pdf", locked, "parse")],
)
def test_a_hostile_picture_ends_as_a_reason(
    embedded: EmbeddedTextRecogniser,
    paper: Image.Image,
    tmp_path: Path,
    name: str,
    make: Callable[[Path, Image.Image], Path],
    why: str,
) -> None:
    path = make(tmp_path / name, paper)
    with pytest.raises(Invalid) as told:
        embedded.page(path, name=name, page=1)
    assert told.value.facts["why"] == why


@installed
@pytest.mark.feature("SS-03")
def test_a_worker_that_is_killed_over_a_page_is_replaced_and_the_page_is_read(
    embedded: EmbeddedTextRecogniser, mixed: Path
) -> None:
    embedded.page(mixed, name="会议.pdf", page=1)
    (pid,) = embedded.worker_pids
    assert os.getpriority(os.PRIO_PROCESS, pid) > 0
    read: list[ScannedPage] = []
    thread = threading.Thread(
        target=lambda: read.append(embedded.page(mixed, name="会议.pdf", page=1))
    )
    thread.start()
    os.kill(pid, signal.SIGKILL)
    thread.join(60)
    until(lambda: bool(read), "the page is read")
    assert read[0].text == TEXT
    assert pid not in embedded.worker_pids


def png(page: Image.Image) -> io.BytesIO:
    out = io.BytesIO()
    page.save(out, "PNG")
    out.seek(0)
    return out


@pytest.fixture(scope="session")
def papers_within(tmp_path_factory: pytest.TempPathFactory, paper: Image.Image) -> Path:
    """A document with an icon, a scan, a photograph, and the scan once more."""
    document = docx.Document()
    document.add_paragraph("附会议通知扫描件。")
    other = paper.crop((0, 0, paper.width, paper.height // 2))
    for each in (Image.new("RGB", (32, 32), "red"), paper, other, paper):
        document.add_picture(png(each), width=Cm(8))
    path = tmp_path_factory.mktemp("within") / "通知.docx"
    document.save(str(path))
    return path


@installed
@pytest.mark.feature("SS-03")
def test_pictures_within_a_document_are_pages_each_read_once(
    embedded: EmbeddedTextRecogniser, papers_within: Path
) -> None:
    plan = embedded.plan(papers_within, name="通知.docx")
    assert (plan.pages, plan.wanted, plan.pictures, plan.slides) == (3, (2, 3), True, ())
    assert embedded.page(papers_within, name="通知.docx", page=2).text == TEXT
    with pytest.raises(NotFound) as told:
        embedded.page(papers_within, name="通知.docx", page=4)
    assert told.value.reason == "no_page"


@installed
@pytest.mark.feature("SS-03")
def test_pictures_of_slides_tell_on_which_slide_they_stand(
    embedded: EmbeddedTextRecogniser, tmp_path: Path, paper: Image.Image
) -> None:
    path = samples.pptx_with_pictures(
        tmp_path / "汇报.pptx", [[], [png(paper).read()], [png(paper).read()]]
    )
    plan = embedded.plan(path, name="汇报.pptx")
    assert (plan.pages, plan.wanted, plan.slides) == (1, (1,), (2,))
    assert embedded.page(path, name="汇报.pptx", page=1).text == TEXT


@installed
@pytest.mark.feature("SS-03")
def test_a_document_without_pictures_has_nothing_to_be_read(
    embedded: EmbeddedTextRecogniser, tmp_path: Path
) -> None:
    plan = embedded.plan(samples.docx_plain(tmp_path / "a.docx"), name="a.docx")
    assert (plan.pages, plan.wanted) == (0, ())


@installed
@pytest.mark.feature("SS-03")
def test_pictures_that_are_none_cost_the_others_nothing(
    embedded: EmbeddedTextRecogniser, tmp_path: Path, paper: Image.Image
) -> None:
    bomb = bytearray(png(Image.new("L", (300, 300))).read())
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    bomb[29:33] = zlib.crc32(bomb[12:29]).to_bytes(4, "big")
    path = samples.pptx_with_pictures(
        tmp_path / "坏图.pptx", [[b"\x01\0\0\0emf", bytes(bomb), png(paper).read()]]
    )
    plan = embedded.plan(path, name="坏图.pptx")
    assert (plan.pages, plan.wanted) == (3, (3,))
    for page in (1, 2):
        with pytest.raises(Invalid) as told:
            embedded.page(path, name="坏图.pptx", page=page)
        assert told.value.reason == "unreadable"
