"""文稿 over HTTP: drafted, followed, searched, printed, made into a 发文 (features.md B9)."""

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Browse, SignIn
from tests.api.office import act, begun, offered, state
from tests.api.papers import a_docx, done, staffed, with_file
from wenshu.building.installation import Installation

TITLE = "在全市市场监管工作会议上的讲话"


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    staffed(built)


def drafted(client: TestClient, **fields: object) -> str:
    """A manuscript with its text and a list beside it."""
    given = {"title": TITLE, "paper_kind": "讲话稿", **fields}
    record = begun(client, "manuscript", **given)
    with_file(client, record, "body", "讲话.docx", a_docx("同志们：", "信用修复要抓实。"))
    with_file(client, record, "attachments", "数据.txt", "附表".encode())
    return record


def to_leader(sign_in: SignIn, **fields: object) -> str:
    """One that lies before a leader."""
    record = drafted(sign_in("drafter"), **fields)
    done(sign_in("drafter"), record, "发送", next=["head"])
    done(sign_in("head"), record, "送审签", next=["chief"], opinion="数据已核")
    return record


def final(sign_in: SignIn, **fields: object) -> str:
    """One that its leader has agreed to."""
    record = to_leader(sign_in, **fields)
    done(sign_in("chief"), record, "同意", opinion="很好")
    return record


def ids(client: TestClient, *filters: str) -> set[str]:
    """What the list of manuscripts shows under these filters."""
    asked = client.get("/api/v1/lists/manuscript", params={"filter": list(filters)})
    assert asked.status_code == 200, asked.text
    return {row["id"] for row in asked.json()["rows"]}


@pytest.mark.feature("WG-01")
def test_a_manuscript_is_kept_as_a_draft_and_sent_once_it_is_whole(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    record = begun(drafter, "manuscript", title=TITLE, paper_kind="汇报")
    refused = act(drafter, record, "发送", next=["head"])
    assert (refused.status_code, state(drafter, record)) == (422, "draft")
    assert "正文" in refused.text
    with_file(drafter, record, "body", "汇报.docx", a_docx("汇报如下。"))
    assert sign_in("head").get(f"/api/v1/records/{record}").status_code == 404
    done(drafter, record, "发送", next=["head"])
    assert state(sign_in("head"), record) == "review"
    wrong = {"kind": "manuscript", "fields": {"title": TITLE, "paper_kind": "诗歌"}}
    assert drafter.post("/api/v1/records", json=wrong).status_code == 422


@pytest.mark.feature("WG-03")
def test_whoever_sent_it_follows_where_it_lies_and_what_was_said(
    sign_in: SignIn, browse: Browse
) -> None:
    record = to_leader(sign_in)
    drafter = sign_in("drafter")
    followed = drafter.get("/api/v1/tasks?list=done&kind=manuscript").json()["tasks"]
    assert [task["id"] for task in followed] == [record]
    page = browse("drafter").get(f"/records/{record}").text
    assert "待审签" in page
    assert "局一" in page
    assert "数据已核" in page
    assert browse("reader").get(f"/records/{record}").status_code == 404


@pytest.mark.feature("WG-04")
def test_own_and_handled_manuscripts_are_searched_apart_from_those_of_others(
    sign_in: SignIn, browse: Browse
) -> None:
    mine = final(sign_in, readers=["unit:bureau"])
    others = begun(sign_in("head"), "manuscript", title="另一篇", paper_kind="总结")
    drafter, head, reader = sign_in("drafter"), sign_in("head"), sign_in("pricehead")
    both = ("mine:began", "mine:handled")
    assert ids(drafter, *both) == {mine}
    assert ids(head, "mine:began") == {others}
    assert ids(head, "mine:handled") == {mine}
    assert ids(head, *both) == {mine, others}
    assert (ids(reader), ids(reader, *both)) == ({mine}, set())
    assert ids(head, "mine:nonsense") == set()
    shown = browse("head").get("/kinds/manuscript?filter=mine:began&filter=mine:handled").text
    assert "经办：本人起草" in shown
    found = drafter.get("/api/v1/search", params={"q": "信用修复", "kind": "manuscript"}).json()
    assert [hit["id"] for hit in found["hits"]] == [mine]


@pytest.mark.feature("WG-05")
def test_a_print_carries_opinions_only_once_it_lies_before_the_leader(
    sign_in: SignIn, browse: Browse
) -> None:
    record = drafted(sign_in("drafter"))
    done(sign_in("drafter"), record, "发送", next=["head"], opinion="请审核")
    done(sign_in("head"), record, "送审签", next=["chief"], opinion="数据已核")
    done(sign_in("chief"), record, "退回", opinion="压缩篇幅")
    back = browse("head").get(f"/records/{record}/slip").text
    assert TITLE in back
    assert "数据已核" not in back  # 审核: the form is bare again
    done(sign_in("head"), record, "送审签", next=["chief"], opinion="已压缩")
    whole = browse("chief").get(f"/records/{record}/slip?whole=1").text
    for shown in ("文稿审签单", "数据已核", "压缩篇幅", "已压缩", "讲话.docx", "数据.txt"):
        assert shown in whole
    assert "信用修复要抓实" in browse("chief").get(f"/records/{record}/print").text
    assert browse("pricehead").get(f"/records/{record}/slip").status_code == 404


@pytest.mark.feature("WG-06")
def test_the_organ_searches_final_manuscripts_that_were_opened_to_it_and_changes_none(
    sign_in: SignIn,
) -> None:
    opened, kept = final(sign_in, readers=["unit:bureau"]), final(sign_in)
    reader, name = sign_in("pricehead"), ("state:final", "state:archived")
    assert ids(reader, *name) == {opened}
    under_way = to_leader(sign_in, readers=["unit:bureau"])
    assert ids(reader) == {opened}
    for hidden in (kept, under_way):
        assert reader.get(f"/api/v1/records/{hidden}").status_code == 404
    found = reader.get("/api/v1/search", params={"q": "信用修复"}).json()
    assert (found["total"], [hit["id"] for hit in found["hits"]]) == (1, [opened])
    assert offered(reader, opened) == {}
    seen = reader.get(f"/api/v1/records/{opened}").json()
    assert "很好" not in str(seen)  # opinions are for who took part
    # 定稿 locks its content, for its author too
    for who in (reader, sign_in("drafter")):
        changed = who.patch(
            f"/api/v1/records/{opened}",
            json={"fields": {"title": "改"}},
            headers={"If-Match": f'"{seen["revision"]}"'},
        )
        assert changed.status_code == 403, changed.text
    assert "归档" in offered(sign_in("drafter"), opened)
    # who may consult it is still for its author to say
    done(sign_in("drafter"), kept, "调整查阅范围", fields={"readers": ["person:pricehead"]})
    done(sign_in("drafter"), opened, "调整查阅范围", fields={"readers": []})
    assert ids(reader, *name) == {kept}
    assert reader.get(f"/api/v1/records/{opened}").status_code == 404


@pytest.mark.feature("WG-07")
def test_a_final_manuscript_becomes_a_paper_with_its_text_and_is_its_basis(
    sign_in: SignIn,
) -> None:
    record, drafter = final(sign_in), sign_in("drafter")
    assert "转发文" not in offered(sign_in("head"), record)
    done(drafter, record, "转发文")
    (tie,) = drafter.get(f"/api/v1/records/{record}/related").json()
    paper = drafter.get(f"/api/v1/records/{tie['id']}").json()
    assert (paper["kind"], paper["state"], paper["fields"]["title"]) == ("outgoing", "draft", TITLE)
    assert paper["fields"]["basis"] == [record]
    assert [file["name"] for file in paper["files"]] == ["讲话.docx", "数据.txt"]
    assert state(drafter, record) == "final"
    token = drafter.headers["Authorization"].split()[1]
    asked = drafter.get(
        "/kinds/outgoing/handled/basis", headers={"Cookie": f"wenshu_session={token}"}
    ).json()["groups"]
    assert [i["token"] for g in asked if g["label"] == "经办文稿" for i in g["items"]] == [record]
