"""The shape of the messages that this program sends: nothing else is taken from a lane.

kombu.transport.virtual.Message around protocol 2 of Celery (docs.celeryq.dev, Message Protocol):
the fields that somebody uses, each as this program writes it.
"""

from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Annotated, Any, Literal

from kombu.transport.virtual import Base64
from kombu.utils.json import loads
from pydantic import AfterValidator, BaseModel, Field, TypeAdapter, ValidationError


class NotOurs(Exception):
    """A message that this program never sent; the text names the place and repeats no content."""


class _Delivery(BaseModel):
    exchange: str
    routing_key: str


class _Properties(BaseModel):
    delivery_tag: str
    delivery_info: _Delivery
    body_encoding: Literal["base64"]
    correlation_id: str
    reply_to: str | None = None
    priority: Annotated[int, Field(strict=True)] | None = None


class _Headers(BaseModel):
    id: str
    task: str
    lang: Literal["py"]
    retries: Literal[0]
    timelimit: tuple[int | None, int | None]
    """The clock knows the tasks with their limits, `workers.celery_queue` does not."""
    eta: None
    expires: Annotated[str, AfterValidator(datetime.fromisoformat)] | None
    """Of what the clock asks for."""
    argsrepr: str
    kwargsrepr: str
    origin: str
    root_id: str | None
    parent_id: str | None
    group: str | None
    group_index: int | None
    compression: None = None
    shadow: None = None
    replaced_task_nesting: Literal[0] = 0
    stamps: dict[str, None] = {}
    stamped_headers: None = None
    asked_at: float | None = None
    requested_by: str | None = None
    """These two are ours: `workers.celery_queue` writes them."""


class _Message(BaseModel):
    headers: _Headers
    properties: _Properties
    content_type: Literal["application/json"] = Field(alias="content-type")
    content_encoding: Literal["utf-8"] = Field(alias="content-encoding")
    body: str


_BODY: TypeAdapter[object] = TypeAdapter(tuple[tuple[()], dict[str, Any], dict[str, None]])


def check(message: object, tasks: AbstractSet[str]) -> None:
    """Raises NotOurs, or for a body that is no JSON whatever its decoder raises."""
    try:
        found = _Message.model_validate(message)
        _BODY.validate_python(loads(Base64().decode(found.body)))
    except ValidationError as error:
        steps = error.errors(include_input=False)[0]["loc"][:2]  # deeper ones may be its own words
        raise NotOurs(".".join(str(step) for step in steps) or "no message") from None
    if found.headers.task not in tasks:
        raise NotOurs("an unknown task")
