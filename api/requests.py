"""Shapes of requests. Names are fixed: outside programs use them."""

from datetime import date
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

_LONGEST = 1 << 24
"""More than any body holds. A text that is measured is also one that UTF-8 can write; without a
length pydantic lets half of a surrogate pair pass, and no store takes that."""


PageNumber = Annotated[int, Query(ge=1, le=10_000, description="Counted from 1")]
PageSize = Annotated[int, Query(ge=1, le=200)]
"""How a list is asked for that is short by nature: a page, and how long it is."""


class Wire(BaseModel):
    """Base of all wire shapes: unknown keys of a request are refused, and what is no text."""

    model_config = ConfigDict(extra="forbid", str_max_length=_LONGEST)


class SignInRequest(Wire):
    """Login and password."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"login": "clerk1", "password": "Abc#12345"}}
    )

    login: str = Field(max_length=200)
    password: str = Field(max_length=1000)


class PasswordRequest(Wire):
    """The old password (or one-time code) and the new one."""

    old: str = Field(max_length=1000)
    new: str = Field(max_length=1000)


class GrantShape(Wire):
    """Opens a record to ``everyone``, ``unit:CODE``, ``role:NAME`` or ``person:LOGIN``."""

    to: str = Field(examples=["unit:office"])
    right: str = Field(default="read", examples=["read", "edit"])
    until: str | None = Field(default=None, examples=["2027-12-31"])


class NewRecordRequest(Wire):
    """A record to begin."""

    kind: str = Field(examples=["notice"])
    fields: dict[str, Any] = Field(
        default_factory=dict,
        examples=[{"title": "关于开展年终检查的通知", "body": "……", "audience": ["everyone"]}],
    )
    grants: list[GrantShape] = Field(default_factory=list)
    level: str | None = Field(default=None, examples=["公开", "内部"])
    unit: str | None = Field(
        default=None, description="For which of the caller's units (兼职); none is his own"
    )


class EditRequest(Wire):
    """What to change of a record; what is left out stays."""

    fields: dict[str, Any] = Field(default_factory=dict)
    grants: list[GrantShape] | None = None
    level: str | None = None
    removed: list[str] = Field(default_factory=list, description="Names of files to take out")
    renamed: dict[str, str] = Field(
        default_factory=dict, description="Other names for files: the present one, and the new one"
    )
    reason: str | None = Field(default=None, max_length=500)


class ActionCall(Wire):
    """An action on the revision the actor has before his eyes."""

    revision: int = Field(ge=1)
    opinion: str = Field(default="", max_length=5000)
    next: list[str] | dict[str, list[str]] = Field(
        default_factory=list,
        description="What was chosen of `next`: people, units or tasks; by key where an action "
        "asks for several choices",
    )
    task: int | None = Field(default=None, description="Which of the own tasks is answered")
    straight: bool = Field(default=False, description="The mended record comes straight back")
    signer: str | None = Field(default=None, description="Whose words on paper are entered")
    signed_on: date | None = Field(default=None, description="The day on the paper")
    fields: dict[str, Any] | None = None
    handwriting: str = Field(
        default="",
        description="What was written by pen: the size of the sheet, then strokes of points "
        "x,y,width: `720x300;10,20,5 14,22,6;30,40,4 60,40,4`",
    )
    idempotency_key: str | None = Field(default=None, max_length=200)
