"""The small approval API: what may be done with a record now, and doing it (M05)."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Response, UploadFile
from pydantic import TypeAdapter

from api.access import TheCaller, TheHouse
from api.answers import ActionShape, CandidateShape, ChoiceShape, Created, FieldWanted, FilesWanted
from api.conditions import tag
from api.multipart import parsed, received
from api.requests import ActionCall
from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Invalid
from records.identity import Login, RecordId
from records.schema.kind import Kind
from services.flow.act import Offered
from services.flow.action_request import ActionRequest
from services.house import House
from services.people.caller import Caller

router = APIRouter(
    prefix="/api/v1/records/{record}/actions", tags=["actions"], route_class=BoundedRoute
)

_CALL: TypeAdapter[ActionCall] = TypeAdapter(ActionCall)


@router.get("")
def offered(record: str, caller: TheCaller, house: TheHouse) -> list[ActionShape]:
    """What the caller may do now, and why not the rest."""
    opened = house.browsing.open(caller, RecordId(record))
    offers = house.acting.offers(caller, opened.kind, opened.latest)
    return [_shape(offered, opened.kind) for offered in offers]


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
    return _taken(record, name, _request(given), caller, house, response)


@router.post("/{name}/with-files")
def act_with_files(
    record: str,
    name: str,
    call: Annotated[str, Form()],
    caller: TheCaller,
    house: TheHouse,
    response: Response,
    file: list[UploadFile],
    part: Annotated[list[str] | None, Form()] = None,
) -> Created:
    """An action with files (PRM-02).

    `call` is the action as JSON; the nth `part` is of the nth `file`. What its `files` name may be
    sent, and what the caller may add or edit anyhow.
    """
    given = parsed("call", call, _CALL)
    if given is None:
        raise Invalid("bad_request", field="call", fault="missing")
    with received(house.staging, file, part or ()) as files:
        request = replace(_request(given), files=files)
        return _taken(record, name, request, caller, house, response)


def _request(given: ActionCall) -> ActionRequest:
    return ActionRequest(
        revision=given.revision,
        opinion=given.opinion,
        chosen=given.next,
        fields=given.fields or {},
        task=given.task,
        straight=given.straight,
        signer=Login(given.signer) if given.signer else None,
        signed_on=given.signed_on,
        handwriting=given.handwriting,
        idempotency_key=given.idempotency_key,
    )


def _taken(
    record: str,
    name: str,
    request: ActionRequest,
    caller: Caller,
    house: House,
    response: Response,
) -> Created:
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
        files={
            part: FilesWanted(
                label=wanted.label or kind.parts[part].label, required=wanted.required
            )
            for part, wanted in action.files.items()
        },
        chooses=bool(choices),
        next=choices[0] if choices else None,
        choices=choices,
        reason=offer.why_not.reason if offer.why_not else None,
        why_not=str(tell(offer.why_not)) if offer.why_not else None,
    )
