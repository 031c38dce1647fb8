"""What looks the same as a record, or cites the same papers, told on its page (SS-08)."""

from typing import Any

import pytest

from tests.api.conftest import Browse, SignIn
from tests.api.test_citations import NUMBER, filed

pytestmark = pytest.mark.feature("SS-08")

LONG = "为加强燃气管道安全监管，各单位应当于本月底前完成自查，并将自查情况书面报送。" * 3
OTHER = "".join(f"第{n}条，{'甲乙丙丁戊己庚辛壬癸'[n % 10]}项另作规定。" for n in range(30))


def related(sign_in: SignIn, record: str, link: str, login: str = "keeper") -> list[dict[str, Any]]:
    answer = sign_in(login).get(f"/api/v1/records/{record}/related")
    assert answer.status_code == 200, answer.text
    return [row for row in answer.json() if row["link"] == link]


def same(sign_in: SignIn, record: str, login: str = "keeper") -> dict[str, list[str]]:
    """By their titles, in what they look the same."""
    return {row["title"]: row["why"] for row in related(sign_in, record, "疑似重复", login)}


def test_the_same_file_text_or_nearly_the_same_is_told_in_words(
    sign_in: SignIn, browse: Browse
) -> None:
    record = filed(sign_in, "甲", LONG)
    filed(sign_in, "同一文件", LONG)
    filed(sign_in, "另一文件", LONG.replace("。", "。\n"))
    near = filed(sign_in, "相近", LONG + "请认真贯彻执行。")
    filed(sign_in, "不同", OTHER)
    assert same(sign_in, record) == {
        "同一文件": ["文件内容相同"],
        "另一文件": ["正文相同"],
        "相近": ["正文相近"],
    }
    page = browse("keeper").get(f"/records/{record}/citations").text
    assert "疑似重复的文件" in page
    assert f'href="/records/{near}/beside/{record}"' in page
    beside = browse("keeper").get(f"/records/{near}/beside/{record}").text
    assert "文件对照" in beside
    assert "请认真贯彻执行" in beside
    assert (
        "请认真贯彻执行" in browse("keeper").get(f"/records/{near}/beside/{record}?view=one").text
    )


def test_what_looks_the_same_is_told_to_who_may_read_it(sign_in: SignIn, browse: Browse) -> None:
    record = filed(sign_in, "甲", LONG, to="everyone")
    closed = filed(sign_in, "内部件", LONG)
    assert list(same(sign_in, record)) == ["内部件"]
    assert same(sign_in, record, "reader") == {}
    page = browse("reader")
    assert page.get(f"/records/{record}/citations").text.strip() == ""
    nowhere = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
    for one, other in ((record, closed), (closed, record)):
        refused = page.get(f"/records/{one}/beside/{other}")
        missing = page.get(f"/records/{one}/beside/{other}".replace(closed, nowhere))
        assert refused.status_code == missing.status_code == 404
    assert browse("keeper").get(f"/records/{record}/beside/{record}").status_code == 422


def paper_and_notice(sign_in: SignIn) -> tuple[str, str]:
    record = filed(sign_in, "甲", LONG, login="drafter")
    given = {"kind": "notice", "fields": {"title": "通知", "body": "正文。"}}
    return record, sign_in("drafter").post("/api/v1/records", json=given).json()["id"]


def test_records_of_different_kinds_are_compared_by_their_documents(
    sign_in: SignIn, browse: Browse
) -> None:
    record, notice = paper_and_notice(sign_in)
    page = browse("drafter").get(f"/records/{notice}/beside/{record}").text
    assert "为加强燃气管道安全监管" in page


def test_a_file_that_only_the_first_has_goes_by_the_label_of_its_part(
    sign_in: SignIn, browse: Browse
) -> None:
    record, notice = paper_and_notice(sign_in)
    page = browse("drafter").get(f"/records/{record}/beside/{notice}").text
    assert "正文.txt（文件，" in page
    page = browse("drafter").get(f"/records/{notice}/beside/{record}").text
    assert "正文.txt（文件，" in page


def shared(sign_in: SignIn, record: str, login: str = "keeper") -> dict[str, list[str]]:
    """By their titles, what they cite as well."""
    rows = related(sign_in, record, "相关", login)
    return {row["title"]: row["both_cite"] for row in rows if row["both_cite"]}


def test_what_cites_the_same_papers_is_related_and_says_which(
    sign_in: SignIn, browse: Browse
) -> None:
    filed(sign_in, "会议管理办法规定", "第一条。", NUMBER)
    record = filed(sign_in, "细则", f"根据{NUMBER}文件和《渝州市印章管理办法》，制定本件。")
    filed(
        sign_in, "两者都引", f"按照《渝州市印章管理办法》，落实 {NUMBER} 要求。", "渝办〔2020〕1号"
    )
    filed(sign_in, "按题名引", "执行《会议管理办法规定》。")
    filed(sign_in, "无关", "根据渝府发〔2000〕9号文件。")
    found = shared(sign_in, record)
    assert found == {
        "两者都引": ["《渝州市印章管理办法》", NUMBER],
        "按题名引": [NUMBER],
    }
    row = next(e for e in related(sign_in, record, "相关") if e["title"] == "两者都引")
    assert (row["number"], row["unit_name"]) == ("渝办〔2020〕1号", "办公室")
    assert row["dated_on"]
    page = browse("keeper").get(f"/records/{record}/citations").text
    assert f"同引 《渝州市印章管理办法》、{NUMBER}" in page
    assert "<span>渝办〔2020〕1号</span><span>办公室</span>" in page


def test_what_everybody_cites_relates_nobody(sign_in: SignIn) -> None:
    record = filed(sign_in, "细则", f"根据{NUMBER}文件，制定本件。")
    for n in range(11):
        filed(sign_in, f"第{n}件", f"根据{NUMBER}文件，{n}。")
    assert shared(sign_in, record) == {}


def test_what_cites_the_same_is_told_to_who_may_read_it(sign_in: SignIn) -> None:
    record = filed(sign_in, "细则", f"根据{NUMBER}文件，制定本件。", to="everyone")
    filed(sign_in, "内部件", f"按照{NUMBER}要求办理。")
    assert shared(sign_in, record) == {"内部件": [NUMBER]}
    assert shared(sign_in, record, "reader") == {}
