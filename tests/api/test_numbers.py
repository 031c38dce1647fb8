"""编号台账 for those who keep it; of records they may not read it tells the number alone."""

from fastapi.testclient import TestClient

from records.consequences.reservations import NextNumber
from records.identity import Login
from services.intake.ingest import Draft
from services.people.sessions import SESSION_COOKIE
from tests.api.conftest import SignIn
from wenshu.building.installation import Installation
from wenshu.building.web import create_web


def page(built: Installation, login: str) -> tuple[int, str]:
    token = built.house.sessions.open(Login(login), client="test", restricted=False)
    client = TestClient(create_web(built, hints=()))
    client.cookies.set(SESSION_COOKIE, token)
    answer = client.get("/numbers")
    return answer.status_code, answer.text


def test_keepers_see_numbers_and_titles_they_may_read(built: Installation) -> None:
    assert "还没有编号" in page(built, "admin")[1]
    house = built.house
    caller = house.book.caller(Login("drafter"))
    record = house.ingest.begin(caller, Draft("folder", {"title": "秘密目录"})).record
    wanted = NextNumber(series="渝工商发", year=2026, field="number", form="{n}")
    house.acting._reserver.take([wanted], record=record, write_id="w")
    status, text = page(built, "admin")
    assert status == 200
    assert "渝工商发〔2026〕" in text
    assert "正在办理" in text
    assert "（无权查看）" in text
    assert "秘密目录" not in text


def test_nobody_else_sees_the_ledger(built: Installation, sign_in: SignIn) -> None:
    status, text = page(built, "drafter")
    assert status == 403
    assert "编号台账只对档案员、系统管理员和本机关机要人员开放" in text
