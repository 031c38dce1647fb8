"""A leader signs on his tablet: large targets, a body to read, an opinion by pen (GT-08, FW-14)."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from records.identity import Login, RecordId
from services.flow.action_request import ActionRequest
from tests.api.conftest import PASSWORD
from tests.e2e.bureau import at_hub, people, units
from tests.e2e.office_day import ENGINES, manned
from wenshu.building.installation import Installation

conftest = import_module("tests.e2e.conftest")

TARGET = 44
"""Pixels that a finger needs (WCAG 2.5.5)."""


@pytest.fixture(scope="module", params=ENGINES)
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """The bureau of the manual."""
    folder = tmp_path_factory.mktemp("data")
    with manned(folder, units(), people(), on=request.param) as opened:
        yield opened


@pytest.fixture
def record(built: Installation) -> RecordId:
    """A 发文 that waits for the leader."""
    record, registry = at_hub(built, "关于防汛值守的通知"), Login("registry")
    request = ActionRequest(revision=4, chosen=["chief"])
    built.house.acting.act(built.house.book.caller(registry), record, "to_leaders", request)
    return record


@pytest.fixture
def tablet(browser: Browser, address: str) -> Iterator[Page]:
    """The leader's: 820 by 1180, touched."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": 820, "height": 1180},
        has_touch=True,
        is_mobile=True,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    context.set_default_timeout(conftest.PATIENCE_MS)
    page = context.new_page()
    signed_in(page, "chief")
    yield page
    context.close()


def signed_in(page: Page, login: str) -> None:
    page.goto("/")
    page.get_by_label("用户名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("局一")


def written(page: Page, sheet: Locator, pointer: str = "pen") -> None:
    """Two strokes, as a pen sends them: each more pressed on the way."""
    sheet.evaluate(
        """(canvas, pointer) => {
          const place = canvas.getBoundingClientRect();
          const send = (name, x, y, pressure) => canvas.dispatchEvent(new PointerEvent(name, {
            pointerId: 7, pointerType: pointer, isPrimary: true, bubbles: true,
            cancelable: true, pressure, button: name === "pointermove" ? -1 : 0,
            clientX: place.left + x * place.width, clientY: place.top + y * place.height }));
          canvas.setPointerCapture = () => {};
          for (const [from, to] of [[[.2, .3], [.5, .35]], [[.35, .15], [.35, .7]]]) {
            send("pointerdown", from[0], from[1], .2);
            for (let n = 1; n <= 10; n += 1) {
              const at = [0, 1].map((axis) => from[axis] + (to[axis] - from[axis]) * n / 10);
              send("pointermove", at[0], at[1], n / 10);
            }
            send("pointerup", to[0], to[1], 0);
          }
        }""",
        pointer,
    )


@pytest.mark.feature("GT-08", "FW-14", "CX-04")
def test_a_leader_writes_his_opinion_by_pen_and_it_stands_beside_his_words(
    tablet: Page, record: RecordId, browser: Browser, address: str, built: Installation
) -> None:
    tablet.goto(f"/records/{record}")
    expect(tablet.get_by_text("请认真开展。")).to_be_visible()
    for name in ("审签", "不同意"):
        button = tablet.get_by_role("button", name=name, exact=True)
        place = button.bounding_box()
        assert place is not None
        assert min(place["width"], place["height"]) >= TARGET, name
    tablet.get_by_role("button", name="审签", exact=True).tap()
    dialog = tablet.get_by_role("dialog", name="审签", exact=True)
    # no keyboard comes up before he wants one
    expect(dialog.get_by_role("button", name="审签", exact=True)).to_be_focused()
    dialog.get_by_role("button", name="手写意见").tap()
    sheet = dialog.get_by_role("img", name="手写区")
    expect(dialog.get_by_role("button", name="撤销一笔")).to_be_disabled()
    written(tablet, sheet)
    strokes = dialog.locator("textarea[name=handwriting]")
    assert strokes.input_value().count(";") == 2
    dialog.get_by_role("button", name="撤销一笔").tap()
    assert strokes.input_value().count(";") == 1
    dialog.get_by_role("button", name="全部清除").tap()
    assert strokes.input_value() == ""
    written(tablet, sheet)
    written(tablet, sheet, "touch")  # the hand that lies on the glass beside the pen
    assert strokes.input_value().count(";") == 2
    for button in dialog.get_by_role("button").all():
        place = button.bounding_box()
        if place is not None:
            assert place["height"] >= TARGET, button.inner_text()
    assert conftest.serious_faults(tablet) == []
    dialog.get_by_label("办理意见").fill("同意，请抓紧。")
    # a page that is lost keeps both
    tablet.reload()
    tablet.get_by_role("button", name="审签", exact=True).tap()
    expect(dialog.get_by_label("办理意见")).to_have_value("同意，请抓紧。")
    assert strokes.input_value().count(";") == 2
    dialog.get_by_role("button", name="审签", exact=True).tap()
    expect(tablet.get_by_role("status").get_by_text("已审签").first).to_be_visible()

    slip = tablet.locator(".timeline .slip").filter(has_text="同意，请抓紧。")
    assert drawn(slip.get_by_role("img", name="局一的手写意见"))
    tablet.goto(f"/records/{record}/slip")
    box = tablet.locator(".slip-box").filter(has_text="同意，请抓紧。")
    assert drawn(box.get_by_role("img", name="局一的手写意见"))
    tablet.emulate_media(media="print")
    assert drawn(box.get_by_role("img", name="局一的手写意见"))


@pytest.mark.feature("GT-08")
def test_a_drawing_is_enough_where_words_are_required_and_an_empty_one_is_not(
    tablet: Page, record: RecordId
) -> None:
    tablet.goto(f"/records/{record}")
    tablet.get_by_role("button", name="不同意", exact=True).tap()
    dialog = tablet.get_by_role("dialog", name="不同意", exact=True)
    dialog.get_by_role("button", name="手写意见").tap()
    sheet = dialog.get_by_role("img", name="手写区")
    words = dialog.get_by_label("办理意见")
    assert words.evaluate("(area) => area.required")
    sheet.tap()  # a touch is no writing
    dialog.get_by_role("button", name="不同意", exact=True).tap()
    expect(dialog.get_by_role("alert")).to_contain_text("手写意见是空的")
    dialog.get_by_role("button", name="全部清除").tap()
    assert words.evaluate("(area) => area.required")
    written(tablet, sheet)
    dialog.get_by_role("button", name="不同意", exact=True).tap()
    expect(tablet.get_by_role("status").get_by_text("已不同意").first).to_be_visible()


def drawn(picture: Locator) -> bool:
    """Whether the browser has drawn it: it is visible and has pixels of its own."""
    expect(picture).to_be_visible()
    picture.scroll_into_view_if_needed()
    return bool(picture.evaluate("(img) => img.decode().then(() => img.naturalWidth > 50)"))
