"""Administrators of each level keep their own people and units, and nobody else's (SY-01..07)."""

import re
from io import BytesIO
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from openpyxl import Workbook

from records.identity import Login, UnitCode
from records.people.people_rows import PeopleRows
from services.administration.applications import Wanted
from services.people.devices import Origin
from tests.api.conftest import PASSWORD, Browse, SignIn
from tests.api.office import begun
from wenshu.building.installation import Installation
from wenshu.system.argon_hasher import ArgonPasswordHasher

PLACED = {"login": "placed", "name": "兼一", "unit": "food"}
KEEPER = {"login": "county-admin", "name": "区一", "unit": "food", "roles": ["unit_administrator"]}


@pytest.fixture
def keeper(built: Installation, browse: Browse) -> TestClient:
    """The administrator of the county's organ."""
    built.house.people.load(PeopleRows([], [{**KEEPER, "password": PASSWORD}]), lasting=True)
    return browse("county-admin")


@pytest.fixture
def admin(browse: Browse) -> TestClient:
    return browse("admin")


def person_form(**changed: Any) -> dict[str, Any]:
    return {
        "name": "新一", "unit": "food", "roles": ["staff"], "clearance": "内部", **changed
    }  # fmt: skip


def seen(page: str) -> str:
    (found,) = re.findall(r'name="seen" value="(\w*)"', page)
    return str(found)


def code_on(page: str) -> str:
    (found,) = re.findall(r'<code class="code">(\w{12})</code>', page)
    return str(found)


def people_of(built: Installation) -> dict[str, Any]:
    return {each.login: each for each in built.house.book.current().people}


@pytest.mark.feature("SY-02")
def test_a_new_person_gets_a_code_that_is_good_for_setting_a_password(
    built: Installation, keeper: TestClient, nobody: TestClient
) -> None:
    page = keeper.post("/people/new", data=person_form(login="new1", posts=["机要室"]))
    code = code_on(page.text)
    answer = nobody.post("/api/v1/session", json={"login": "new1", "password": code})
    assert answer.json()["must_set_password"]
    made = people_of(built)["new1"]
    assert (made.unit, made.posts) == ("food", ("机要室",))
    assert code not in keeper.get("/people/person/new1").text, "it is shown once"


@pytest.mark.feature("SY-02")
@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"login": "reader"}, "已有人使用"),
        ({"login": ".dot"}, "用户名不能是"),
        ({"login": "zhang san"}, "用户名不能是“zhang san”"),
        ({"login": "a/b"}, "用户名不能是“a/b”"),
        ({"login": "a" * 61}, "用户名不能是"),
        ({"login": "clock"}, "用户名不能是"),
        ({"login": " "}, "没有填写“用户名”"),
        ({"name": " "}, "没有填写“姓名”"),
        ({"unit": ""}, "没有填写“单位”"),
        ({"unit": "", "unit_add": "没有的科"}, "没有名为“没有的科”的单位"),
        ({"unit": "law"}, "“法规科”不由您管理"),
        ({"clearance": "绝密"}, "不能高于您本人的"),
        ({"roles": ["administrator"]}, "您不能设置或收回"),
        ({"also.unit": ["火星局"], "also.posts": ["机要室"]}, "没有名为“火星局”的单位"),
        ({"also.unit": [""], "also.posts": ["机要室"]}, "没有填写“兼职”"),
        ({"also.unit": ["食品科"], "also.posts": [""]}, "兼职单位重复"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    built: Installation, keeper: TestClient, changed: dict[str, Any], told: str
) -> None:
    before = people_of(built)
    form = {"login": "new1", "posts": ["机要室"], **person_form(name="新名字"), **changed}
    page = keeper.post("/people/new", data=form)
    assert page.status_code == 422
    assert told in page.text
    assert 'value="机要室" checked' in page.text
    assert "新名字" in page.text or changed.get("name") == " "
    assert people_of(built) == before


@pytest.mark.feature("SY-07")
def test_side_posts_that_were_typed_stay_where_another_field_is_wrong(admin: TestClient) -> None:
    also = {"also.unit": ["法规科", "火星局", ""], "also.posts": ["文印室、督查室", "", "机要室"]}
    page = admin.post("/people/new", data={"login": "new1", **person_form(name=""), **also})
    assert page.status_code == 422
    for typed in ("法规科", "文印室、督查室", "火星局", "机要室"):
        assert f'value="{typed}"' in page.text, typed


@pytest.mark.feature("SY-07")
def test_side_posts_go_by_the_unit_and_not_by_a_name_that_two_of_one_organ_share(
    built: Installation, admin: TestClient
) -> None:
    units = [
        {"code": "desk1", "name": "文印室", "parent": "office"},
        {"code": "desk2", "name": "文印室", "parent": "law"},
    ]
    also = [{"unit": "desk2", "posts": ["机要室"]}]
    row = {"login": "reader", "name": "丁四", "unit": "food", "also": also}
    built.house.people.load(PeopleRows(units, [row]), lasting=True)
    shown = admin.get("/people/person/reader").text
    codes = re.findall(r'name="also.unit.code" value="(\w*)"', shown)
    assert codes == ["desk2", ""]
    names = re.findall(r'value="([^"]*)"[^>]* name="also.unit"', shown)
    form = person_form(name="丁四改", seen=seen(shown))
    sent = {"also.unit": names, "also.unit.code": codes, "also.posts": ["督查室", ""]}
    assert "已保存" in admin.post("/people/person/reader", data={**form, **sent}).text
    now = people_of(built)["reader"]
    assert [(each.unit, each.posts) for each in now.also] == [("desk2", ("督查室",))]
    form["seen"] = seen(admin.get("/people/person/reader").text)
    admin.post("/people/person/reader", data={**form, **sent, "also.unit": ["法规科", ""]})
    assert people_of(built)["reader"].also[0].unit == "law", "another name is another unit"


@pytest.mark.feature("SY-01", "SY-02")
def test_nobody_and_nothing_comes_into_a_unit_that_is_closed_or_merged(
    built: Installation, admin: TestClient
) -> None:
    units: list[dict[str, Any]] = [
        {"code": "shut", "name": "撤销科", "parent": "county", "closed": True},
        {"code": "old", "name": "旧科", "parent": "county", "merged_into": "food"},
    ]
    stays = {"login": "stays", "name": "留一", "unit": "old"}
    built.house.people.load(PeopleRows(units, [stays]), lasting=True)
    for code, name in (("shut", "撤销科"), ("old", "旧科")):
        told = f"“{name}”已经并入其他单位或撤销"
        page = admin.post("/people/new", data=person_form(login="new1", unit=code))
        assert page.status_code == 422
        assert told in page.text
        also = {"also.unit": [name], "also.posts": [""]}
        page = admin.post("/people/new", data={**person_form(login="new1"), **also})
        assert told in page.text
        below = {"code": "below", "name": "下级科", "parent": code}
        assert told in admin.post("/people/units/new", data=below).text
    assert "new1" not in people_of(built)
    assert not built.house.book.current().has_unit(UnitCode("below"))
    form = person_form(unit="old", seen=seen(admin.get("/people/person/stays").text))
    assert "已保存" in admin.post("/people/person/stays", data=form).text, "who is there stays"


@pytest.mark.feature("SY-02")
def test_an_administrator_of_an_organ_sees_and_keeps_his_own_only(
    built: Installation, keeper: TestClient
) -> None:
    page = keeper.get("/people").text
    assert "食品科" in page
    assert "丁四" in page
    assert "乙二" not in page, "people of the bureau are not his"
    assert "乙二" not in keeper.get("/people", params={"unit": "law"}).text
    assert "没有人员" in keeper.get("/people", params={"q": "乙二"}).text
    for address in ("/people/person/head", "/people/units/law", "/people/person/none"):
        assert keeper.get(address).status_code == 404
    form = person_form(name="乙二", unit="law", seen="x")
    assert keeper.post("/people/person/head", data=form).status_code == 404
    assert keeper.post("/people/person/head/disable").status_code == 404
    assert keeper.post("/people/person/head/reset").status_code == 404
    assert people_of(built)["head"].name == "乙二"
    assert "机构与人员" in keeper.get("/").text
    assert "参数设置" not in keeper.get("/").text


@pytest.mark.feature("SY-02")
def test_nobody_else_sees_any_of_it(built: Installation, browse: Browse) -> None:
    reader = browse("reader")
    for address in (
        "/people", "/people/new", "/people/person/reader", "/people/units/food", "/people/file",
        "/people/applications", "/people/units/new",
    ):  # fmt: skip
        assert reader.get(address).status_code == 403, address
    for address in ("/people/new", "/people/person/reader/reset", "/people/units/food/merge"):
        assert reader.post(address, data=person_form(login="x")).status_code == 403, address


@pytest.mark.feature("SY-02")
def test_who_stands_above_him_is_shown_and_not_changed(
    built: Installation, keeper: TestClient
) -> None:
    officer = {"login": "officer", "name": "安一", "unit": "food", "roles": ["security_officer"]}
    built.house.people.load(PeopleRows([], [officer]), lasting=True)
    page = keeper.get("/people/person/officer").text
    assert "由系统管理员管理" in page
    assert 'name="seen"' not in page
    assert keeper.post("/people/person/officer/disable").status_code == 403
    assert keeper.post("/people/person/officer/reset").status_code == 403
    assert not people_of(built)["officer"].disabled


@pytest.mark.feature("SY-02")
def test_the_particulars_of_who_stands_above_him_stay_closed(
    built: Installation, keeper: TestClient
) -> None:
    officer = {"login": "officer", "name": "安一", "unit": "food", "roles": ["security_officer"]}
    built.house.people.load(PeopleRows([], [officer]), lasting=True)
    built.house.entry.particulars.note(Login("officer"), mail="", sms="13900001111")
    built.house.entry.particulars.note(Login("reader"), mail="", sms="13900002222")
    assert "13900001111" not in keeper.get("/people/person/officer").text
    assert "13900002222" in keeper.get("/people/person/reader").text


@pytest.mark.feature("SY-02")
def test_he_neither_raises_himself_nor_takes_over_who_reaches_beyond_his_organ(
    built: Installation, keeper: TestClient, sign_in: SignIn
) -> None:
    side = [{"unit": "office", "posts": ["机要室"]}]
    rows: list[dict[str, Any]] = [{**KEEPER, "also": side}, {**PLACED, "also": side}]
    built.house.people.load(PeopleRows([], rows), lasting=True)
    for login in ("county-admin", "placed"):
        assert "由系统管理员管理" in keeper.get(f"/people/person/{login}").text
        assert keeper.post(f"/people/person/{login}/reset").status_code == 403
    swapped = [
        {**KEEPER, "unit": "office", "also": [{"unit": "food", "posts": []}]},
        {**KEEPER, "posts": ["科室负责人"]},
        {**PLACED, "also": [{"unit": "office", "posts": ["局领导"]}]},
        {**PLACED, "also": []},
        {"login": "reader", "name": "丁四", "unit": "food", "roles": ["staff", "archivist"]},
        {"login": "reader", "name": "丁四", "unit": "food", "also": side},
    ]
    before = people_of(built)
    for row in swapped:
        answer = sign_in("county-admin").post("/api/v1/people", json={"people": [row]})
        assert answer.status_code in (403, 422), answer.text
    assert people_of(built) == before


@pytest.mark.feature("LG-07")
def test_a_reset_ends_every_address_that_was_bound(built: Installation, admin: TestClient) -> None:
    particulars = built.house.entry.particulars
    particulars._write(Login("reader"), lambda _: {"sms": "13900002222", "bound": ("sms",)})
    admin.post("/people/person/reader/reset")
    assert particulars.of(Login("reader")).bound == ()
    assert particulars.of(Login("reader")).sms == "13900002222"


@pytest.mark.feature("SY-02")
def test_nobody_gets_the_password_of_who_reads_more_than_he_does(
    built: Installation, keeper: TestClient, sign_in: SignIn
) -> None:
    row = {"login": "reader", "name": "丁四", "unit": "food", "clearance": "秘密"}
    built.house.people.load(PeopleRows([], [row]), lasting=True)
    assert keeper.post("/people/person/reader/reset").status_code == 403
    given = {"people": [{**row, "password": "Given#12345"}]}
    assert sign_in("county-admin").post("/api/v1/people", json=given).status_code == 403
    assert "由系统管理员管理" in keeper.get("/people/person/reader").text


@pytest.mark.feature("SY-06")
def test_a_move_counts_with_the_next_request(
    built: Installation, admin: TestClient, sign_in: SignIn
) -> None:
    page = admin.get("/people/person/reader").text
    form = person_form(name="丁四", unit="law", seen=seen(page))
    assert "已保存" in admin.post("/people/person/reader", data=form).text
    assert people_of(built)["reader"].unit == "law"
    assert built.house.book.caller(Login("reader")).person.unit == "law"


@pytest.mark.feature("SY-02")
def test_of_two_administrators_at_once_the_second_is_told(
    built: Installation, admin: TestClient
) -> None:
    old = seen(admin.get("/people/person/reader").text)
    admin.post("/people/person/reader", data=person_form(name="丁四改", seen=old))
    page = admin.post("/people/person/reader", data=person_form(name="丁四又改", seen=old))
    assert page.status_code == 422
    assert "刚被别人修改" in page.text
    assert 'value="丁四又改"' in page.text, "what was typed stays"
    assert people_of(built)["reader"].name == "丁四改"
    again = person_form(name="丁四又改", seen=seen(page.text))
    assert "已保存" in admin.post("/people/person/reader", data=again).text


@pytest.mark.feature("SY-06")
def test_who_is_disabled_is_out_at_once_and_may_come_back(
    built: Installation, admin: TestClient, sign_in: SignIn
) -> None:
    reader = sign_in("reader")
    assert "已停用" in admin.post("/people/person/reader/disable").text
    assert reader.get("/api/v1/tasks").status_code == 401
    again = admin.post("/people/person/reader/disable")
    assert again.status_code == 200, "a second click changes nothing"
    assert "移交名下待办" in again.text
    assert "已启用" in admin.post("/people/person/reader/enable").text
    assert not people_of(built)["reader"].disabled


@pytest.mark.feature("SY-04")
def test_the_last_administrator_stays(built: Installation, admin: TestClient) -> None:
    page = admin.post("/people/person/admin/disable")
    assert page.status_code == 422
    assert "庚七是最后一名系统管理员" in page.text
    form = person_form(
        name="庚七", unit="office", seen=seen(admin.get("/people/person/admin").text)
    )
    page = admin.post("/people/person/admin", data=form)
    assert "最后一名系统管理员" in page.text
    answer = admin.get("/people/person/admin")
    assert "administrator" in people_of(built)["admin"].roles
    other = person_form(login="admin2", unit="office", roles=["administrator"])
    admin.post("/people/new", data=other)
    form["seen"] = seen(answer.text)
    assert "已保存" in admin.post("/people/person/admin", data=form).text
    assert admin.get("/people").status_code == 403, "he is none any more"


@pytest.mark.feature("SY-04")
def test_separated_duties_stay_separated(built: Installation, admin: TestClient) -> None:
    form = person_form(login="new1", roles=["administrator", "auditor"])
    assert "应当分离的管理角色" in admin.post("/people/new", data=form).text
    assert "new1" not in people_of(built)


@pytest.mark.feature("SY-07")
def test_a_person_in_five_posts_of_three_units_holds_what_each_of_them_holds(
    built: Installation, admin: TestClient, sign_in: SignIn
) -> None:
    form = {
        **person_form(login="many", unit="food", posts=["机要室", "科室负责人"]),
        "also.unit": ["法规科", "办公室", ""],
        "also.posts": ["科室负责人、文印室", "督查室", ""],
    }
    assert code_on(admin.post("/people/new", data=form).text)
    tokens = built.house.book.caller(Login("many")).reader.tokens
    assert {
        "post:food/机要室", "post:food/科室负责人", "post:law/科室负责人", "post:law/文印室",
        "post:office/督查室", "unit:law", "unit:food", "unit:county", "unit:bureau",
    } <= tokens  # fmt: skip
    assert ("law", "文印室") in built.house.book.current().appointments
    drafter = sign_in("drafter")
    record = begun(drafter, "notice", title="关于检查", body="正文", audience=["unit:county"])
    submit = f"/api/v1/records/{record}/actions/submit"
    assert drafter.post(submit, json={"revision": 1}).status_code == 200
    tasks = sign_in("many").get("/api/v1/tasks").json()["tasks"]
    assert record in [task["id"] for task in tasks], "by his post in the other unit"


@pytest.mark.feature("SY-01")
def test_a_unit_is_added_renamed_and_moved_and_its_old_name_stays(
    built: Installation, keeper: TestClient
) -> None:
    made = {"code": "drug", "name": "药品科", "parent": "county"}
    assert "已新增药品科" in keeper.post("/people/units/new", data=made).text
    page = keeper.get("/people/units/drug").text
    form = {"name": "药品监管科", "parent": "food", "seen": seen(page)}
    keeper.post("/people/units/drug", data=form)
    unit = built.house.book.current().unit(UnitCode("drug"))
    assert (unit.name, unit.parent) == ("药品监管科", "food")
    assert [each.name for each in unit.former_names] == ["药品科"]
    assert "药品科（至" in keeper.get("/people/units/drug").text


@pytest.mark.feature("SY-01")
@pytest.mark.parametrize(
    ("code", "form", "told"),
    [
        ("county", {"name": "北湖县市场监督管理局", "parent": "food"}, "自己的下级单位之下"),
        ("county", {"name": "北湖县市场监督管理局", "parent": "county"}, "自己的下级单位之下"),
        ("food", {"name": "", "parent": "county"}, "没有填写“单位名称”"),
        ("law", {"name": "办公室", "parent": "bureau"}, "同一上级下已有“办公室”"),
        ("food", {"name": "食品科", "parent_add": "月球科"}, "没有名为“月球科”的单位"),
    ],
)
def test_a_place_or_a_name_that_makes_no_sense_is_refused(
    built: Installation, admin: TestClient, code: str, form: dict[str, str], told: str
) -> None:
    before = built.house.book.current().units
    stands = seen(admin.get(f"/people/units/{code}").text)
    page = admin.post(f"/people/units/{code}", data={**form, "seen": stands})
    assert page.status_code == 422
    assert told in page.text
    assert built.house.book.current().units == before


@pytest.mark.feature("SY-01")
def test_a_keeper_moves_no_unit_out_of_his_own_nor_his_own_organ(
    built: Installation, keeper: TestClient, sign_in: SignIn
) -> None:
    before = built.house.book.current().units
    for code, form in (
        ("food", {"name": "食品科", "parent": "bureau"}),
        ("county", {"name": "北湖县市场监督管理局", "parent": "law"}),
        ("food", {"name": "食品科", "parent": ""}),
        ("county", {"name": "北湖县市场监督管理局", "parent": "bureau", "level": ""}),
    ):
        stands = seen(keeper.get(f"/people/units/{code}").text)
        page = keeper.post(f"/people/units/{code}", data={**form, "seen": stands})
        assert "不由您管理" in page.text
    assert keeper.post("/people/units/food/merge", data={"into": "law"}).status_code == 404
    rows = {"units": [{"code": "county", "name": "北湖县市场监督管理局", "parent": "bureau"}]}
    assert sign_in("county-admin").post("/api/v1/people", json=rows).status_code == 403
    assert built.house.book.current().units == before


@pytest.mark.feature("SY-01")
def test_a_merged_unit_gives_its_people_and_papers_to_the_other(
    built: Installation, admin: TestClient, sign_in: SignIn
) -> None:
    drafter = sign_in("drafter")
    record = begun(drafter, "notice", title="关于检查", body="正文", audience=["unit:county"])
    drafter.post(f"/api/v1/records/{record}/actions/submit", json={"revision": 1})
    page = admin.post("/people/units/law/merge", data={"into": "office"})
    assert "法规科已并入本单位" in page.text
    assert "乙二" in page.text
    tasks = sign_in("head").get("/api/v1/tasks").json()["tasks"]
    assert record in [task["id"] for task in tasks], "what ran goes on"
    again = admin.post("/people/units/law/merge", data={"into": "office"})
    assert "已经并入其他单位" in again.text, "a second click changes nothing"
    into = admin.post("/people/units/county/merge", data={"into": "food"})
    assert "不能并入自己或自己的下级单位" in into.text


@pytest.mark.feature("SY-01")
def test_only_an_empty_unit_is_closed_and_it_comes_back(
    built: Installation, admin: TestClient
) -> None:
    page = admin.post("/people/units/food/close")
    assert "还有 2 人、0 个下级单位" in page.text
    admin.post("/people/units/new", data={"code": "spare", "name": "备用科", "parent": "county"})
    admin.post("/people/units/spare/close")
    assert "备用科" not in admin.get("/people").text
    assert "已撤销" in admin.get("/people/units/spare").text
    admin.post("/people/units/spare/close", data={"back": "1"})
    assert "备用科" in admin.get("/people").text


def workbook(people: list[list[str]], heads: list[str] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "人员"
    sheet.append(heads or ["登录名", "姓名", "单位", "岗位", "兼职", "停用"])
    for row in people:
        sheet.append(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def uploaded(client: TestClient, body: bytes, name: str = "人员.xlsx") -> Any:
    return client.post("/people/file", files={"file": (name, body)})


@pytest.mark.feature("SY-02")
def test_a_file_is_looked_at_first_and_taken_once_it_is_confirmed(
    built: Installation, admin: TestClient
) -> None:
    rows = [["reader", "丁四", "law", "机要室", "office/督查室", "否"], ["fresh", "新二", "food"],
            ["drafter", "丙三", "law"]]  # fmt: skip
    before = people_of(built)
    page = uploaded(admin, workbook(rows))
    assert "将改动 2 条，另有 1 条与现有相同" in page.text
    assert "食品科 → 法规科" in page.text
    assert people_of(built) == before, "nothing is taken yet"
    address = str(page.url.path)
    assert "将改动 2 条" in admin.get(address).text, "a reload changes nothing"
    done = admin.post(f"{address}/take")
    assert "已导入" in done.text
    assert "fresh" in done.text
    now = people_of(built)
    assert (now["reader"].unit, now["reader"].also[0].unit) == ("law", "office")
    assert "已经完成或过期" in admin.post(f"{address}/take").text, "nor does a second click"


@pytest.mark.feature("SY-02")
def test_three_hundred_mistakes_are_listed_by_row_and_nothing_is_taken(
    built: Installation, admin: TestClient
) -> None:
    rows = [[f"p{number}", f"人{number}", "nowhere"] for number in range(300)]
    rows[7] = ["p7", "人7", "food"]
    rows[8] = ["p7", "人8", "food"]
    rows[9] = ["", "无名", "food"]
    before = built.house.book.current()
    page = uploaded(admin, workbook(rows)).text
    assert "文件中有 299 处错误" in page
    assert "人员表第 1 条" in page
    assert "人员表第 300 条" in page
    assert "登录名“p7”重复" in page
    assert "确认导入" not in page
    assert built.house.book.current() == before


@pytest.mark.feature("SY-02")
def test_a_file_of_a_keeper_reaches_no_further_than_he_does(
    built: Installation, keeper: TestClient, sign_in: SignIn
) -> None:
    page = uploaded(keeper, workbook([["head", "乙二改", "law"], ["x1", "新三", "food"]])).text
    assert "“法规科”不由您管理" in page or "由系统管理员管理" in page
    assert "确认导入" not in page
    api = sign_in("county-admin")
    outside = {"people": [{"login": "head", "name": "乙二改", "unit": "food"}]}
    assert api.post("/api/v1/people", json=outside).status_code == 403
    own = {"people": [{"login": "x1", "name": "新三", "unit": "food"}]}
    assert api.post("/api/v1/people", json=own).status_code == 200
    assert people_of(built)["head"].name == "乙二"


@pytest.mark.feature("SY-02")
@pytest.mark.parametrize(
    ("body", "name", "told"),
    [
        (b"PK\x03\x04broken", "人员.xlsx", "不是有效的 XLSX"),
        (b"\xff\xfe", "人员.yaml", "不是 UTF-8"),
        (b"people: [1]", "人员.yaml", "名称: 值"),
        (b"x", "人员.yaml", "只能有 units 和 people 两项"),
        (b"", "人员.xlsx", "空的"),
    ],
)
def test_a_file_that_is_none_is_told(admin: TestClient, body: bytes, name: str, told: str) -> None:
    page = uploaded(admin, body, name)
    assert page.status_code == 422
    assert told in page.text


@pytest.mark.feature("SY-02")
def test_what_one_administrator_looked_at_is_not_anothers(
    built: Installation, admin: TestClient, keeper: TestClient
) -> None:
    page = uploaded(admin, workbook([["fresh", "新二", "food"]]))
    assert keeper.get(str(page.url.path)).status_code == 404
    keeper.post(f"{page.url.path}/take")
    assert "fresh" not in people_of(built)


@pytest.mark.feature("LG-03")
def test_an_application_is_opened_by_the_administrator_of_its_unit(
    built: Installation, keeper: TestClient, admin: TestClient, nobody: TestClient
) -> None:
    nobody.headers["Origin"] = "http://testserver"
    form = {
        "name": "李四",
        "login": "lisi",
        "unit": "食品科",
        "sms": "13900000000",
        "reason": "新调入",
    }
    page = nobody.post("/apply", data=form).text
    (code,) = re.findall(r'code-long">([^<]+)<', page)
    assert "等待管理员审核" in nobody.post("/apply/state", data={"code": code}).text
    listed = keeper.get("/people/applications").text
    assert "李四" in listed
    (address,) = re.findall(r'href="(/people/applications/\w+)"', listed)
    shown = keeper.get(address).text
    assert 'value="lisi"' in shown
    assert "13900000000" in shown
    wrong = keeper.post(address, data=person_form(login="li si", name="李四"))
    assert wrong.status_code == 422
    assert "用户名不能是“li si”" in wrong.text
    done = keeper.post(address, data=person_form(login="lisi", name="李四"))
    one_time = code_on(done.text)
    answer = nobody.post("/api/v1/session", json={"login": "lisi", "password": one_time})
    assert answer.json()["must_set_password"]
    assert "账号已开通，用户名：lisi" in nobody.post("/apply/state", data={"code": code}).text
    assert admin.post(address, data=person_form(login="lisi2")).status_code == 409
    assert "lisi2" not in people_of(built)


@pytest.mark.feature("LG-03")
def test_a_refusal_has_a_reason_that_the_applicant_reads(
    built: Installation, admin: TestClient, keeper: TestClient, nobody: TestClient
) -> None:
    given = {
        "name": "李四",
        "login": "lisi",
        "unit": "法规科",
        "sms": "13900000000",
        "reason": "新",
    }
    code = nobody.post("/api/v1/applications", json=given).json()["code"]
    assert "李四" not in keeper.get("/people/applications").text, "of a unit that is not his"
    (address,) = re.findall(
        r'href="(/people/applications/\w+)"', admin.get("/people/applications").text
    )
    assert keeper.get(address).status_code == 404
    empty = admin.post(f"{address}/refuse", data={"reason": " "})
    assert "没有填写理由" in empty.text
    admin.post(f"{address}/refuse", data={"reason": "请由本单位统一申请。"})
    told = nobody.post("/api/v1/applications/state", json={"code": code}).json()
    assert told == {"state": "refused", "login": "", "reason": "请由本单位统一申请。"}
    assert nobody.post("/api/v1/applications/state", json={"code": code[:-1]}).status_code == 404


@pytest.mark.feature("LG-03")
@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": ""}, "没有填写“姓名”"),
        ({"login": "a b"}, "用户名不能是"),
        ({"sms": "", "mail": ""}, "没有填写联系方式"),
        ({"mail": "nowhere"}, "不是可以送达的地址"),
        ({"reason": "理" * 201}, "过长"),
    ],
)
def test_an_application_that_is_wrong_comes_back_with_what_was_typed(
    nobody: TestClient, changed: dict[str, str], told: str
) -> None:
    form = {"name": "李四", "login": "lisi", "unit": "某单位", "sms": "13900000000", "reason": "新"}
    headers = {"Origin": "http://testserver"}
    page = nobody.post("/apply", data={**form, **changed}, headers=headers)
    assert page.status_code == 422
    assert told in page.text
    assert "某单位" in page.text


@pytest.mark.feature("LG-03")
def test_where_none_are_taken_nothing_is_offered(
    built: Installation, sign_in: SignIn, nobody: TestClient
) -> None:
    assert "申请账号" in nobody.get("/sign-in").text
    sign_in("admin").patch("/api/v1/parameters", json={"values": {"applications": 0}})
    assert "申请账号" not in nobody.get("/sign-in").text
    given = {"name": "李四", "login": "lisi", "unit": "x", "sms": "13900000000", "reason": "新"}
    assert nobody.post("/api/v1/applications", json=given).status_code == 403


@pytest.mark.feature("SY-02", "AQ-08")
def test_passwords_of_a_file_that_waits_lie_nowhere_and_many_are_refused(
    built: Installation, admin: TestClient, sign_in: SignIn
) -> None:
    heads = ["登录名", "姓名", "单位", "密码"]
    page = uploaded(admin, workbook([["fresh", "新二", "food", "Secret#98765"]], heads))
    assert "将改动 1 条" in page.text
    store = built.engines.store
    kept = [store.read(stat.key) for stat in store.list("notes/people/", after="")]
    assert kept
    assert not any(b"Secret#98765" in each or "新二".encode() in each for each in kept)
    name = str(page.url.path).rpartition("/")[2]
    assert not any(name.partition(".")[2] in stat.key for stat in store.list("notes/", after=""))
    assert admin.get(f"/people/file/{name[:-1]}x").status_code == 404
    assert "已导入" in admin.post(f"/people/file/{name}/take").text
    many = [[f"p{n}", "新三", "food", "Secret#98765"] for n in range(51)]
    refused = uploaded(admin, workbook(many, heads))
    assert "写了 51 个密码，上限 50 个" in refused.text
    row = {"name": "新三", "unit": "food", "password": "S#ecret98765"}
    people = [{"login": f"p{n}", **row} for n in range(51)]
    answer = sign_in("admin").post("/api/v1/people", json={"people": people})
    assert answer.json()["reason"] == "too_many_passwords"


@pytest.mark.feature("SY-02")
def test_codes_of_many_new_people_cost_no_time_and_their_sign_in_as_much_as_any(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    full_kib, plainly = 8192, PasswordHasher.hash
    made: list[int] = []

    def noted(self: PasswordHasher, password: str, **given: Any) -> str:
        made.append(self.memory_cost)
        return plainly(self, password, **given)

    monkeypatch.setattr(PasswordHasher, "hash", noted)
    hasher = ArgonPasswordHasher(memory_kib=full_kib)
    code = hasher.hash_random("code7aaaaaaaa")
    assert made.pop() < full_kib / 100
    for password, fits in (("code7aaaaaaaa", True), ("wrong", False)):
        assert hasher.fits(password, code) is fits
        assert made.pop() == full_kib, "time tells who waits for his first sign-in"
    assert hasher.fits("Abc#12345", hasher.hash("Abc#12345"))


@pytest.mark.feature("LG-03")
def test_applications_stand_in_pages(
    built: Installation, admin: TestClient, sign_in: SignIn
) -> None:
    applications = built.house.entry.applications
    for n in range(23):
        wanted = Wanted(name=f"申{n}", login=f"ask{n}", unit="食品科", sms="139", reason="新调入")
        applications.ask(wanted.model_copy(update={"sms": "13900000000"}), Origin(f"10.0.0.{n}"))
    first, second = (admin.get("/people/applications", params={"page": n}).text for n in (1, 2))
    assert ("申0" in first, "申22" in first) == (True, False)
    assert "申22" in second
    assert "申22" in admin.get("/people/applications?page=99").text
    listed = sign_in("admin").get("/api/v1/applications", params={"page": 2, "size": 20}).json()
    assert [each["name"] for each in listed] == ["申20", "申21", "申22"]
    assert sign_in("admin").get("/api/v1/applications?size=1000").status_code == 422
