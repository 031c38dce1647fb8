"""Passages of a record as views: each with its place, and the words that cite it."""

from urllib.parse import urlencode

from records.meaning import dated_on, number_of, title_of
from search_ui.formats import day
from search_ui.shown.marking import of_pieces
from search_ui.shown.search.found import VERSIONS_OF, pane_href, place_href
from search_ui.shown.words import level_badge, record_href, repeal_badge, state_badge
from search_ui.views.preview import Preview
from search_ui.views.search import HitPane, Passage, PassageList, StayView
from services.finding.browse import OpenRecord
from services.people.caller import Caller
from services.quoting.cited_sources import name_of
from services.quoting.evidence import Source, citation, source_of
from services.searching.matches import Match
from services.searching.passages import Passages
from services.searching.search_page import Repeal


def hit_pane(
    opened: OpenRecord,
    caller: Caller,
    words: str,
    found: Passages,
    *,
    file: str,
    preview: Preview | None,
    repeal: Repeal | None,
    history: tuple[StayView, ...] | None = None,
) -> HitPane:
    """The pane of one hit; `history` is None where not all versions are asked."""
    kind, revision = opened.kind, opened.revision
    organisation, state = caller.organisation, state_badge(kind, revision)
    return HitPane(
        href=record_href(revision.record, q=words),
        title=title_of(kind, revision),
        number=number_of(kind, revision),
        facts=(
            organisation.full_name(revision.unit),
            organisation.name_of(revision.owner),
            day(dated_on(kind, revision)),
        ),
        badges=(
            level_badge(revision.level),
            *((state,) if state else ()),
            *repeal_badge(repeal),
        ),
        passages=passage_list(
            opened, caller, words, found, in_pane=True, all_versions=history is not None
        ),
        history=history or (),
        file=file,
        preview=preview,
    )


def passage_list(
    opened: OpenRecord,
    caller: Caller,
    words: str,
    found: Passages,
    *,
    in_pane: bool = False,
    all_versions: bool = False,
) -> PassageList:
    """All passages that were found; in a pane each leads to its place there."""

    def href(match: Match) -> str:
        versions = VERSIONS_OF[all_versions]
        found = place_href(opened.revision, match, words, versions=versions)
        return pane_href(found) if in_pane else found

    return PassageList(
        tuple(_passage(opened, caller, each, href(each)) for each in found.found),
        found.places,
        cut=found.cut,
        more=found.more,
    )


def _passage(opened: OpenRecord, caller: Caller, match: Match, href: str) -> Passage:
    source = source_of(opened.revision, match)
    told = citation(opened.kind, opened.revision, source, caller.today)
    return Passage(
        where=match.place.words(opened.kind),
        text=of_pieces(match.pieces),
        href=href,
        citation=told,
        href_cited=cited_href(name_of(source)),
        source=source_query(source),
    )


def source_query(source: Source) -> str:
    """A source as it follows an address."""
    given = source.model_dump(exclude_none=True)
    return urlencode({name: value for name, value in given.items() if value != ""})


def cited_href(name: str) -> str:
    """The address that tells for ever what a passage says and what became of it."""
    return f"/evidence/{name}"
