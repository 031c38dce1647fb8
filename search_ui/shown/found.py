"""Search answers as views."""

from collections.abc import Iterable
from urllib.parse import urlencode

from records.file_names import file_type_of
from records.search import Facet
from search_ui.shown.marking import of_pieces
from search_ui.shown.words import kind_icon, level_badge, record_href, state_badge
from search_ui.texts import Texts
from search_ui.views.search import Chip, FacetGroup, FacetValue, HitView, Match
from search_ui.views.shell import Pager, Tab
from services.after_commit.documents import FIELD_PART, dated_on
from services.finding.searching import Found, SearchPage
from services.people.caller import Caller

Parameters = tuple[tuple[str, str], ...]
PAGE_SIZE = 20
_REACH = 5
"""Pages offered on both sides of the present one."""

NARROWING = {
    Facet.KIND: "kind",
    Facet.UNIT: "unit",
    Facet.YEAR: "year",
    Facet.LEVEL: "level",
    Facet.FILE_TYPE: "file_type",
}
"""Facets shown, and their names in the address."""


def address(parameters: Iterable[tuple[str, str]]) -> str:
    """The search page with these parameters."""
    return f"/search?{urlencode(list(parameters))}"


def without(parameters: Parameters, *names: str) -> Parameters:
    """The parameters but those named."""
    return tuple((name, value) for name, value in parameters if name not in names)


def hit_view(found: Found, caller: Caller, *, words: str) -> HitView:
    """One hit."""
    revision, kind = found.revision, found.kind
    organisation = caller.organisation
    state = state_badge(kind, revision)
    return HitView(
        href=record_href(revision.record, q=words),
        title=of_pieces(found.title_pieces),
        number=of_pieces(found.number_pieces),
        kind=kind.title,
        icon=kind_icon(kind),
        unit=organisation.unit_name(revision.unit),
        author=organisation.name_of(revision.owner),
        dated_on=dated_on(kind, revision),
        badges=(level_badge(revision.level), *((state,) if state else ())),
        file_types=tuple(sorted({file_type_of(file.name) for file in revision.files})),
        matches=tuple(
            Match(
                part=(
                    kind.fields[match.part.removeprefix(FIELD_PART)].label
                    if match.is_field
                    else match.part
                ),
                page=match.page,
                text=of_pieces(match.pieces),
                href=_place(found, match.part, match.page, words),
            )
            for match in found.matches
        ),
    )


def facet_groups(page: SearchPage, parameters: Parameters) -> tuple[FacetGroup, ...]:
    """Facets as links: each value switched on beside the others, or off."""
    kept = without(parameters, "page")
    groups = []
    for facet, name in NARROWING.items():
        values = []
        for value in page.facets.get(facet, ()):
            pair = (name, value.value)
            chosen = pair in kept
            changed = tuple(p for p in kept if p != pair) if chosen else (*kept, pair)
            values.append(FacetValue(value.label, value.count, address(changed), chosen=chosen))
        groups.append(FacetGroup(name, tuple(values)))
    return tuple(groups)


def chips(parameters: Parameters, groups: tuple[FacetGroup, ...], t: Texts) -> tuple[Chip, ...]:
    """The conditions that are on, each with the way to drop it."""
    on = [Chip(v.label, v.href) for group in groups for v in group.values if v.chosen]
    dates = [value for name, value in parameters if name in {"from", "to"} and value]
    if dates:
        rest = without(parameters, "from", "to", "page")
        on.append(Chip(f"{t('search.dates')} {' – '.join(dates)}", address(rest)))
    return tuple(on)


def sorts(parameters: Parameters, chosen: str, t: Texts) -> tuple[Tab, ...]:
    """The orders of hits."""
    rest = without(parameters, "sort", "page")
    return tuple(
        Tab(t(f"search.sort_{name}"), address((*rest, ("sort", name))), current=name == chosen)
        for name in ("relevance", "date", "changed")
    )


def pager(total: int, page: int, parameters: Parameters, base: str = "/search") -> Pager:
    """Where the list stands, `page` counted from 1."""
    pages = max(1, -(-total // PAGE_SIZE))
    kept = list(without(parameters, "page"))

    def href(number: int) -> str:
        return f"{base}?{urlencode([*kept, ('page', str(number))])}"

    shown = range(max(1, page - _REACH), min(pages, page + _REACH) + 1)
    return Pager(
        total=total,
        first=min(total, (page - 1) * PAGE_SIZE + 1),
        last=min(total, page * PAGE_SIZE),
        previous_href=href(page - 1) if page > 1 else None,
        next_href=href(page + 1) if page < pages else None,
        pages=tuple(Tab(str(n), href(n), current=n == page) for n in shown) if pages > 1 else (),
    )


def _place(found: Found, part: str, page: int | None, words: str) -> str:
    """The record's page opened at the file that the part is, or is inside of."""
    record = found.revision.record
    for file in found.revision.files:
        if part == file.name:
            return record_href(record, q=words, file=file.name, page=page)
        if part.startswith(f"{file.name}/"):
            return record_href(record, q=words, file=file.name)
    return record_href(record, q=words)
