"""引用 and 摘录: a passage cited by revision and page, what became of it, collections as docx."""

import html
import io
import re

import pytest
from docx import Document
from fastapi.testclient import TestClient

from tests.api.conftest import Browse, SignIn
from tests.api.test_search_facets import uploaded
from tests.api.test_search_pages import record_of

LINK = re.compile(r'data-copy-link="([^"]+)"')
COLLECT = re.compile(r'hx-post="(/search/excerpts\?[^"]+)"')


@pytest.fixture
def page(sign_in: SignIn, browse: Browse) -> TestClient:
    uploaded(sign_in("drafter"), "防汛预案.txt", "储备防汛物资，专人保管。\n第二行。")
    return browse("drafter")


def found(page: TestClient, pattern: re.Pattern[str], words: str = "防汛物资") -> str:
    record = record_of(page, words)
    body = page.get(f"/search/pane/{record}", params={"q": words}).text
    return html.unescape(pattern.findall(body)[0])


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
def test_a_citation_stays_true_and_tells_what_changed(page: TestClient, sign_in: SignIn) -> None:
    link = found(page, LINK)
    assert "revision=1" in link
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
    link = found(page, LINK)
    assert "没有找到这段文字" in page.get(f"{link}全部作废").text
    for wrong in ("revision=0", "revision=99", "revision=1&page=-1"):
        assert page.get(link.replace("revision=1", wrong)).status_code == 404
    assert page.get(f"{link}{'长' * 400}").status_code == 404
    assert browse("reader").get(link).status_code == 404


@pytest.mark.feature("SS-03")
def test_a_field_that_its_kind_has_no_more_goes_by_its_name(page: TestClient) -> None:
    link = found(page, LINK)
    gone = re.sub(r"part=[^&]+", "part=field:former", link)
    assert gone != link
    answer = page.get(gone)
    assert answer.status_code == 200
    assert "没有找到这段文字" in answer.text
    assert "，former，" in answer.text


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
    assert "http://testserver/records/" in written
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
