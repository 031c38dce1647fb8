"""The bureau of the manual (S01) for browser tests, and a 发文 of it on its way."""

from records.identity import Login, RecordId
from services.flow.action_request import ActionRequest
from services.flow.change import NewFile
from services.intake.ingest import Draft
from tests.api.conftest import PEOPLE
from tests.api.conftest import UNITS as FEW
from tests.api.papers import OFFICERS, PAPER, UNITS, a_docx
from tests.e2e.office_day import Row
from wenshu.building.installation import Installation


def units() -> list[Row]:
    """The bureau, a district and a station, each before what is below it."""
    known = {unit["code"] for unit in UNITS}
    rows: list[Row] = [*(unit for unit in FEW if unit["code"] not in known), *UNITS]
    return sorted(rows, key=lambda unit: {"bureau": 0, "county": 1}.get(str(unit["code"]), 2))


def people() -> list[Row]:
    """Everybody a paper goes through."""
    return [*PEOPLE, *OFFICERS]


def at_hub(built: Installation, title: str) -> RecordId:
    """A 发文 with a cleaned text, in 机要室流转."""
    house = built.house
    drafter, head, registry = (
        house.book.caller(Login(login)) for login in ("drafter", "head", "registry")
    )
    staged = house.staging.receive((a_docx("各区县局：", "请认真开展。"),), name="正文.docx")
    draft = Draft(
        kind="outgoing",
        fields={**PAPER, "title": title},
        files=[NewFile("正文.docx", staged, "body")],
    )
    record = house.ingest.begin(drafter, draft).record
    house.acting.act(drafter, record, "send", ActionRequest(revision=1, chosen=["head"]))
    house.acting.act(head, record, "forward", ActionRequest(revision=2))
    house.acting.act(registry, record, "clean", ActionRequest(revision=3))
    return record
