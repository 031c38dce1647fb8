"""Every number of the home page is the number of the list that it leads to (GT-01)."""

import re
from datetime import timedelta
from html import unescape

import pytest
from fastapi.testclient import TestClient

from records.identity import Login
from tests.api.conftest import Browse, SignIn
from tests.api.office import act, item, supervised
from wenshu.building.installation import Installation

_TILE = re.compile(
    r'<a class="tile[^"]*" href="([^"]*)">\s*<span class="tile-label">([^<]*)</span>\s*'
    r'<b class="tile-number">([0-9,]+)</b>'
)
_TOTAL = re.compile(r"共 ([0-9,]+) 条")


def tiles(client: TestClient) -> dict[str, tuple[str, int]]:
    """Address and number of each, by its label."""
    shown = _TILE.findall(client.get("/").text)
    return {label: (unescape(href), int(number)) for href, label, number in shown}


def listed(client: TestClient, href: str) -> int:
    """How many rows stand behind an address: as it says, or as they stand on one page."""
    answer = client.get(href)
    assert answer.status_code == 200, answer.text
    told = _TOTAL.search(answer.text)
    return int(told[1]) if told else answer.text.count('class="row-line"')


@pytest.mark.feature("GT-01", "GT-07")
def test_each_tile_leads_to_exactly_the_list_that_it_counts(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    supervised(built)
    watch, keeper = sign_in("watch"), sign_in("lawkeeper")
    today = built.house.book.caller(Login("watch")).today
    ahead = {"一": -9, "二": -1, "三": 0, "四": 3, "五": 4, "六": 30}
    records = {}
    for name, days in ahead.items():
        fields = {
            "title": f"第{name}件",
            "source": "公文",
            "given_on": (today - timedelta(days=10)).isoformat(),
            "due_on": (today + timedelta(days=days)).isoformat(),
            "main_unit": "law",
            "requirement": "请按期报送。",
        }
        records[name] = item(watch, fields)
        answer = act(watch, records[name], "确定")
        assert answer.status_code == 200, answer.text
    for name in "一三五":
        assert keeper.put(f"/api/v1/records/{records[name]}/follow").status_code == 200
    assert (
        browse("lawkeeper")
        .post(f"/records/{records['二']}/favourite", data={}, follow_redirects=False)
        .is_redirect
    )
    found = tiles(browse("lawkeeper"))
    numbers = {label: number for label, (_, number) in found.items()}
    assert numbers == {
        "待办": 6, "3日内到期": 2, "超期": 2, "待阅": numbers["待阅"], "跟踪": 3, "我的收藏": 1,
    }  # fmt: skip
    soon = browse("lawkeeper").get(found["3日内到期"][0]).text
    assert [name for name in ahead if f"第{name}件" in soon] == ["三", "四"]
    watching = tiles(browse("watch"))
    assert watching["超期督查件"][1] == 2
    for login, seen in (("lawkeeper", found), ("watch", watching)):
        for label, (href, number) in seen.items():
            assert listed(browse(login), href) == number, (login, label, href)
