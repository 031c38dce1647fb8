"""红头模板: made by 收发员, used by their organ, copied into a paper that keeps its own (B7)."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Browse, SignIn
from tests.api.office import act, begun, offered, state
from tests.api.papers import PAPER, a_docx, done, drafted, staffed, with_file
from wenshu.building.installation import Installation


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    staffed(built, {"login": "mail", "name": "收一", "unit": "office", "posts": ["收发员"]})


def head(client: TestClient, text: str, **fields: Any) -> str:
    """A template in use."""
    given = {"title": f"{text}红头", "units": ["bureau"], **fields}
    record = begun(client, "red_head", **given)
    with_file(client, record, "sheet", f"{text}.docx", a_docx(text))
    return record


def body(client: TestClient, record: str) -> tuple[str, bytes]:
    """Name and bytes of the 正文."""
    files = client.get(f"/api/v1/records/{record}").json()["files"]
    (file,) = [each for each in files if each["part"] == "body"]
    path = f"/api/v1/records/{record}/files/{file['name']}"
    return str(file["name"]), client.get(path).content


@pytest.mark.feature("MB-01", "MB-02")
def test_only_the_mail_clerk_makes_templates_and_his_organ_alone_sees_them(
    sign_in: SignIn,
) -> None:
    wanted = {"kind": "red_head", "fields": {"title": "红头", "units": ["bureau"]}}
    assert sign_in("drafter").post("/api/v1/records", json=wanted).status_code == 403
    record = head(sign_in("mail"), "市局文件", units=["office", "law"])
    address = f"/api/v1/records/{record}"
    assert sign_in("drafter").get(address).status_code == 200
    assert sign_in("writer").get(address).status_code == 404


@pytest.mark.feature("MB-03")
def test_the_template_chosen_becomes_the_text_and_the_old_one_stays_in_history(
    sign_in: SignIn,
) -> None:
    drafter, template = sign_in("drafter"), head(sign_in("mail"), "市局文件")
    record = drafted(drafter)
    before = drafter.get(f"/api/v1/records/{record}").json()["revision"]
    done(drafter, record, "套用红头模板", fields={"template": template})
    assert body(drafter, record) == ("市局文件.docx", a_docx_of(sign_in, template))
    old = drafter.get(f"/api/v1/records/{record}?revision={before}").json()
    assert [file["name"] for file in old["files"]] == ["正文.docx"]


def a_docx_of(sign_in: SignIn, template: str) -> bytes:
    mail = sign_in("mail")
    (file,) = mail.get(f"/api/v1/records/{template}").json()["files"]
    return mail.get(f"/api/v1/records/{template}/files/{file['name']}").content


@pytest.mark.feature("MB-03", "MB-04")
def test_without_a_choice_the_template_is_that_of_the_number_s_code(sign_in: SignIn) -> None:
    mail, drafter = sign_in("mail"), sign_in("drafter")
    head(mail, "函头", code="渝市监函")
    wanted = head(mail, "发文头", code="渝市监发")
    record = begun(drafter, "outgoing", **PAPER)
    done(drafter, record, "套用红头模板")
    assert body(drafter, record)[0] == "发文头.docx"
    assert drafter.get(f"/api/v1/records/{record}").json()["fields"]["template"] == wanted
    other = begun(drafter, "outgoing", **{**PAPER, "code": "渝市监办"})
    refused = act(drafter, other, "套用红头模板")
    assert refused.status_code == 403
    assert "红头模板" in refused.text


@pytest.mark.feature("MB-03")
def test_another_code_chosen_later_does_not_change_the_template_in_the_text(
    sign_in: SignIn, browse: Browse
) -> None:
    drafter = sign_in("drafter")
    head(sign_in("mail"), "发文头", code="渝市监发")
    record = begun(drafter, "outgoing", **PAPER)
    done(drafter, record, "套用红头模板")
    before = body(drafter, record)
    revision = drafter.get(f"/api/v1/records/{record}").json()["revision"]
    changed = drafter.patch(
        f"/api/v1/records/{record}",
        json={"fields": {"code": "渝市监函"}},
        headers={"If-Match": f'"{revision}"'},
    )
    assert changed.status_code == 200
    assert body(drafter, record) == before
    form = browse("drafter").get(f"/records/{record}/edit").text
    assert "正文中的模板不会改变，需手动修改" in form


@pytest.mark.feature("MB-03")
def test_a_template_changed_or_stopped_while_used_leaves_the_paper_its_copy(
    sign_in: SignIn,
) -> None:
    mail, drafter = sign_in("mail"), sign_in("drafter")
    template = head(mail, "发文头", code="渝市监发")
    record = begun(drafter, "outgoing", **PAPER)
    done(drafter, record, "套用红头模板")
    before = body(drafter, record)
    with_file(mail, template, "sheet", "新.docx", a_docx("新的红头"))
    done(mail, template, "停用", opinion="换新")
    assert body(drafter, record) == before
    done(drafter, record, "发送")  # it goes its way without it
    assert state(drafter, record) == "section"
    for given in ({"template": template}, {}):
        late = begun(drafter, "outgoing", **PAPER)
        assert act(drafter, late, "套用红头模板", fields=given).status_code == 403
    done(mail, template, "启用")
    assert "套用红头模板" in offered(drafter, late)
    done(drafter, late, "套用红头模板")
    assert body(drafter, late)[0] == "新.docx"


@pytest.mark.feature("MB-02")
def test_nobody_uses_a_template_that_he_may_not_see(sign_in: SignIn) -> None:
    hidden = head(sign_in("mail"), "法规专用", units=["law"], code="渝市监发")
    writer = sign_in("writer")
    record = begun(writer, "outgoing", **PAPER)
    for given in ({"template": hidden}, {}):
        refused = act(writer, record, "套用红头模板", fields=given)
        assert refused.status_code == 403
        assert "法规专用" not in refused.text
    assert writer.get(f"/api/v1/records/{record}").json()["files"] == []


@pytest.mark.feature("FW-16", "MB-03")
def test_the_text_that_others_have_seen_is_replaced_by_no_template(sign_in: SignIn) -> None:
    drafter, template = sign_in("drafter"), head(sign_in("mail"), "市局文件")
    record = drafted(drafter)
    done(drafter, record, "发送")
    answer = act(sign_in("head"), record, "发送")
    assert answer.status_code == 200
    assert "套用红头模板" not in offered(sign_in("registry"), record)
    late = sign_in("registry").post(
        f"/api/v1/records/{record}/actions/use_head",
        json={"revision": answer.json()["revision"], "fields": {"template": template}},
    )
    assert late.status_code == 409


@pytest.mark.feature("MB-03")
def test_nobody_deletes_a_template_while_drafts_name_it_it_is_stopped_instead(
    sign_in: SignIn,
) -> None:
    mail, drafter = sign_in("mail"), sign_in("drafter")
    template = head(mail, "发文头", code="渝市监发")
    record = begun(drafter, "outgoing", **PAPER, template=template)
    for who in (mail, drafter):
        gone = who.delete(f"/api/v1/records/{template}", headers={"If-Match": '"2"'})
        assert gone.status_code == 403, gone.text
    done(mail, template, "停用", opinion="换新")
    assert act(drafter, record, "套用红头模板").status_code == 403
    with_file(drafter, record, "body", "正文.docx", a_docx("正文"))
    done(drafter, record, "发送")  # that it names one that is stopped holds nothing up
    assert state(drafter, record) == "section"
