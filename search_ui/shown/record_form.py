"""The form of a record: its fields, its parts, and where 保存 and 发送 lead (FW-01)."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from languages.errors import tell
from records.errors import WenshuError
from records.identity import RecordId
from records.meaning import title_of
from records.rights.access import Level
from records.schema.dictionaries import SIMPLE_PROFILE
from records.schema.kind import Kind
from search_ui.shown.form_fields import drawing_for, given_parts
from search_ui.shown.form_reading import UNKNOWN
from search_ui.shown.words import file_icon, record_href
from search_ui.texts import Texts
from search_ui.views.fields import FormField, GrantForm
from search_ui.views.record_form import FormFile, RecordForm
from search_ui.views.shell import Choice, Crumb
from services.finding.browse import OpenRecord
from services.house import House
from services.intake.starting import places_to_begin
from services.people.caller import Caller

LEVEL_REASONS = frozenset({"above_clearance", "above_owner", "only_owner_lowers", "unknown_level"})
"""Reasons that stand at 密级."""


@dataclass(frozen=True, slots=True)
class RecordFormShowing:
    """Draws forms for one caller."""

    house: House
    caller: Caller
    t: Texts

    def form(
        self,
        kind: Kind,
        values: Mapping[str, object],
        *,
        record: RecordId,
        error: WenshuError | None = None,
        grants: GrantForm | None = None,
        level: str | None = None,
        was: str = "",
        removed: Collection[str] = (),
        place: str = "",
    ) -> RecordForm:
        """The form of a new record (`record` empty) or of one there is; with what was amiss."""
        told = str(tell(error)) if error else ""
        at = str(error.facts.get("field", "")) if error else ""
        errors = {at: told} if at in kind.fields else {}
        typed = str(error.facts.get("given", "")) if error and error.reason in UNKNOWN else ""
        given = grants if grants is not None else GrantForm()
        at_place = error is not None and error.reason == "not_your_place"
        at_level = error is not None and error.reason in LEVEL_REASONS
        title = self.t("record.edit" if record else "record.new", kind=kind.title)
        back = record_href(record) if record else "/"
        document = kind.meaning.document
        opened = self.house.browsing.open(self.caller, record) if record else None
        named = title_of(kind, opened.revision) if opened else kind.title
        return RecordForm(
            title=title,
            kind=kind.title,
            action_href=f"{back}/edit" if record else f"/records/new/{kind.kind}",
            cancel_href=back,
            crumbs=(Crumb(named, back), Crumb(title)),
            fields=drawing_for(self.house, self.caller, self.t).form(
                kind, values, errors=errors, typed=typed
            ),
            idempotency_key=secrets.token_urlsafe(12),
            parts=tuple(
                _part_field(kind, name, record) for name in given_parts(kind) if name != document
            ),
            document=_part_field(kind, document, record) if document else None,
            held=self._held_files(opened, removed) if opened else (),
            level_was=was or (opened.revision.level.label if opened else ""),
            level=self._level(kind, opened, level, told if at_level else ""),
            place=None if record else self._place(kind, place, told if at_place else ""),
            attach=bool(record) or document is None,
            send_label=self._send_label(kind, opened),
            grants=given if not (kind.has_flow or record) else None,
            problem="" if errors or given.error or at_level or at_place else told,
        )

    def _send_label(self, kind: Kind, opened: OpenRecord | None) -> str:
        """What the button beside 保存 is called: the main action from here; empty for none."""
        if opened is not None:
            offered = self.house.acting.offers(self.caller, opened.kind, opened.latest)
            offers = (each.offer for each in offered)
            labels = [each.declaration.label for each in offers if each.declaration.primary]
        else:
            places = places_to_begin(kind, self.caller) or (self.caller.person.unit,)
            organ = self.caller.organisation.organ_of(places[0])
            profile = organ.profile or SIMPLE_PROFILE
            labels = [
                action.label
                for action in kind.actions.values()
                if action.primary
                and kind.start.state in action.from_
                and (not action.profiles or profile in action.profiles)
            ]
        return labels[0] if labels else ""

    def _level(
        self, kind: Kind, opened: OpenRecord | None, given: str | None, error: str
    ) -> FormField | None:
        """密级, up to the caller's clearance; None where the kind has a field for it."""
        label = self.t("facet.level")
        if any(field.label == label for field in kind.fields.values()):
            return None
        stands = opened.revision.level.label if opened else Level.PUBLIC.label
        levels = [each.label for each in Level if each <= self.caller.reader.clearance]
        chosen = given if given in levels else stands
        return FormField(
            "level",
            label,
            "choice",
            chosen,
            required=True,
            help=self.t("form.level_help"),
            error=error,
            choices=tuple(Choice(each, each, chosen=each == chosen) for each in levels),
            scope="record",
        )

    def _place(self, kind: Kind, given: str, error: str) -> FormField | None:
        """For which of his units he begins it (兼职); None for who has one place for it."""
        places = places_to_begin(kind, self.caller)
        if len(places) < 2 and not error:
            return None
        organisation, posts = self.caller.organisation, dict(self.caller.person.places)
        chosen = given if given in places else next(iter(places), "")
        return FormField(
            "for_unit",
            self.t("form.place"),
            "choice",
            chosen,
            required=True,
            help=self.t("form.place_help"),
            error=error,
            choices=tuple(
                Choice(
                    unit,
                    " · ".join((organisation.full_name(unit), *posts[unit])),
                    chosen=unit == chosen,
                )
                for unit in places
            ),
            scope="record",
        )

    def _held_files(self, opened: OpenRecord, removed: Collection[str]) -> tuple[FormFile, ...]:
        return tuple(
            FormFile(
                part=f"part-{file.part}",
                name=file.name,
                href=record_href(opened.revision.record, file=file.name),
                size_bytes=file.size_bytes,
                icon=file_icon(file.name),
                removed=file.name in removed,
            )
            for file in opened.revision.files
        )


def _part_field(kind: Kind, name: str, record: RecordId) -> FormField:
    part = kind.parts[name]
    required = part.required and not record and kind.meaning.document is None
    return FormField(f"part-{name}", part.label, "files", required=required, wide=True)
