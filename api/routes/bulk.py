"""One action on several records of a list, each answered for itself (M05, M16)."""

from fastapi import APIRouter
from pydantic import Field

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.identity import RecordId
from records.meaning import title_of
from services.flow.bulk_action import BulkOutcome, BulkRequest, ChosenRecord

router = APIRouter(
    prefix="/api/v1/lists/{kind}/actions", tags=["actions"], route_class=BoundedRoute
)


class ChosenShape(Wire):
    """A record of the list; `revision` is the one that its chooser saw."""

    id: str = Field(max_length=40)
    revision: int = Field(ge=1)


class ChoiceRequest(Wire):
    """Records of the list, at most 200."""

    records: list[str] = Field(max_length=1_000)


class BulkCall(Wire):
    """The action's opinion and records; the same key again gives the same answers."""

    records: list[ChosenShape] = Field(max_length=1_000)
    opinion: str = Field(default="", max_length=5_000)
    idempotency_key: str = Field(min_length=1, max_length=100)


class BulkActionShape(Wire):
    """An action that the caller may take on all of them, asking for nothing but an opinion."""

    name: str
    label: str
    opinion: str
    confirm: str | None


class BulkOfferShape(Wire):
    """What can be done with all; no actions where one of them cannot be opened (`missing`)."""

    records: list[ChosenShape]
    missing: list[str]
    actions: list[BulkActionShape]


class BulkRowShape(Wire):
    """What became of one: the revision it has now, or the reason why nothing was done."""

    id: str
    title: str
    done: bool
    revision: int | None
    reason: str | None
    why_not: str | None


class BulkAnswer(Wire):
    """A row for each record, in the order given."""

    done: int
    refused: int
    rows: list[BulkRowShape]


@router.post("")
def offered(kind: str, given: ChoiceRequest, caller: TheCaller, house: TheHouse) -> BulkOfferShape:
    """The actions that can be taken on all of them."""
    found = house.lists.of_kinds.kind(kind)
    offer = house.in_bulk.offered(caller, found.kind, map(RecordId, given.records))
    return BulkOfferShape(
        records=[ChosenShape(id=each.record, revision=each.number) for _, each in offer.rows],
        missing=list(offer.missing),
        actions=[
            BulkActionShape(
                name=name, label=action.label, opinion=action.opinion, confirm=action.confirm
            )
            for name, action in offer.actions
        ],
    )


@router.post("/{name}")
def act(kind: str, name: str, given: BulkCall, caller: TheCaller, house: TheHouse) -> BulkAnswer:
    """Take an action on each, one after the other; none is held up by another that is refused."""
    found = house.lists.of_kinds.kind(kind)
    chosen = [ChosenRecord(RecordId(each.id), each.revision) for each in given.records]
    asked = BulkRequest(name, chosen, given.opinion, given.idempotency_key)
    outcomes = house.in_bulk.act(caller, found.kind, asked)
    house.settle_all([each.opened[1] for each in outcomes if each.is_done and each.opened])
    rows = list(map(_row, outcomes))
    done = sum(row.done for row in rows)
    return BulkAnswer(done=done, refused=len(rows) - done, rows=rows)


def _row(outcome: BulkOutcome) -> BulkRowShape:
    opened, refusal = outcome.opened, outcome.refusal
    return BulkRowShape(
        id=outcome.chosen.record,
        title=title_of(*opened) if opened else "",
        done=outcome.is_done,
        revision=opened[1].number if opened else None,
        reason=refusal.reason if refusal else None,
        why_not=str(tell(refusal)) if refusal else None,
    )
