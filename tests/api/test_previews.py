"""The preview of a file as a page works with it: steps, what is looked for, small pages, rights."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Browse, SignIn
from tests.hostile import samples

STEP = re.compile(r'href="([^"]+)" title="(上一处|下一处)"')


@pytest.fixture
def client(sign_in: SignIn) -> TestClient:
    return sign_in("drafter")


@pytest.fixture
def page(browse: Browse) -> TestClient:
    return browse("drafter")


def brought(client: TestClient, name: str, body: bytes) -> str:
    """A file as a record of its own."""
    answer = client.post("/api/v1/files", files={"file": (name, body)})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def a_book(rows: int) -> bytes:
    made = openpyxl.Workbook()
    for number in range(1, rows + 1):
        made.worksheets[0].append([number, "防汛物资" if number % 150 == 0 else "其他"])
    other = made.create_sheet("汇总")
    other["A1"] = "防汛物资合计，防汛物资"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def told(body: str) -> str:
    """第 n / m 处, as the page says it."""
    found = re.search(r'data-place-of="[^"]*">([^<]*)<', body)
    return found[1].strip() if found else ""


def step(page: TestClient, body: str, way: str) -> str:
    """The page that a step leads to, without any script."""
    href = next(href for href, label in STEP.findall(body) if label == way)
    answer = page.get(href.replace("&amp;", "&"))
    assert answer.status_code == 200
    return answer.text


def shown_mark(body: str) -> str:
    found = re.search(r'id="hit"', body)
    assert found, "no place is pointed at"
    return body[found.start() - 300 : found.end() + 100]


@pytest.mark.feature("SS-03")
def test_places_of_a_pdf_are_walked_from_page_to_page_and_round(
    client: TestClient, page: TestClient, tmp_path: Path
) -> None:
    words = ("防汛与防汛", "别的", "防汛")
    record = brought(client, "a.pdf", samples.pdf(tmp_path / "a", pages=words).read_bytes())
    body = page.get(f"/records/{record}?q=防汛").text
    assert told(body) == "第 1 / 3 处"
    body = step(page, body, "下一处")
    assert (told(body), 'name="page"' in body) == ("第 2 / 3 处", True)
    assert 'data-place="1" class="mark-at" id="hit"' in body
    body = step(page, body, "下一处")
    assert told(body) == "第 3 / 3 处"
    assert re.search(r'name="page"\s+min="1" max="3" value="3"', body)
    assert told(step(page, body, "下一处")) == "第 1 / 3 处"
    assert told(step(page, step(page, body, "下一处"), "上一处")) == "第 3 / 3 处"


@pytest.mark.feature("SS-03")
def test_places_of_a_workbook_are_walked_over_rows_and_sheets(
    client: TestClient, page: TestClient
) -> None:
    record = brought(client, "a.xlsx", a_book(450))
    body = page.get(f"/records/{record}?q=防汛物资").text
    assert told(body) == "第 1 / 5 处"
    assert "第 1–200 行，共 450 行" in body
    body = step(page, body, "下一处")
    assert (told(body), "第 201–400 行" in body) == ("第 2 / 5 处", True)
    body = step(page, step(page, body, "下一处"), "下一处")
    assert (told(body), "合计" in body) == ("第 4 / 5 处", True)
    body = step(page, body, "下一处")
    assert 'id="hit" class="mark-at" data-place="1"' in body


@pytest.mark.feature("SS-03")
def test_a_hit_on_a_sheet_opens_that_sheet(client: TestClient, page: TestClient) -> None:
    record = brought(client, "a.xlsx", a_book(3))
    body = page.get(f"/records/{record}?q=合计&file=a.xlsx&page=2").text
    assert 'aria-current="true">汇总</a>' in body
    assert told(body) == "第 1 / 1 处"


@pytest.mark.feature("SS-03")
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.txt", lambda _: "防汛。\n防 汛，抗旱。".encode()),
        ("a.docx", lambda path: samples.docx_plain(path / "d").read_bytes()),
        ("a.pdf", lambda path: samples.pdf(path / "p", pages=("防汛",)).read_bytes()),
        ("a.ofd", lambda path: samples.ofd(path / "o").read_bytes()),
        ("a.xlsx", lambda _: a_book(150)),
        ("a.csv", lambda _: "防汛,1\n其他,2".encode()),
    ],
)
def test_what_is_looked_for_in_a_file_takes_the_place_of_the_words(
    client: TestClient, page: TestClient, tmp_path: Path, name: str, make: object
) -> None:
    assert callable(make)
    record = brought(client, name, make(tmp_path))
    nothing = page.get(f"/records/{record}?q=防汛&file={name}&find=没有的词").text
    assert "本文件中没有“没有的词”" in nothing
    assert 'data-place="' not in nothing
    sought = "文件" if name == "a.ofd" else "防汛"
    body = page.get(f"/records/{record}?file={name}&find={sought}").text
    assert told(body).startswith("第 1 / ")
    assert f'name="find" value="{sought}"' in body


@pytest.mark.feature("SS-03")
def test_what_is_looked_for_is_taken_letter_by_letter_and_counted_exactly(
    client: TestClient, page: TestClient
) -> None:
    record = brought(client, "a.txt", ("防汛 或 抗旱。" * 700 + "抗旱").encode())
    assert told(page.get(f"/records/{record}?find=汛 或 抗").text) == "第 1 / 700 处"
    assert told(page.get(f"/records/{record}?find=抗旱&place=701").text) == "第 701 / 701 处"
    escaped = page.get(f"/records/{record}", params={"find": '"><script>'}).text
    assert "<script>" not in escaped.split('id="preview"')[1].split("</form>")[0]


@pytest.mark.feature("SS-03")
def test_a_long_text_is_shown_in_pieces_that_places_lead_into(
    client: TestClient, page: TestClient
) -> None:
    text = "一行别的文字，没有什么。\n" * 30_000 + "防汛在此。"
    record = brought(client, "a.txt", text.encode())
    body = page.get(f"/records/{record}").text
    assert "第 1 段，共 2 段" in body
    body = page.get(f"/records/{record}?find=防汛").text
    assert "第 2 段，共 2 段" in body
    assert '<mark id="hit" class="mark-at" data-place="0">防汛</mark>在此' in body


@pytest.mark.feature("YP-06")
def test_a_page_is_had_by_its_number_and_beyond_the_last_the_last(
    client: TestClient, page: TestClient, tmp_path: Path
) -> None:
    record = brought(client, "a.pdf", samples.pdf(tmp_path / "a").read_bytes())
    body = page.get(f"/records/{record}?file=a.pdf&page=2").text
    assert "page=2&amp;" in body or 'value="2"' in body
    assert 'max="2" value="2"' in page.get(f"/records/{record}?file=a.pdf&page=99").text
    assert page.get(f"/records/{record}?file=a.pdf&page=-5&place=-3&row=-1").status_code == 200


@pytest.mark.feature("YP-06")
def test_the_size_of_pages_is_remembered(
    client: TestClient, page: TestClient, tmp_path: Path
) -> None:
    record = brought(client, "a.pdf", samples.pdf(tmp_path / "a").read_bytes())
    assert "sheet-zoomed" not in page.get(f"/records/{record}").text
    assert "sheet-zoomed" in page.get(f"/records/{record}?zoom=150").text
    again = page.get(f"/records/{record}").text
    assert re.search(r'aria-current="true">150%</a>', again)
    page.get(f"/records/{record}?zoom=nonsense")
    assert "sheet-zoomed" in page.get(f"/records/{record}").text


@pytest.mark.feature("YP-06")
def test_small_pages_are_for_who_may_read_the_file(
    client: TestClient, page: TestClient, browse: Browse, tmp_path: Path
) -> None:
    record = brought(client, "a.pdf", samples.pdf(tmp_path / "a").read_bytes())
    href = f"/records/{record}/thumbnail?file=a.pdf&page=2"
    assert href.replace("&page", "&amp;revision=1&amp;page") in page.get(f"/records/{record}").text
    own = page.get(href)
    assert (own.status_code, own.headers["content-type"]) == (200, "image/png")
    assert own.headers["cache-control"] == "private, no-store"
    strange, missing = browse("reader"), f"/records/{record[:-1]}0/thumbnail?file=a.pdf"
    assert strange.get(href).status_code == strange.get(missing).status_code == 404
    assert page.get(f"/records/{record}/thumbnail?file=a.pdf&page=9").status_code == 404
    assert page.get(f"/records/{record}/thumbnail?file=b.pdf").status_code == 404


@pytest.mark.feature("YP-06")
def test_a_formula_without_a_result_is_said_and_a_hidden_sheet_named(
    client: TestClient, page: TestClient
) -> None:
    made = openpyxl.Workbook()
    made.worksheets[0]["A1"] = "=1+1"
    made.create_sheet("底稿").sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    body = page.get(f"/records/{brought(client, 'a.xlsx', out.getvalue())}").text
    assert "公式，未存结果" in body
    assert "底稿（隐藏）" in body
