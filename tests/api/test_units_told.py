"""Units that are merged, moved and closed: who is told, and what can be undone (SY-01, AQ-14)."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.errors import NotFound
from records.identity import Login, UnitCode
from records.people.people_rows import PeopleRows
from records.ports.job_queue import Job, JobName
from services.administration.untold_changes import UntoldChanges
from services.people.rights_news import RightsNews
from storage.claims import StoredClaims
from tests.api.conftest import PASSWORD, Browse, SignIn
from tests.api.test_keeping_people import KEEPER, seen
from tests.api.test_rights_news import told
from tests.clocks import SetClock
from wenshu.building.installation import Installation
from wenshu.system.clock import SystemClock
from wenshu.system.identities import RandomIdentities

OFFICER = {"login": "officer", "name": "安一", "unit": "office", "roles": ["security_officer"]}


@pytest.fixture(autouse=True)
def placed(built: Installation) -> None:
    people = [{**each, "password": PASSWORD} for each in (KEEPER, OFFICER)]
    units = [{"code": "spare", "name": "备用科", "parent": "county"}]
    built.house.people.load(PeopleRows(units, people), lasting=True)


def titles(built: Installation, client: TestClient) -> list[str]:
    return sorted(str(each["fields"]["title"]) for each in told(built, client))


@pytest.mark.feature("SY-01", "AQ-14")
def test_a_merger_is_told_to_those_who_work_there_to_who_keeps_them_and_to_the_officer(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    merged = browse("admin").post("/people/units/food/merge", data={"into": "spare"})
    assert "已并入" in merged.text
    for login in ("reader", "county-admin", "officer"):
        assert titles(built, sign_in(login)) == ["食品科有变动"], login
    assert titles(built, sign_in("drafter")) == []
    (news,) = told(built, sign_in("officer"))
    assert "并入：备用科" in news["fields"]["detail"]
    assert "涉及人员（含下级）3 人" in news["fields"]["detail"]
    waiting = sign_in("officer").get("/api/v1/tasks").json()["tasks"]
    assert [task["id"] for task in waiting] == [news["id"]]


@pytest.mark.feature("SY-01", "AQ-14")
def test_all_who_keep_an_organ_are_told_however_many_they_are(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    one = {**KEEPER, "unit": "county", "password": PASSWORD}
    keepers = [{**one, "login": f"keeper{n}"} for n in range(12)]
    built.house.people.load(PeopleRows([], keepers), lasting=True)
    browse("admin").post("/people/units/food/merge", data={"into": "spare"})
    for login in ("keeper0", "keeper11"):
        assert titles(built, sign_in(login)) == ["食品科有变动"], login


@pytest.mark.feature("SY-01", "AQ-14")
def test_a_move_is_told_to_both_organs_and_a_new_name_to_nobody(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    admin = browse("admin")
    page = admin.get("/people/units/spare").text
    form: dict[str, Any] = {"name": "备用二科", "parent": "county", "seen": seen(page)}
    assert "已保存" in admin.post("/people/units/spare", data=form).text
    assert titles(built, sign_in("officer")) == []
    form |= {"parent": "bureau", "seen": seen(admin.get("/people/units/spare").text)}
    admin.post("/people/units/spare", data=form)
    assert titles(built, sign_in("county-admin")) == ["备用二科有变动"]
    (news,) = told(built, sign_in("officer"))
    assert "上级单位：北湖县市场监督管理局 → 渝州市市场监督管理局" in news["fields"]["detail"]


@pytest.mark.feature("SY-01", "SY-02")
def test_who_keeps_an_organ_closes_a_unit_sees_that_and_has_it_back(
    built: Installation, browse: Browse, sign_in: SignIn
) -> None:
    keeper = browse("county-admin")
    closed = keeper.post("/people/units/spare/close")
    assert closed.status_code == 200
    assert "已撤销" in closed.text
    assert "恢复" in closed.text
    opened = keeper.post("/people/units/spare/close", data={"back": "1"})
    assert opened.status_code == 200
    assert "已撤销" not in opened.text
    assert titles(built, sign_in("officer")) == ["备用科有变动", "备用科有变动"]
    browse("admin").post("/people/units/law/close")
    assert keeper.get("/people/units/law").status_code == 404


@pytest.mark.feature("SY-01", "SY-02")
def test_nobody_is_enabled_in_a_unit_that_was_closed_meanwhile(
    built: Installation, browse: Browse
) -> None:
    gone = {"login": "gone", "name": "离一", "unit": "spare", "disabled": True}
    built.house.people.load(PeopleRows((), (gone,)))
    keeper = browse("county-admin")
    assert "已撤销" in keeper.post("/people/units/spare/close").text
    refused = keeper.post("/people/person/gone/enable")
    assert refused.status_code == 422
    assert "“备用科”已经并入其他单位或撤销" in refused.text
    assert built.house.book.current().person(Login("gone")).disabled
    page = keeper.get("/people/person/gone").text
    form = {"seen": seen(page), "name": "离一", "unit": "food", "clearance": "内部"}
    keeper.post("/people/person/gone", data=form)
    assert keeper.post("/people/person/gone/enable").status_code == 200
    assert not built.house.book.current().person(Login("gone")).disabled


@pytest.mark.feature("SY-01", "AQ-14")
def test_a_merger_whose_program_ended_before_it_was_told_is_told_later(
    built: Installation, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The program ends."""

    def killed(*_: object, **__: object) -> None:
        raise Killed

    units, admin = built.house.administration.units, built.house.book.caller(Login("admin"))
    with monkeypatch.context() as at:
        at.setattr(RightsNews, "units_changed", killed)
        with pytest.raises(Killed):
            units.merge(admin, UnitCode("food"), UnitCode("spare"))
    assert titles(built, sign_in("officer")) == []
    news = RightsNews(built.house.ingest, book=built.house.book, clock=SystemClock())
    clock = SetClock(SystemClock().now())
    claims = StoredClaims(built.engines.store)
    left = UntoldChanges(claims, RandomIdentities(), clock, book=built.house.book, news=news)
    assert left.run() == 0
    clock.pass_s(3_600)
    assert (left.run(), left.run()) == (1, 0)
    assert titles(built, sign_in("officer")) == ["食品科有变动"]
    with pytest.raises(NotFound):
        units.merge(admin, UnitCode("nowhere"), UnitCode("spare"))
    assert list(claims.names("untold/")) == []
    claims.take("untold/20200101000000.x", b'{"by": "admin", "number": 1}')
    built.runner.run(Job(JobName.PURGE))
    assert list(claims.names("untold/")) == []
