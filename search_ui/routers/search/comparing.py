"""两版对比: what changed from one version of a record to another (SS-07)."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from records.identity import RecordId
from records.meaning import number_of, title_of
from records.revision import Revision
from records.times.office_time import office_day
from search_ui.desk import TheVisitor, Visitor
from search_ui.shown.fields import value_lines
from search_ui.shown.marking import of_pieces
from search_ui.shown.related import Related
from search_ui.shown.words import between_href, compare_href, record_href
from search_ui.views.comparison import ComparisonPage, FieldLine, FileLines, ParagraphLine
from search_ui.views.shell import Choice, Tab
from services.finding.comparing import Compared, ComparedFile, FieldChange, FileChange

router = APIRouter(route_class=BoundedRoute)

Number = Annotated[int, Query(ge=0, le=10**9)]


@router.get("/records/{record}/comparison")
def compare(
    record: str,
    visitor: TheVisitor,
    older: Number = 0,
    newer: Number = 0,
    view: Literal["both", "one"] = "both",
) -> HTMLResponse:
    """Side by side, or as one; of the last two versions where none are named."""
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    opened = house.browsing.open(caller, RecordId(record))
    history = house.browsing.history(caller, opened)
    numbers = [each.number for each in history]
    newer = newer or numbers[0]
    older = older or next((number for number in numbers if number < newer), newer)
    found = house.search_aids.comparer.of(caller, opened.revision.record, older, newer)
    ways = tuple(
        Tab(
            t(f"compare.{way}"),
            compare_href(record, found.before.number, found.after.number, way),
            current=way == view,
        )
        for way in ("both", "one")
    )
    related = Related(house, caller, t("record.hidden"))
    page = ComparisonPage(
        title=title_of(opened.kind, opened.revision),
        back_href=record_href(record),
        action=f"/records/{record}/comparison",
        older=_choices(visitor, history, found.before.number),
        newer=_choices(visitor, history, found.after.number),
        ways=ways,
        as_one=view == "one",
        fields=tuple(_field(found, each, related) for each in found.fields),
        files=tuple(_file(visitor, found, each) for each in found.files),
        before=_version(visitor, found.before),
        after=_version(visitor, found.after),
    )
    return visitor.show("comparison", page)


@router.get("/records/{record}/beside/{other}")
def beside(
    record: str, other: str, visitor: TheVisitor, view: Literal["both", "one"] = "both"
) -> HTMLResponse:
    """Two records as they stand, of which the second is gone back to."""
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    found = house.search_aids.comparer.between(caller, RecordId(record), RecordId(other))
    href = between_href(record, other)
    related = Related(house, caller, t("record.hidden"))
    page = ComparisonPage(
        title=title_of(found.kind, found.after),
        back_href=record_href(other),
        action=href,
        older=(),
        newer=(),
        ways=tuple(
            Tab(t(f"compare.{way}"), f"{href}?view={way}", current=way == view)
            for way in ("both", "one")
        ),
        as_one=view == "one",
        fields=tuple(_field(found, each, related) for each in found.fields),
        files=tuple(_file(visitor, found, each) for each in found.files),
        before=_named(visitor, found.before),
        after=_named(visitor, found.after),
    )
    return visitor.show("comparison", page)


def _named(visitor: Visitor, revision: Revision) -> str:
    kind = visitor.desk.house.kinds.of(revision)
    number = number_of(kind, revision)
    return f"{title_of(kind, revision)}{f'（{number}）' if number else ''}"


def _choices(visitor: Visitor, history: list[Revision], chosen: int) -> tuple[Choice, ...]:
    return tuple(
        Choice(str(each.number), _version(visitor, each), chosen=each.number == chosen)
        for each in history
    )


def _version(visitor: Visitor, revision: Revision) -> str:
    who = visitor.caller.organisation.name_of(revision.event.actor)
    day = office_day(revision.event.at).isoformat()
    return visitor.desk.texts("compare.version", n=revision.number, day=day, who=who)


def _field(found: Compared, each: FieldChange, related: Related) -> FieldLine:
    declared = found.kind.fields[each.name]
    before, after = (
        value_lines(declared, value, related.caller.organisation, related=related)
        for value in (each.before, each.after)
    )
    return FieldLine(declared.label, before, after)


def _file(visitor: Visitor, found: Compared, each: ComparedFile) -> FileLines:
    t, removed = visitor.desk.texts, each.change is FileChange.REMOVED
    part = (found.kind_before if removed else found.kind).parts.get(each.part)
    note = "" if each.is_read else t("compare.unread")
    return FileLines(
        name=each.name,
        part=part.label if part else each.part,
        change=t(f"compare.{each.change}"),
        paragraphs=tuple(
            ParagraphLine(
                before=None if p.before is None else of_pieces(p.before),
                after=None if p.after is None else of_pieces(p.after),
                same=p.is_same,
                skipped=p.skipped,
            )
            for p in each.paragraphs
        ),
        note=t("compare.cut") if each.cut else note,
    )
