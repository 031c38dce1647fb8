"""业务指导 over HTTP: asked, handed on, answered, passed, kept for all, taken up (B18)."""

from collections.abc import Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Browse, SignIn
from tests.api.office import act, begun, joined, offered, state
from tests.api.papers import done
from wenshu.building.installation import Installation

PEOPLE: tuple[Mapping[str, object], ...] = (
    {"login": "answerer", "name": "法二", "unit": "law"},
    {"login": "licences", "name": "许一", "unit": "licence", "posts": ["科室负责人"]},
    {"login": "asker2", "name": "食二", "unit": "food"},
)
UNITS = [{"code": "licence", "name": "许可科", "parent": "bureau"}]
QUESTION = {
    "title": "小作坊登记证过期如何处理",
    "category": "行政许可",
    "asked": "law",
    "question": "辖区一家小作坊的登记证过期三个月，仍在生产，如何定性？",
}
ANSWER = "按未取得登记从事生产处理，先责令停止。"


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    joined(built, *PEOPLE, units=UNITS)


def asked(sign_in: SignIn, author: str = "reader", **fields: Any) -> str:
    """A question that waits for the head of 法规科."""
    record = begun(sign_in(author), "guidance", **{**QUESTION, **fields})
    done(sign_in(author), record, "提交")
    return record


def proposed(sign_in: SignIn, **fields: Any) -> str:
    """A question whose answer waits to be passed."""
    record = asked(sign_in, **fields)
    done(sign_in("head"), record, "分派", next=["answerer"])
    done(
        sign_in("answerer"), record, "答复送审", fields={"answer": ANSWER, "grounds": "食品安全法"}
    )
    return record


def may_read(sign_in: SignIn, record: str, *logins: str) -> list[bool]:
    path = f"/api/v1/records/{record}"
    return [sign_in(login).get(path).status_code == 200 for login in logins]


def found(client: TestClient, words: str) -> int:
    return int(client.get("/api/v1/search", params={"q": words}).json()["total"])


def told(client: TestClient, record: str) -> list[str]:
    notified = client.get("/api/v1/notifications").json()["notifications"]
    return [each["about"] for each in notified if each["record"] == record]


@pytest.mark.feature("YW-01", "YW-02")
def test_a_question_is_handed_on_answered_and_passed_before_it_goes_out(sign_in: SignIn) -> None:
    record = proposed(sign_in)
    assert state(sign_in("head"), record) == "review"
    assert may_read(sign_in, record, "reader", "answerer", "asker2", "licences") == [
        True,
        True,
        False,
        False,
    ]
    assert "同意答复" not in offered(sign_in("answerer"), record)
    assert "反馈" not in offered(sign_in("reader"), record)
    assert found(sign_in("asker2"), "责令停止") == 0
    done(sign_in("head"), record, "退改")
    done(sign_in("answerer"), record, "答复送审", fields={"answer": f"{ANSWER}逾期报局。"})
    done(sign_in("head"), record, "同意答复")
    assert state(sign_in("reader"), record) == "answered"
    assert "answered" in told(sign_in("reader"), record)
    fields = sign_in("reader").get(f"/api/v1/records/{record}").json()["fields"]
    assert fields["answer"].endswith("逾期报局。")
    assert fields["answered_on"]


@pytest.mark.feature("YW-02")
def test_who_answers_changes_neither_the_question_nor_for_whom_it_is_open(sign_in: SignIn) -> None:
    record = asked(sign_in, scope="仅限有关单位")
    done(sign_in("head"), record, "分派", next=["answerer"])
    for login in ("answerer", "head"):
        client = sign_in(login)
        revision = client.get(f"/api/v1/records/{record}").json()["revision"]
        changed = client.patch(
            f"/api/v1/records/{record}",
            json={"fields": {"question": "改写", "scope": "进入知识库"}},
            headers={"If-Match": f'"{revision}"'},
        )
        assert changed.status_code == 403
    given = {"answer": ANSWER, "scope": "进入知识库"}
    assert act(sign_in("answerer"), record, "答复送审", fields=given).status_code == 403


@pytest.mark.feature("YW-01")
def test_a_question_without_its_parts_or_to_a_unit_that_nobody_heads_is_not_sent(
    built: Installation, sign_in: SignIn
) -> None:
    joined(built, units=[{"code": "empty", "name": "空科", "parent": "bureau"}])
    asker = sign_in("reader")
    bare = begun(asker, "guidance", title="没有问题", category="行政许可")
    missing = act(asker, bare, "提交")
    assert missing.status_code == 422
    assert "答复单位" in missing.text
    assert "问题" in missing.text
    nobody = act(asker, begun(asker, "guidance", **{**QUESTION, "asked": "empty"}), "提交")
    assert nobody.status_code == 409
    assert "科室负责人" in nobody.text


@pytest.mark.feature("YW-01")
def test_what_is_asked_of_the_wrong_section_goes_to_another_or_back(sign_in: SignIn) -> None:
    record = asked(sign_in)
    head, licences = sign_in("head"), sign_in("licences")
    assert act(head, record, "分派", next=["licences"]).status_code == 422  # of another section
    done(head, record, "转其他处室", fields={"asked": "licence"})
    assert "分派" not in offered(head, record)
    done(licences, record, "退回")
    assert state(sign_in("reader"), record) == "draft"
    assert "returned" in told(sign_in("reader"), record)


@pytest.mark.feature("YW-03")
def test_what_is_open_to_all_is_found_by_all_and_else_by_whom_it_names(sign_in: SignIn) -> None:
    asker2 = sign_in("asker2")
    public = proposed(sign_in)
    done(sign_in("head"), public, "同意答复")
    closed = proposed(sign_in, title="一起举报的处置", scope="仅限有关单位", units=["unit:licence"])
    done(sign_in("head"), closed, "同意答复")
    assert found(asker2, "责令停止") == 1
    assert found(sign_in("licences"), "责令停止") == 2
    params = {"filter": ["scope:进入知识库", "state:answered"]}
    listed = asker2.get("/api/v1/lists/guidance", params=params).json()
    assert [row["id"] for row in listed["rows"]] == [public]
    narrower = {"fields": {"scope": "仅限有关单位"}, "opinion": "涉及个案。"}
    done(sign_in("head"), public, "调整公开范围", **narrower)
    assert "corrected" in told(sign_in("reader"), public)
    assert found(asker2, "责令停止") == 0
    assert may_read(sign_in, public, "reader", "asker2") == [True, False]


@pytest.mark.feature("YW-01", "YW-03")
def test_a_section_guides_without_being_asked(sign_in: SignIn) -> None:
    author = sign_in("answerer")
    record = begun(
        author,
        "guidance",
        title="关于小作坊登记的提示",
        way="主动指导",
        category="行政许可",
        answer="登记证到期前三十日提醒业主。",
    )
    assert "提交" not in offered(author, record)
    done(author, record, "送审")
    assert found(sign_in("asker2"), "提醒业主") == 0
    done(sign_in("head"), record, "同意发布")
    assert found(sign_in("asker2"), "提醒业主") == 1
    bare = begun(author, "guidance", title="空的提示", way="主动指导", category="行政许可")
    assert "答复内容" in act(author, bare, "送审").text


@pytest.mark.feature("YW-04")
def test_who_asked_says_what_became_of_it_or_asks_on(sign_in: SignIn) -> None:
    record = proposed(sign_in)
    done(sign_in("head"), record, "同意答复")
    asker = sign_in("reader")
    done(asker, record, "追问", opinion="登记证正在换发的怎么办？")
    assert state(asker, record) == "assign"
    assert found(sign_in("asker2"), "责令停止") == 0  # it is being answered anew
    done(sign_in("head"), record, "分派", next=["answerer"])
    done(sign_in("answerer"), record, "答复送审", fields={"answer": "换发期间凭受理单生产。"})
    done(sign_in("head"), record, "同意答复")
    assert act(asker, record, "反馈").status_code == 422  # says nothing of what became of it
    done(asker, record, "反馈", fields={"adoption": "部分采纳", "feedback": "已责令停产。"})
    assert state(asker, record) == "closed"
    figures = sign_in("head").get("/api/v1/statistics/guidance/by_asked").json()
    assert list(figures["total"]["values"].values()) == [1, 1, 1.0]
    assert sign_in("asker2").get("/api/v1/statistics/guidance/by_asked").status_code == 404


@pytest.mark.feature("YW-01", "YW-03")
def test_its_pages_have_the_words_of_the_office(sign_in: SignIn, browse: Browse) -> None:
    record = proposed(sign_in)
    done(sign_in("head"), record, "同意答复")
    page = browse("reader").get(f"/records/{record}").text
    assert all(word in page for word in ("答复内容", "已答复", "追问", "反馈"))
    listed = browse("asker2").get("/kinds/guidance?state=answered").text
    assert QUESTION["title"] in listed
    assert "知识库" in listed
    assert "业务指导单" in browse("reader").get(f"/records/{record}/slip").text
