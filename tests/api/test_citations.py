"""What a record cites and what cites it, told to whoever may read the other end (SS-08)."""

from collections.abc import Sequence
from typing import Any

import pytest

from records.revision import Revision
from services.after_commit.texts import Texts
from services.people.caller import Caller
from services.relations.citations import CitationFinder, Cited
from services.relations.look_alikes import LookAlikeFinder
from tests.api.conftest import Browse, SignIn
from tests.api.test_files import upload

RULES = "渝州市会议管理办法"
NUMBER = "渝府发〔2012〕3号"


def filed(
    sign_in: SignIn, title: str, text: str, number: str = "", *, to: str = "", login: str = "keeper"
) -> str:
    """A paper of one's own, perhaps opened to somebody; its identifier."""
    fields = {"title": title, "number": number}
    grants = [{"to": to, "right": "read"}] if to else []
    answer = upload(sign_in(login), text.encode(), "正文.txt", fields=fields, grants=grants)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def citations(sign_in: SignIn, record: str, login: str = "keeper") -> dict[str, Any]:
    """Both directions."""
    answer = sign_in(login).get(f"/api/v1/records/{record}/citations")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def told(rows: list[dict[str, Any]]) -> list[tuple[str | None, str]]:
    """Record and way of each."""
    return [(row["id"], row["relation"]) for row in rows]


@pytest.mark.feature("SS-08")
def test_numbers_and_titles_lead_to_records_and_back(sign_in: SignIn) -> None:
    rules = filed(sign_in, RULES, f"{RULES}。{NUMBER}。第一条。", NUMBER)
    by_number = filed(sign_in, "细则一", f"根据{NUMBER}文件，制定本细则。")
    by_title = filed(sign_in, "新办法", f"本办法自发布之日起施行，《{RULES}》同时废止。")
    assert told(citations(sign_in, by_number)["cites"]) == [(rules, "based_on")]
    assert told(citations(sign_in, by_title)["cites"]) == [(rules, "repeals")]
    found = citations(sign_in, rules)
    assert found["cites"] == []
    assert sorted(told(found["cited_by"])) == sorted(
        [(by_number, "based_on"), (by_title, "repeals")]
    )
    assert {row["label"] for row in found["cited_by"]} == {"依据", "废止"}


@pytest.mark.feature("SS-08")
def test_what_is_not_held_is_told_as_it_is_written(sign_in: SignIn) -> None:
    record = filed(sign_in, "细则二", "根据《没有收录的办法》（渝发〔1999〕1号），制定本细则。")
    (row,) = citations(sign_in, record)["cites"]
    assert (row["id"], row["title"]) == (None, None)
    assert row["text"] == "《没有收录的办法》（渝发〔1999〕1号）"


@pytest.mark.feature("SS-08")
def test_a_longer_number_is_another_one(sign_in: SignIn) -> None:
    filed(sign_in, "另一件", "正文。", "府发〔2012〕3号")
    rules = filed(sign_in, RULES, "正文。", NUMBER)
    record = filed(sign_in, "细则三", f"按照{NUMBER}要求办理。")
    assert told(citations(sign_in, record)["cites"]) == [(rules, "based_on")]


@pytest.mark.feature("SS-08")
def test_two_records_of_one_title_are_told_apart_by_the_number(sign_in: SignIn) -> None:
    filed(sign_in, RULES, "旧的。", "渝府发〔2002〕9号")
    new = filed(sign_in, RULES, "新的。", NUMBER)
    record = filed(sign_in, "细则四", f"根据《{RULES}》（{NUMBER}），制定本细则。")
    assert told(citations(sign_in, record)["cites"]) == [(new, "based_on")]


@pytest.mark.feature("SS-08")
def test_a_title_that_a_line_breaks_leads_there_and_back(sign_in: SignIn) -> None:
    rules = filed(sign_in, RULES, "第一条。")
    text = (
        "为规范会议，市政府办公厅组织有关单位认真学习，根据《渝州市会议\n管理办法》，制定本细则。"
    )
    record = filed(sign_in, "细则九", text)
    assert told(citations(sign_in, record)["cites"]) == [(rules, "based_on")]
    assert told(citations(sign_in, rules)["cited_by"]) == [(record, "based_on")]


@pytest.mark.feature("SS-08")
def test_what_names_itself_cites_nothing(sign_in: SignIn) -> None:
    text = f"根据《{RULES}》（{NUMBER}），会议从简。{NUMBER}自即日起施行。《{RULES}》由办公厅解释。"
    record = filed(sign_in, RULES, text, NUMBER)
    assert citations(sign_in, record) == {"cites": [], "cited_by": [], "corrections": []}


@pytest.mark.feature("SS-08")
def test_a_paper_repeals_an_earlier_one_of_its_own_title(sign_in: SignIn) -> None:
    text = f"《{RULES}》（渝府发〔2002〕9号）同时废止。"
    record = filed(sign_in, RULES, text, NUMBER)
    assert told(citations(sign_in, record)["cites"]) == [(None, "repeals")]
    old = filed(sign_in, RULES, "旧的。", "渝府发〔2002〕9号")
    assert told(citations(sign_in, record)["cites"]) == [(old, "repeals")]
    assert told(citations(sign_in, old)["cited_by"]) == [(record, "repeals")]


@pytest.mark.feature("SS-08")
def test_a_number_in_its_own_head_is_no_citation_where_its_field_is_empty(sign_in: SignIn) -> None:
    head = f"渝州市人民政府文件\n{NUMBER}\n关于印发会议管理办法的通知\n各区县人民政府：\n"
    scan = filed(sign_in, "扫描件001", f"{head}现将办法印发给你们，{NUMBER}请遵照执行。")
    assert citations(sign_in, scan)["cites"] == []
    other = filed(sign_in, RULES, "正文。", NUMBER)
    assert citations(sign_in, scan)["cites"] == []
    assert citations(sign_in, other)["cited_by"] == []


@pytest.mark.feature("SS-08")
def test_of_two_records_of_one_number_both_are_meant(sign_in: SignIn) -> None:
    one = filed(sign_in, RULES, f"{NUMBER}。一。", NUMBER)
    two = filed(sign_in, f"{RULES}（扫描件）", f"{NUMBER}。二。", NUMBER)
    record = filed(sign_in, "新办法", f"{NUMBER}同时废止。")
    assert sorted(told(citations(sign_in, record)["cites"])) == sorted(
        [(one, "repeals"), (two, "repeals")]
    )
    for each in (one, two):
        assert told(citations(sign_in, each)["cited_by"]) == [(record, "repeals")]
        assert citations(sign_in, each)["cites"] == []


@pytest.mark.feature("SS-08")
def test_neither_end_is_told_to_who_may_not_read_it(sign_in: SignIn) -> None:
    rules = filed(sign_in, RULES, "正文。", NUMBER, to="everyone")
    citing = filed(sign_in, "内部细则", f"根据{NUMBER}文件，制定本细则。")
    hidden = filed(sign_in, "内部办法", "正文。", "渝府发〔2013〕1号")
    open_one = filed(sign_in, "说明", "根据渝府发〔2013〕1号文件办理。", to="everyone")
    assert told(citations(sign_in, rules)["cited_by"]) == [(citing, "based_on")]
    assert citations(sign_in, rules, "reader")["cited_by"] == []
    assert told(citations(sign_in, open_one)["cites"]) == [(hidden, "based_on")]
    assert told(citations(sign_in, open_one, "reader")["cites"]) == [(None, "based_on")]
    refused = sign_in("reader").get(f"/api/v1/records/{citing}/citations")
    assert refused.status_code == 404


@pytest.mark.feature("SS-08")
def test_the_page_brings_both_panels_with_what_is_written_as_text(
    sign_in: SignIn, browse: Browse
) -> None:
    rules = filed(sign_in, RULES, "正文。", NUMBER)
    record = filed(sign_in, "细则<b>五</b>", f"根据{NUMBER}，《没有的办法<i>》。")
    page = browse("keeper").get(f"/records/{record}").text
    assert f'hx-get="/records/{record}/citations"' in page
    drawn = browse("keeper").get(f"/records/{record}/citations").text
    assert f'href="/records/{rules}"' in drawn
    assert "没有的办法&lt;i&gt;" in drawn
    assert "细则&lt;b&gt;五" in browse("keeper").get(f"/records/{rules}/citations").text
    alone = filed(sign_in, "别的事情", "另一段。")
    assert browse("keeper").get(f"/records/{alone}/citations").text.strip() == ""


def alike(sign_in: SignIn, record: str, login: str = "keeper") -> list[tuple[str, list[str]]]:
    """Records on the same matter and why, as the API tells them."""
    answer = sign_in(login).get(f"/api/v1/records/{record}/related")
    assert answer.status_code == 200, answer.text
    return [(row["id"], row["why"]) for row in answer.json() if row["link"] == "相关"]


@pytest.mark.feature("SS-08")
def test_what_is_on_the_same_matter_is_told_with_the_reason(
    sign_in: SignIn, browse: Browse
) -> None:
    first = filed(sign_in, "关于做好城镇老旧小区改造工作的通知", "正文。")
    second = filed(sign_in, "关于城镇老旧小区改造进展情况的通报", "另一篇。")
    filed(sign_in, "关于做好防汛抗旱工作的通知", "老旧小区防汛。城镇改造。")
    assert alike(sign_in, first) == [(second, ["城镇老旧小区改造"])]
    assert "城镇老旧小区改造" in browse("keeper").get(f"/records/{first}/citations").text


@pytest.mark.feature("SS-08")
def test_what_is_alike_is_told_to_who_may_read_it(sign_in: SignIn) -> None:
    filed(sign_in, "关于城镇老旧小区改造进展情况的通报", "内部。")
    shown = filed(sign_in, "关于做好城镇老旧小区改造工作的通知", "正文。", to="everyone")
    assert len(alike(sign_in, shown)) == 1
    assert alike(sign_in, shown, "reader") == []


@pytest.mark.feature("SS-08")
def test_a_title_of_form_alone_is_like_no_other(sign_in: SignIn) -> None:
    record = filed(sign_in, "通知", "正文。")
    filed(sign_in, "关于有关工作的通知", "正文。")
    assert alike(sign_in, record) == []


@pytest.mark.feature("SS-08")
def test_what_stands_in_all_texts_is_asked_for_at_once_and_what_one_cites_once(
    sign_in: SignIn, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = filed(sign_in, RULES, "第一条。", NUMBER)
    text = f"根据{NUMBER}文件，" + "制定本细则，各单位遵照执行，" * 5
    one, two, three = (filed(sign_in, f"细则{n}", f"{text}{n}") for n in "甲乙丙")
    fetched: list[set[str]] = []
    asked: list[str] = []
    joined: list[str] = []
    fetch, cited, said = Texts.fetch, CitationFinder.cited, LookAlikeFinder._said

    def fetching(it: Texts, revisions: Sequence[Revision]) -> None:
        fetched.append({each.record for each in revisions})
        fetch(it, revisions)

    def asking(it: CitationFinder, caller: Caller, revision: Revision) -> tuple[Cited, ...]:
        asked.append(revision.record)
        return cited(it, caller, revision)

    def joining(it: LookAlikeFinder, revision: Revision) -> Any:
        joined.append(revision.record)
        return said(it, revision)

    page = browse("keeper")
    monkeypatch.setattr(Texts, "fetch", fetching)
    monkeypatch.setattr(CitationFinder, "cited", asking)
    monkeypatch.setattr(LookAlikeFinder, "_said", joining)
    assert page.get(f"/records/{rules}/citations").status_code == 200
    assert {one, two, three} in fetched, "those that cite it"
    fetched.clear()
    asked.clear()
    joined.clear()
    assert page.get(f"/records/{one}/citations").status_code == 200
    assert {two, three} in fetched, "those that look the same"
    assert {rules, two, three} in fetched, "those that name a paper that it cites"
    assert asked == [one]
    assert joined.count(one) == 1
    assert set(joined) == {one, two, three}
