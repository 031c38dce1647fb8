"""The contract of `Previewer`, for the embedded one."""

import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image, ImageChops

from documents.preview.embedded_previewer import EmbeddedPreviewer
from records.errors import Invalid, NotFound
from records.ports.previewer import Previewer
from records.preview import PageView, PreviewKind, marks
from records.queries.search import Span
from tests.hostile import files, samples

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
with_data = pytest.mark.skipif(
    not DATA.exists(), reason="the sample data are not beside the repository"
)


@pytest.fixture(scope="module")
def embedded() -> Iterator[EmbeddedPreviewer]:
    previewer = EmbeddedPreviewer(workers=1)
    yield previewer
    previewer.close()


@pytest.fixture
def previewer(embedded: EmbeddedPreviewer) -> Previewer:
    return embedded


def span_of(view: PageView, word: str) -> Span:
    start = view.text.index(word)
    return Span(start, start + len(word))


def assert_harmless(svg: bytes) -> None:
    """An SVG of known elements that refers to itself and to pictures it holds only."""
    root = etree.fromstring(svg)
    for element in root.iter():
        tag = etree.QName(element).localname
        assert tag in {
            *("svg", "defs", "rect", "g", "path", "use", "text", "image", "clipPath", "mask"),
            *("pattern", "linearGradient", "radialGradient", "stop"),
        }
        for name, value in element.attrib.items():
            assert not str(name).lower().startswith("on")
            assert name != "style"
            if str(name).endswith("href"):
                assert str(value).startswith(("#", "data:image/")), value
            else:
                assert "url(" not in str(value) or re.fullmatch(r"url\(#[\w-]+\)", str(value))


@pytest.mark.feature("YP-06")
def test_each_page_of_a_pdf_is_a_picture_with_its_text(
    previewer: Previewer, tmp_path: Path
) -> None:
    path = samples.pdf(tmp_path / "a")
    outline = previewer.outline(path, name="a.pdf")
    assert (outline.kind, outline.pages) == (PreviewKind.PAGES, 2)
    view = previewer.page(path, name="a.pdf", page=2)
    assert view.text == "第二页抗旱"
    picture = Image.open(io.BytesIO(view.picture))
    assert picture.width / picture.height == pytest.approx(view.width / view.height, rel=0.01)


@pytest.mark.feature("SS-03")
def test_a_mark_stands_on_the_ink_of_its_word(previewer: Previewer, tmp_path: Path) -> None:
    path = samples.pdf(tmp_path / "a.pdf", pages=("第一页防汛",))
    view = previewer.page(path, name="a.pdf", page=1)
    (mark,) = marks(view, [span_of(view, "防汛")])
    # reportlab drew at 100, 842 - 700 points from the top left, 20 points a character.
    assert mark.box.x == pytest.approx(160, abs=3)
    assert mark.box.x + mark.box.width == pytest.approx(200, abs=3)
    assert mark.box.y < 142 < mark.box.y + mark.box.height + 4


def test_a_turned_page_turns_its_marks(previewer: Previewer, tmp_path: Path) -> None:
    path = samples.pdf(tmp_path / "a.pdf", pages=("旋转",))
    path.write_bytes(path.read_bytes().replace(b"/Rotate 0", b"/Rotate 90"))
    view = previewer.page(path, name="a.pdf", page=1)
    assert view.width > view.height
    (line,) = view.lines
    # What was 100 from the left and 142 from the top is now 100 from the top, 142 from the right.
    assert line.boxes[0].y == pytest.approx(100, abs=4)
    assert view.width - line.boxes[0].x == pytest.approx(142, abs=22)


def test_a_page_beyond_the_last_is_not_found(previewer: Previewer, tmp_path: Path) -> None:
    path = samples.pdf(tmp_path / "a.pdf")
    for page in (0, 3):
        with pytest.raises(NotFound):
            previewer.page(path, name="a.pdf", page=page)


def test_a_giant_page_becomes_a_picture_of_bounded_size(
    previewer: Previewer, tmp_path: Path
) -> None:
    path = tmp_path / "g.pdf"
    files.pdf_of_a_giant_page(path)
    view = previewer.page(path, name="g.pdf", page=1)
    picture = Image.open(io.BytesIO(view.picture))
    assert picture.width * picture.height <= 16_100_000


@pytest.mark.feature("YP-06")
def test_an_ofd_page_is_a_drawing_with_its_text_and_annotations(
    previewer: Previewer, tmp_path: Path
) -> None:
    path = samples.ofd(tmp_path / "a.ofd")
    view = previewer.page(path, name="a.ofd", page=1)
    assert (view.media_type, view.width, view.height) == ("image/svg+xml", 210, 297)
    assert view.text == "版式文件正文\n仅供参考"
    assert_harmless(view.picture)
    (mark,) = marks(view, [span_of(view, "文件")])
    # Text begins at 10, 20 + 5; each character is 5 mm wide.
    assert (mark.box.x, mark.box.width) == (20, 10)
    assert mark.box.y < 25 < mark.box.y + mark.box.height


def test_scripts_and_outside_addresses_in_an_ofd_come_to_nothing(
    previewer: Previewer, tmp_path: Path
) -> None:
    path = tmp_path / "s.ofd"
    files.ofd_with_scripts(path)
    view = previewer.page(path, name="s.ofd", page=1)
    assert_harmless(view.picture)
    assert b"<script" not in view.picture
    assert b"root:" not in view.picture


@pytest.mark.parametrize(
    ("make", "name", "why"),
    [
        (files.ofd_with_entities, "a.ofd", "parse"),
        (files.ofd_calling_itself, "a.ofd", "bomb"),
        (files.ofd_bomb, "a.ofd", "bomb"),
        (files.pdf_encrypted, "a.pdf", "encrypted"),
        (files.pdf_broken, "a.pdf", "parse"),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_a_hostile_page_is_unreadable_and_says_why(
    previewer: Previewer, tmp_path: Path, make: files.Make, name: str, why: str
) -> None:
    path = tmp_path / name
    make(path)
    with pytest.raises(Invalid) as caught:
        previewer.page(path, name=name, page=1)
    assert caught.value.reason == "unreadable"
    assert caught.value.facts["why"] == why


@pytest.mark.feature("YP-06")
def test_a_docx_becomes_plain_html(previewer: Previewer, tmp_path: Path) -> None:
    path = samples.docx_plain(tmp_path / "a.docx")
    assert previewer.outline(path, name="a.docx").kind is PreviewKind.HTML
    html = previewer.written(path, name="a.docx").sections[0].html
    assert "<h1>防汛工作通知</h1>" in html
    assert "<td><p>甲单元</p></td>" in html
    assert "𠮷" in html


def test_links_scripts_and_drawings_in_a_docx_come_to_nothing(
    previewer: Previewer, tmp_path: Path
) -> None:
    path = tmp_path / "l.docx"
    files.docx_with_links(path)
    html = previewer.written(path, name="l.docx").sections[0].html
    assert "按此" in html
    assert "&lt;script&gt;" in html
    for never in ("<script", "javascript:", "href", "127.0.0.1", "root:", "style=", "<svg"):
        assert never not in html
    assert set(previewer.outline(path, name="l.docx").notices) == {"macros", "external_links"}


def test_a_picture_is_made_anew_upright_and_without_its_data(
    previewer: Previewer, tmp_path: Path
) -> None:
    path = tmp_path / "p.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "secret place"
    Image.new("RGB", (40, 20), "red").save(path, exif=exif)
    made = previewer.picture(path, name="p.jpg")
    assert (made.width, made.height, made.media_type) == (20, 40, "image/jpeg")
    assert b"secret" not in made.body


@pytest.mark.feature("YP-06")
def test_a_picture_is_turned_by_quarters_from_where_it_is_upright(
    previewer: Previewer, tmp_path: Path
) -> None:
    path = tmp_path / "p.png"
    drawn = Image.new("RGB", (4, 2), "white")
    drawn.putpixel((0, 0), (255, 0, 0))
    drawn.save(path)
    made = previewer.picture(path, name="p.png", turns=1)
    assert (made.width, made.height) == (2, 4)
    assert Image.open(io.BytesIO(made.body)).convert("RGB").getpixel((1, 0)) == (255, 0, 0)


@pytest.mark.feature("YP-06")
def test_pages_and_pictures_have_a_small_form(previewer: Previewer, tmp_path: Path) -> None:
    pdf = previewer.thumbnail(samples.pdf(tmp_path / "a"), name="a.pdf", page=2)
    assert max(pdf.width, pdf.height) == 256
    assert Image.open(io.BytesIO(pdf.body)).size == (pdf.width, pdf.height)
    ofd = previewer.thumbnail(samples.ofd(tmp_path / "b"), name="b.ofd", page=1)
    small = Image.open(io.BytesIO(ofd.body))
    assert (ofd.media_type, max(small.size)) == ("image/png", 256)
    assert small.size == (ofd.width, ofd.height)
    assert len(small.convert("L").getcolors() or ()) > 1, "something is drawn"
    Image.new("RGB", (3000, 1500), "red").save(tmp_path / "c.jpg")
    picture = previewer.thumbnail(tmp_path / "c.jpg", name="c.jpg", page=1)
    assert (picture.width, picture.height) == (256, 128)
    with pytest.raises(NotFound):
        previewer.thumbnail(tmp_path / "a", name="a.pdf", page=3)
    with pytest.raises(Invalid):
        previewer.thumbnail(samples.docx_plain(tmp_path / "d"), name="d.docx", page=1)


def test_a_picture_of_too_many_pixels_is_refused(previewer: Previewer, tmp_path: Path) -> None:
    path = tmp_path / "p.png"
    files.picture_of_many_pixels(path)
    outline = previewer.outline(path, name="p.png")
    assert (outline.kind, outline.reason) == (PreviewKind.NONE, "bomb")
    with pytest.raises(Invalid):
        previewer.picture(path, name="p.png")
    with pytest.raises(Invalid):
        previewer.thumbnail(path, name="p.png", page=1)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", b"text", PreviewKind.TEXT),
        ("a.svg", b"<svg onload='x()'/>", PreviewKind.NONE),
        ("a.bin", bytes(100), PreviewKind.NONE),
        ("a.docx", b"PK\x03\x04 broken", PreviewKind.NONE),
        ("a.png", samples.PNG, PreviewKind.PICTURE),
    ],
)
def test_the_outline_goes_by_content(
    previewer: Previewer, tmp_path: Path, name: str, content: bytes, kind: PreviewKind
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert previewer.outline(path, name=name).kind is kind


def test_a_locked_docx_says_so(previewer: Previewer, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    files.docx_encrypted(path)
    outline = previewer.outline(path, name="a.docx")
    assert (outline.kind, outline.reason) == (PreviewKind.NONE, "encrypted")


def test_what_a_file_is_not_it_cannot_be_shown_as(previewer: Previewer, tmp_path: Path) -> None:
    path = samples.pdf(tmp_path / "a.pdf")
    with pytest.raises(Invalid):
        previewer.written(path, name="a.pdf")
    with pytest.raises(Invalid):
        previewer.picture(path, name="a.pdf")


def test_eight_threads_get_their_own_pages(previewer: Previewer, tmp_path: Path) -> None:
    words = tuple(f"第{number}页" for number in range(1, 25))
    path = samples.pdf(tmp_path / "a.pdf", pages=words)
    with ThreadPoolExecutor(8) as threads:
        views = threads.map(
            lambda page: previewer.page(path, name="a.pdf", page=page), range(1, 25)
        )
        assert tuple(view.text for view in views) == words


@with_data
@pytest.mark.parametrize("path", sorted((DATA / "ofd").glob("*.ofd")), ids=lambda path: path.name)
def test_every_page_of_real_ofd_files_is_drawn(previewer: Previewer, path: Path) -> None:
    outline = previewer.outline(path, name=path.name)
    assert outline.pages >= 1
    for page in range(1, outline.pages + 1):
        view = previewer.page(path, name=path.name, page=page)
        assert_harmless(view.picture)
        assert len(view.picture) > 400


@with_data
def test_the_red_head_of_a_real_document_stays_red(previewer: Previewer) -> None:
    view = previewer.page(DATA / "govdoc" / "397.pdf", name="397.pdf", page=1)
    assert "个人所得税" in view.text
    red, green, _ = Image.open(io.BytesIO(view.picture)).convert("RGB").split()
    redness = ImageChops.subtract(red, green).getextrema()[1]
    assert isinstance(redness, int)
    assert redness > 150
