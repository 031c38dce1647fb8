"""引用 and 摘录: a passage cited by revision and page, what became of it, collections as docx."""

import html
import io
import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from docx import Document
from fastapi.testclient import TestClient
from openpyxl import Workbook

from tests.api.conftest import Browse, SignIn
from tests.api.test_search_facets import uploaded
from tests.api.test_search_pages import record_of

LINK = re.compile(r'data-copy-link="([^"]+)"')
KEEP = re.compile(r'data-copy-keep="([^"]+)"')
COLLECT = re.compile(r'hx-post="(/search/excerpts\?[^"]+)"')


@pytest.fixture
def page(sign_in: SignIn, browse: Browse) -> TestClient:
    uploaded(sign_in("drafter"), "防汛预案.txt", "储备防汛物资，专人保管。\n第二行。")
    return browse("drafter")


def found(page: TestClient, pattern: re.Pattern[str], words: str = "防汛物资") -> str:
    record = record_of(page, words)
    body = page.get(f"/search/pane/{record}", params={"q": words}).text
    return html.unescape(pattern.findall(body)[0])


def spelled_out(page: TestClient) -> str:
    """The address that citations had before they were short."""
    asked = found(page, KEEP).removeprefix("/evidence?")
    return f"/records/{record_of(page, '防汛物资')}/evidence?{asked.partition('&')[2]}"


def kept(page: TestClient) -> str:
    """The short address, once the citation was copied."""
    link = found(page, LINK)
    assert page.get(link).status_code == 404, "looking writes nothing"
    assert page.post(found(page, KEEP)).status_code == 204
    assert len(link) < 30
    return link


def replaced(sign_in: SignIn, page: TestClient, text: str) -> None:
    """The file has new content."""
    record = record_of(page, "防汛物资")
    client = sign_in("drafter")
    revision = client.get(f"/api/v1/records/{record}").json()["revision"]
    answer = client.post(
        f"/api/v1/records/{record}/files",
        files={"file": ("防汛预案.txt", text.encode())},
        headers={"If-Match": f'"{revision}"'},
    )
    assert answer.status_code in {200, 201}, answer.text


@pytest.mark.feature("SS-03")
@pytest.mark.parametrize("address", [spelled_out, kept])
def test_a_citation_stays_true_and_tells_what_changed(
    page: TestClient, sign_in: SignIn, address: Callable[[TestClient], str]
) -> None:
    link = address(page)
    body = page.get(link).text
    assert "即现行内容，没有变化" in body
    assert "储备防汛物资，专人保管。" in body
    assert "《防汛预案》" in body
    replaced(sign_in, page, "新的开头。\n储备防汛物资，\n专人保管。第二行。防汛物资。")
    assert "这一段仍在" in page.get(link).text
    replaced(sign_in, page, "防汛物资已移交。")
    gone = page.get(link).text
    assert "已没有这一段" in gone
    assert "储备防汛物资，专人保管。" in gone, "the revision that was cited is shown"


@pytest.mark.feature("SS-03")
def test_an_address_that_was_changed_proves_nothing(page: TestClient, browse: Browse) -> None:
    link = spelled_out(page)
    assert "没有找到这段文字" in page.get(f"{link}全部作废").text
    for wrong in ("revision=0", "revision=99", "revision=1&page=-1"):
        assert page.get(link.replace("revision=1", wrong)).status_code == 404
    assert page.get(f"{link}{'长' * 400}").status_code == 404
    assert browse("reader").get(link).status_code == 404


@pytest.mark.feature("SS-03")
def test_a_field_that_its_kind_has_no_more_goes_by_its_name(page: TestClient) -> None:
    link = spelled_out(page)
    gone = re.sub(r"part=[^&]+", "part=field:former", link)
    assert gone != link
    answer = page.get(gone)
    assert answer.status_code == 200
    assert "没有找到这段文字" in answer.text
    assert "，former，" in answer.text


@pytest.mark.feature("SS-03")
def test_a_short_address_tells_nothing_to_whom_its_record_is_closed(
    page: TestClient, browse: Browse
) -> None:
    """As little as one that leads nowhere; and only what stands in a record is kept."""
    link, reader = kept(page), browse("reader")
    closed, none = reader.get(link), reader.get("/evidence/" + "a" * 16)
    assert closed.status_code == none.status_code == 404
    assert closed.text == none.text
    keep = found(page, KEEP)
    assert reader.post(keep).status_code == 404
    assert page.post(keep.replace("text=", "text=不是")).status_code == 422
    assert page.post(keep + "&page=1").status_code == 422
    for odd in ("x", "..%2F..", "A" * 16, "a" * 300):
        assert page.get(f"/evidence/{odd}").status_code == 404


@pytest.mark.feature("SS-03")
def test_passages_are_collected_once_and_written_with_their_sources(
    page: TestClient, browse: Browse
) -> None:
    assert "还没有摘录" in page.get("/search/excerpts").text
    address = found(page, COLLECT)
    for _ in range(2):
        assert page.post(address).status_code == 204
    body = page.get("/search/excerpts").text
    assert body.count("<blockquote>") == 1
    answer = page.get("/search/excerpts/file")
    written = "\n".join(each.text for each in Document(io.BytesIO(answer.content)).paragraphs)
    assert "储备防汛物资，专人保管。" in written
    assert "《防汛预案》" in written
    assert "检索日期" in written
    assert "http://testserver/evidence/" in written
    assert "还没有摘录" in browse("head").get("/search/excerpts").text
    assert browse("reader").post(address).status_code == 404
    assert page.post(address.replace("text=", "text=不是")).status_code == 422
    one = re.findall(r'name="excerpt"\s+value="([^"]+)"', body)[0]
    page.post("/search/excerpts/drop", data={"excerpt": one})
    assert "还没有摘录" in page.get("/search/excerpts").text
    assert page.post("/search/excerpts/drop", data={"excerpt": one}).status_code == 404


@pytest.mark.feature("SS-03")
def test_what_may_not_be_read_any_more_is_neither_shown_nor_written(
    sign_in: SignIn, browse: Browse
) -> None:
    author, client = sign_in("drafter"), browse("head")
    record = uploaded(author, "密件.txt", "储备防汛物资，专人保管。")
    path = f"/api/v1/records/{record}"
    grants = [{"to": "person:head", "right": "read"}]
    put = author.patch(path, json={"grants": grants}, headers={"If-Match": '"1"'})
    assert put.status_code == 200, put.text
    client.post(found(client, COLLECT))
    assert "<blockquote>" in client.get("/search/excerpts").text
    author.patch(path, json={"grants": []}, headers={"If-Match": '"2"'})
    body = client.get("/search/excerpts").text
    assert "<blockquote>" not in body
    assert "储备" not in body
    content = client.get("/search/excerpts/file").content
    written = "\n".join(each.text for each in Document(io.BytesIO(content)).paragraphs)
    assert "储备" not in written


@pytest.mark.feature("SS-03")
def test_places_are_told_by_sheet_and_row_slide_and_attachment(
    sign_in: SignIn, browse: Browse
) -> None:
    """The same words in the list, in the pane and in what is copied."""
    client, page = sign_in("drafter"), browse("drafter")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "经费"
    for row in (("项目", "备注"), ("甲", "无"), (), ("乙", "储备防汛物资"), ("储备防汛物资", "丙")):
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    mail = EmailMessage()
    mail["Subject"] = "报送"
    mail.set_content("见附件。")
    mail.add_attachment("储备防汛物资。".encode(), "text", "plain", filename="清单.txt")
    for name, content in (("表.xlsx", made.getvalue()), ("信.eml", mail.as_bytes())):
        answer = client.post("/api/v1/files", files={"file": (name, content)})
        assert answer.status_code == 201, answer.text
    hits = page.get("/search", params={"q": "防汛物资"}).text
    assert "<b>工作表“经费”</b>" in hits
    assert "信.eml 的附件“清单.txt”" in hits
    record = re.findall(r'class="hit-link" href="/records/([^?"]+)[^>]*>表', hits)[0]
    body = html.unescape(page.get(f"/search/pane/{record}?q=防汛物资").text)
    assert "表.xlsx 工作表“经费” 第 4 行" in body
    assert "表.xlsx 工作表“经费” 第 5 行" in body
    assert "“乙 储备防汛物资”——《表》，表.xlsx，工作表“经费” 第 4 行，" in body
    link, keep = (html.unescape(each.findall(body)[0]) for each in (LINK, KEEP))
    assert page.post(keep).status_code == 204
    assert "工作表“经费” 第 4 行" in html.unescape(page.get(link).text)
    collect = html.unescape(COLLECT.findall(body)[0])
    for address in (keep, collect):
        assert page.post(address).status_code == 204
        for name, odd in (("row", "23569"), ("page", "23"), ("sheet", "任空")):
            for value in odd:
                wrong = re.sub(rf"(?<=[?&]){name}=[^&]*", f"{name}={value}", address)
                assert wrong != address
                assert page.post(wrong).status_code == 422, (name, value)
