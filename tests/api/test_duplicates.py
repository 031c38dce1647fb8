"""疑似重复: what looks the same among what the administrator himself may read (SS-08)."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.ports.job_queue import Job, JobName
from services.exporting.duplicate_rows import HEADER
from tests.api.conftest import Browse, SignIn
from wenshu.building.installation import Installation

LONG = "为加强燃气管道安全监管，各单位应当于本月底前完成自查，并将自查情况书面报送。" * 6
NUMBER = "渝市监发〔2026〕9号"


def stored(
    client: TestClient, name: str, text: str, *, to: str = "everyone", number: str = ""
) -> str:
    """A file that somebody may read."""
    answer = client.post(
        "/api/v1/files",
        files={"file": (f"{name}.txt", text.encode())},
        data={
            "grants": f'[{{"to": "{to}"}}]',
            "level": "公开",
            "fields": f'{{"title": "{name}", "number": "{number}"}}',
        },
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def compared(built: Installation, client: TestClient, **asked: str) -> list[dict[str, str]]:
    """The rows of a comparison, worked off."""
    answer = client.post("/api/v1/search/duplicates", params=asked)
    assert answer.status_code == 202, answer.text
    export = answer.json()["id"]
    while client.get(f"/api/v1/exports/{export}").json()["phase"] in {"waiting", "running"}:
        built.runner.run(Job(JobName.EXPORT))
    text = client.get(f"/api/v1/exports/{export}/file?format=csv").text
    lines = [line.split(",") for line in text.splitlines()[1:]]
    return [dict(zip(HEADER, line, strict=False)) for line in lines]


def pairs(rows: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
    return {(row["依据"], row["标题"], row["疑似重复的文件"]) for row in rows}


@pytest.mark.feature("SS-08")
def test_same_content_number_and_nearly_the_same_text_are_told_in_pairs(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    client = sign_in("drafter")
    stored(client, "自查通知", LONG)
    stored(client, "自查通知副本", LONG)
    stored(client, "自查通知改稿", LONG.replace("本月底", "下月底", 1))
    stored(client, "一号件", "其一。", number=NUMBER)
    stored(client, "二号件", "其二，内容不同。", number="渝市监发[2026]9号")
    stored(
        client, "无关", "完全不相干的一件事情，与其他文件没有任何相同的语句和文字可言，仅此而已。"
    )
    rows = compared(built, sign_in("admin"))
    assert pairs(rows) == {
        ("文件内容相同", "自查通知副本", "自查通知"),
        ("正文相近", "自查通知改稿", "自查通知"),
        ("正文相近", "自查通知改稿", "自查通知副本"),
        ("文号相同", "二号件", "一号件"),
    }
    page = browse("admin").get("/duplicates").text
    assert "自查通知副本" in page
    assert "已比对 6 件" in page
    assert compared(built, sign_in("admin"), kind="notice") == []


@pytest.mark.feature("SS-08")
def test_what_the_administrator_may_not_read_is_compared_with_nothing(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    client = sign_in("drafter")
    stored(client, "公开件", LONG, number=NUMBER)
    stored(client, "只给法规科的件", LONG, to="unit:law", number=NUMBER)
    assert compared(built, sign_in("admin")) == []
    assert "只给法规科" not in browse("admin").get("/duplicates").text
    for login in ("drafter", "reader"):
        refused = sign_in(login).post("/api/v1/search/duplicates")
        assert refused.json()["reason"] == "administrators_only"
        assert browse(login).get("/duplicates").status_code == 403
        assert browse(login).post("/duplicates").status_code in {200, 403}
        assert sign_in(login).get("/api/v1/exports").json() == []
