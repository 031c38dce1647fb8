"""An opened record as its page shows it."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from records.identity import Token
from records.meaning import number_of, title_of
from records.people.organisation import Organisation
from records.revision import Revision
from records.rights.access import person_token
from records.rights.editing import may_edit
from records.schema.kind import Kind
from records.text import ExtractedText
from records.times.deadlines import due_of, is_late
from search_ui.formats import day
from search_ui.shown.action_reading import Attempt
from search_ui.shown.actions import ActionShowing
from search_ui.shown.fields import grant_rows, shown_fields, token_icon
from search_ui.shown.files import FileShowing
from search_ui.shown.form_fields import FormDrawing
from search_ui.shown.timeline import Timeline
from search_ui.shown.waiting import blocked_notices, holder_lines
from search_ui.shown.words import (
    level_badge,
    record_href,
    state_badge,
)
from search_ui.texts import Texts
from search_ui.views.fields import GrantRow
from search_ui.views.preview import Preview
from search_ui.views.record import Paragraph, RecordPage, RevisionRow
from search_ui.views.shell import Badge, Crumb
from services.finding.browse import OpenRecord
from services.flow.act import Offered
from services.people.caller import Caller
from services.scanning.scan_state import ScanState

_OF_PEOPLE = ("person:", "post:")
"""Tokens of people themselves; a unit or a role has no more than is granted to it."""


class RecordShowing:
    """Makes the page of a record for one caller."""

    def __init__(self, caller: Caller, texts: Texts, drawing: FormDrawing) -> None:
        self._caller = caller
        self._t = texts
        self._drawing = drawing

    def page(
        self,
        opened: OpenRecord,
        *,
        history: Sequence[Revision],
        offers: Sequence[Offered],
        readers: Sequence[tuple[Token, str]],
        crumbs: tuple[Crumb, ...],
        body: tuple[Paragraph, ...],
        preview: Preview | None,
        file: str,
        words: str,
        extracted: dict[str, ExtractedText],
        scans: dict[str, ScanState],
        receipts: tuple[tuple[str, int], ...],
        idempotency_key: str,
        followed: bool,
        favourite: bool,
        attempt: Attempt | None = None,
    ) -> RecordPage:
        """Everything of the page; `file` is the one in the preview pane.

        `attempt` is an action that was sent and refused: its dialog stands open again.
        """
        kind, revision = opened.kind, opened.revision
        organisation = self._caller.organisation
        called = organisation.as_called(revision.named_at)
        newest = revision.number == opened.newest
        owner = revision.owner == self._caller.person.login
        state = state_badge(kind, revision)
        title = title_of(kind, revision)
        acting = ActionShowing(kind, revision, self._drawing, attempt)
        actions = tuple(map(acting.view, offers)) if newest else ()
        way = Timeline(opened, history, organisation, self._t, self._caller.now, self._caller.today)
        due = due_of(revision)
        return RecordPage(
            id=revision.record,
            revision=revision.number,
            title=title,
            number=number_of(kind, revision),
            kind=kind.title,
            badges=(
                Badge(kind.title),
                *((state,) if state else ()),
                level_badge(revision.level),
                *self._private(revision, readers),
            ),
            crumbs=crumbs,
            unit=called.full_name(revision.unit),
            author=organisation.name_of(revision.owner),
            changed_at=revision.event.at,
            fields=tuple(shown_fields(kind, revision, called, self._drawing.related)),
            body=body,
            organ=organ_name(revision, organisation),
            body_label=_body_label(kind),
            parts=FileShowing(
                opened,
                history,
                self._caller,
                self._t,
                words=words,
                extracted=extracted,
                scans=scans,
            ).parts(file),
            preview=preview,
            steps=way.steps(),
            side_steps=way.side_steps(),
            revisions=self._revisions(opened, history),
            grants=_readers(opened, self._caller, readers),
            actions=actions,
            problem=acting.problem(actions),
            blocked=blocked_notices(revision, self._caller, self._t) if newest else (),
            idempotency_key=idempotency_key,
            holders=holder_lines(revision, organisation) if opened.took_part else (),
            due_on=due if opened.took_part else None,
            overdue=is_late(revision, due, self._caller.today),
            edit_href=f"{record_href(revision.record)}/edit" if opened.may_edit else None,
            print_href=_print_href(revision, file),
            share_href=f"{record_href(revision.record)}/share"
            if owner and opened.may_edit
            else None,
            access_href=f"/access?record={revision.record}" if owner else None,
            superseded_href=None if newest else record_href(revision.record),
            receipts=receipts,
            followed=followed,
            favourite=favourite,
            slip=kind.slip.title if kind.slip is not None else "",
        )

    def _private(
        self, revision: Revision, readers: Sequence[tuple[Token, str]]
    ) -> tuple[Badge, ...]:
        """Beside a level that says 公开: that it is open to nobody else yet."""
        owner = person_token(revision.owner)
        alone = bool(readers) and all(token == owner for token, _ in readers)
        return (Badge(self._t("record.private")),) if alone else ()

    def _revisions(
        self, opened: OpenRecord, history: Sequence[Revision]
    ) -> tuple[RevisionRow, ...]:
        kind = opened.kind
        return tuple(
            RevisionRow(
                number=revision.number,
                at=revision.event.at,
                by=self._caller.organisation.name_of(revision.event.actor),
                event=self._event(kind, revision),
                href=record_href(revision.record, revision=revision.number),
                reason=(revision.event.reason or "") if not kind.has_flow else "",
                current=revision.number == opened.revision.number,
            )
            for revision in history
        )

    def _event(self, kind: Kind, revision: Revision) -> str:
        name = revision.event.action
        if name in kind.actions:
            return kind.actions[name].label
        return self._t(f"event.{name}") if f"event.{name}" in self._t else name


def _print_href(revision: Revision, file: str) -> str:
    """The file in the preview pane, where the record has no text of its own."""
    named = f"?{urlencode({'file': file})}" if file and not revision.state else ""
    return f"{record_href(revision.record)}/print{named}"


def organ_name(revision: Revision, organisation: Organisation) -> str:
    """The organ whose paper it is, as it was called then; empty for a unit that is gone."""
    organ = organisation.own_organ(revision.unit)
    return organ.name_at(revision.named_at) if organ else ""


def _body_label(kind: Kind) -> str:
    """The name of a text without a number or readers of its own; a document needs none."""
    meaning = kind.meaning
    if meaning.body is None or meaning.number or meaning.audience:
        return ""
    return kind.fields[meaning.body].label


def _readers(
    opened: OpenRecord, caller: Caller, readers: Sequence[tuple[Token, str]]
) -> tuple[GrantRow, ...]:
    """The owner, grants with their rights, then whoever else may read by the flow."""
    revision = opened.revision
    rows = grant_rows(revision.grants, caller.organisation)
    written = [
        GrantRow(row.token, row.label, row.icon, row.right, _until(row.until)) for row in rows
    ]
    told = {row.label for row in rows}
    owner = person_token(revision.owner)
    others = [
        (token, GrantRow("", name, token_icon(token), right_of(token, opened, caller)))
        for token, name in readers
        if name.partition("（至")[0] not in told
    ]
    first = [row for token, row in others if token == owner]
    return (*first, *written, *(row for token, row in others if token != owner))


def right_of(token: Token, opened: OpenRecord, caller: Caller) -> str:
    """What who reads without a grant may do as it stands: the owner, who holds it, the others.

    Who took no part is told of nobody that he may change it: that would say who handles it.
    """
    if not opened.took_part:
        return "read"
    organisation, today = caller.organisation, caller.today
    named = organisation.holders(token) if token.startswith(_OF_PEOPLE) else ()
    readers = [organisation.reader(person.login, today) for person in named]
    edits = bool(readers) and all(
        may_edit(opened.kind, opened.latest, each, today=today, organisation=organisation)
        for each in readers
    )
    return "edit" if edits else "read"


def _until(until: str) -> str:
    return day(date.fromisoformat(until)) if until else ""
