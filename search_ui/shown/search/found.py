"""Search answers as views."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlencode

from records.file_names import file_type_of
from records.identity import RecordId
from records.meaning import dated_on
from records.queries.search import SortOrder
from records.queries.snippet import Piece
from records.revision import Revision
from records.times.office_time import office_day
from search_ui.shown.marking import of_pieces
from search_ui.shown.search.address import PAGE_SIZE, address, without
from search_ui.shown.slip import document_of
from search_ui.shown.words import (
    compare_href,
    file_icon,
    kind_icon,
    level_badge,
    record_href,
    small_href,
    state_badge,
)
from search_ui.texts import Texts
from search_ui.views.search import Chip, Guess, HitView, Match, Member, StayView
from search_ui.views.shell import Badge, Pager, Tab
from services.people.caller import Caller
from services.scanning.unread_scans import UnreadScans
from services.searching.asked_address import FAMILY, VERSIONS, Parameters
from services.searching.histories import Stay
from services.searching.hit_columns import HitColumn
from services.searching.matches import Match as FoundMatch
from services.searching.search_page import Asked, Found, SearchPage

_REACH = 5
"""Pages offered on both sides of the present one."""


VERSIONS_OF = {True: "all", False: ""}
"""How an address says whether all versions are asked."""

_Row = TypeVar("_Row")


def hit_view(
    found: Found,
    caller: Caller,
    t: Texts,
    *,
    asked: Asked,
    unread: UnreadScans,
    columns: Sequence[HitColumn] = (),
) -> HitView:
    """One hit; with `columns` as a row of a table, whose first is the title."""
    revision, kind, words = found.revision, found.kind, asked.words
    versions = VERSIONS_OF[asked.all_versions]
    organisation = caller.organisation
    state, repeal = state_badge(kind, revision), found.repealed_by
    scan = Badge(t("file.scan.unread"), "info") if unread.holds(revision.record) else None
    return HitView(
        href=record_href(revision.record, q=words),
        title=of_pieces(found.title_pieces),
        number=of_pieces(found.number_pieces),
        kind=kind.title,
        icon=_icon(found),
        small_href=_small_href(found),
        unit=organisation.full_name(revision.unit),
        author=organisation.name_of(revision.owner),
        dated_on=dated_on(kind, revision),
        badges=(level_badge(revision.level), *(each for each in (state, scan) if each)),
        file_types=tuple(sorted({file_type_of(file.name) for file in revision.files})),
        matches=tuple(
            Match(
                part=match.place.part_words(kind),
                page=match.place.page_words,
                text=of_pieces(match.pieces),
                href=place_href(revision, match, words),
                pane_href=pane_href(place_href(revision, match, words, versions=versions)),
            )
            for match in found.matches
        ),
        pane_href=pane_href(record_href(revision.record, q=words, versions=versions)),
        repealed=repeal.words if repeal else "",
        repealed_href=record_href(repeal.record) if repeal else "",
        history=stays_of(found.history, revision, t),
        cells=tuple(column.text(found, caller) for column in columns if column.name != "title"),
    )


def stays_of(stays: Iterable[Stay], newest: Revision, t: Texts) -> tuple[StayView, ...]:
    """Where sentences with the words came in and went, each with the way to compare."""
    return tuple(_stay(each, newest, t) for each in stays)


def _stay(stay: Stay, newest: Revision, t: Texts) -> StayView:
    """From which version up to which: 第 2 版（2026-11-20）加入，第 4 版（2026-11-22）删去."""
    told = [
        t(name, n=each.number, day=office_day(each.event.at).isoformat())
        for name, each in (("search.came", stay.since), ("search.went", stay.until))
        if each is not None
    ]
    changed = stay.until or stay.since or newest
    return StayView(
        told=t("search.came_and_went").join(told),
        text=of_pieces(stay.pieces),
        gone=stay.until is not None,
        href=compare_href(newest.record, stay.before.number, changed.number),
    )


def versions(given: Parameters, t: Texts, *, all_of_them: bool) -> tuple[Tab, ...]:
    """The choice between the newest version and all."""
    bare = without(given, VERSIONS, FAMILY, "page")
    return (
        Tab(t("search.newest_version"), address(bare), current=not all_of_them),
        Tab(t("search.all_versions"), address((*bare, (VERSIONS, "all"))), current=all_of_them),
    )


def folded(
    page: SearchPage, hits: Sequence[HitView], given: Parameters, t: Texts
) -> tuple[HitView, ...]:
    """The hits, those of one matter below the first of them; `hits` are those of the page."""
    by_record = dict(zip((hit.revision.record for hit in page.hits), hits, strict=True))
    below: dict[RecordId, list[Member]] = {}
    for record, place in page.families.items():
        hit = by_record[record]
        told = t(f"search.tie_{place.tie}")
        below.setdefault(place.head, []).append(
            Member(
                tie=told,
                href=hit.href,
                pane_href=hit.pane_href,
                title=hit.title,
                number=hit.number,
                dated_on=hit.dated_on,
                badges=(*hit.badges, *((Badge(hit.repealed, "danger"),) if hit.repealed else ())),
            )
        )
    shown: dict[RecordId, HitView] = {}
    for record, hit in by_record.items():
        stands = page.families.get(record)
        if stands is None:
            shown[record] = replace(hit, family=tuple(below.get(record, ())))
        elif stands.head in page.earlier and stands.head not in shown:
            family = tuple(below[stands.head])
            shown[stands.head] = _of_earlier(stands.head, page.earlier[stands.head], hit, family)
    for head, count in page.untold.items():
        href = address((*without(given, FAMILY, "page"), (FAMILY, head)))
        shown[head] = replace(shown[head], further=count, family_href=href)
    return tuple(shown.values())


def family_chip(page: SearchPage, given: Parameters, t: Texts) -> tuple[Chip, ...]:
    """Of which hit those of one matter are shown alone, and the way back to all."""
    if page.asked.family is None:
        return ()
    head = next((hit.title for hit in page.hits if hit.revision.record == page.asked.family), "")
    told = t("search.of_family", title=head) if head else t("search.family")
    return (Chip(told, address(without(given, FAMILY, "page"))),)


def _of_earlier(head: RecordId, title: str, hit: HitView, family: tuple[Member, ...]) -> HitView:
    """A hit of an earlier page, only named, with those of this page that belong to it."""
    href = record_href(head)
    return replace(
        hit,
        href=href,
        title=of_pieces((Piece(title, marked=False),)),
        pane_href=pane_href(href),
        family=family,
        earlier=True,
    )


def pane_href(href: str) -> str:
    """The same place of a record beside the hits."""
    return href.replace("/records/", "/search/pane/", 1)


def place_href(revision: Revision, match: FoundMatch, words: str, **more: object) -> str:
    """The record's page opened at the file that a passage is in, or at the file around that."""
    record = revision.record
    for file in revision.files:
        if match.part == file.name:
            return record_href(record, q=words, file=file.name, page=match.page, **more)
        if match.part.startswith(f"{file.name}/"):
            member = match.part.removeprefix(f"{file.name}/")
            return record_href(record, q=words, file=file.name, member=member, **more)
    return record_href(record, q=words, **more)


def _icon(found: Found) -> str:
    """Of a single file what it is; else what its kind is."""
    files = found.revision.files
    return (
        file_icon(files[0].name)
        if len(files) == 1 and not found.kind.has_flow
        else kind_icon(found.kind)
    )


def _small_href(found: Found) -> str:
    """Where the file as which a record is read is drawn in small; empty where it is not drawn."""
    document = document_of(found.kind, found.revision)
    return (small_href(found.revision, document.name) if document else None) or ""


def missing(page: SearchPage) -> tuple[str, ...]:
    """Words that stand nowhere; that the only one does not is said by the rest of the page."""
    return page.missing if page.missing != (page.asked.words.strip(),) else ()


def guesses(page: SearchPage, parameters: Parameters) -> tuple[Guess, ...]:
    """Other queries under the same conditions."""
    rest = without(parameters, "q", "page")
    return tuple(Guess(words, address((("q", words), *rest))) for words in page.guesses)


def sorts(parameters: Parameters, asked: Asked, t: Texts) -> tuple[Tab, ...]:
    """The orders of hits; no hit is nearer than others to no words."""
    rest = without(parameters, "sort", FAMILY, "page")
    return tuple(
        Tab(t(f"search.sort_{name}"), address((*rest, ("sort", name))), current=name is asked.sort)
        for name in (SortOrder.RELEVANCE, SortOrder.DATE, SortOrder.CHANGED)
        if asked.words.strip() or name is not SortOrder.RELEVANCE
    )


def paged(rows: Sequence[_Row], page: int, *, base: str) -> tuple[Sequence[_Row], Pager]:
    """The rows of a page, and where it stands; a page behind the last one is the last."""
    last = max(1, -(-len(rows) // PAGE_SIZE))
    at = min(max(page, 1), last)
    return rows[(at - 1) * PAGE_SIZE : at * PAGE_SIZE], pager(len(rows), at, (), base=base)


def pager(
    total: int,
    page: int,
    parameters: Parameters,
    base: str = "/search",
    *,
    reach: int | None = None,
) -> Pager:
    """Where the list stands, `page` counted from 1; it leads to the first `reach` alone."""
    pages = max(1, -(-min(total, reach or total) // PAGE_SIZE))
    first, last = min(total, (page - 1) * PAGE_SIZE + 1), min(total, page * PAGE_SIZE)
    at = Pager(total, first, last, None, None)
    return _ways(at, page, pages, without(parameters, "page"), base)


def hits_pager(answer: SearchPage, parameters: Parameters, *, reach: int) -> Pager:
    """The same of hits, some of which may stand below others."""
    pages = min(answer.pages, -(-reach // PAGE_SIZE))
    at = Pager(answer.total, *answer.span, None, None)
    return _ways(at, answer.asked.page, pages, without(parameters, "page"), "/search")


def _ways(at: Pager, page: int, pages: int, kept: Parameters, base: str) -> Pager:
    def href(number: int) -> str:
        return f"{base}?{urlencode([*kept, ('page', str(number))])}"

    shown = range(max(1, page - _REACH), min(pages, page + _REACH) + 1)
    return replace(
        at,
        previous_href=href(page - 1) if page > 1 else None,
        next_href=href(page + 1) if page < pages else None,
        pages=tuple(Tab(str(n), href(n), current=n == page) for n in shown) if pages > 1 else (),
    )
