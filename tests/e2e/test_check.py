"""环境检查 in a real browser: what it lacks is found (BZ-05)."""

import pytest
from playwright.sync_api import Browser, expect

from search_ui.gallery import gallery_app
from tests.serving import served

_NO_STORAGE = "Storage.prototype.setItem = () => { throw new DOMException('full'); };"


@pytest.mark.feature("BZ-05")
def test_the_page_tells_a_whole_browser_from_one_that_keeps_nothing(browser: Browser) -> None:
    with served(gallery_app()) as address:
        whole = browser.new_page(viewport={"width": 1280, "height": 800})
        whole.goto(f"{address}/design/check-door")
        for probe in ("script", "cookies", "storage", "printing", "screen"):
            line = whole.locator(f"[data-probe={probe}]")
            expect(line.locator(".tag")).to_have_text("正常")
            expect(line.locator("[data-advice]")).to_be_hidden()
        whole.close()
        lacking = browser.new_page(viewport={"width": 390, "height": 800})
        lacking.add_init_script(
            f"{_NO_STORAGE} Object.defineProperty(document, 'cookie', {{get: () => ''}});"
        )
        lacking.goto(f"{address}/design/check-door")
        for probe, word in (("cookies", "不可用"), ("storage", "不可用"), ("screen", "偏窄")):
            line = lacking.locator(f"[data-probe={probe}]")
            expect(line.locator(".tag")).to_have_text(word)
            expect(line.locator("[data-advice]")).to_be_visible()
        lacking.close()
