"""Where a text cites what its reader may open, it leads there (SS-08)."""

import re
from pathlib import Path

import docx
import pytest

from tests.api.conftest import Browse, SignIn
from tests.api.office import begun
from tests.api.test_citation_corrections import SHORT, correct
from tests.api.test_citations import NUMBER, RULES, filed
from tests.api.test_previews import brought
from tests.hostile import samples

pytestmark = pytest.mark.feature("SS-08")

_LINK = re.compile(r'<a class="cited" href="/records/(\w+)">(.*?)</a>')


def links(page: str) -> list[tuple[str, str]]:
    """Record and words of each link in a text."""
    return [(found[1], found[2]) for found in _LINK.finditer(page)]


def test_a_number_and_a_title_in_a_text_lead_to_their_records(
    sign_in: SignIn, browse: Browse
) -> None:
    rules = filed(sign_in, RULES, "第一条。", NUMBER)
    seals = filed(sign_in, "渝州市印章管理办法", "第一条。")
    record = filed(
        sign_in, "细则", f"根据{NUMBER}文件、《渝州市印章管理办法》和《没有的办法》，制定本细则。"
    )
    page = browse("keeper").get(f"/records/{record}").text
    assert links(page) == [(rules, NUMBER), (seals, "《渝州市印章管理办法》")]


def test_the_text_of_a_record_itself_leads_too(sign_in: SignIn, browse: Browse) -> None:
    rules = filed(sign_in, RULES, "第一条。", NUMBER, to="everyone")
    record = begun(
        sign_in("drafter"),
        "notice",
        title="通知",
        body=f"各单位：\n　　按照《{RULES}》（{NUMBER}）办理。",
        audience=["everyone"],
    )
    page = browse("drafter").get(f"/records/{record}?q=办法").text
    assert links(page) == [(rules, f"《渝州市会议管理<mark>办法</mark>》（{NUMBER}）")]


def test_marks_of_the_words_stand_within_links_and_across_their_ends(
    sign_in: SignIn, browse: Browse
) -> None:
    rules = filed(sign_in, RULES, "第一条。", NUMBER)
    record = filed(sign_in, "细则", f"根据{NUMBER}文件办理。")
    page = browse("keeper").get(f"/records/{record}?q=2012〕3号文件").text
    assert [record for record, _ in links(page)] == [rules]
    assert page.count('id="hit"') == 1
    text = re.search(r'<pre class="preview-plain"[^>]*>(.*?)</pre>', page, re.DOTALL)
    assert text is not None
    assert re.sub("<[^>]*>", "", text[1]) == f"根据{NUMBER}文件办理。"


def test_what_leads_nowhere_or_to_two_is_plain_text_as_what_is_closed_is(
    sign_in: SignIn, browse: Browse
) -> None:
    for title in ("一", "二"):
        filed(sign_in, f"{RULES}{title}", "正文。", NUMBER)
    filed(sign_in, "密件", "内部。", "渝府发〔2013〕1号")
    record = filed(
        sign_in, "细则", f"根据{NUMBER}、渝府发〔2013〕1号、渝府发〔1999〕9号文件。", to="everyone"
    )
    assert [words for _, words in links(browse("keeper").get(f"/records/{record}").text)] == [
        "渝府发〔2013〕1号"
    ]
    page = browse("reader").get(f"/records/{record}").text
    assert links(page) == []
    assert f"根据{NUMBER}、渝府发〔2013〕1号、渝府发〔1999〕9号文件。" in page


def test_numbers_of_which_one_ends_as_the_other_lead_each_to_its_own(
    sign_in: SignIn, browse: Browse
) -> None:
    """Also from the other end; what cannot be told apart leads nowhere."""
    numbers = [f"{issuer}〔2020〕3号" for issuer in ("南和政发", "即政发", "和政发")]
    one, two, three = (filed(sign_in, f"印发的文件{n}", "正文。", n) for n in numbers)
    both = filed(sign_in, "细则", f"根据{numbers[0]}、{numbers[1]}，制定本细则。")
    page = browse("keeper")
    assert links(page.get(f"/records/{both}").text) == [(one, numbers[0]), (two, numbers[1])]
    client = sign_in("keeper")
    cited_by = [
        client.get(f"/api/v1/records/{each}/citations").json()["cited_by"]
        for each in (one, two, three)
    ]
    assert [[each["id"] for each in some] for some in cited_by] == [[both], [both], []]
    alike = [f"{issuer}〔2021〕5号" for issuer in ("即财", "和财")]
    for number in alike:
        filed(sign_in, f"财政的文件{number}", "正文。", number)
    unclear = filed(sign_in, "另一细则", f"根据{alike[0]}、{alike[1]}，制定本细则。")
    assert links(page.get(f"/records/{unclear}").text) == []


def test_a_link_follows_a_correction(sign_in: SignIn, browse: Browse) -> None:
    rules = filed(sign_in, RULES, "第一条。", NUMBER)
    other = filed(sign_in, "另一份", "第二条。", "渝府发〔2020〕8号")
    record = filed(sign_in, "细则", f"根据{NUMBER}文件。")
    page = browse("keeper")
    correct(sign_in, record, anchors=[SHORT], means=other)
    assert links(page.get(f"/records/{record}").text) == [(other, NUMBER)]
    correct(sign_in, record, anchors=[SHORT], is_none=True)
    assert links(page.get(f"/records/{record}").text) == []
    assert links(page.get(f"/records/{record}?revision=1").text) == [(rules, NUMBER)]


def test_a_docx_leads_where_a_number_runs_across_its_runs(
    sign_in: SignIn, browse: Browse, tmp_path: Path
) -> None:
    rules = filed(sign_in, RULES, "第一条。", NUMBER)
    document = docx.Document()
    paragraph = document.add_paragraph("根据渝府发")
    paragraph.add_run("〔2012〕").bold = True
    paragraph.add_run("3号文件。")
    document.save(str(tmp_path / "a.docx"))
    record = brought(sign_in("keeper"), "a.docx", (tmp_path / "a.docx").read_bytes())
    found = links(browse("keeper").get(f"/records/{record}").text)
    assert found == [(rules, "渝府发"), (rules, "〔2012〕"), (rules, "3号")]


def test_a_page_of_a_pdf_leads_where_the_words_stand_on_it(
    sign_in: SignIn, browse: Browse, tmp_path: Path
) -> None:
    rules = filed(sign_in, "关于<会议>的办法", "第一条。", NUMBER)
    filed(sign_in, "密件", "内部。", "渝府发〔2013〕1号")
    lines = [[f"根据{NUMBER}文件", "和渝府发〔1999〕9号。"]]
    body = samples.pdf_of_lines(tmp_path / "a.pdf", lines).read_bytes()
    record = brought(sign_in("keeper"), "a.pdf", body)
    page = browse("keeper").get(f"/records/{record}").text
    drawn = re.findall(r'<a href="/records/(\w+)" aria-label="([^"]*)"><title>', page)
    assert drawn == [(rules, "关于&lt;会议&gt;的办法")]
    box = re.search(r'class="sheet-links">.*?<rect x="([\d.]+)"[^>]*width="([\d.]+)"', page, re.S)
    assert box is not None
    assert float(box[1]) == pytest.approx(80, abs=3), "behind 根据, two letters of 20 points"
    assert 100 < float(box[2]) < 220


def test_a_page_of_an_ofd_leads_too(sign_in: SignIn, browse: Browse, tmp_path: Path) -> None:
    rules = filed(sign_in, RULES, "第一条。", NUMBER)
    body = samples.ofd(tmp_path / "a.ofd", page=f"根据{NUMBER}文件").read_bytes()
    record = brought(sign_in("keeper"), "a.ofd", body)
    page = browse("keeper").get(f"/records/{record}").text
    assert re.findall(r'<a href="/records/(\w+)" aria-label="([^"]*)"><title>', page) == [
        (rules, RULES)
    ]
