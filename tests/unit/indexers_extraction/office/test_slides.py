"""Text of pptx."""

from pathlib import Path

from tests.hostile import office, samples
from tests.hostile.office import element
from tests.reading import read, words


def shape(text: str, placeholder: str = "") -> str:
    """A shape with one line of text."""
    about = f"<p:nvSpPr><p:nvPr>{placeholder}</p:nvPr></p:nvSpPr>"
    body = f"<p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody>"
    return f"<p:sp>{about}{body}</p:sp>"


def show(path: Path) -> Path:
    """Two slides of one layout, with all that may stand beside a slide."""
    slides = '<p:sldIdLst><p:sldId id="1" r:id="a"/><p:sldId id="2" r:id="b"/></p:sldIdLst>'
    slides += '<p:extLst><p:section><p:sldId id="1"/></p:section></p:extLst>'
    table = "<a:tbl><a:tr><a:tc><a:p><a:r><a:t>甲格</a:t></a:r></a:p></a:tc></a:tr></a:tbl>"
    prompt = shape("单击此处编辑标题", '<p:ph type="title"/>')
    parts: dict[str, str | bytes] = {
        "ppt/presentation.xml": element("p:presentation", slides),
        "ppt/slides/slide1.xml": element("p:sld", shape("第一张", "<p:ph/>") + table),
        "ppt/slides/slide2.xml": element("p:sld", shape("第二张")),
        "ppt/layout.xml": element("p:sldLayout", prompt + shape("版式上的字")),
        "ppt/master.xml": element("p:sldMaster", prompt + shape("母版上的字")),
        "ppt/notes.xml": element("p:notes", shape("备注")),
        "ppt/comments.xml": element("p:cmLst", "<p:cm><p:text>批注</p:text></p:cm>"),
        "ppt/authors.xml": element("p:cmAuthorLst", '<p:cmAuthor name="李四"/>'),
        "ppt/chart.xml": element("c:chart", "<c:v>雨量</c:v>"),
        "ppt/data.xml": element("a:data", "<a:p><a:r><a:t>图示</a:t></a:r></a:p>"),
        "ppt/table.docx": samples.docx_plain(path.with_suffix(".docx")).read_bytes(),
    }
    beside = (
        ("n", "notesSlide", "../notes.xml"),
        ("c", "comments", "../comments.xml"),
        ("d", "chart", "../chart.xml"),
        ("e", "diagramData", "../data.xml"),
        ("f", "package", "../table.docx"),
    )
    layout = ("l", "slideLayout", "../layout.xml")
    related = {
        "ppt/presentation.xml": (
            ("a", "slide", "slides/slide1.xml"),
            ("b", "slide", "slides/slide2.xml"),
            ("z", "commentAuthors", "authors.xml"),
        ),
        "ppt/slides/slide1.xml": (layout, *beside),
        "ppt/slides/slide2.xml": (layout,),
        "ppt/layout.xml": (("m", "slideMaster", "master.xml"),),
    }
    return office.package(path, "ppt/presentation.xml", parts, related)


def test_what_stands_beside_a_slide_is_on_its_page(tmp_path: Path) -> None:
    found = read(show(tmp_path / "a.pptx"))
    assert (found.status.value, found.reason) == ("ok", None)
    pages = {page.page: page.text.split() for page in found.parts[0].pages}
    beside = {"第一张", "甲格", "备注", "批注", "雨量", "图示", "版式上的字", "母版上的字"}
    assert set(pages[1]) == beside
    assert (pages[2], pages[None]) == (["第二张"], ["李四"])


def test_a_file_in_a_slide_is_a_part_of_its_own(tmp_path: Path) -> None:
    (embedded,) = read(show(tmp_path / "a.pptx")).parts[1:]
    assert embedded.path == "table.docx"
    assert "防汛工作通知" in words(embedded)
