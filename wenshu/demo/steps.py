"""What people of the demo do: begin a record, take an action."""

from collections.abc import Mapping, Sequence

from records.identity import Login
from records.revision import Revision
from services.flow.action_request import ActionRequest
from services.flow.change import NewFile
from services.house import House
from services.intake.ingest import Draft


def begun(
    house: House, login: str, kind: str, fields: Mapping[str, object], *files: NewFile
) -> Revision:
    """A new record of that person."""
    draft = Draft(kind=kind, fields=fields, files=files)
    return house.ingest.begin(house.book.caller(Login(login)), draft)


def acted(
    house: House,
    login: str,
    before: Revision,
    name: str,
    opinion: str = "",
    *,
    fields: Mapping[str, object] | None = None,
    chosen: Sequence[str] = (),
) -> Revision:
    """The record after that person took the action on it."""
    request = ActionRequest(
        revision=before.number, opinion=opinion, fields=fields or {}, chosen=chosen
    )
    return house.acting.act(house.book.caller(Login(login)), before.record, name, request)
