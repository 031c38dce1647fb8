"""The archive as views: the way down the tree, the pieces, the catalogue."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from records.identity import UnitCode
from records.meaning import dated_on, number_of, title_of
from search_ui.formats import day
from search_ui.shown.words import level_badge, record_href
from search_ui.texts import Texts
from search_ui.views.lists.archive import ArchiveCatalogue, ArchivePage, PieceRow
from search_ui.views.search import FacetValue
from search_ui.views.shell import Crumb, Pager
from services.finding.archive_shelves import (
    RETENTION,
    UNIT,
    YEAR,
    Branches,
    Shelf,
    is_supplement,
    piece_number,
)
from services.finding.listing import Listed, ListPage
from services.people.caller import Caller

_HEADS = ("piece", "number", "title", "dated", "unit", "year", "retention", "level")


@dataclass(frozen=True, slots=True)
class ArchiveShowing:
    """Shows one place of the archive to one caller."""

    caller: Caller
    shelf: Shelf
    t: Texts

    def page(self, found: ListPage, below: Branches, pager: Pager) -> ArchivePage:
        """The place with its pieces and what lies below."""
        return ArchivePage(
            crumbs=self._way(),
            level=self.t(f"archive.{below.level}") if below.level else "",
            branches=tuple(
                FacetValue(self._label(below.level, value), count, self._below(below.level, value))
                for value, count in below.counts
            ),
            heads=self.heads(),
            rows=tuple(map(self.row, found.rows)),
            pager=pager,
            words=self.shelf.words,
            kept=tuple(self.shelf.values.items()),
            catalogue_href=self._href("/archive/catalogue"),
            export_href=self._href("/archive/export"),
        )

    def catalogue(self, pieces: Sequence[Listed]) -> ArchiveCatalogue:
        """归档文件目录 with its 备考表."""
        caller = self.caller
        return ArchiveCatalogue(
            organ=caller.organisation.organ_of(caller.person.unit).name,
            place=" – ".join(crumb.label for crumb in list(self._crumbs())[1:])
            or self.t("archive.whole"),
            heads=self.heads(),
            rows=tuple(map(self.row, pieces)),
            supplements=tuple(self._supplement(each) for each in pieces if is_supplement(each)),
            files=sum(len(piece.revision.files) for piece in pieces),
            made_by=caller.person.name,
            made_on=day(caller.today),
            back_href=self._href("/archive"),
            export_href=self._href("/archive/export"),
        )

    def heads(self) -> tuple[str, ...]:
        """The columns of the catalogue (DA/T 22-2015, 归档文件目录)."""
        return tuple(self.t(f"archive.{name}") for name in _HEADS)

    def row(self, piece: Listed) -> PieceRow:
        """A piece as a row."""
        revision, fields = piece.revision, piece.revision.fields
        return PieceRow(
            href=record_href(revision.record),
            cells=(
                piece_number(piece),
                number_of(piece.kind, revision),
                title_of(piece.kind, revision),
                day(dated_on(piece.kind, revision)),
                self._label(UNIT, revision.unit),
                str(fields.get(YEAR) or ""),
                str(fields.get(RETENTION) or ""),
                level_badge(revision.level).label,
            ),
        )

    def _supplement(self, piece: Listed) -> str:
        """One line of the 备考表: which, what, when, by whom."""
        revision = piece.revision
        return self.t(
            "archive.supplement",
            piece=piece_number(piece),
            title=title_of(piece.kind, revision),
            day=day(dated_on(piece.kind, revision)),
            who=self.caller.organisation.name_of(revision.event.actor),
        )

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The place as parameters of an address."""
        words = (("q", self.shelf.words),) if self.shelf.words else ()
        given = {
            "year": self.shelf.year,
            "unit": self.shelf.unit,
            "retention": self.shelf.retention,
        }
        return (*((name, value) for name, value in given.items() if value), *words)

    def _href(self, base: str, shelf: Shelf | None = None) -> str:
        showing = self if shelf is None else replace(self, shelf=shelf)
        given = showing.parameters()
        return f"{base}?{urlencode(given)}" if given else base

    def _below(self, level: str, value: str) -> str:
        return self._href("/archive", _at(self.shelf, level, value))

    def _way(self) -> tuple[Crumb, ...]:
        *above, here = self._crumbs()
        return (*above, replace(here, href=None))

    def _crumbs(self) -> Iterator[Crumb]:
        shelf = Shelf(words=self.shelf.words)
        yield Crumb(self.t("archive.page"), self._href("/archive", shelf))
        for level, value in self.shelf.values.items():
            shelf = _at(shelf, level, value)
            yield Crumb(self._label(level, value), self._href("/archive", shelf))

    def _label(self, level: str, value: str) -> str:
        if level == UNIT:
            return self.caller.organisation.unit_name(UnitCode(value))
        return self.t("archive.of_year", year=value) if level == YEAR else value


def _at(shelf: Shelf, level: str, value: str) -> Shelf:
    names = {YEAR: "year", UNIT: "unit", RETENTION: "retention"}
    return replace(shelf, **{names[level]: value})
