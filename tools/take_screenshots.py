"""Takes pictures of docs/pages.md anew: `python -m tools.take_screenshots ADDRESS [NAME …]`.

ADDRESS is that of a fresh demo (`wenshu serve --demo`), whose sign-ins and titles are known here.
The system's Chromium draws them, 1280 pixels wide, 390 on a phone.
"""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
PASSWORD = "Wenshu#2026"  # noqa: S105 - printed by the demo
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
WIDE, PHONE, HEIGHT = 1280, 390, 800
SETTLED_MS = 1_500
"""For what a page brings in once it stands."""

Steps = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: where to, as whom, and what to do there before it is taken."""

    name: str
    path: str
    login: str = "wangmin"
    steps: Steps = field(default=lambda _: None)
    width: int = WIDE
    dark: bool = False


def _found(words: str, kind: str) -> Steps:
    """Opens the first record of a kind that the words find."""

    def steps(page: Page) -> None:
        page.goto(f"/search?{urlencode({'q': words, 'kind': kind})}")
        page.locator(".hit-link").first.click()
        page.wait_for_load_state()

    return steps


def _typed(words: str) -> Steps:
    def steps(page: Page) -> None:
        page.locator("input[name=q]").first.press_sequentially(words, delay=50)

    return steps


def _chosen(label: str) -> Steps:
    """Has hits shown otherwise."""

    def steps(page: Page) -> None:
        page.get_by_text(label, exact=True).first.click()
        page.wait_for_load_state()

    return steps


def _slip_of(words: str, kind: str) -> Steps:
    """Opens the paper form of such a record."""

    def steps(page: Page) -> None:
        _found(words, kind)(page)
        page.goto(f"{page.url.partition('?')[0]}/slip")

    return steps


_HITS = f"/search?{urlencode({'q': '信用修复'})}"

SHOTS = (
    Shot("sign-in", "/sign-in", login=""),
    Shot("home", "/"),
    Shot("search-start", "/search"),
    Shot("search-suggest", "/search", steps=_typed("xyxf")),
    Shot("search", _HITS),
    Shot("search-table", _HITS, login="heyan", steps=_chosen("表格")),  # kept for this person
    Shot("search-split", _HITS, login="zhoujun", steps=_chosen("对照")),
    Shot("search-none", f"/search?{urlencode({'q': '信用修夏管理'})}"),
    Shot("search-dark", _HITS, dark=True),
    Shot("tasks", "/tasks"),
    Shot("tasks-done", "/tasks?list=done"),
    Shot("outgoing", "/", login="jiayi", steps=_found("行政处罚案卷评查", "outgoing")),
    Shot("incoming", "/", login="heyan", steps=_found("第四季度工作数据", "incoming")),
    Shot(
        "slip",
        "/",
        login="jiayi",
        steps=_slip_of("节前食品安全专项检查", "outgoing"),
    ),
    Shot("archive", "/archive", login="jiayi"),
    Shot("numbers", "/numbers", login="jiayi"),
    Shot("supervision", "/kinds/supervision", login="wangmin"),
    Shot("library", "/kinds/library_document", login="jiayi"),
    Shot("library-folders", "/kinds/library_document/folders", login="jiayi"),
    Shot("rooms", "/kinds/room_booking/calendar"),
    Shot("directory", "/directory?unit=office"),
    Shot("notices", "/notices", login="liping"),
    Shot("form-notice", "/records/new/notice", login="law2"),
    Shot("upload", "/upload"),
    Shot("drive", "/drive"),
    Shot("favourites", "/favourites"),
    Shot("assistant", "/assistant"),
    Shot("help", "/help"),
    Shot("account", "/account"),
    Shot("people", "/people", login="admin"),
    Shot("unit", "/people/units/law", login="admin"),
    Shot("person", "/people/person/wangmin", login="admin"),
    Shot("roles", "/people/roles", login="admin"),
    Shot("people-file", "/people/file", login="admin"),
    Shot("access", "/access", login="admin"),
    Shot("delegations", "/delegations", login="liping"),
    Shot("parameters", "/parameters", login="admin"),
    Shot("words", "/words", login="admin"),
    Shot("monitor", "/monitor", login="admin"),
    Shot("check", "/check"),
    Shot("not-found", "/records/00000000000000000000000000"),
    Shot("home-phone", "/", width=PHONE),
    Shot("search-phone", _HITS, width=PHONE),
)


def _taken(browser: Browser, address: str, shot: Shot) -> None:
    scheme = "dark" if shot.dark else "light"
    context = browser.new_context(
        base_url=address,
        color_scheme=scheme,  # type: ignore[arg-type]
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": shot.width, "height": HEIGHT},
    )
    page = context.new_page()
    if shot.login:
        page.goto("/sign-in")
        page.fill("input[name=login]", shot.login)
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url("**/")
        leave = page.get_by_role("button", name="不再显示")  # the tour of who comes first
        if leave.count():
            leave.click()
            page.wait_for_load_state()
    page.goto(shot.path)
    shot.steps(page)
    page.wait_for_timeout(SETTLED_MS)
    page.evaluate("scrollTo(0, 0)")  # a hit is opened at its place
    taken = Image.open(BytesIO(page.screenshot(full_page=shot.width == PHONE)))
    few = taken.convert("RGB").quantize(256, dither=Image.Dither.NONE)  # a fifth of the bytes
    few.save(FOLDER / f"{shot.name}.png", optimize=True)
    context.close()


def main() -> int:
    """Take them all; the number of those that could not be taken."""
    if len(sys.argv) < 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    failed = 0
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for shot in (each for each in SHOTS if len(sys.argv) == 2 or each.name in sys.argv[2:]):
            try:
                _taken(browser, sys.argv[1], shot)
            except Exception as error:  # noqa: BLE001 - the others are taken all the same
                failed += 1
                sys.stderr.write(f"{shot.name}: {error}\n")
        browser.close()
    return failed


if __name__ == "__main__":
    sys.exit(main())
