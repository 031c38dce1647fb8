"""The page of one record, its forms, and what happened to it."""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from search_ui.views.answers import AnswerSlip
from search_ui.views.differences import Differences
from search_ui.views.fields import FormField, GrantRow, ShownField
from search_ui.views.preview import Preview
from search_ui.views.shell import Badge, Crumb, PersonLine, Tone
from search_ui.views.upload import FilePart


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a record's own text; `look` says what it is.

    ``to`` is 主送机关, ``sign`` 署名 or 日期, ``gap`` an empty line; a paragraph otherwise.
    """

    text: Markup
    look: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a record, as the timeline shows it."""

    label: str
    at: datetime | None
    """None for what is still waited for."""
    by: str
    unit: str = ""
    opinion: str = ""
    drawn_href: str = ""
    """Where the picture is of what was written by pen; empty for nothing."""
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
    note: str | None = None
    """Why it was sent back, or why it is told."""
    facts: tuple[str, ...] = ()
    """What tells it from others: 文号, unit, day."""
    compare_href: str | None = None
    """Where both stand beside each other, of one that looks the same."""


@dataclass(frozen=True, slots=True)
class CitedRows:
    """What a record cites, what cites it, and what is on the same matter, each with the way."""

    cites: tuple[TieRow, ...]
    cited_by: tuple[TieRow, ...]
    alike: tuple[TieRow, ...]
    same: tuple[TieRow, ...] = ()
    """What looks the same: the same file, the same or nearly the same text."""
    same_cut: bool = False
    """Whether there may be more of these."""
    correct_href: str | None = None
    """Where who may edit the record corrects what it cites."""
    graph_href: str | None = None
    """Where the picture of all this is asked for; None where there is nothing to draw."""


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
    pen: bool = False
    """The opinion may be written by pen too."""
    drawn: str = ""
    """What was written so, when the dialog is shown again."""
    words: str = ""
    """The opinion as it was typed, when the dialog is shown again."""
    problem: str = ""
    opened: bool = False
    """The dialog stands open: it was asked for, or sent and refused."""
    again: bool = False
    """It was sent and refused, and holds what was filled in."""
    stale: Differences | None = None
    """Somebody was faster: what he changed."""
    lost_files: tuple[str, ...] = ()
    """Names of files that came with what was refused: a browser does not keep them."""

    @property
    def takes_files(self) -> bool:
        """Whether its form carries files."""
        return any(each.type == "files" for each in self.asks)

    @property
    def chooses(self) -> bool:
        """Whether people or units are chosen in its dialog, side by side with who can be."""
        return any(each.roster_href for each in self.asks)

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
    body: tuple[Paragraph, ...]
    """Paragraphs of the text that the record itself carries; empty when it has only files."""
    parts: tuple[FilePart, ...]
    preview: Preview | None
    steps: tuple[Step, ...]
    revisions: tuple[RevisionRow, ...]
    grants: tuple[GrantRow, ...]
    actions: tuple[ActionView, ...]
    idempotency_key: str
    organ: str = ""
    """The organ that issues it, over its text."""
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
    access_href: str | None = None
    """Where its owner is told why somebody may read it, or may not."""
    print_href: str = ""
    """Where the document stands alone, to be printed."""
    rename_href: str | None = None
    move_href: str | None = None
    delete_href: str | None = None
    """Of what its owner may tidy up himself: not of a flow."""
    calendar_href: str | None = None
    """Of a room: where its bookings are."""
    superseded_href: str | None = None
    """Set when an older revision is shown: the address of the newest."""
    receipts: tuple[tuple[str, int], ...] = ()
    """Of a published notice, for who may know: 已读 12, 未读 3."""
    alike: tuple[TieRow, ...] = ()
    """Others that look the same, which is a mistake more often than not (SW-01)."""
    supplement_href: str | None = None
    """Where a 补充件 of an archived record is begun."""
    exchange_href: str | None = None
    """Where its exchange file is; None for what is not delivered to units."""
    slip: str = ""
    """The name of its paper form (发文处理单); empty for none."""
    receipts_href: str | None = None
    """Where all recipients stand, for who may know."""
    answers: tuple[AnswerSlip, ...] = ()
    """What its reader answers, or may answer (反馈, 回执)."""
    followed: bool = False
    """Whether its reader has it under 跟踪."""
    favourite: bool = False
    """Whether he has it under 收藏."""
    cited_href: str = ""
    """Where what it cites is asked for, once the page stands."""
    corrections_href: str = ""
    """Where what it cites is corrected, by who may edit it."""
    imprint_href: str = ""
    """Where what its text says of number, issuer and date is asked for, by who may edit it."""
    passages_href: str = ""
    """Where all places of the words that led here are told."""
    opened_href: str = ""
    """Where to note that the reader has opened it; empty where that is of no account."""

    @property
    def bare(self) -> bool:
        """Neither text nor files: its fields and its way are all there is to show."""
        return not self.body and not any(part.files or part.add_href for part in self.parts)

    @property
    def printed(self) -> str:
        """What is left of the page on paper: ``paper``, its text; ``file``, the one that is shown.

        Empty where there is neither: then the page itself is printed.
        """
        if self.body and not self.body_label:
            return "paper"
        return "file" if self.preview is not None else ""

    @property
    def loose(self) -> tuple[ActionView, ...]:
        """Actions to be taken that stand in no group, the main one first."""
        taken = [each for each in self.actions if each.allowed and not each.group]
        return tuple(sorted(taken, key=lambda each: not each.primary))

    @property
    def hindered(self) -> tuple[ActionView, ...]:
        """Main actions that only wait for what the reader can mend, and stand in no group."""
        return tuple(e for e in self.actions if e.hindered and e.primary and not e.group)

    @property
    def others(self) -> tuple[ActionView, ...]:
        """Actions that cannot be taken, each with its reason, told in the menu."""
        told = self.hindered
        return tuple(
            e for e in self.actions if not (e.allowed or e in told or (e.hindered and e.group))
        )

    @property
    def groups(self) -> tuple[ActionGroup, ...]:
        """The groups of buttons, in the order of the kind; what waits is shown, out of use."""
        taken = [each for each in self.actions if each.group and (each.allowed or each.hindered)]
        names = dict.fromkeys(each.group for each in taken)
        return tuple(
            ActionGroup(name, tuple(each for each in taken if each.group == name)) for name in names
        )
