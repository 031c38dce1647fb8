"""Records as an index gets them, for tests: everything beside the words is ordinary."""

from datetime import UTC, date, datetime

from records.identity import KindName, Login, RecordId, UnitCode
from records.queries.search import IndexDocument, IndexedPage
from records.rights.access import EVERYONE, AccessFilter, Level, ReadRule

TODAY = date(2024, 5, 1)
STAFF = AccessFilter(tokens=frozenset({EVERYONE}), clearance=Level.INTERNAL, today=TODAY)
OPEN = ReadRule(tokens=frozenset({EVERYONE}), dated_tokens=frozenset(), level=Level.PUBLIC)


def document(
    record: str, title: str, *pages: str, revision: int = 1, rule: ReadRule = OPEN
) -> IndexDocument:
    """A public notice of the office, of 1 March 2017, with pages of one PDF."""
    return IndexDocument(
        record=RecordId(record),
        revision=revision,
        kind=KindName("notice"),
        title=title,
        number="",
        unit=UnitCode("0101"),
        unit_name="办公室",
        author=Login("zhang"),
        author_name="张三",
        dated_on=date(2017, 3, 1),
        changed_at=datetime(2024, 1, 1, tzinfo=UTC),
        state="issued",
        file_types=("pdf",),
        rule=rule,
        pages=tuple(IndexedPage("a.pdf", number, text) for number, text in enumerate(pages, 1)),
    )
