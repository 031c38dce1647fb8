"""A repealed paper says so in every hit, to whom may read what repeals it (SS-08)."""

from typing import Any

import pytest

from services.relations import repeals
from tests.api.conftest import Browse, SignIn
from tests.api.office import begun
from tests.api.test_citations import NUMBER, RULES, filed

pytestmark = pytest.mark.feature("SS-08")


def repealed(sign_in: SignIn, words: str, login: str = "keeper") -> dict[str, Any]:
    """Of each hit by its title, the title of what repeals it."""
    answer = sign_in(login).get("/api/v1/search", params={"q": words})
    assert answer.status_code == 200, answer.text
    hits = answer.json()["hits"]
    return {hit["title"]: (hit["repealed_by"] or {}).get("title") for hit in hits}


@pytest.mark.feature("SS-08")
def test_a_paper_is_repealed_by_number_or_by_title(sign_in: SignIn, browse: Browse) -> None:
    filed(sign_in, RULES, "会议管理。第一条。", NUMBER)
    filed(sign_in, "渝州市公文处理办法实施细则", "会议管理。第二条。")
    filed(sign_in, "渝州市印章管理办法实施细则", "会议管理。第三条。")
    filed(sign_in, "新办法", f"本办法自发布之日起施行，{NUMBER}同时废止。")
    filed(
        sign_in,
        "决定",
        "《渝州市公文处理办法实施细则》即行废止。根据《渝州市印章管理办法实施细则》。",
    )
    assert repealed(sign_in, "会议管理") == {
        RULES: "新办法",
        "渝州市公文处理办法实施细则": "决定",
        "渝州市印章管理办法实施细则": None,
    }
    assert repealed(sign_in, "同时废止") == {"新办法": None}
    page = browse("keeper").get("/search", params={"q": "会议管理"}).text
    assert "已废止：见《新办法》" in page


@pytest.mark.feature("SS-08")
def test_nobody_learns_of_it_who_may_not_read_what_repeals_it(sign_in: SignIn) -> None:
    filed(sign_in, RULES, "会议管理。", NUMBER, to="person:reader")
    filed(sign_in, "密件", f"{NUMBER}予以废止。")
    assert repealed(sign_in, "会议管理") == {RULES: "密件"}
    assert repealed(sign_in, "会议管理", "reader") == {RULES: None}


@pytest.mark.feature("SS-08")
def test_drafts_itself_and_malformed_ones_repeal_nothing(sign_in: SignIn) -> None:
    filed(
        sign_in, RULES, f"会议管理。《{RULES}》（{NUMBER}）同时废止。", NUMBER, to="person:drafter"
    )
    begun(
        sign_in("drafter"),
        "notice",
        title="通知草稿",
        body=f"{NUMBER}同时废止。",
        audience=["everyone"],
    )
    filed(sign_in, "杂记", "《》废止。〔2012〕号同时废止。废止《")
    assert repealed(sign_in, "会议管理") == {RULES: None}
    assert repealed(sign_in, "会议管理", "drafter") == {RULES: None}
    assert repealed(sign_in, "同时废止", "drafter") == {RULES: None, "通知草稿": None}


@pytest.mark.feature("SS-08")
def test_many_that_repeal_one_hit_hide_nothing_of_the_others(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeals, "MOST", 2)
    filed(sign_in, RULES, "会议管理。", NUMBER)
    filed(sign_in, "渝州市公文处理办法实施细则", "会议管理。")
    filed(sign_in, "决定", "《渝州市公文处理办法实施细则》即行废止。")
    for number in range(3):
        filed(sign_in, f"新办法{number}", f"{NUMBER}同时废止。")
    found = repealed(sign_in, "会议管理")
    assert found["渝州市公文处理办法实施细则"] == "决定"
    assert str(found[RULES]).startswith("新办法")


def test_what_may_not_be_repealed_or_is_only_meant_to_be_stays_valid(
    sign_in: SignIn, browse: Browse
) -> None:
    filed(sign_in, RULES, "会议管理。", NUMBER)
    filed(sign_in, "通知", f"任何单位不得擅自废止《{RULES}》。{NUMBER}尚未废止。")
    filed(sign_in, "清单", f"拟废止下列文件：1.《{RULES}》（{NUMBER}）；2.《渝州市印章办法》。")
    assert repealed(sign_in, "会议管理")[RULES] is None
    assert "已废止：" not in browse("keeper").get("/search", params={"q": "会议管理"}).text


def test_a_list_repeals_all_that_stands_in_it_and_every_record_of_a_number(
    sign_in: SignIn,
) -> None:
    filed(sign_in, RULES, "会议管理。一。", NUMBER)
    filed(sign_in, f"{RULES}（扫描件）", "会议管理。二。", NUMBER)
    filed(sign_in, "渝州市印章管理办法", "会议管理。三。")
    text = f"下列文件予以废止：\n1.《{RULES}》（{NUMBER}）\n2.《渝州市印章\n管理办法》\n"
    filed(sign_in, "决定", text)
    found = repealed(sign_in, "会议管理")
    assert found.pop("决定", None) is None
    assert found == dict.fromkeys([RULES, f"{RULES}（扫描件）", "渝州市印章管理办法"], "决定")


@pytest.mark.feature("SS-08", "SS-03")
def test_a_near_hit_says_that_it_is_repealed(sign_in: SignIn, browse: Browse) -> None:
    filed(sign_in, "信用修复办事指南", "正文。")
    filed(sign_in, "信用修复指南", "正文。", NUMBER)
    filed(sign_in, "新规", f"本规定自印发之日起施行，{NUMBER}同时废止。")
    answer = sign_in("keeper").get("/api/v1/search", params={"q": "信用修复办事"}).json()
    near = {hit["title"]: hit["repealed_by"] for hit in answer["near"]["hits"]}
    assert near["信用修复指南"]["title"] == "新规"
    assert "已废止：见《新规》" in browse("keeper").get("/search?q=信用修复办事").text


@pytest.mark.feature("SS-08", "CX-06")
def test_it_is_said_wherever_the_hit_is_shown(sign_in: SignIn, browse: Browse) -> None:
    record = filed(sign_in, RULES, "会议管理。第一条。", NUMBER)
    filed(sign_in, "新办法", f"本办法自发布之日起施行，{NUMBER}同时废止。")
    page, told = browse("keeper"), "已废止：见《新办法》"
    page.post("/search/look", data={"view": "table"})
    for address in (
        "/search?q=会议管理",
        f"/search/pane/{record}?q=会议管理",
        f"/records/{record}",
    ):
        assert told in page.get(address).text, address
    exported = page.get("/search/export", params={"q": "会议管理", "format": "csv"})
    assert told in exported.content.decode("utf-8-sig")
    stranger = browse("reader").get(f"/records/{record}")
    assert stranger.status_code == 404 or told not in stranger.text
