"""An opened record as its page shows it."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from markupsafe import Markup

from languages.outcomes import OUTCOMES
from records.kind import Kind
from records.revision import Event, FileVersion, Revision
from records.text import ExtractedText, ExtractionStatus
from search_ui.formats import count, day
from search_ui.shown.action_reading import Attempt
from search_ui.shown.actions import ActionShowing
from search_ui.shown.fields import grant_rows, shown_fields, token_icon
from search_ui.shown.form_fields import FormDrawing
from search_ui.shown.timeline import Timeline
from search_ui.shown.waiting import blocked_notices, holder_lines
from search_ui.shown.words import (
    download_href,
    file_icon,
    level_badge,
    record_href,
    state_badge,
)
from search_ui.texts import Texts
from search_ui.views.fields import GrantRow
from search_ui.views.preview import Preview
from search_ui.views.record import FilePart, FileRow, RecordPage, RevisionRow
from search_ui.views.shell import Badge, Crumb
from services.after_commit.documents import number_of, title_of
from services.finding.browse import OpenRecord
from services.flow.act import Offered
from services.people.caller import Caller


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
        readers: Sequence[str],
        body: tuple[Markup, ...],
        preview: Preview | None,
        file: str,
        words: str,
        extracted: dict[str, ExtractedText],
        receipts: tuple[tuple[str, int], ...],
        idempotency_key: str,
        followed: bool,
        attempt: Attempt | None = None,
    ) -> RecordPage:
        """Everything of the page; `file` is the one in the preview pane.

        `attempt` is an action that was sent and refused: its dialog stands open again.
        """
        kind, revision = opened.kind, opened.revision
        organisation = self._caller.organisation
        newest = revision.number == opened.newest
        owner = revision.owner == self._caller.person.login
        state = state_badge(kind, revision)
        title = title_of(kind, revision)
        tasks = [task for task in revision.holding_tasks if not task.blocked]
        acting = ActionShowing(kind, revision, self._drawing, attempt)
        actions = tuple(map(acting.view, offers)) if newest else ()
        way = Timeline(opened, history, organisation, self._t, self._caller.now, self._caller.today)
        due = min((task.due_on for task in tasks if task.due_on), default=None)
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
            ),
            crumbs=self._crumbs(title, words),
            unit=organisation.unit_name(revision.unit),
            author=organisation.name_of(revision.owner),
            changed_at=revision.event.at,
            fields=tuple(shown_fields(kind, revision, organisation, self._drawing.related)),
            body=body,
            body_label=_body_label(kind),
            parts=self._parts(opened, history, file=file, words=words, extracted=extracted),
            preview=preview,
            steps=way.steps(),
            side_steps=way.side_steps(),
            revisions=self._revisions(opened, history),
            grants=_readers(revision, self._caller, readers),
            actions=actions,
            problem=acting.problem(actions),
            blocked=blocked_notices(revision, self._caller, self._t) if newest else (),
            idempotency_key=idempotency_key,
            holders=holder_lines(revision, organisation) if opened.took_part else (),
            due_on=due if opened.took_part else None,
            overdue=bool(due and due < self._caller.today),
            edit_href=f"{record_href(revision.record)}/edit" if opened.may_edit else None,
            share_href=f"{record_href(revision.record)}/share"
            if owner and opened.may_edit
            else None,
            superseded_href=None if newest else record_href(revision.record),
            receipts=receipts,
            followed=followed,
        )

    def _crumbs(self, title: str, words: str) -> tuple[Crumb, ...]:
        if not words:
            return (Crumb(self._t("nav.search"), "/search"), Crumb(title))
        label = self._t("search.title_of", query=words)
        return (Crumb(label, f"/search?{urlencode({'q': words})}"), Crumb(title))

    def _parts(
        self,
        opened: OpenRecord,
        history: Sequence[Revision],
        *,
        file: str,
        words: str,
        extracted: dict[str, ExtractedText],
    ) -> tuple[FilePart, ...]:
        revision = opened.revision
        events = {past.number: past.event for past in history}

        def brought(held: FileVersion) -> Event:
            return events.get(held.since, revision.event)

        organisation = self._caller.organisation
        past = revision.number if revision.number != opened.newest else None
        return tuple(
            FilePart(
                part.label,
                tuple(
                    FileRow(
                        name=held.name,
                        href=record_href(revision.record, q=words, revision=past, file=held.name),
                        download_href=download_href(revision.record, held.name, past),
                        size_bytes=held.size_bytes,
                        icon=file_icon(held.name),
                        added_at=brought(held).at,
                        added_by=organisation.name_of(brought(held).actor),
                        version=len(
                            {f.sha256 for r in history for f in r.files if f.name == held.name}
                        ),
                        status=self._text_badge(extracted.get(held.name)),
                        current=held.name == file,
                        new_version_href=_new_version(revision, held) if opened.may_edit else None,
                    )
                    for held in revision.files
                    if held.part == name
                ),
            )
            for name, part in opened.kind.parts.items()
        )

    def _text_badge(self, text: ExtractedText | None) -> Badge | None:
        """What became of the text, when that is worth telling."""
        if text is None:
            return Badge(self._t("file.status.waiting"), "info")
        if text.status is ExtractionStatus.OK:
            return None
        quiet = text.status in {ExtractionStatus.EMPTY, ExtractionStatus.UNSUPPORTED}
        reason = text.reason or text.status.value
        words = self._t(
            f"file.status.{text.status}",
            characters=count(text.characters),
            reason=OUTCOMES.get(reason, reason),
        )
        return Badge(words, "neutral" if quiet else "warning")

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


def _body_label(kind: Kind) -> str:
    """The name of a text without a number or readers of its own; a document needs none."""
    meaning = kind.meaning
    if meaning.body is None or meaning.number or meaning.audience:
        return ""
    return kind.fields[meaning.body].label


def _readers(revision: Revision, caller: Caller, readers: Sequence[str]) -> tuple[GrantRow, ...]:
    """Grants with their rights first, then whoever else may read, by the flow or as owner."""
    rows = grant_rows(revision.grants, caller.organisation)
    written = [
        GrantRow(row.token, row.label, row.icon, row.right, _until(row.until)) for row in rows
    ]
    told = {row.label for row in rows}
    others = [name for name in readers if name.partition("（至")[0] not in told]
    return (*written, *(GrantRow("", name, token_icon("person:"), "read") for name in others))


def _new_version(revision: Revision, held: FileVersion) -> str:
    return f"{record_href(revision.record)}/new-version?{urlencode({'file': held.name})}"


def _until(until: str) -> str:
    return day(date.fromisoformat(until)) if until else ""
