"""找回密码, 账号申请 and 个人信息: forms of few fields, and what came of them."""

from dataclasses import dataclass, field
from datetime import datetime

from search_ui.views.fields import FormField


@dataclass(frozen=True, slots=True)
class DoorPage:
    """A form at the door; without fields it only tells something."""

    organisation: str
    title: str
    lead: str
    action: str
    fields: tuple[FormField, ...]
    go: str
    problem: str = ""
    advice: str = ""
    told: str = ""
    told_text: str = ""
    code: str = ""
    """A secret that is shown once."""
    hidden: tuple[tuple[str, str], ...] = ()
    ways: tuple[tuple[str, str], ...] = ()
    """Label and address of the ways on."""


@dataclass(frozen=True, slots=True)
class AddressRow:
    """One way to reach a person: its address, and whether it is bound."""

    channel: str
    label: str
    address: str
    bound: bool
    offered: bool
    """Whether codes can be sent that way here."""


@dataclass(frozen=True, slots=True)
class ParticularsPage:
    """One's own particulars."""

    fields: tuple[FormField, ...]
    addresses: tuple[AddressRow, ...]
    bind: tuple[FormField, ...]
    problem: str = ""
    waiting: bool = False
    """A code is on its way; its field is shown."""
    code: FormField = field(default_factory=lambda: FormField("code", "", "text"))
    changed_at: datetime | None = None
