"""Where a person is reached in his office: what 通讯录 shows of him (TX-01)."""

import re
from collections.abc import Collection, Mapping

from pydantic import BaseModel, ConfigDict, Field

from records.errors import Invalid
from records.identity import Token

_TELEPHONE = re.compile(r"[0-9+() ,，、转-]{3,60}")
_MAIL = re.compile(r"[^\s@,;<>\"]{1,64}@[A-Za-z0-9.-]{1,190}")
_LABELS = {"phone": "办公电话", "mobile": "手机", "mail": "邮箱", "room": "房间"}
_LONGEST = {"phone": 60, "mobile": 60, "mail": 255, "room": 60}
NAMES = tuple(_LONGEST)
"""What stands of a person, in the order in which it is shown."""


class Contact(BaseModel):
    """Office telephone, mobile, mail, room; empty for what is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    phone: str = Field(default="", max_length=60)
    mobile: str = Field(default="", max_length=60)
    mail: str = Field(default="", max_length=255)
    room: str = Field(default="", max_length=60)
    mobile_readers: tuple[Token, ...] | None = Field(
        default=None, description="Who sees the mobile; None is everybody, none nobody else (领导)"
    )

    def opens_mobile(self, tokens: Collection[Token]) -> bool:
        """Whether who carries these tokens sees the mobile."""
        return self.mobile_readers is None or not set(tokens).isdisjoint(self.mobile_readers)


def read_contact(given: Mapping[str, str], *, mobile_readers: tuple[Token, ...] | None) -> Contact:
    """What was given, in order.

    Raises Invalid at the field: ``too_long``, ``bad_telephone``, ``bad_mail``.
    """
    told = {name: " ".join(given.get(name, "").split()) for name in NAMES}
    for name, text in told.items():
        if len(text) > _LONGEST[name]:
            label, most = _LABELS[name], _LONGEST[name]
            raise Invalid("too_long", field=name, label=label, max=most, given=len(text))
    for name in ("phone", "mobile"):
        if told[name] and not _TELEPHONE.fullmatch(told[name]):
            raise Invalid("bad_telephone", field=name, given=told[name][:30])
    if told["mail"] and not _MAIL.fullmatch(told["mail"]):
        raise Invalid("bad_mail", field="mail", given=told["mail"][:100])
    return Contact(**told, mobile_readers=mobile_readers)
