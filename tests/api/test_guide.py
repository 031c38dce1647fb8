"""帮助 and the tour of the interface (GT-10)."""

import pytest

from tests.api.conftest import Browse


@pytest.mark.feature("GT-10")
def test_the_tour_is_shown_until_it_is_closed_and_then_only_when_asked_for(
    browse: Browse,
) -> None:
    drafter = browse("drafter")
    first = drafter.get("/").text
    assert "界面引导" in first
    for part in ("rail", "search", "new", "tasks", "bell", "account"):
        assert f'data-tour="{part}"' in first
        assert f'data-tour-step="{part}"' in first
    assert "界面引导" in drafter.get("/").text  # looking at it closes nothing
    closed = drafter.post("/help/tour", follow_redirects=False)
    assert (closed.status_code, closed.headers["location"]) == (303, "/")
    assert "界面引导" not in drafter.get("/").text
    assert "界面引导" not in browse("drafter").get("/").text  # nor in another browser
    assert "界面引导" in browse("head").get("/").text  # each closes his own
    assert "/?tour=1" in drafter.get("/help").text
    assert "界面引导" in drafter.get("/?tour=1").text
    assert "界面引导" not in drafter.get("/").text


@pytest.mark.feature("GT-10")
def test_the_help_tells_of_tools_and_of_the_modules_that_one_has(browse: Browse) -> None:
    drafter, registry = browse("drafter").get("/help").text, browse("registry").get("/help").text
    for tool in ("保存", "发送", "打印", "流程跟踪", "帮助", "退出登录"):
        assert f"{tool}</dt>" in drafter
    assert 'href="/help"' in browse("drafter").get("/").text
    assert "发文管理" in drafter
    assert "导入交换文件" in registry
    assert "导入交换文件" not in drafter  # as in the menu (GT-07)
