"""正文著录: number, issuer, title and date as a paper says them, taken over by who may edit it."""

import re
from typing import Any

import pytest

from records.people.people_rows import PeopleRows
from tests.api.conftest import Browse, SignIn
from tests.api.office import begun
from tests.api.papers import a_docx, with_file
from tests.api.test_files import upload
from wenshu.building.installation import Installation

TEXT = """机密★1年
特急
渝州市财政局文件
　　　　　　　　签发人：甲一　乙小二
渝财预〔2026〕7号　　　　丙　三

关于调整市级部门预算绩效目标的通知

市级各部门：
请遵照执行。
渝州市财政局
2026年3月1日
抄送：市委办公室，市人大常委会办公室，
市政协办公室。
渝州市财政局办公室　2026年3月2日印发
"""
READ = {
    "number": "渝财预〔2026〕7号",
    "issuer": "渝州市财政局",
    "title": "关于调整市级部门预算绩效目标的通知",
    "dated_on": "2026-03-01",
    "main_to": "市级各部门",
    "copy_to": "市委办公室，市人大常委会办公室，市政协办公室",
    "signer": "甲一、乙小二、丙三",
}
OFFERED_FIRST = ("title", "number", "dated_on", "main_to", "copy_to", "signer")


def filed(sign_in: SignIn, *, text: str = TEXT, grants: Any = (), **fields: str) -> str:
    """A paper in the library; its identifier."""
    answer = upload(
        sign_in("keeper"), text.encode(), "扫描件.txt", fields=fields, grants=list(grants)
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def offers(sign_in: SignIn, record: str, login: str = "keeper") -> list[dict[str, Any]]:
    answer = sign_in(login).get(f"/api/v1/records/{record}/imprint")
    assert answer.status_code == 200, answer.text
    return list(answer.json())


@pytest.mark.feature("WJ-02")
def test_what_the_paper_says_is_offered_with_its_place_and_nothing_is_changed(
    sign_in: SignIn,
) -> None:
    record = filed(sign_in, title="扫描件")
    found = offers(sign_in, record)
    assert {row["field"]: row["value"] for row in found if row["field"]} == READ
    (level,) = (row for row in found if row["field"] is None)
    assert (level["label"], level["value"], level["now"]) == ("密级", "机密", "公开")
    (number,) = (row for row in found if row["field"] == "number")
    assert (number["file"], number["line"]) == ("扫描件.txt", "渝财预〔2026〕7号　　　　丙　三")
    kept = sign_in("keeper").get(f"/api/v1/records/{record}").json()
    assert kept["revision"] == 1
    assert not kept["fields"].get("number")


@pytest.mark.feature("WJ-02")
def test_what_stands_there_already_however_it_is_spelled_is_not_offered(sign_in: SignIn) -> None:
    record = filed(
        sign_in,
        title=READ["title"],
        number="渝财预[2026]第007号",
        issuer="市财政局",
        **{name: READ[name] for name in ("dated_on", "main_to", "copy_to", "signer")},
    )
    assert [(r["field"], r["now"]) for r in offers(sign_in, record) if r["field"]] == [
        ("issuer", "市财政局")
    ]


@pytest.mark.feature("WJ-02")
def test_who_may_not_edit_is_offered_nothing_and_who_may_not_read_learns_of_nothing(
    sign_in: SignIn, browse: Browse
) -> None:
    record = filed(sign_in, title="扫描件", grants=[{"to": "person:drafter", "right": "read"}])
    assert offers(sign_in, record, "drafter") == []
    assert "/imprint" not in browse("drafter").get(f"/records/{record}").text
    assert sign_in("head").get(f"/api/v1/records/{record}/imprint").status_code == 404


@pytest.mark.feature("WJ-02")
def test_what_is_chosen_on_the_page_becomes_one_revision_and_the_rest_stays(
    sign_in: SignIn, browse: Browse
) -> None:
    record = filed(sign_in, title="扫描件", issuer="市财政局")
    page = browse("keeper")
    assert f"/records/{record}/imprint" in page.get(f"/records/{record}").text
    panel = page.get(f"/records/{record}/imprint").text
    chosen = re.findall(r'name="chosen" value="([^"]+)" checked', panel)
    assert {each.partition("=")[0] for each in chosen} == set(OFFERED_FIRST)
    assert "现为“市财政局”" in panel
    sent = {"chosen": chosen, "revision": "1", "idempotency_key": "a"}
    done = page.post(f"/records/{record}/imprint", data=sent)
    assert "已采用从正文读出的内容" in done.text
    page.post(f"/records/{record}/imprint", data=sent)  # a second click
    kept = sign_in("keeper").get(f"/api/v1/records/{record}").json()
    assert kept["revision"] == 2
    assert kept["fields"]["issuer"] == "市财政局"
    assert {name: kept["fields"][name] for name in OFFERED_FIRST} == {
        name: READ[name] for name in OFFERED_FIRST
    }
    assert kept["level"] == "公开"


@pytest.mark.feature("WJ-02")
@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "没有勾选要采用的内容"),
        ({"chosen": "dated_on=昨天"}, "成文日期"),
        ({"chosen": "nothing=1"}, "nothing"),
        ({"chosen": "number=1", "revision": "9"}, "修改"),
    ],
)
def test_what_cannot_be_taken_over_is_told_and_changes_nothing(
    sign_in: SignIn, browse: Browse, sent: dict[str, str], told: str
) -> None:
    record = filed(sign_in, title="扫描件")
    answer = browse("keeper").post(f"/records/{record}/imprint", data={"revision": "1", **sent})
    assert told in answer.text
    assert sign_in("keeper").get(f"/api/v1/records/{record}").json()["revision"] == 1


@pytest.mark.feature("WJ-02")
def test_a_paper_without_a_number_or_of_a_kind_of_its_own_is_left_alone(sign_in: SignIn) -> None:
    record = filed(sign_in, text=TEXT.replace("渝财预〔2026〕7号", ""), title="扫描件")
    assert offers(sign_in, record) == []


@pytest.mark.feature("WJ-02")
def test_the_level_that_the_paper_bears_is_taken_over_only_when_somebody_chooses_it(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    record = filed(sign_in, title="扫描件")
    page = browse("keeper")
    chosen = {"level": "机密", "revision": "1"}
    assert re.search(r'name="level" value="机密">', page.get(f"/records/{record}/imprint").text)
    assert "高于您的涉密等级" in page.post(f"/records/{record}/imprint", data=chosen).text
    assert sign_in("keeper").get(f"/api/v1/records/{record}").json()["level"] == "公开"
    cleared = {"login": "keeper", "name": "己六", "unit": "office", "clearance": "机密"}
    built.house.people.load(PeopleRows([], [{**cleared, "roles": ["archivist"]}]), lasting=True)
    page.post(f"/records/{record}/imprint", data=chosen)
    kept = sign_in("keeper").get(f"/api/v1/records/{record}").json()
    assert (kept["level"], kept["revision"], kept["fields"].get("number")) == ("机密", 2, None)


@pytest.mark.feature("SW-02")
def test_the_day_of_a_paper_that_came_is_not_taken_for_the_day_on_which_it_came(
    sign_in: SignIn,
) -> None:
    registry = sign_in("registry")
    record = begun(registry, "incoming", title="来文", from_unit="渝州市财政局")
    with_file(registry, record, "body", "来文.docx", a_docx(*TEXT.splitlines()))
    found = offers(sign_in, record, "registry")
    days = {row["field"]: row["value"] for row in found if row["what"] == "dated_on"}
    assert days == {"written_on": "2026-03-01"}
    assert {"from_number", "main_to", "copy_to", "signer", "urgency"} <= {
        row["field"] for row in found
    }
