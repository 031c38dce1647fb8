"""更正引用 and 引用关系图 as a clerk has them before him (SS-08)."""

import html
import re

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Browse, SignIn
from tests.api.test_citation_corrections import SHORT, correct, newest
from tests.api.test_citations import NUMBER, RULES, citations, filed, told

pytestmark = pytest.mark.feature("SS-08")


def sent(page: TestClient, record: str, **form: str) -> str:
    """The page that follows a form of 更正引用, on the newest revision."""
    shown = page.get(f"/records/{record}/corrections").text
    revision = re.search(r'name="revision" value="(\d+)"', shown)
    assert revision is not None
    given = {"revision": revision[1], **form}
    answer = page.post(f"/records/{record}/corrections", data=given, follow_redirects=True)
    assert answer.status_code in {200, 422}
    return answer.text


def test_a_clerk_corrects_a_citation_and_takes_it_back(sign_in: SignIn, browse: Browse) -> None:
    rules = filed(sign_in, RULES, "第一条。", NUMBER)
    record, page = filed(sign_in, "细则", f"根据{NUMBER}文件。"), browse("keeper")
    assert f'href="/records/{record}/corrections"' in page.get(f"/records/{record}").text
    assert "正文读作：依据" in page.get(f"/records/{record}/corrections").text
    after = sent(page, record, anchor=SHORT, relation="repeals")
    assert "已更正引用" in after
    assert re.search("己六 于 .* 更正为：废止", after)
    assert told(citations(sign_in, record)["cites"]) == [(rules, "repeals")]
    assert "已收回更正" in sent(page, record, anchor=SHORT, take_back="1")
    assert told(citations(sign_in, record)["cites"]) == [(rules, "based_on")]
    sent(page, record, anchor=SHORT, relation="none")
    assert citations(sign_in, record)["cites"] == []
    assert "更正引用" in page.get(f"/records/{record}").text


def test_of_two_of_one_number_the_clerk_chooses_and_may_name_another(
    sign_in: SignIn, browse: Browse
) -> None:
    filed(sign_in, f"{RULES}甲", "一。", NUMBER)
    two = filed(sign_in, f"{RULES}乙", "二。", NUMBER)
    third = filed(sign_in, "第三份", "三。", "渝府发〔2020〕8号")
    record, page = filed(sign_in, "细则", f"根据{NUMBER}文件。"), browse("keeper")
    shown = page.get(f"/records/{record}/corrections").text
    assert f'<option value="{two}">《{RULES}乙》（{NUMBER}）</option>' in shown
    sent(page, record, anchor=SHORT, means=two)
    assert told(citations(sign_in, record)["cites"]) == [(two, "based_on")]
    for typed in ("渝府发 [2020] 8号", "《第三份》", f"https://x/records/{third}?q=a"):
        assert "已更正引用" in sent(page, record, anchor=SHORT, typed=typed), typed
        assert told(citations(sign_in, record)["cites"]) == [(third, "based_on")]
    shown = page.get(f"/records/{record}/corrections").text
    assert f'<option value="{third}" selected>' in shown, "another sort leaves it what it means"
    number = newest(sign_in, record)
    assert "不止一份" in sent(page, record, anchor=SHORT, typed=NUMBER)
    assert "没有找到文件" in sent(page, record, anchor=SHORT, typed="从来没有的文件")
    assert "没有找到文件" in sent(page, record, relation="repeals")
    assert newest(sign_in, record) == number


def test_what_was_typed_stands_in_the_form_again_when_it_is_refused(
    sign_in: SignIn, browse: Browse
) -> None:
    filed(sign_in, f"{RULES}甲", "一。", NUMBER)
    two = filed(sign_in, f"{RULES}乙", "二。", NUMBER)
    record, page = filed(sign_in, "细则", f"根据{NUMBER}文件。"), browse("keeper")
    odd = '没有的"文件"<b>'
    rows, added = (
        sent(page, record, anchor=SHORT, relation="repeals", means=two, typed=odd)
        .split('class="correction-list"')[1]
        .split("</ul>")
    )
    assert "<details open>" in rows
    assert '<option value="repeals" selected>' in rows
    assert f'<option value="{two}" selected>' in rows
    assert f'value="{html.escape(odd)}"' in rows.replace("&#34;", "&quot;")
    assert 'name="typed" maxlength="300" value=""' in added
    after = sent(page, record, typed="从来没有", relation="repeals")
    assert "没有找到文件" in after
    rows, added = after.split('class="correction-list"')[1].split("</ul>")[:2]
    assert "<details open>" not in rows
    assert 'value="从来没有"' in added
    assert '<option value="repeals" selected>' in added


def test_what_the_text_does_not_tell_is_added_on_the_page(sign_in: SignIn, browse: Browse) -> None:
    rules = filed(sign_in, RULES, "第一条。", NUMBER)
    record, page = filed(sign_in, "新办法", "原办法停用。"), browse("keeper")
    assert "正文中没有读出引用" in page.get(f"/records/{record}/corrections").text
    after = sent(page, record, typed=NUMBER, relation="repeals")
    assert re.search("己六 于 .* 补充：废止，《渝州市会议管理办法》", after)
    assert told(citations(sign_in, record)["cites"]) == [(rules, "repeals")]


def test_a_correction_whose_place_is_gone_says_that_it_rests(
    sign_in: SignIn, browse: Browse
) -> None:
    given = {"kind": "notice", "fields": {"title": "通知", "body": f"根据{NUMBER}文件办理。"}}
    record = sign_in("drafter").post("/api/v1/records", json=given).json()["id"]
    correct(sign_in, record, "drafter", anchors=[SHORT], relation="amends")
    sign_in("drafter").patch(
        f"/api/v1/records/{record}",
        json={"fields": {"body": "另行通知。"}},
        headers={"If-Match": '"2"'},
    )
    shown = browse("drafter").get(f"/records/{record}/corrections").text
    assert "正文中已没有这处引用" in shown


def test_who_may_not_edit_finds_no_way_to_correct(sign_in: SignIn, browse: Browse) -> None:
    filed(sign_in, RULES, "第一条。", NUMBER)
    record = filed(sign_in, "细则", f"根据{NUMBER}文件。", to="everyone")
    page = browse("reader")
    assert "更正引用" not in page.get(f"/records/{record}").text
    assert "更正引用" not in page.get(f"/records/{record}/citations").text
    assert page.get(f"/records/{record}/corrections").status_code == 403
    answer = page.post(
        f"/records/{record}/corrections",
        data={"revision": "1", "anchor": SHORT, "relation": "none"},
        follow_redirects=False,
    )
    assert answer.status_code in {303, 403}
    assert newest(sign_in, record) == 1


def test_who_was_slower_is_told_by_whom_and_nothing_changes(
    sign_in: SignIn, browse: Browse
) -> None:
    filed(sign_in, RULES, "第一条。", NUMBER)
    record, page = filed(sign_in, "细则", f"根据{NUMBER}文件。"), browse("keeper")
    correct(sign_in, record, anchors=[SHORT], relation="amends")
    answer = page.post(
        f"/records/{record}/corrections",
        data={"revision": "1", "anchor": SHORT, "relation": "none"},
        follow_redirects=True,
    )
    assert "内容已被更新（第 2 次修订，己六）" in answer.text
    assert newest(sign_in, record) == 2


def drawn(page: TestClient, record: str) -> list[str]:
    """The records of a picture from above."""
    answer = page.get(f"/records/{record}/citation-graph")
    assert answer.status_code == 200
    return re.findall(r'<a href="/records/(\w+)"(?: aria-current="page")?>\n<title>', answer.text)


def test_the_picture_stands_in_the_order_of_citing_two_steps_at_most(
    sign_in: SignIn, browse: Browse
) -> None:
    numbers = [f"渝府发〔2012〕{n}号" for n in range(1, 7)]
    chain = [filed(sign_in, "最早的文件", "正文。", numbers[0])]
    for n in range(1, 6):
        text = f"根据{numbers[n - 1]}文件，制定本件。"
        chain.append(filed(sign_in, f"第{n}件<b>", text, numbers[n]))
    page = browse("keeper")
    assert drawn(page, chain[3]) == [chain[5], chain[4], chain[3], chain[2], chain[1]]
    picture = page.get(f"/records/{chain[3]}/citation-graph").text
    assert f"<title>《第4件&lt;b&gt;》{numbers[4]}；依据《第3件&lt;b&gt;》</title>" in picture
    assert "<b>" not in picture
    assert picture.count('aria-current="page"') == 1


def test_a_picture_holds_forty_records_and_says_that_there_are_more(
    sign_in: SignIn, browse: Browse
) -> None:
    rules = filed(sign_in, RULES, "第一条。", NUMBER)
    for n in range(14):
        filed(sign_in, f"细则{n}", f"根据{NUMBER}文件，制定第{n}号细则。")
    page = browse("keeper")
    assert len(drawn(page, rules)) == 13
    assert "关系较多，这里只画出 13 份。" in page.get(f"/records/{rules}/citation-graph").text


def test_records_that_cite_each_other_are_drawn_once(sign_in: SignIn, browse: Browse) -> None:
    one = filed(sign_in, "甲办法规定", "根据渝府发〔2012〕2号文件。", "渝府发〔2012〕1号")
    two = filed(sign_in, "乙办法规定", "根据渝府发〔2012〕1号文件。", "渝府发〔2012〕2号")
    assert sorted(drawn(browse("keeper"), one)) == sorted([one, two])


def test_the_picture_holds_what_its_reader_may_open_and_nothing_else(
    sign_in: SignIn, browse: Browse
) -> None:
    rules = filed(sign_in, RULES, "根据渝府发〔2013〕1号文件。", NUMBER, to="everyone")
    alone = drawn(browse("reader"), rules)
    before = browse("reader").get(f"/records/{rules}/citation-graph").text
    closed = filed(sign_in, "密件", "内部。", "渝府发〔2013〕1号")
    filed(sign_in, "内部细则", f"根据{NUMBER}文件。")
    assert len(drawn(browse("keeper"), rules)) == 3
    assert drawn(browse("reader"), rules) == alone == [rules]
    assert browse("reader").get(f"/records/{rules}/citation-graph").text == before
    assert browse("reader").get(f"/records/{closed}/citation-graph").status_code == 404
