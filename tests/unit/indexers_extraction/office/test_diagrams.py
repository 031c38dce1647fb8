"""Text of Visio drawings."""

from pathlib import Path

from indexers.extraction.file_type import Route, file_type
from tests.hostile import office
from tests.hostile.office import RELATED, VISIO
from tests.reading import read


def drawing(path: Path) -> Path:
    """Two pages and a master."""
    root = f'xmlns="{VISIO}" xmlns:r="{RELATED}"'
    page = '<Page Name="{}"><Rel r:id="{}"/></Page>'
    text = "<Text><cp IX='0'/>{}<fld IX='0'>{}</fld></Text>"
    shapes = f"<PageContents {root}><Shapes><Shape>{{}}</Shape></Shapes></PageContents>"
    parts: dict[str, str | bytes] = {
        "visio/document.xml": f"<VisioDocument {root}/>",
        "visio/pages/pages.xml": f"<Pages {root}>{page.format('流程', 'b')}"
        f"{page.format('附图', 'a')}</Pages>",
        "visio/pages/page1.xml": shapes.format(text.format("值班", "表")),
        "visio/pages/page2.xml": shapes.format(text.format("受理", "")),
        "visio/masters/masters.xml": f'<Masters {root}><Master Name="判断"/></Masters>',
        "visio/masters/master1.xml": shapes.format(text.format("是否同意", "")),
    }
    related = {
        "visio/document.xml": (
            ("p", "pages", "pages/pages.xml"),
            ("m", "masters", "masters/masters.xml"),
        ),
        "visio/pages/pages.xml": (("a", "page", "page1.xml"), ("b", "page", "page2.xml")),
        "visio/masters/masters.xml": (("x", "master", "master1.xml"),),
    }
    return office.package(path, "visio/document.xml", parts, related)


def test_pages_come_in_order_with_their_names_and_masters_follow(tmp_path: Path) -> None:
    found = read(drawing(tmp_path / "a.vsdx"))
    assert (found.status.value, found.reason) == ("ok", None)
    pages = [(page.page, page.text.split()) for page in found.parts[0].pages]
    assert pages == [(1, ["流程", "受理"]), (2, ["附图", "值班表"]), (None, ["判断", "是否同意"])]


def test_a_drawing_is_known_by_its_parts(tmp_path: Path) -> None:
    assert file_type(drawing(tmp_path / "a"), "a.zip").route is Route.VSDX
