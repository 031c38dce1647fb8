"""A record as its paper form: fields and opinions in their boxes (CX-04, FW-13)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from records.flow.marks import standing_copies
from records.flow.task import Opinion, Verdict
from records.identity import RecordId
from records.meaning import title_of
from records.revision import FileVersion, Revision
from records.schema.kind import Kind
from records.schema.slip import SlipBox, SlipDeclaration
from records.times.office_time import office_day
from search_ui.formats import day
from search_ui.shown.fields import value_lines
from search_ui.shown.record import organ_name
from search_ui.shown.related import Related
from search_ui.shown.words import drawn_href, record_href
from search_ui.texts import Texts
from search_ui.views.slip import PrintedFile, SlipCell, SlipOpinion, SlipPage
from services.finding.browse import OpenRecord
from services.people.caller import Caller

COLUMNS = 3
"""Boxes side by side in a row, at most."""


@dataclass(frozen=True, slots=True)
class SlipShowing:
    """Draws the form for one caller; opinions stand there for who took part."""

    caller: Caller
    related: Related
    t: Texts

    def page(
        self,
        opened: OpenRecord,
        slip: SlipDeclaration | None,
        files: Iterable[PrintedFile],
        *,
        printing: bool,
    ) -> SlipPage:
        """The form; of a kind without one, all its fields one below the other."""
        revision, organisation = opened.revision, self.caller.organisation
        them = tuple(files)
        rows = slip.rows if slip is not None else _plain(opened.kind)
        bare = slip is not None and slip.opinions_in and revision.state not in slip.opinions_in
        return SlipPage(
            heading=organ_name(revision, organisation),
            name=slip.title if slip is not None else opened.kind.title,
            title=title_of(opened.kind, revision),
            rows=tuple(tuple(self._cells(opened, row, bare=bool(bare))) for row in rows),
            unit=organisation.full_name_at(revision.unit, revision.named_at),
            author=organisation.name_of(revision.owner),
            began=day(office_day(revision.created_at)),
            files=them,
            back_href=record_href(revision.record),
            whole_href=None if printing else f"{record_href(revision.record)}/slip?whole=1",
            printing=printing,
        )

    def _cells(
        self, opened: OpenRecord, row: Iterable[SlipBox], *, bare: bool
    ) -> Iterator[SlipCell]:
        """The boxes of a row; on a `bare` form no opinion stands yet, whoever prints it."""
        for box in row:
            if box.field is None:
                shown = opened.took_part and not bare
                said = tuple(self._opinions(opened, box)) if shown else ()
                yield SlipCell(box.label or "", box.wide, opinions=said, is_opinions=True)
            else:
                field = opened.kind.fields[box.field]
                lines = value_lines(
                    field,
                    opened.revision.fields.get(box.field),
                    self.caller.organisation.as_called(opened.revision.named_at),
                    related=self.related,
                )
                yield SlipCell(box.label or field.label, box.wide, lines=lines)

    def _opinions(self, opened: OpenRecord, box: SlipBox) -> Iterator[SlipOpinion]:
        for opinion in opened.revision.opinions:
            if opinion.action in box.opinions:
                yield self._opinion(opened.revision.record, opinion)

    def _opinion(self, record: RecordId, opinion: Opinion) -> SlipOpinion:
        organisation = self.caller.organisation
        verdict = "" if opinion.verdict is Verdict.NONE else self.t(f"verdict.{opinion.verdict}")
        by = f"{opinion.name}{self._place(opinion)}"
        if opinion.for_ is not None:
            other = organisation.name_of(opinion.for_)
            by = f"{by} {self.t('record.instead_of', who=other)}"
        signed_on = opinion.signed_on or office_day(opinion.at)
        drawn = drawn_href(record, opinion)
        return SlipOpinion(opinion.text or ("" if drawn else verdict), by, day(signed_on), drawn)

    def _place(self, opinion: Opinion) -> str:
        """The unit for which he spoke, where he has several (兼职)."""
        organisation = self.caller.organisation
        person = organisation.find_person(opinion.for_ or opinion.by)
        if opinion.place is None or person is None or not person.also:
            return ""
        return f"（{organisation.full_name_at(opinion.place, opinion.at)}）"


def _plain(kind: Kind) -> tuple[tuple[SlipBox, ...], ...]:
    return tuple((SlipBox(field=name, wide=COLUMNS),) for name in kind.fields)


def printed_parts(kind: Kind, revision: Revision) -> Iterator[tuple[str, FileVersion]]:
    """Files in the order of the kind's parts, each with the label of its part.

    What was laid out (制版) stands in the place of the draft that it was made of.
    """
    copies = standing_copies(kind, revision)
    for name in kind.parts:
        if name in copies.values():
            continue
        shown = copies.get(name, name)
        for file in revision.files:
            if file.part == shown:
                yield kind.parts[shown].label, file


def document_of(kind: Kind, revision: Revision) -> FileVersion | None:
    """The file that a record is read as: its first, as it was issued; None for one without."""
    first = next((file for _, file in printed_parts(kind, revision)), None)
    return first or next(iter(revision.files), None)
