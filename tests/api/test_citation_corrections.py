"""更正引用: what somebody says of a citation wins over what is read from the text (SS-08)."""

from typing import Any

import pytest

from tests.api.conftest import Browse, SignIn
from tests.api.office import act
from tests.api.papers import drafted, staffed
from tests.api.test_citations import NUMBER, RULES, citations, filed, told
from tests.api.test_families import ties
from tests.api.test_repeals import repealed
from wenshu.building.installation import Installation

pytestmark = pytest.mark.feature("SS-08")

SHORT = NUMBER
"""The anchor of a number that stands in running text."""


def newest(sign_in: SignIn, record: str, login: str = "keeper") -> int:
    return int(sign_in(login).get(f"/api/v1/records/{record}").json()["revision"])


def correct(
    sign_in: SignIn, record: str, login: str = "keeper", *, on: int = 0, **said: Any
) -> Any:
    """What somebody says of a citation, on the newest revision or an older one."""
    return sign_in(login).post(
        f"/api/v1/records/{record}/citations/corrections",
        json=said,
        headers={"If-Match": f'"{on or newest(sign_in, record, login)}"'},
    )


def take_back(
    sign_in: SignIn, record: str, anchor: str, login: str = "keeper", *, on: int = 0
) -> Any:
    return sign_in(login).delete(
        f"/api/v1/records/{record}/citations/corrections",
        params={"anchor": anchor},
        headers={"If-Match": f'"{on or newest(sign_in, record, login)}"'},
    )


def test_what_is_none_is_taken_away_at_both_ends_and_had_back(sign_in: SignIn) -> None:
    rules = filed(sign_in, RULES, "第一条。", NUMBER)
    record = filed(sign_in, "细则", f"根据{NUMBER}文件，制定本细则。")
    (row,) = citations(sign_in, record)["cites"]
    assert row["anchors"] == [SHORT]
    assert correct(sign_in, record, anchors=row["anchors"], is_none=True).status_code == 201
    assert citations(sign_in, record)["cites"] == []
    assert citations(sign_in, rules)["cited_by"] == []
    (said,) = citations(sign_in, record)["corrections"]
    assert (said["anchor"], said["is_none"], said["by"]) == (SHORT, True, "己六")
    assert take_back(sign_in, record, SHORT).status_code == 200
    assert told(citations(sign_in, record)["cites"]) == [(rules, "based_on")]
    assert citations(sign_in, record)["corrections"] == []


def test_each_correction_stands_in_the_log_with_who_and_when(sign_in: SignIn) -> None:
    filed(sign_in, RULES, "第一条。", NUMBER)
    record = filed(sign_in, "细则", f"根据{NUMBER}文件。")
    correct(sign_in, record, anchors=[SHORT], relation="amends")
    take_back(sign_in, record, SHORT)
    events = sign_in("keeper").get(f"/api/v1/records/{record}/revisions").json()
    made = [(each["revision"], each["action"]) for each in events]
    assert made == [(3, "correct_citations"), (2, "correct_citations"), (1, "create")]


def test_a_corrected_repeal_is_told_everywhere(sign_in: SignIn, browse: Browse) -> None:
    rules = filed(sign_in, RULES, "会议管理。第一条。", NUMBER)
    record = filed(sign_in, "新办法", f"本办法自发布之日起施行，{NUMBER}不再适用。")
    assert repealed(sign_in, "会议管理") == {RULES: None}
    correct(sign_in, record, anchors=[SHORT], relation="repeals")
    assert told(citations(sign_in, record)["cites"]) == [(rules, "repeals")]
    assert repealed(sign_in, "会议管理") == {RULES: "新办法"}
    page = browse("keeper")
    for address in ("/search?q=会议管理", f"/search/pane/{rules}?q=会议管理", f"/records/{rules}"):
        assert "已废止：见《新办法》" in page.get(address).text, address
    take_back(sign_in, record, SHORT)
    assert repealed(sign_in, "会议管理") == {RULES: None}
    assert "已废止：" not in page.get(f"/records/{rules}").text


def test_a_repeal_that_is_none_marks_nothing_any_more(sign_in: SignIn) -> None:
    filed(sign_in, RULES, "会议管理。", NUMBER)
    record = filed(sign_in, "新办法", f"{NUMBER}同时废止。")
    assert repealed(sign_in, "会议管理") == {RULES: "新办法"}
    correct(sign_in, record, anchors=[SHORT], relation="based_on")
    assert repealed(sign_in, "会议管理") == {RULES: None}


def test_what_is_said_of_one_of_two_places_of_a_paper_is_told_of_it(sign_in: SignIn) -> None:
    rules = filed(sign_in, RULES, "会议管理。", NUMBER)
    record = filed(sign_in, "新办法", f"依照《{RULES}》，制定本办法。{NUMBER}同时废止。")
    assert told(citations(sign_in, record)["cites"]) == [(rules, "repeals")]
    correct(sign_in, record, anchors=[SHORT], relation="amends")
    assert told(citations(sign_in, record)["cites"]) == [(rules, "amends")]


def test_of_two_of_one_number_or_title_it_means_the_one_that_is_said(sign_in: SignIn) -> None:
    one = filed(sign_in, RULES, "会议管理。一。", NUMBER)
    two = filed(sign_in, RULES, "会议管理。二。", NUMBER)
    by_number = filed(sign_in, "甲", f"{NUMBER}同时废止。")
    by_title = filed(sign_in, "乙", f"根据《{RULES}》，制定本细则。")
    assert len(citations(sign_in, by_number)["cites"]) == 2
    for record, anchor in ((by_number, SHORT), (by_title, f"《{RULES}》")):
        assert correct(sign_in, record, anchors=[anchor], means=two).status_code == 201
    assert told(citations(sign_in, by_number)["cites"]) == [(two, "repeals")]
    assert told(citations(sign_in, by_title)["cites"]) == [(two, "based_on")]
    assert citations(sign_in, one)["cited_by"] == []
    assert sorted(told(citations(sign_in, two)["cited_by"])) == sorted(
        [(by_number, "repeals"), (by_title, "based_on")]
    )


def test_what_the_text_does_not_tell_is_added_and_taken_back(sign_in: SignIn) -> None:
    rules = filed(sign_in, RULES, "会议管理。", NUMBER)
    record = filed(sign_in, "新办法", "原办法停用。")
    assert correct(sign_in, record, means=rules, relation="repeals").status_code == 201
    assert told(citations(sign_in, record)["cites"]) == [(rules, "repeals")]
    assert told(citations(sign_in, rules)["cited_by"]) == [(record, "repeals")]
    assert repealed(sign_in, "会议管理") == {RULES: "新办法"}
    assert take_back(sign_in, record, f"+{rules}").status_code == 200
    assert citations(sign_in, record)["cites"] == []
    assert repealed(sign_in, "会议管理") == {RULES: None}


def test_it_survives_a_new_text_as_long_as_the_place_stands(sign_in: SignIn) -> None:
    rules = filed(sign_in, RULES, "第一条。", NUMBER)
    given = {"kind": "notice", "fields": {"title": "通知", "body": f"根据{NUMBER}文件办理。"}}
    record = sign_in("drafter").post("/api/v1/records", json=given).json()["id"]
    sign_in("keeper").patch(
        f"/api/v1/records/{rules}",
        json={"grants": [{"to": "person:drafter"}]},
        headers={"If-Match": '"1"'},
    )
    correct(sign_in, record, "drafter", anchors=[SHORT], relation="amends")

    def written(body: str) -> list[tuple[str | None, str]]:
        number = newest(sign_in, record, "drafter")
        answer = sign_in("drafter").patch(
            f"/api/v1/records/{record}",
            json={"fields": {"body": body}},
            headers={"If-Match": f'"{number}"'},
        )
        assert answer.status_code == 200, answer.text
        return told(citations(sign_in, record, "drafter")["cites"])

    assert written(f"请各单位按照 {NUMBER} 要求办理。") == [(rules, "amends")]
    assert written("另行通知。") == []
    assert written(f"{NUMBER}照办。") == [(rules, "amends")]
    older = sign_in("drafter").get(f"/api/v1/records/{record}?revision=1")
    assert older.status_code == 200


def test_what_makes_no_sense_is_refused_with_a_sentence(sign_in: SignIn) -> None:
    rules = filed(sign_in, RULES, "第一条。", NUMBER)
    record = filed(sign_in, "细则", f"根据{NUMBER}文件。")
    for said, reason in (
        ({"anchors": [SHORT]}, "nothing_said"),
        ({"anchors": [SHORT], "is_none": True, "relation": "repeals"}, "nothing_said"),
        ({"is_none": True}, "nothing_said"),
        ({"relation": "repeals"}, "nothing_said"),
        ({"anchors": [SHORT], "means": record}, "cites_itself"),
        ({"means": record}, "cites_itself"),
        ({"anchors": ["《没有的办法》"], "is_none": True}, "no_such_citation"),
        ({"anchors": [f"+{rules}"], "is_none": True}, "no_such_citation"),
        ({"means": rules}, "already_cited"),
    ):
        answer = correct(sign_in, record, **said)
        assert (answer.status_code, answer.json()["reason"]) == (422, reason), said
        assert answer.json()["detail"]
    assert correct(sign_in, record, anchors=["x"] * 51, is_none=True).status_code == 422
    assert correct(sign_in, record, anchors=[SHORT], relation="likes").status_code == 422
    assert take_back(sign_in, record, SHORT).status_code == 404
    assert newest(sign_in, record) == 1


def test_a_citation_of_ten_records_is_told_in_full_and_corrected_to_one(sign_in: SignIn) -> None:
    ten = [filed(sign_in, f"{RULES}{n}", f"第{n}份。", NUMBER) for n in range(10)]
    record = filed(sign_in, "细则", f"根据{NUMBER}文件，制定本细则。")
    assert sorted(told(citations(sign_in, record)["cites"])) == sorted(
        (each, "based_on") for each in ten
    )
    correct(sign_in, record, anchors=[SHORT], means=ten[3])
    assert told(citations(sign_in, record)["cites"]) == [(ten[3], "based_on")]


def test_of_two_who_correct_at_once_the_second_is_told_and_changes_nothing(
    sign_in: SignIn,
) -> None:
    filed(sign_in, RULES, "第一条。", NUMBER)
    record = filed(sign_in, "细则", f"根据{NUMBER}文件。")
    assert correct(sign_in, record, on=1, anchors=[SHORT], relation="amends").status_code == 201
    late = correct(sign_in, record, on=1, anchors=[SHORT], is_none=True)
    assert (late.status_code, late.json()["reason"]) == (409, "stale_revision")
    (said,) = citations(sign_in, record)["corrections"]
    assert (said["relation"], said["is_none"]) == ("amends", False)


def test_who_lost_the_right_meanwhile_corrects_nothing(sign_in: SignIn) -> None:
    filed(sign_in, RULES, "第一条。", NUMBER)
    record = filed(sign_in, "细则", f"根据{NUMBER}文件。")

    def opened(*grants: dict[str, str]) -> None:
        number = newest(sign_in, record)
        answer = sign_in("keeper").patch(
            f"/api/v1/records/{record}",
            json={"grants": list(grants)},
            headers={"If-Match": f'"{number}"'},
        )
        assert answer.status_code == 200, answer.text

    opened({"to": "person:reader", "right": "edit"})
    assert citations(sign_in, record, "reader")["corrections"] == []
    assert correct(sign_in, record, "reader", anchors=[SHORT], is_none=True).status_code == 201
    opened({"to": "person:reader", "right": "read"})
    late = correct(sign_in, record, "reader", anchors=[SHORT], relation="amends")
    assert (late.status_code, late.json()["reason"]) == (403, "may_not_edit")
    assert take_back(sign_in, record, SHORT, "reader").status_code == 403
    assert citations(sign_in, record, "reader")["corrections"] == [], "for who may edit alone"
    opened()
    gone = correct(sign_in, record, "reader", on=4, anchors=[SHORT], relation="amends")
    assert gone.status_code == 404
    assert len(citations(sign_in, record)["corrections"]) == 1


def test_a_record_that_is_closed_to_the_corrector_is_as_if_it_were_not_there(
    sign_in: SignIn,
) -> None:
    closed = filed(sign_in, "密件", "内部。", "渝府发〔2013〕1号")
    record = filed(sign_in, "细则", f"根据{NUMBER}文件。")
    sign_in("keeper").patch(
        f"/api/v1/records/{record}",
        json={"grants": [{"to": "person:reader", "right": "edit"}]},
        headers={"If-Match": '"1"'},
    )
    nowhere = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
    for anchors in ([], [SHORT]):
        for_closed = correct(sign_in, record, "reader", means=closed, anchors=anchors)
        for_none = correct(sign_in, record, "reader", means=nowhere, anchors=anchors)
        assert for_closed.status_code == for_none.status_code == 404
        assert _without(for_closed, closed) == _without(for_none, nowhere)
    assert newest(sign_in, record) == 2


def _without(answer: Any, record: str) -> dict[str, Any]:
    body = {**answer.json()}
    body.pop("request", None)
    return {name: str(value).replace(record, "") for name, value in body.items()}


def test_what_means_a_closed_record_looks_like_what_is_none(sign_in: SignIn) -> None:
    shown = filed(sign_in, RULES, "公开。", NUMBER, to="everyone")
    closed = filed(sign_in, "密件", "内部。", NUMBER)
    edit = [{"to": "person:reader", "right": "edit"}]
    seen = {}
    for title, said in (("甲件", {"means": closed}), ("乙件", {"is_none": True})):
        record = filed(sign_in, title, f"根据{NUMBER}文件。")
        sign_in("keeper").patch(
            f"/api/v1/records/{record}", json={"grants": edit}, headers={"If-Match": '"1"'}
        )
        assert correct(sign_in, record, anchors=[SHORT], **said).status_code == 201
        told_to_reader = citations(sign_in, record, "reader")
        for each in told_to_reader["corrections"]:
            each.pop("at")
        seen[title] = told_to_reader
    assert seen["甲件"] == seen["乙件"]
    assert seen["甲件"]["cites"] == []
    assert citations(sign_in, shown, "reader")["cited_by"] == []


def test_an_added_one_of_a_closed_record_is_not_there(sign_in: SignIn) -> None:
    closed = filed(sign_in, "密件", "内部。")
    record = filed(sign_in, "细则", "正文。")
    sign_in("keeper").patch(
        f"/api/v1/records/{record}",
        json={"grants": [{"to": "person:reader", "right": "edit"}]},
        headers={"If-Match": '"1"'},
    )
    assert correct(sign_in, record, means=closed).status_code == 201
    assert citations(sign_in, record, "reader") == {
        "cites": [],
        "cited_by": [],
        "corrections": [],
    }
    assert take_back(sign_in, record, f"+{closed}", "reader").status_code == 404
    assert len(citations(sign_in, record)["corrections"]) == 1
    other = filed(sign_in, "公开件", "内容。", to="everyone")
    assert correct(sign_in, record, "reader", means=other).status_code == 201
    assert {each["means"] for each in citations(sign_in, record)["corrections"]} == {closed, other}


def test_a_record_that_is_deleted_afterwards_is_cited_by_nobody(sign_in: SignIn) -> None:
    rules = filed(sign_in, RULES, "第一条。", NUMBER)
    record = filed(sign_in, "细则", f"根据{NUMBER}文件。")
    correct(sign_in, record, anchors=[SHORT], means=rules)
    gone = sign_in("keeper").delete(f"/api/v1/records/{rules}", headers={"If-Match": '"1"'})
    assert gone.status_code == 204
    found = citations(sign_in, record)
    assert found["cites"] == []
    assert [each["means"] for each in found["corrections"]] == [None]
    assert take_back(sign_in, record, SHORT).status_code == 200
    assert told(citations(sign_in, record)["cites"]) == [(None, "based_on")]


def test_an_idempotency_key_corrects_once(sign_in: SignIn) -> None:
    filed(sign_in, RULES, "第一条。", NUMBER)
    record = filed(sign_in, "细则", f"根据{NUMBER}文件。")
    for _ in range(2):
        answer = sign_in("keeper").post(
            f"/api/v1/records/{record}/citations/corrections",
            json={"anchors": [SHORT], "relation": "amends"},
            headers={"If-Match": '"1"', "Idempotency-Key": "once"},
        )
        assert (answer.status_code, answer.json()["revision"]) == (201, 2)


def test_hits_of_one_matter_follow_a_correction(sign_in: SignIn) -> None:
    rules = filed(sign_in, RULES, "会议管理。", NUMBER)
    record = filed(sign_in, "传阅件", f"会议管理。{NUMBER}请阅。")
    keeper = sign_in("keeper")
    assert ties(keeper, q="会议管理") == {}
    correct(sign_in, record, anchors=[SHORT], relation="forwards")
    assert {tie for _, tie in ties(keeper, q="会议管理").values()} <= {"forwards", "asked"}
    assert len(ties(keeper, q="会议管理")) == 1
    correct(sign_in, record, anchors=[SHORT], is_none=True)
    assert ties(keeper, q="会议管理") == {}
    assert correct(sign_in, record, means=rules, relation="answers").status_code == 201
    assert len(ties(keeper, q="会议管理")) == 1


def test_what_is_archived_is_corrected_by_nobody_and_keeps_what_was_said_before(
    built: Installation, sign_in: SignIn
) -> None:
    staffed(built)
    drafter = sign_in("drafter")
    rules = filed(sign_in, RULES, "第一条。", NUMBER, login="drafter")
    record = drafted(drafter, source="扫描件", title="关于废止会议管理办法的通知")
    assert correct(sign_in, record, "drafter", means=rules, relation="repeals").status_code == 201
    given = {"number": "渝市监发〔2024〕5号", "issued_on": "2024-05-06"}
    assert act(drafter, record, "发文办结", fields=given).status_code == 200
    kept = {"filed_year": "2024", "retention": "永久"}
    assert act(drafter, record, "归档", fields=kept).status_code == 200
    before = newest(sign_in, record, "drafter")
    late = correct(sign_in, record, "drafter", means=rules, relation="amends")
    assert (late.status_code, late.json()["reason"]) == (403, "may_not_edit")
    assert take_back(sign_in, record, f"+{rules}", "drafter").status_code == 403
    assert newest(sign_in, record, "drafter") == before
    assert told(citations(sign_in, record, "drafter")["cites"]) == [(rules, "repeals")]
