"""发文 over HTTP, from the draft to the archive (features.md B4; the bureau's manual, 2.1)."""

import re
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Browse, SignIn
from tests.api.office import act, offered, state
from tests.api.papers import a_docx, done, drafted, in_hub, issued, staffed, with_file
from wenshu.building.installation import Installation


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    staffed(built)


def number(client: TestClient, record: str) -> str:
    return str(client.get(f"/api/v1/records/{record}").json()["fields"]["number"])


@pytest.mark.feature("FW-01", "FW-07", "FW-08", "FW-09", "FW-10", "FW-13", "FW-17", "FW-24")
@pytest.mark.feature("FW-11", "FW-12", "FW-14", "GD-01", "GD-02", "GD-04")
def test_the_bureau_s_paper_goes_from_the_draft_to_the_archive(sign_in: SignIn) -> None:
    record, registry = in_hub(sign_in)
    assert state(registry, record) == "hub"
    done(registry, record, "送文印室")
    done(sign_in("printer"), record, "打印存稿完成")
    done(registry, record, "送初审")
    assert "发送" not in offered(sign_in("first"), record)  # 初审后需要发送至办公室复审
    done(sign_in("first"), record, "送复审")
    done(sign_in("second"), record, "转督办")
    done(sign_in("second"), record, "发送")
    assert act(registry, record, "送审局领导", next=["chief"]).status_code == 403  # 清稿 first
    done(registry, record, "清稿")
    done(registry, record, "送审局领导", next=["chief", "deputy"])
    assert state(registry, record) == "online"
    done(sign_in("chief"), record, "审签", opinion="同意发文")
    assert state(registry, record) == "online"
    done(sign_in("deputy"), record, "审签")
    assert state(registry, record) == "signed"
    assert act(registry, record, "制版").status_code == 403  # 制版时必须先编文号
    assert act(registry, record, "发文").status_code == 403
    for label in ("编文号", "制版", "电子印章", "发文"):
        done(registry, record, label)
    assert number(registry, record) == "渝市监发〔2026〕1号"
    done(registry, record, "归档")
    shown = registry.get(f"/api/v1/records/{record}").json()
    assert shown["state"] == "archived"
    assert shown["fields"]["piece_no"] == "1"
    assert shown["fields"]["filed_year"] == "2026"
    inbox = sign_in("watch").get("/api/v1/lists/supervision_request").json()["rows"]
    assert len(inbox) == 1


@pytest.mark.feature("FW-08", "FW-26")
def test_a_return_needs_its_reason_and_goes_to_the_step_before(sign_in: SignIn) -> None:
    record, registry = in_hub(sign_in)
    silent = act(registry, record, "退回", opinion="")
    assert silent.status_code == 422
    done(registry, record, "退回", opinion="请补充依据")
    assert state(registry, record) == "section"
    assert "发送" in offered(sign_in("head"), record)


@pytest.mark.feature("FW-13", "FW-15")
def test_what_a_leader_wrote_on_paper_is_entered_by_the_registry(sign_in: SignIn) -> None:
    record, registry = in_hub(sign_in)
    done(registry, record, "送审方式", fields={"sign_way": "线下"})
    done(registry, record, "清稿")
    done(registry, record, "送审局领导", next=["chief"])
    assert state(registry, record) == "offline"
    assert "补录局领导意见" not in offered(sign_in("drafter"), record)
    offer = offered(registry, record)["补录局领导意见"]
    chosen = [offer["next"]["candidates"][0]["id"]]
    done(registry, record, "补录局领导意见", next=chosen, opinion="同意。局一")
    assert state(registry, record) == "entered"
    opinion = registry.get(f"/api/v1/records/{record}").json()["opinions"][-1]
    assert (opinion["by"], opinion["text"]) == ("chief", "同意。局一")


@pytest.mark.feature("FW-16", "MB-08")
def test_a_new_text_takes_the_seal_and_the_layout_away(sign_in: SignIn) -> None:
    record, registry = in_hub(sign_in)
    for label in ("清稿", "编文号", "制版", "电子印章"):
        done(registry, record, label)
    with_file(registry, record, "body", "正文.docx", b"changed")
    refused = act(registry, record, "发文")
    assert refused.status_code == 403
    assert "电子印章" in refused.text


@pytest.mark.feature("FW-23")
def test_units_countersign_at_once_and_one_is_let_go_with_a_reason(sign_in: SignIn) -> None:
    record, registry = in_hub(sign_in)
    done(registry, record, "送会签", next=["price", "law"])
    done(sign_in("pricehead"), record, "会签意见", opinion="无意见")
    assert state(registry, record) == "consulted"
    task = offered(registry, record)["免签"]["next"]["candidates"][0]["id"]
    done(registry, record, "免签", next=[task], opinion="出差")
    assert state(registry, record) == "hub"


@pytest.mark.feature("FW-20")
def test_a_district_asks_its_own_leaders_and_has_no_bureau_leaders(sign_in: SignIn) -> None:
    record = drafted(sign_in("reader"), receivers=["station"])
    done(sign_in("reader"), record, "发送", next=["foodhead"])
    done(sign_in("foodhead"), record, "发送")
    registry = sign_in("countyregistry")
    labels = {each["label"] for each in registry.get(f"/api/v1/records/{record}/actions").json()}
    assert not labels & {"送审局领导", "送审方式", "审稿"}
    done(registry, record, "送分管领导")
    done(sign_in("countydeputy"), record, "发送")
    done(registry, record, "送主要领导")
    done(sign_in("countychief"), record, "发送")
    for label in ("清稿", "编文号", "制版", "电子印章", "发文"):
        done(registry, record, label)
    assert state(registry, record) == "issued"


@pytest.mark.feature("FW-22")
def test_a_simple_organ_sends_by_way_and_people(sign_in: SignIn) -> None:
    writer, boss = sign_in("writer"), sign_in("boss")
    record = drafted(writer)
    done(writer, record, "审稿", next=["boss"])
    done(boss, record, "确定", opinion="改后可行")
    assert state(writer, record) == "draft"
    done(writer, record, "批示", next=["boss"])
    assert set(offered(boss, record)) & {"签发", "盖章"} == set()  # 只能点击确定
    done(boss, record, "确定", opinion="同意")
    done(writer, record, "签发", next=["boss"])
    done(boss, record, "盖章")
    done(sign_in("sealer"), record, "电子印章")
    done(sign_in("sealer"), record, "送发文")
    done(sign_in("clerk"), record, "发文")
    done(sign_in("clerk"), record, "归档")
    assert state(writer, record) == "archived"


@pytest.mark.feature("FW-21")
def test_a_scanned_document_keeps_its_number_and_must_be_filed(sign_in: SignIn) -> None:
    clerk = sign_in("clerk")
    record = drafted(clerk, source="扫描件")
    wrong = act(
        clerk, record, "发文办结", fields={"number": "别的〔2020〕3号", "issued_on": "2020-01-02"}
    )
    assert wrong.status_code == 422
    given = {"number": "渝市监发[2020]3号", "issued_on": "2020-01-02"}
    done(clerk, record, "发文办结", fields=given)
    assert set(offered(clerk, record)) <= {"归档", "传阅", "催办"}
    twice = drafted(clerk, source="扫描件")
    assert act(clerk, twice, "发文办结", fields=given).status_code == 409
    done(clerk, record, "归档")
    assert state(clerk, record) == "archived"


@pytest.mark.feature("FW-25", "SW-02")
def test_an_issued_paper_arrives_at_each_unit_that_was_named(sign_in: SignIn) -> None:
    record = issued(sign_in)
    county = sign_in("countyregistry")
    (row,) = county.get("/api/v1/lists/incoming?filter=state:unsigned").json()["rows"]
    assert row["title"] == "关于开展食品安全专项整治的通知"
    arrived = county.get(f"/api/v1/records/{row['id']}").json()
    assert arrived["fields"]["from_number"] == "渝市监发〔2026〕1号"
    assert arrived["fields"]["from_unit"] == "渝州市市场监督管理局"
    assert [each["name"] for each in arrived["files"]] == ["正文.pdf"]
    ties = sign_in("drafter").get(f"/api/v1/records/{record}/related").json()
    assert [(tie["unit"], tie["state"]) for tie in ties] == [("county", "未签收")]


def held(client: TestClient, record: str) -> list[tuple[str, str]]:
    files = client.get(f"/api/v1/records/{record}").json()["files"]
    return [(file["part"], file["name"]) for file in files]


@pytest.mark.feature("SS-03", "MB-07")
def test_a_hit_shows_a_paper_as_it_was_issued(sign_in: SignIn, browse: Browse) -> None:
    record = issued(sign_in, title="渡口巡查的通知")
    pane = browse("registry").get(f"/search/pane/{record}?q=渡口巡查").text
    assert set(re.findall(r"[?&;]file=([^&\"]+)", pane)) == {quote("正文.pdf")}


@pytest.mark.feature("FW-01", "MB-05")
def test_an_attachment_called_like_the_text_takes_no_place_and_none_is_taken_from_it(
    sign_in: SignIn,
) -> None:
    drafter, registry = sign_in("drafter"), sign_in("registry")
    record = drafted(drafter)
    with_file(drafter, record, "attachments", "正文.docx", a_docx("附件"))
    with_file(drafter, record, "attachments", "正文.pdf", b"%PDF-1.4 attached")
    drawn_up = [("body", "正文.docx"), ("attachments", "正文（2）.docx")]
    assert held(drafter, record) == [*drawn_up, ("attachments", "正文.pdf")]
    for client in (drafter, sign_in("head")):
        assert act(client, record, "发送").status_code == 200
    for label in ("清稿", "编文号", "制版", "制版"):
        assert act(registry, record, label).status_code == 200
    assert held(registry, record)[-2:] == [("attachments", "正文.pdf"), ("layout", "正文（2）.pdf")]
    attached = registry.get(f"/api/v1/records/{record}/files/正文.pdf").content
    assert attached == b"%PDF-1.4 attached"
