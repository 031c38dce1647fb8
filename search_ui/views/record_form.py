"""The form of a record, and who may see it."""

from dataclasses import dataclass

from search_ui.views.differences import Differences
from search_ui.views.fields import FormField, GrantForm
from search_ui.views.shell import Crumb


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file that the record has while its form is open; `part` is the field that adds to it."""

    part: str
    name: str
    href: str
    size_bytes: int
    icon: str
    removed: bool = False
    """To be taken out with this form; its versions stay in history."""


@dataclass(frozen=True, slots=True)
class RecordForm:
    """The form of a new or changed record, built from the kind's declaration."""

    title: str
    kind: str
    action_href: str
    cancel_href: str
    crumbs: tuple[Crumb, ...]
    fields: tuple[FormField, ...]
    idempotency_key: str
    parts: tuple[FormField, ...] = ()
    """One file field per part, `type` files."""
    document: FormField | None = None
    """The part that is the document itself: the form has tabs then, 首页, 正文 and 附件 (FW-01)."""
    held: tuple[FormFile, ...] = ()
    """Files that the record has already."""
    level: FormField | None = None
    """密级 of the record; None where a field of the kind says it."""
    level_was: str = ""
    """密级 as it stood when the form was opened: what was not touched is not changed."""
    place: FormField | None = None
    """For which unit it is begun; None where there is nothing to choose."""
    attach: bool = True
    """Whether files beside the document can be given already: after the first 保存 (FW-03)."""
    send_label: str = ""
    """The main action of its state, taken once the form is saved; empty for none."""
    grants: GrantForm | None = None
    """None where the flow decides who reads."""
    revision: int | None = None
    """The revision being changed; None for a new record."""
    stale: Differences | None = None
    """Somebody saved first: what he changed."""
    problem: str = ""
    again: bool = False
    """It was sent and refused: it holds what was typed."""
    lost_files: tuple[str, ...] = ()
    """Names of files that came with what was refused: a browser does not keep them."""
    submit_label: str = ""


@dataclass(frozen=True, slots=True)
class SharePage:
    """Who may see a record, to be changed by who may change it."""

    title: str
    action_href: str
    cancel_href: str
    crumbs: tuple[Crumb, ...]
    grants: GrantForm
    revision: int
    idempotency_key: str
    problem: str = ""
