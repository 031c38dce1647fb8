"""Roles that an installation declares, given on the form of a person (SY-04, SY-05)."""

from dataclasses import replace
from pathlib import Path

import pytest

from languages.errors import tell
from records.people.people_rows import PeopleRows
from records.schema.loader import load_installation
from tests.api.conftest import PASSWORD, Browse, SignIn
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.settings import Settings

LIAISON = "{role: liaison, title: 督查联络员, given_by: unit}"
DISPATCHER = "{role: dispatcher, title: 调度员, given_by: system, may: [hand_over]}"
REGISTRAR = "{role: registrar, title: 台账管理员, given_by: system, may: [numbers, watch]}"
MEMO = """\
kind: memo
title: 联络单
version: 1
fields:
  title: {label: 标题, type: text, required: true}
meaning: {title: title}
states:
  a: {label: 拟稿, read: participants}
  b: {label: 办结, read: participants, done: true}
start: {state: a, by: ["role:liaison"]}
actions:
  end: {label: 办结, from: [a], to: b, by: [holder]}
"""
KEEPER = {
    "login": "keeper2",
    "name": "管二",
    "unit": "county",
    "roles": ["staff", "unit_administrator"],
    "password": PASSWORD,
}
PERSON = "/people/person/reader"


def declared(folder: Path) -> None:
    for name, text in {
        "roles/liaison": LIAISON,
        "roles/registrar": REGISTRAR,
        "roles/dispatcher": DISPATCHER,
        "memo": MEMO,
    }.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """With two roles and a kind of one's own."""
    declared(tmp_path / "kinds")
    return replace(settings, kinds_folder=tmp_path / "kinds")


@pytest.fixture(autouse=True)
def kept(built: Installation) -> None:
    """And somebody who keeps the people of one organ."""
    built.house.people.load(PeopleRows((), (KEEPER,)), lasting=True)


def form_of(page: str, roles: list[str]) -> dict[str, object]:
    """The form as it stands, with these roles."""
    seen = page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]
    return {
        "seen": seen,
        "name": "丁四",
        "unit": "food",
        "roles": roles,
        "clearance": "内部",
    }


@pytest.mark.feature("SY-04", "SY-05")
def test_a_role_of_ones_own_is_given_by_who_keeps_the_person_and_opens_its_kind(
    browse: Browse, sign_in: SignIn
) -> None:
    reader, memo = sign_in("reader"), {"kind": "memo", "fields": {"title": "联络"}}
    assert reader.post("/api/v1/records", json=memo).status_code == 403
    keeper = browse("keeper2")
    page = keeper.get(PERSON).text
    assert "督查联络员" in page
    assert "台账管理员" not in page
    answer = keeper.post(PERSON, data=form_of(page, ["staff", "liaison"]), follow_redirects=False)
    assert answer.status_code == 303, answer.text
    assert reader.post("/api/v1/records", json=memo).status_code == 201
    assert "督查联络员" in browse("admin").get("/people").text


@pytest.mark.feature("SY-04", "SY-05")
def test_a_role_with_powers_is_given_by_the_system_administrator_alone(
    browse: Browse, sign_in: SignIn, built: Installation
) -> None:
    keeper = browse("keeper2")
    page = keeper.get(PERSON).text
    refused = keeper.post(PERSON, data=form_of(page, ["staff", "registrar"]))
    assert refused.status_code == 422
    assert "您不能设置或收回丁四的角色：台账管理员" in refused.text
    reader = browse("reader")
    assert reader.get("/monitor").status_code == 403
    admin = browse("admin")
    page = admin.get(PERSON).text
    assert "台账管理员" in page
    admin.post(PERSON, data=form_of(page, ["staff", "registrar"]))
    assert reader.get("/monitor").status_code == 200
    assert reader.get("/numbers").status_code == 200
    assert reader.get("/parameters").status_code == 403
    assert reader.get("/people").status_code == 403
    home = reader.get("/").text
    assert 'href="/monitor"' in home
    assert 'href="/tokens"' not in home
    # Who has powers of the house is kept by nobody below.
    assert "您只能查看" in keeper.get(PERSON).text


@pytest.mark.feature("SY-04")
def test_who_watches_the_house_has_no_power_of_it(built: Installation, browse: Browse) -> None:
    admin = browse("admin")
    page = admin.get(PERSON).text
    joined = admin.post(PERSON, data=form_of(page, ["staff", "registrar", "auditor"]))
    assert joined.status_code == 422
    assert built.house.book.current().person("reader").roles == ("staff",)  # type: ignore[arg-type]
    unknown = admin.post(PERSON, data=form_of(page, ["staff", "king"]))
    assert unknown.status_code == 422
    assert "king" in unknown.text


@pytest.mark.feature("SY-04", "AQ-14")
def test_who_opens_accounts_hands_nobody_the_tasks_of_the_house(
    built: Installation, browse: Browse
) -> None:
    admin = browse("admin")
    form = form_of(admin.get(PERSON).text, ["unit_administrator", "dispatcher"])
    refused = admin.post(PERSON, data=form)
    assert refused.status_code == 422
    assert "能移交待办的不能给单位管理员" in refused.text
    assert built.house.book.current().person("reader").roles == ("staff",)  # type: ignore[arg-type]
    form = form_of(admin.get(PERSON).text, ["unit_administrator", "registrar"])
    assert admin.post(PERSON, data=form, follow_redirects=False).status_code == 303


@pytest.mark.feature("SY-05")
def test_what_each_role_may_is_told_to_who_keeps_people(browse: Browse, sign_in: SignIn) -> None:
    page = browse("keeper2").get("/people/roles").text
    assert "查看编号台账、运行监测和环境检查" in page
    assert browse("reader").get("/people/roles").status_code == 403
    told = {each["role"]: each for each in sign_in("admin").get("/api/v1/people/roles").json()}
    assert told["liaison"] == {
        "role": "liaison",
        "title": "督查联络员",
        "own": True,
        "given_by": "unit",
        "may": [],
        "kinds": ["联络单"],
        "holders": 0,
    }
    assert told["administrator"]["holders"] == 1
    assert sign_in("reader").get("/api/v1/people/roles").status_code == 403


@pytest.mark.feature("SY-04")
def test_a_role_that_is_withdrawn_opens_nothing_and_holds_nobody_up(
    built: Installation, settings: Settings
) -> None:
    given = {"login": "reader", "name": "丁四", "unit": "food", "roles": ["staff", "liaison"]}
    built.house.people.load(PeopleRows((), (given,)))
    folder = settings.kinds
    (folder / "roles" / "liaison.yaml").unlink()
    (folder / "memo.yaml").unlink()
    with installation(settings) as later:
        caller = later.house.book.caller("reader")  # type: ignore[arg-type]
        assert "role:liaison" not in caller.reader.tokens
        renamed = {**given, "name": "丁四四"}
        later.house.people.load(PeopleRows((), (renamed,)))
        assert later.house.book.current().person("reader").name == "丁四四"  # type: ignore[arg-type]


@pytest.mark.feature("SY-04")
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{role: liaison, title: 联络员}", "given_by"),
        ("{role: other, title: 联络员, given_by: unit}", "文件名"),
        ("{role: liaison, title: 联络员, given_by: unit, may: [numbers]}", "只能由系统管理员授予"),
        ("{role: liaison, title: 联络员, given_by: system, may: [people]}", "不能有“people”权限"),
        ("{role: liaison, title: 联络员, given_by: system, may: [reign]}", "may"),
        ("{role: liaison, title: 联络员, given_by: system, powers: [numbers]}", "powers"),
    ],
)
def test_a_role_that_is_wrong_is_named_and_the_rest_works(
    tmp_path: Path, text: str, word: str
) -> None:
    declared(tmp_path / "own")
    (tmp_path / "own" / "roles" / "liaison.yaml").write_text(text, encoding="utf-8")
    loaded = load_installation(tmp_path / "own")
    told = [str(tell(fault)) for fault in loaded.faults]
    assert len(told) == 2, told  # the role, and the kind that names it
    assert any(word in each for each in told), told
    assert any("role:liaison" in each for each in told), told
    assert [role.role for role in loaded.roles] == ["dispatcher", "registrar"]


@pytest.mark.feature("SY-04")
def test_no_role_takes_the_place_of_one_of_the_program(tmp_path: Path) -> None:
    path = tmp_path / "roles" / "administrator.yaml"
    path.parent.mkdir()
    path.write_text("{role: administrator, title: 王, given_by: unit}", encoding="utf-8")
    loaded = load_installation(tmp_path)
    (fault,) = loaded.faults
    assert "程序自带的角色" in str(tell(fault))
    assert loaded.roles == ()
