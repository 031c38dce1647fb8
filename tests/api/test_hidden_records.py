"""What a reader is told does not depend on what he may not read."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import SignIn

ASKED = ("麒麟阁", "麒麟阁 预算", '"麒麟阁"', "麒麟*", "预算 OR 麒麟阁", "没有的字词")


def file(client: TestClient, name: str, text: str, **data: Any) -> None:
    made = client.post("/api/v1/files", files={"file": (name, text.encode())}, data=data)
    assert made.status_code == 201, made.text


@pytest.mark.feature("SS-01")
def test_hidden_records_change_no_byte_of_an_answer(sign_in: SignIn) -> None:
    reader, other = sign_in("public"), sign_in("drafter")
    file(reader, "探针.txt", "麒麟阁的预算")
    file(reader, "其他.txt", "食品抽检安排，预算说明附后。" * 20)

    def told() -> list[bytes]:
        return [reader.get("/api/v1/search", params={"q": words}).content for words in ASKED]

    before = told()
    for number in range(5):
        file(other, f"隐藏{number}.txt", f"麒麟阁 第{number}号 麒麟阁", level="内部")
        file(other, f"无关{number}.txt", f"别的内容 {number}")
    assert told() == before


def test_a_hit_bears_no_score(sign_in: SignIn) -> None:
    reader = sign_in("reader")
    file(reader, "一.txt", "内容")
    (hit,) = reader.get("/api/v1/search", params={"q": "内容"}).json()["hits"]
    assert "score" not in json.dumps(hit)
