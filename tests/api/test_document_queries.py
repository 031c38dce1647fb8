"""公文查询 over HTTP, and what of it is printed and exported (features.md B30, CX-01, CX-03)."""

import csv
import io
import re
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Browse, SignIn
from tests.api.papers import issued, registered, staffed, worked_off
from wenshu.building.installation import Installation


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    staffed(built)


def found(client: TestClient, q: str, **more: Any) -> set[str]:
    """What the search over documents in and out finds."""
    asked: dict[str, Any] = {"q": q, "kind": ["outgoing", "incoming"], **more}
    answer = client.get("/api/v1/search", params=asked)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["total"] == len(body["hits"])
    return {hit["id"] for hit in body["hits"]}


def listed(client: TestClient, kind: str, *filters: str, **more: Any) -> list[str]:
    asked: dict[str, Any] = {"filter": list(filters), **more}
    answer = client.get(f"/api/v1/lists/{kind}", params=asked)
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["rows"]]


@pytest.mark.feature("CX-01")
def test_documents_in_and_out_are_found_together_by_number_title_text_and_day(
    sign_in: SignIn, browse: Browse
) -> None:
    out = issued(sign_in)
    paper = registered(sign_in, title="关于食品安全整治的函", due_on="2026-12-20")
    worked_off(sign_in, paper)
    registry = sign_in("registry")
    (day,) = (registry.get(f"/api/v1/records/{out}").json()["fields"]["issued_on"],)
    assert found(registry, "食品安全") == {out, paper}
    assert found(registry, "渝市监发[2026]1号") == {out}
    assert found(registry, "渝府办函（2026）9号") == {paper}
    assert found(registry, "认真开展专项整治") == {out}  # of the text
    assert found(registry, "食品安全", year=int(day[:4])) == {out, paper}
    assert found(registry, "食品安全", year=2020) == set()
    assert found(sign_in("pricehead"), "食品安全") == set()  # had to do with neither
    assert found(sign_in("drafter"), "食品安全") == {out}

    assert listed(registry, "incoming", "from_unit:市政府办公厅", "state:closed") == [paper]
    assert listed(registry, "incoming", "main_unit:food") == []
    assert listed(registry, "outgoing", f"issued_on:{day}..{day}", "urgency:加急") == [out]
    assert listed(registry, "outgoing", "state:issued", q="专项整治") == [out]
    assert listed(registry, "outgoing", "issued_on:2020-01-01..2020-12-31") == []

    page = browse("registry").get("/").text
    assert "/search?kind=outgoing&amp;kind=incoming" in page
    both = browse("registry").get("/search?kind=outgoing&kind=incoming&q=食品安全").text
    assert both.count('class="hit-link"') == 2


@pytest.mark.feature("CX-03")
def test_documents_are_printed_and_exported_as_far_as_they_may_be_read(
    sign_in: SignIn, browse: Browse
) -> None:
    out = issued(sign_in)
    paper = registered(sign_in)
    worked_off(sign_in, paper)
    registry, office = browse("registry"), sign_in("registry")

    slip = registry.get(f"/records/{out}/slip?whole=1").text
    for words in ("发文处理单", "关于开展食品安全专项整治的通知", "正文.pdf"):
        assert words in slip
    assert "正文.docx" not in slip  # the draft, which was laid out
    assert "收文拟办单" in registry.get(f"/records/{paper}/slip").text
    alone = registry.get(f"/records/{out}/print").text
    assert re.findall("page-picture[?]file=([^&]*)&", alone) == [quote("正文.pdf")]
    assert f'href="/records/{out}/slip"' in alone  # the form, as the other choice
    opened = registry.get(f"/records/{out}").text
    assert f"page-picture?file={quote('正文.pdf')}" in opened

    written = registry.get("/kinds/outgoing/export?format=csv&filter=state:issued")
    rows = list(csv.reader(io.StringIO(written.text.lstrip("\ufeff"))))
    assert rows[0][:4] == ["标题", "文号", "紧急程度", "成文日期"]
    assert [row[:3] for row in rows[1:]] == [
        ["关于开展食品安全专项整治的通知", "渝市监发〔2026〕1号", "加急"]
    ]
    table = office.get("/api/v1/lists/incoming/export?format=xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(table)).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[:4] for row in cells[1:]] == [
        ["关于报送数据的函", "市政府办公厅", "渝府办函〔2026〕9号", "收2026-0001"]
    ]

    other = browse("pricehead")
    for address in (f"/records/{out}/slip", f"/records/{out}/print", f"/records/{paper}/slip"):
        assert other.get(address).status_code == 404
    for kind in ("outgoing", "incoming"):
        nothing = other.get(f"/kinds/{kind}/export?format=csv").text.lstrip("\ufeff")
        assert len(list(csv.reader(io.StringIO(nothing)))) == 1  # the heads alone
