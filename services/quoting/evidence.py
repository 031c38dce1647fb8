"""A passage as evidence: cited by revision, file and page, and told for ever what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field

from records.identity import RecordId
from records.meaning import number_of, title_of
from records.queries.search import IndexedPage
from records.queries.snippet import ELLIPSIS
from records.revision import FileVersion, Revision
from records.schema.kind import Kind, Kinds
from services.after_commit.documents import FIELD_PART, searched_pages
from services.after_commit.texts import Texts
from services.finding.browse import OpenRecord, RecordOpener
from services.people.caller import Caller
from services.searching.matches import Match
from services.searching.places import Place, sheet_name

LONGEST = 300
"""Characters of a passage that is cited: somewhat more than is quoted now, as was once."""


class CellsOf(Protocol):
    """Gives the texts in a row of a sheet of a file; none of one that it does not know."""

    def __call__(
        self, revision: Revision, file: FileVersion, *, sheet: int, row: int
    ) -> Sequence[str]:
        """Sheets and rows are counted from 1. Raises Unavailable, Refused."""
        ...


class Source(BaseModel):
    """Where a passage stands: revision, part (file, part within a file, field), and its text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    record: RecordId
    revision: int = Field(ge=1)
    part: str = Field(default="", max_length=1_000)
    page: int | None = Field(default=None, ge=1)
    sheet: str = Field(default="", max_length=100)
    row: int | None = Field(default=None, ge=1)
    text: str = Field(max_length=LONGEST)

    @property
    def place(self) -> Place:
        """Where it stands, to be told in words."""
        return Place(self.part, self.page, self.sheet, self.row)


class Standing(StrEnum):
    """What became of a passage."""

    UNCHANGED = "unchanged"
    """It is the newest revision, or its file is the same still."""
    STILL_THERE = "still_there"
    """The file or field was changed; the passage stands in it."""
    GONE = "gone"
    """The newest revision has it no more."""
    UNPROVED = "unproved"
    """Not even the revision that is named holds it: the address was changed, or no text is kept."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A source, looked up: the revision it names, and what the newest says."""

    source: Source
    opened: OpenRecord
    standing: Standing
    now: Place | None = None
    """Where it stands in the newest revision."""


class EvidenceFinder:
    """Looks sources up, each only for who may read its revision."""

    def __init__(self, browsing: RecordOpener, texts: Texts, kinds: Kinds) -> None:
        self._browsing = browsing
        self._texts = texts
        self._kinds = kinds

    def of(self, caller: Caller, source: Source) -> Evidence:
        """What the source says and what became of it. Raises NotFound."""
        opened = self._browsing.open(caller, source.record, number=source.revision)
        named = self._pages(opened.revision, source.part)
        if not _holding(named, source.text):
            return Evidence(source, opened, Standing.UNPROVED)
        if _content(opened.revision, source.part) == _content(opened.latest, source.part):
            return Evidence(source, opened, Standing.UNCHANGED, source.place)
        now = _holding(self._pages(opened.latest, source.part), source.text)
        if not now:
            return Evidence(source, opened, Standing.GONE)
        page = now[0]
        place = Place(page.part, page.page, sheet_name(page.part, page.page, page.text))
        return Evidence(source, opened, Standing.STILL_THERE, place)

    def stands(self, caller: Caller, source: Source, cells_of: CellsOf) -> bool:
        """Whether the passage stands where the source says: on its page, sheet and row.

        `cells_of` gives the cells of a row of a sheet. Raises NotFound, and what that raises.
        """
        revision = self._browsing.open(caller, source.record, number=source.revision).revision
        is_there = any(
            page.page == source.page and source.sheet == sheet_name(page.part, page.page, page.text)
            for page in _holding(self._pages(revision, source.part), source.text)
        )
        if not is_there or source.row is None:
            return is_there
        file = revision.file(source.part)
        if file is None or source.page is None or not source.sheet:
            return False
        cells = cells_of(revision, file, sheet=source.page, row=source.row)
        return is_of_row(cells, source.sheet, source.text)

    def _pages(self, revision: Revision, part: str) -> list[IndexedPage]:
        pages = searched_pages(self._kinds.of(revision), revision, self._texts.of(revision))
        return [page for page in pages if page.part == part]


def source_of(revision: Revision, match: Match) -> Source:
    """The source of a passage that was found."""
    text = "".join(piece.text for piece in match.pieces).replace(ELLIPSIS, "").strip()
    return Source(
        record=revision.record,
        revision=revision.number,
        part=match.part,
        page=match.page,
        sheet=match.sheet,
        row=match.row,
        text=(match.quote or text)[:LONGEST],
    )


def citation(kind: Kind, revision: Revision, source: Source, today: date) -> str:
    """标题、文号、附件、第几页、检索日期, as one writes it below a text."""
    number = number_of(kind, revision)
    told = [f"《{title_of(kind, revision)}》" + (f"（{number}）" if number else "")]
    place = source.place
    told += [
        each for each in (place.part_words(kind) if source.part else "", place.page_words) if each
    ]
    told.append(f"第{source.revision}次修订")
    day = f"{today.year}年{today.month}月{today.day}日"
    return f"“{source.text}”——{'，'.join(told)}。检索日期：{day}。"


def _holding(pages: Iterable[IndexedPage], text: str) -> list[IndexedPage]:
    """Pages that hold a text, however it is broken into lines."""
    wanted = "".join(text.split())
    return [page for page in pages if wanted and wanted in "".join(page.text.split())]


def is_of_row(cells: Iterable[str], sheet: str, text: str) -> bool:
    """Whether a text is part of a row; of the first one the name of the sheet may stand before."""
    row, wanted, name = ("".join("".join(each).split()) for each in (cells, text, sheet))
    return any(each and each in row for each in (wanted, wanted.removeprefix(name)))


def _content(revision: Revision, part: str) -> str:
    """What tells whether a part is the same: the digest of its file, or the value of its field."""
    if part.startswith(FIELD_PART):
        return str(revision.fields.get(part.removeprefix(FIELD_PART)))
    for file in revision.files:
        if part == file.name or part.startswith(f"{file.name}/"):
            return str(file.sha256)
    return ""
