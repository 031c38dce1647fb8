"""档案检索: the tree, the pieces, the catalogue, as far as their reader may see (GD-03)."""

import io
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from tests.api.conftest import SignIn
from tests.api.office import act, begun
from tests.api.papers import drafted, staffed
from wenshu.building.installation import Installation


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    staffed(built)


def filed(client: TestClient, **fields: Any) -> str:
    """A scanned document that is closed and filed by who entered it."""
    number = fields.pop("number")
    record = drafted(client, source="扫描件", **fields)
    given = {"number": number, "issued_on": "2024-05-06"}
    assert act(client, record, "发文办结", fields=given).status_code == 200
    kept = {"filed_year": "2024", "retention": "永久"}
    answer = act(client, record, "归档", fields=kept)
    assert answer.status_code == 200, answer.text
    return record


def page(client: TestClient, address: str) -> Any:
    token = client.headers["Authorization"].split()[1]
    return client.get(address, headers={"Cookie": f"wenshu_session={token}"})


@pytest.mark.feature("GD-03", "GD-04")
def test_pieces_are_found_down_the_tree_and_by_words(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    for n in range(1, 12):
        filed(drafter, number=f"渝市监发〔2024〕{n}号", title=f"关于事项{n}的通知")
    top = page(drafter, "/archive").text
    assert "2024年" in top
    assert "法规科" in page(drafter, "/archive?year=2024").text
    assert "永久" in page(drafter, "/archive?year=2024&unit=law").text
    assert "没有归档文件" in page(drafter, "/archive?year=2023").text
    found = page(drafter, "/archive?q=事项11").text
    assert "关于事项11的通知" in found
    assert "关于事项2的通知" not in found


@pytest.mark.feature("GD-04")
def test_the_catalogue_stands_in_the_order_of_pieces(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    for n in range(1, 12):
        filed(drafter, number=f"渝市监发〔2024〕{n}号", title=f"关于事项{n}的通知")
    book = page(drafter, "/archive/export?year=2024&format=xlsx").content
    sheet = load_workbook(io.BytesIO(book)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("件号", "文号", "题名")
    assert [row[0] for row in rows[1:]] == [str(n) for n in range(1, 12)]
    printed = page(drafter, "/archive/catalogue?year=2024").text
    assert "备考表" in printed
    assert "共 11 件" in printed


@pytest.mark.feature("GD-03")
def test_who_may_not_read_a_piece_sees_neither_it_nor_its_count(sign_in: SignIn) -> None:
    filed(sign_in("drafter"), number="渝市监发〔2024〕1号", title="不给外人看的通知")
    stranger = sign_in("pricehead")
    for address in (
        "/archive",
        "/archive?year=2024",
        "/archive/catalogue",
        "/archive?q=不给外人看",
    ):
        told = page(stranger, address).text
        assert "不给外人看的通知" not in told
    assert "year=2024" not in page(stranger, "/archive").text


@pytest.mark.feature("GD-04")
def test_what_is_not_filed_is_no_piece_and_what_is_filed_cannot_be_changed(sign_in: SignIn) -> None:
    drafter, registry = sign_in("drafter"), sign_in("registry")
    begun(drafter, "outgoing", title="草稿")
    assert "草稿" not in page(drafter, "/archive").text
    record = filed(drafter, number="渝市监发〔2024〕1号")
    revision = drafter.get(f"/api/v1/records/{record}").json()["revision"]
    for client in (drafter, registry, sign_in("admin"), sign_in("keeper")):
        answer = client.patch(
            f"/api/v1/records/{record}",
            json={"fields": {"title": "改"}},
            headers={"If-Match": f'"{revision}"'},
        )
        assert answer.status_code in {403, 404}
