"""Two installations in one process: what is bound once a process belongs to neither."""

from pathlib import Path

from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from services.people.sessions import SESSION_COOKIE
from tests.api.conftest import PASSWORD, PEOPLE, UNITS, Browse, SignIn, worked_off_inline
from wenshu.building.house import installation
from wenshu.building.web import create_web
from wenshu.settings import Settings


def test_each_answers_from_its_own_house_by_page_and_by_interface(
    browse: Browse, sign_in: SignIn, tmp_path: Path
) -> None:
    with installation(Settings(data=tmp_path / "other", password_memory_kib=64)) as opened:
        people = [{**person, "name": "外人", "password": PASSWORD} for person in PEOPLE]
        opened.house.people.load(PeopleRows(UNITS, people), lasting=True)
        secret = opened.house.sessions.open("drafter", client="test", restricted=False)  # type: ignore[arg-type]
        app = create_web(worked_off_inline(opened), hints=())
        theirs = TestClient(app, cookies={SESSION_COOKIE: secret}), TestClient(app)
        theirs[1].headers["Authorization"] = f"Bearer {secret}"
        ours = browse("drafter"), sign_in("drafter")
        for _ in range(2):  # in turns: what the one has built is not the other's
            for (page, interface), own, stranger in (
                (ours, "丙三", "外人"),
                (theirs, "外人", "丙三"),
            ):
                home = page.get("/").text
                assert (own in home, stranger in home) == (True, False)
                assert interface.get("/api/v1/directory/drafter").json()["name"] == own
        ours[1].headers["Authorization"] = f"Bearer {secret}"
        assert ours[1].get("/api/v1/directory/drafter").status_code == 401
