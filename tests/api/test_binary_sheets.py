"""Workbooks in binary parts (xlsb): read as rows or told as unreadable, never shown as they are."""

import re
from pathlib import Path
from typing import Any

import pytest

from documents.query_files import read_query_file
from records.errors import Invalid
from tests.api.conftest import Browse, SignIn
from tests.api.test_files import upload
from tests.api.test_ranking import found
from tests.binary_sheets import xlsb

ROWS = (("企业名称", "金额"), ("蓝湖公司", 12.5), ("红山公司", 7.0))


def shown(browse: Browse, answer: Any) -> str:
    """What the record's page says, without markup."""
    page = browse("drafter").get(f"/records/{answer.json()['id']}").text
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page))


@pytest.mark.feature("GD-03", "SS-01")
def test_its_rows_are_found_and_shown(sign_in: SignIn, browse: Browse, tmp_path: Path) -> None:
    body = xlsb(tmp_path / "名单.xlsb", "名单", ROWS).read_bytes()
    answer = upload(sign_in("drafter"), body, "名单.xlsb")
    (hit,) = found(sign_in, q="蓝湖公司 12.5")["hits"]
    assert "<mark>蓝湖公司</mark>" in hit["matches"][0]["html"]
    page = shown(browse, answer)
    assert re.search("企业名称 金额 蓝湖公司 12.5 红山公司 7", page)
    assert "\0" not in page
    assert "PK" not in page


@pytest.mark.feature("GD-03")
def test_one_that_cannot_be_read_is_told_and_nothing_of_its_bytes_is_shown(
    sign_in: SignIn, browse: Browse, tmp_path: Path
) -> None:
    whole = xlsb(tmp_path / "名单.xlsb", "名单", ROWS).read_bytes()
    for body in (whole[:-200], whole.replace(b"\x91\x01\x00", b"\xff\xff\xff")):
        answer = upload(sign_in("drafter"), body, "名单.xlsb")
        page = shown(browse, answer)
        assert "正文未能提取" in page
        assert "\0" not in page
        assert "PK" not in page
    assert found(sign_in, q="workbook")["total"] == 0


@pytest.mark.feature("SS-01")
@pytest.mark.parametrize("name", ["清单.xlsb", "清单.txt", "清单"])
def test_as_a_list_of_searches_it_is_told_to_be_no_xlsx(tmp_path: Path, name: str) -> None:
    path = xlsb(tmp_path / name, "名单", ROWS)
    with pytest.raises(Invalid) as refused:
        read_query_file(path)
    assert refused.value.facts["fault"] == "not_xlsx"
