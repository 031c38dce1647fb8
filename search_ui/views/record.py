"""The page of one record, its forms, and what happened to it."""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from search_ui.views.fields import FormField, GrantRow, ShownField
from search_ui.views.preview import Preview
from search_ui.views.shell import Badge, Crumb, PersonLine, Tone


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a record."""

    name: str
    href: str
    """Where its preview is."""
    download_href: str
    size_bytes: int
    icon: str
    added_at: datetime
    added_by: str
    version: int = 1
    status: Badge | None = None
    """What became of its text, when that is worth telling: encrypted, failed, waiting."""
    current: bool = False
    new_version_href: str | None = None


@dataclass(frozen=True, slots=True)
class FilePart:
    """The files of one part that the kind declares."""

    label: str
    files: tuple[FileRow, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a record, as the timeline shows it."""

    label: str
    at: datetime | None
    """None for what is still waited for."""
    by: str
    unit: str = ""
    opinion: str = ""
    tone: Tone = "neutral"
    detail: tuple[str, ...] = ()
    """What became of tasks of others, and from which paper it was entered."""
    instead_of: str = ""
    """Whom the actor deputised: 丙三 代 乙二."""
    verdict: str = ""
    """同意, 不同意, 弃权, 圈阅."""
    round: int = 1
    """How often the step was entered: 2 is the second time round."""
    lasted: str = ""
    """How long it lay, or has lain."""
    due_on: date | None = None
    overdue: bool = False
    blocked: str = ""
    """Whom a step that nobody can take yet waits for."""


@dataclass(frozen=True, slots=True)
class SideStep:
    """Somebody who was sent the record beside its flow (传阅, 征询), and what became of it."""

    label: str
    who: str
    badge: Badge
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TieRow:
    """What a record came from, or what came of it."""

    label: str
    title: str
    """Of one that the reader may not open: the unit that has it."""
    href: str | None
    state: Badge | None = None


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One revision."""

    number: int
    at: datetime
    by: str
    event: str
    href: str
    reason: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action that the kind declares: allowed now, or why not."""

    name: str
    label: str
    href: str
    """Where its form is sent."""
    icon: str = ""
    primary: bool = False
    allowed: bool = True
    why_not: str = ""
    hindered: bool = False
    """His to take, once something that he can mend is mended: shown as a button out of use."""
    group: str = ""
    """Heading of the buttons that it stands among (FW-09); empty for none."""
    opinion: str = "none"
    """A word of records.flow.declarations.OpinionRule."""
    question: str = ""
    goes_to: str = ""
    asks: tuple[FormField, ...] = ()
    """What its dialog asks besides the opinion: which task, whom, the action's own fields."""
    words: str = ""
    """The opinion as it was typed, when the dialog is shown again."""
    problem: str = ""
    opened: bool = False
    """The dialog is shown again, after it was sent and refused."""

    @property
    def dialog(self) -> str:
        """The identifier of its dialog in the page."""
        return f"action-{self.name}"


@dataclass(frozen=True, slots=True)
class ActionGroup:
    """Buttons under one heading."""

    name: str
    actions: tuple[ActionView, ...]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One record, opened."""

    id: str
    revision: int
    title: str
    number: str
    kind: str
    badges: tuple[Badge, ...]
    crumbs: tuple[Crumb, ...]
    unit: str
    author: str
    changed_at: datetime
    fields: tuple[ShownField, ...]
    body: tuple[Markup, ...]
    """Paragraphs of the text that the record itself carries; empty when it has only files."""
    parts: tuple[FilePart, ...]
    preview: Preview | None
    steps: tuple[Step, ...]
    revisions: tuple[RevisionRow, ...]
    grants: tuple[GrantRow, ...]
    actions: tuple[ActionView, ...]
    idempotency_key: str
    body_label: str = ""
    """Of a text that is no document of its own: it stands as a field, not on a letterhead."""
    side_steps: tuple[SideStep, ...] = ()
    ties: tuple[TieRow, ...] = ()
    blocked: tuple[str, ...] = ()
    """For whom the reader has to wait before he can act (DC-05); empty when for nobody."""
    problem: str = ""
    """Why an action came to nothing that is not offered any more."""
    holders: tuple[PersonLine, ...] = ()
    due_on: date | None = None
    overdue: bool = False
    edit_href: str | None = None
    share_href: str | None = None
    calendar_href: str | None = None
    """Of a room: where its bookings are."""
    superseded_href: str | None = None
    """Set when an older revision is shown: the address of the newest."""
    receipts: tuple[tuple[str, int], ...] = ()
    """Of a published notice, for who may know: 已读 12, 未读 3."""
    followed: bool = False
    """Whether its reader has it under 跟踪."""

    @property
    def bare(self) -> bool:
        """Neither text nor files: its fields and its way are all there is to show."""
        return not self.body and not any(part.files for part in self.parts)

    @property
    def loose(self) -> tuple[ActionView, ...]:
        """Actions to be taken that stand in no group."""
        return tuple(each for each in self.actions if each.allowed and not each.group)

    @property
    def hindered(self) -> tuple[ActionView, ...]:
        """Main actions that only wait for what the reader can mend."""
        return tuple(each for each in self.actions if each.hindered and each.primary)

    @property
    def others(self) -> tuple[ActionView, ...]:
        """Actions that cannot be taken, each with its reason, told in the menu."""
        return tuple(e for e in self.actions if not e.allowed and e not in self.hindered)

    @property
    def groups(self) -> tuple[ActionGroup, ...]:
        """The groups of buttons, in the order of the kind."""
        taken = [each for each in self.actions if each.allowed and each.group]
        names = dict.fromkeys(each.group for each in taken)
        return tuple(
            ActionGroup(name, tuple(each for each in taken if each.group == name)) for name in names
        )


@dataclass(frozen=True, slots=True)
class StaleRevision:
    """Somebody saved first: who, when, and where to look at it."""

    number: int
    by: str
    at: datetime
    href: str


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
    grants: tuple[GrantRow, ...] | None = None
    """None where the flow decides who reads."""
    revision: int | None = None
    """The revision being changed; None for a new record."""
    stale: StaleRevision | None = None
    problem: str = ""
    submit_label: str = ""


@dataclass(frozen=True, slots=True)
class SharePage:
    """Who may see a record, to be changed by who may change it."""

    title: str
    action_href: str
    cancel_href: str
    crumbs: tuple[Crumb, ...]
    grants: tuple[GrantRow, ...]
    revision: int
    idempotency_key: str
    problem: str = ""
