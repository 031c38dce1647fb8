"""The small approval API: what may be done with a record now, and doing it (M05)."""

from fastapi import APIRouter, Response

from api.access import TheCaller, TheHouse
from api.answers import ActionShape, Created
from api.conditions import tag
from api.requests import ActionCall
from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.identity import Login, RecordId
from records.workflow import Offer
from services.flow.act import ActionRequest

router = APIRouter(
    prefix="/api/v1/records/{record}/actions", tags=["actions"], route_class=BoundedRoute
)


@router.get("")
def offered(record: str, caller: TheCaller, house: TheHouse) -> list[ActionShape]:
    """What the caller may do now, and why not the rest."""
    return [_shape(offer) for offer in house.acting.offers(caller, RecordId(record))]


@router.post("/{name}")
def act(
    record: str,
    name: str,
    given: ActionCall,
    caller: TheCaller,
    house: TheHouse,
    response: Response,
) -> Created:
    """Take an action: the only way to change a state. A repeated key gets the first answer."""
    request = ActionRequest(
        revision=given.revision,
        opinion=given.opinion,
        chosen=tuple(Login(login) for login in given.next),
        fields=given.fields,
        idempotency_key=given.idempotency_key,
    )
    revision = house.settle(house.acting.act(caller, RecordId(record), name, request))
    tag(response, revision.number)
    return Created(id=revision.record, revision=revision.number)


def _shape(offer: Offer) -> ActionShape:
    action = offer.declaration
    return ActionShape(
        name=offer.name,
        label=action.label,
        group=action.group,
        to=action.to,
        allowed=offer.why_not is None,
        opinion=action.opinion,
        chooses=any(assignment.chosen for assignment in action.next),
        reason=offer.why_not.reason if offer.why_not else None,
        why_not=str(tell(offer.why_not)) if offer.why_not else None,
    )
