"""A real browser for the tests: the system's Chromium, driven by Playwright, speaking Chinese.

Playwright's own browsers are never downloaded. Without Chromium the tests are skipped, except
where WENSHU_REQUIRE names `browser`: there its absence is an error.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.api.conftest import PASSWORD
from tests.serving import served
from wenshu.building.installation import Installation
from wenshu.building.web import create_web

CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
)
AXE = Path(__file__).parent.parent / ".vendor" / "axe.min.js"
PATIENCE_MS = 30_000
"""For whatever a page shall show; beside all servers on two processors a save takes seconds."""

SETTLED_S = 90
"""For what the index shall know: a rebuild that came to nothing is given up after 30 s, and work
that found no index is asked for again."""

expect.set_options(timeout=PATIENCE_MS)


def _missing(what: str) -> None:
    if "browser" in os.environ.get("WENSHU_REQUIRE", "").split(","):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; WENSHU_CHROMIUM names another one."""
    named = os.environ.get("WENSHU_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, CANDIDATES)), None)
    if found is None:
        _missing("no Chromium on this machine: install the package chromium")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=found, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile on an office screen."""
    made = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    made.set_default_timeout(PATIENCE_MS)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which any script error, refused resource or policy violation fails the test."""
    faults: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda line: faults.append(line.text) if _is_fault(line) else None)
    yield opened
    assert faults == []


def _is_fault(line: Any) -> bool:
    # A refused form (422, 409 …) is an answer like any other; Chromium logs it as an error.
    return line.type == "error" and "the server responded with a status of 4" not in line.text


@pytest.fixture(scope="module")
def address(built: Installation) -> Iterator[str]:
    """Where the installation is served that a module builds; some serve it otherwise."""
    with served(create_web(built, hints=())) as at:
        yield at


@pytest.fixture
def enter(browser: Browser, address: str) -> Iterator[Callable[[str], Page]]:
    """Signs a person in, each in a browser profile of his own."""
    yield from entered(browser, address, PASSWORD)


def entered(browser: Browser, address: str, password: str) -> Iterator[Callable[[str], Page]]:
    """Gives what signs a person in, each in a browser profile of his own; closes them."""
    contexts: list[BrowserContext] = []

    def enter(login: str) -> Page:
        made = browser.new_context(
            base_url=address,
            viewport={"width": 1366, "height": 768},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        made.set_default_timeout(PATIENCE_MS)
        contexts.append(made)
        page = made.new_page()
        page.goto("/")
        page.get_by_label("用户名").fill(login)
        page.get_by_label("密码").fill(password)
        page.get_by_role("button", name="登录").click()
        expect(page).to_have_url(f"{address}/")
        return page

    yield enter
    for made in contexts:
        made.close()


def come_to_show(page: Page, shown: Locator) -> None:
    """Load the page anew until it shows that: search may know of a write a little later."""
    deadline = time.monotonic() + SETTLED_S
    while not shown.first.is_visible():
        assert time.monotonic() < deadline, f"not shown: {shown}"
        page.wait_for_timeout(100)
        page.reload()


def serious_faults(page: Page) -> list[str]:
    """What axe finds on the page now, of impact serious or critical: rule and place.

    The script is put in through the driver, past the page's own policy.
    """
    if not AXE.is_file():
        _missing("axe is not installed: python -m tools.install_assets --test")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in found["violations"]
        if fault["impact"] in {"serious", "critical"}
        for node in fault["nodes"]
    ]
