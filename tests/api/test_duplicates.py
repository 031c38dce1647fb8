"""疑似重复: what looks the same among what the administrator himself may read (SS-08)."""

import base64
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from records.ports.job_queue import Job, JobName
from services.exporting.duplicate_rows import CUT, HEADER
from tests.api.conftest import Browse, SignIn
from tests.waiting import until
from wenshu.building.installation import Installation

LONG = "为加强燃气管道安全监管，各单位应当于本月底前完成自查，并将自查情况书面报送。" * 6
NUMBER = "渝市监发〔2026〕9号"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


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
    assert "已比对完" in page
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


@pytest.mark.feature("SS-08")
def test_equal_pictures_are_found_without_any_text(built: Installation, sign_in: SignIn) -> None:
    client, answers = sign_in("drafter"), []
    for name in ("扫描", "盖章页"):
        data = {"grants": '[{"to": "everyone"}]', "level": "公开"}
        files = {"file": (f"{name}.png", PNG)}
        answers.append(client.post("/api/v1/files", files=files, data=data))
    assert [answer.status_code for answer in answers] == [201, 201]
    found = pairs(compared(built, sign_in("admin")))
    assert found == {("文件内容相同", "盖章页", "扫描")}


@pytest.mark.feature("SS-08")
def test_of_a_large_group_each_stands_beside_the_oldest_and_that_is_told(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    client = sign_in("drafter")
    for n in range(24):
        stored(client, f"件{n:02}", LONG)
    rows = compared(built, sign_in("admin"))
    found = pairs([row for row in rows if row["依据"] == "文件内容相同"])
    first = {title for _, title, other in found if other == "件00"}
    assert first == {f"件{n:02}" for n in range(1, 24)}
    assert len(found) == sum(min(n, 20) for n in range(24))
    cut = [row["标题"] for row in rows if row["依据"] == CUT]
    assert sorted(cut) == ["件21", "件22", "件23"]
    page = browse("admin").get("/duplicates").text
    assert "只列出了其中最早的一部分" in page
    assert "这里列出前 100 行" in page


@pytest.mark.feature("SS-08")
def test_days_that_are_none_or_stand_the_wrong_way_round_are_told_and_nothing_is_compared(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    stored(sign_in("drafter"), "自查通知", LONG)
    page = browse("admin")
    for given, told in (
        ({"from": "2026-12-31", "to": "2026-01-01"}, "结束日期不能早于开始日期"),
        ({"from": "昨天"}, "“昨天”不是日期"),
        ({"to": "2026-02-30"}, "“2026-02-30”不是日期"),
    ):
        answer = page.post("/duplicates", data=given)
        assert (answer.status_code, told in answer.text) == (422, True), given
        assert f'value="{next(iter(given.values()))}"' in answer.text
    wrong = {"from": "2026-12-31", "to": "2026-01-01"}
    answer = sign_in("admin").post("/api/v1/search/duplicates", params=wrong)
    assert (answer.status_code, answer.json()["reason"]) == (422, "day_before")
    assert sign_in("admin").get("/api/v1/exports").json() == []
    page.post("/duplicates", data={"kind": "library_file", "to": "2026-01-01"})
    built.runner.run(Job(JobName.EXPORT))
    # The server's own thread may have taken the order first, and be at it still.
    until(lambda: "已比对 0 件" in page.get("/duplicates").text, "it is never done")
    told = page.get("/duplicates").text
    assert "比对范围：" in told
    assert "成文日期 不限 至 2026-01-01" in told


@pytest.mark.feature("SS-08")
def test_what_was_found_is_shown_as_long_as_its_reader_may_read_it(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    client, admin = sign_in("drafter"), sign_in("admin")
    closing = stored(client, "先开放后收回", LONG)
    stored(client, "一直开放", LONG)
    stored(client, "另一件", LONG)
    assert len(compared(built, admin)) == 3
    export = admin.get("/api/v1/exports").json()[0]["id"]
    closed = client.patch(
        f"/api/v1/records/{closing}", json={"grants": []}, headers={"If-Match": '"1"'}
    )
    assert closed.status_code == 200, closed.text
    page = browse("admin").get("/duplicates").text
    file = admin.get(f"/api/v1/exports/{export}/file?format=csv").text
    for text in (page, file):
        assert "先开放后收回" not in text
        assert "另一件" in text
    rows = [
        {"login": "head", "name": "乙二", "unit": "law", "roles": ["administrator"]},
        {"login": "admin", "name": "庚七", "unit": "office", "roles": ["staff"]},
    ]
    built.house.people.load(PeopleRows([], rows), lasting=True)
    refused = admin.get(f"/api/v1/exports/{export}/file?format=csv")
    assert refused.json()["reason"] == "administrators_only"
    assert browse("admin").get("/duplicates").status_code == 403


@pytest.mark.feature("SS-08")
def test_a_comparison_that_waits_is_said_to_compare_and_not_to_export(
    sign_in: SignIn, browse: Browse
) -> None:
    sign_in("admin").post("/api/v1/search/duplicates")
    page = browse("admin").get("/duplicates").text
    assert "比对" in page.split('role="status"')[1].split("</p>")[0]
    assert "导出" not in page.split('role="status"')[1].split("</p>")[0]
