"""Two revisions of a record beside each other (SS-07)."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.access import TheCaller, TheHouse
from api.requests import Wire
from api.routes.search import marked_html
from gate.bounded_request import BoundedRoute
from records.identity import RecordId
from records.revision import FieldValue
from services.finding.comparing import ComparedFile, FileChange

router = APIRouter(prefix="/api/v1", tags=["records"], route_class=BoundedRoute)

Number = Annotated[int, Query(ge=1, le=10**9)]


class FieldChangeShape(Wire):
    """A field whose value is another one."""

    name: str
    label: str
    before: FieldValue
    after: FieldValue


class ParagraphShape(Wire):
    """A paragraph on both sides as escaped HTML, ``<mark>`` where they differ; null where none.

    `skipped` paragraphs without a change stand before it.
    """

    before: str | None
    after: str | None
    same: bool
    skipped: int


class ComparedFileShape(Wire):
    """A file that is not the same; `cut`: longer than what was compared; `read`: texts known."""

    part: str
    name: str
    change: FileChange
    paragraphs: list[ParagraphShape]
    cut: bool
    read: bool


class ComparedAnswer(Wire):
    """All that is not the same in the revisions `older` and `newer`."""

    older: int
    newer: int
    fields: list[FieldChangeShape]
    files: list[ComparedFileShape]


@router.get("/records/{record}/comparison")
def compare(
    record: str, older: Number, newer: Number, caller: TheCaller, house: TheHouse
) -> ComparedAnswer:
    """What changed from one revision to another, of what the caller may read in both."""
    found = house.search_aids.comparer.of(caller, RecordId(record), older, newer)
    return ComparedAnswer(
        older=found.before.number,
        newer=found.after.number,
        fields=[
            FieldChangeShape(
                name=each.name,
                label=found.kind.fields[each.name].label,
                before=each.before,
                after=each.after,
            )
            for each in found.fields
        ],
        files=[_file(each) for each in found.files],
    )


def _file(each: ComparedFile) -> ComparedFileShape:
    return ComparedFileShape(
        part=each.part,
        name=each.name,
        change=each.change,
        paragraphs=[
            ParagraphShape(
                before=None if p.before is None else marked_html(p.before),
                after=None if p.after is None else marked_html(p.after),
                same=p.is_same,
                skipped=p.skipped,
            )
            for p in each.paragraphs
        ],
        cut=each.cut,
        read=each.is_read,
    )
