"""The small approval API: what may be done with a record now, and doing it (M05)."""

from fastapi import APIRouter, Response

from api.access import TheCaller, TheHouse
from api.answers import ActionShape, CandidateShape, ChoiceShape, Created, FieldWanted
from api.conditions import tag
from api.requests import ActionCall
from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.identity import Login, RecordId
from records.kind import Kind
from services.flow.act import ActionRequest, Offered

router = APIRouter(
    prefix="/api/v1/records/{record}/actions", tags=["actions"], route_class=BoundedRoute
)


@router.get("")
def offered(record: str, caller: TheCaller, house: TheHouse) -> list[ActionShape]:
    """What the caller may do now, and why not the rest."""
    kind = house.browsing.open(caller, RecordId(record)).kind
    return [_shape(offered, kind) for offered in house.acting.offers(caller, RecordId(record))]


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
        chosen=given.next,
        fields=given.fields or {},
        task=given.task,
        straight=given.straight,
        signer=Login(given.signer) if given.signer else None,
        signed_on=given.signed_on,
        idempotency_key=given.idempotency_key,
    )
    revision = house.settle(house.acting.act(caller, RecordId(record), name, request))
    tag(response, revision.number)
    return Created(id=revision.record, revision=revision.number)


def _shape(offered: Offered, kind: Kind) -> ActionShape:
    offer, action = offered.offer, offered.offer.declaration
    choices = [
        ChoiceShape(
            key=choice.key,
            choose=choice.what,
            many=choice.many,
            optional=choice.optional,
            candidates=[
                CandidateShape(id=each.value, name=each.label) for each in choice.candidates
            ],
        )
        for choice in offered.choices
    ]
    return ActionShape(
        name=offer.name,
        label=action.label,
        group=action.group,
        to=action.to,
        allowed=offer.why_not is None,
        opinion=action.opinion,
        fields={
            name: FieldWanted(
                label=wanted.label or kind.fields[name].label,
                type=kind.fields[name].type,
                required=wanted.required,
                options=list(kind.fields[name].options),
            )
            for name, wanted in action.fields.items()
        },
        chooses=bool(choices),
        next=choices[0] if choices else None,
        choices=choices,
        reason=offer.why_not.reason if offer.why_not else None,
        why_not=str(tell(offer.why_not)) if offer.why_not else None,
    )
