"""物品领用 as docs/how-to/add-a-kind.md declares it, in the folder of an installation."""

import re
from pathlib import Path

import pytest

from records.people.people_rows import PeopleRows
from tests.api.conftest import PASSWORD, SignIn
from tests.api.office import act, begun, offered, state
from wenshu.building.installation import Installation
from wenshu.settings import Settings

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-kind.md"

ASKED = {"title": "打印纸", "amount": 3, "need_on": "2026-12-01"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation whose folder of kinds holds the example."""
    text = HOW_TO.read_text(encoding="utf-8")
    found = re.search(r"```yaml\n(kind: supplies\n.*?)```", text, re.DOTALL)
    assert found is not None
    kinds = tmp_path / "data" / "kinds"
    kinds.mkdir(parents=True)
    (kinds / "supplies.yaml").write_text(found.group(1), encoding="utf-8")
    return Settings(data=tmp_path / "data", password_memory_kib=64)


@pytest.fixture
def office(built: Installation) -> None:
    """Whoever hands out works in another section than who asks."""
    keeper = {"login": "stock", "name": "辛八", "unit": "office", "password": PASSWORD}
    built.house.people.load(PeopleRows([], [{**keeper, "posts": ["办公室主任"]}]), lasting=True)


@pytest.mark.feature("GI-02")
@pytest.mark.usefixtures("office")
def test_the_flow_of_the_how_to_is_played_to_its_end_and_stands_in_its_list(
    sign_in: SignIn,
) -> None:
    drafter, head, stock = sign_in("drafter"), sign_in("head"), sign_in("stock")
    slip = begun(drafter, "supplies", **ASKED)
    assert act(drafter, slip, "提交").status_code == 200
    assert set(offered(head, slip)) == {"同意", "不同意", "退回"}
    assert act(head, slip, "同意").status_code == 200
    assert act(stock, slip, "发放").status_code == 200
    assert state(drafter, slip) == "given"
    (row,) = drafter.get("/api/v1/lists/supplies").json()["rows"]
    assert (row["title"], row["state"]) == ("打印纸", "已领用")
    assert re.fullmatch(r"领20\d\d-0001", row["number"])
