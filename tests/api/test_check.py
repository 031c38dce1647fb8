"""环境检查: for everyone, before the sign-in too (BZ-05)."""

import pytest
from fastapi.testclient import TestClient

from search_ui.browsers import device, is_served
from tests.api.conftest import Browse

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0 Safari/537.36"
)


@pytest.mark.feature("BZ-05")
def test_who_has_not_signed_in_is_told_of_his_browser_and_of_nothing_else(
    nobody: TestClient, browse: Browse
) -> None:
    page = nobody.get("/check", headers={"User-Agent": CHROME.format(72)}).text
    assert "版本过低" in page
    assert "Chromium 86 或更新" in page
    for probe in ("script", "cookies", "storage", "printing", "screen", "clock"):
        assert f'data-probe="{probe}"' in page
    assert "检索索引" not in page
    assert "检索索引" not in browse("reader").get("/check").text
    assert 'href="/check"' in nobody.get("/sign-in").text
    assert 'href="/check"' in browse("reader").get("/").text


@pytest.mark.feature("BZ-05", "AQ-15")
def test_who_watches_the_house_sees_its_parts_beside(browse: Browse) -> None:
    page = browse("admin").get("/check", headers={"User-Agent": CHROME.format(120)}).text
    assert "检索索引" in page
    assert "文件存储" in page
    assert "版本过低" not in page


@pytest.mark.feature("BZ-05")
@pytest.mark.parametrize(
    ("agent", "served", "called"),
    [
        (CHROME.format(86), True, "Chrome · Windows"),
        (CHROME.format(85), False, "Chrome · Windows"),
        (f"{CHROME.format(120)} Edg/120.0", True, "Edge · Windows"),
        ("Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko", False, "Windows"),
        ("Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/78.0", False, "Firefox · Linux"),
        ("curl/8.0", None, "curl/8.0"),
        ("", None, "—"),
        ("Chrome/" + "9" * 500, True, "Chrome"),
    ],
)
def test_a_browser_is_known_by_what_it_says(
    agent: str, *, served: bool | None, called: str
) -> None:
    assert is_served(agent) is served
    assert device(agent) == called
