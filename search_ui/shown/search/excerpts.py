"""Passages collected and cited, as views and as what is written of them."""

from collections.abc import Iterable, Iterator, Sequence

from records.meaning import title_of
from records.ports.excerpt_writer import CitedPassage
from records.times.office_time import office_day
from search_ui.shown.search.passages import cited_href, source_query
from search_ui.shown.words import record_href
from search_ui.texts import Texts
from search_ui.views.person.excerpts import EvidencePage, ExcerptPage, ExcerptRow
from search_ui.views.preview import Preview
from search_ui.views.shell import Pager
from services.people.caller import Caller
from services.quoting.cited_sources import name_of
from services.quoting.evidence import Evidence, Source, Standing, citation
from services.quoting.excerpts import Excerpt

_TONES = {
    Standing.UNCHANGED: "ok",
    Standing.STILL_THERE: "info",
    Standing.GONE: "warning",
    Standing.UNPROVED: "danger",
}


def evidence_page(
    found: Evidence, caller: Caller, t: Texts, preview: Preview | None
) -> EvidencePage:
    """One source, looked up."""
    source, opened = found.source, found.opened
    told = citation(opened.kind, opened.revision, source, caller.today)
    return EvidencePage(
        text=source.text,
        citation=told,
        cited=_bare(told, source),
        title=title_of(opened.kind, opened.revision),
        tone=_TONES[found.standing],
        told=told_of(found, t),
        then_href=record_href(source.record, revision=source.revision, q=f"“{source.text[:60]}”"),
        now_href=record_href(source.record),
        href_cited=cited_href(name_of(source)),
        source=source_query(source),
        preview=preview,
    )


def told_of(found: Evidence, t: Texts) -> str:
    """What became of a passage, in words."""
    newest = found.opened.newest
    name = str(found.standing)
    if found.standing is Standing.UNCHANGED and newest != found.source.revision:
        name = "unchanged_since"
    place = found.now.page_words if found.now else ""
    if found.standing is Standing.STILL_THERE and place:
        name = "still_on_page"
    return t(f"evidence.{name}", n=found.source.revision, newest=newest, place=place)


def excerpt_page(excerpts: Sequence[Excerpt], way: Pager, t: Texts) -> ExcerptPage:
    """One page of one's own collection."""
    return ExcerptPage(tuple(_row(each, t) for each in excerpts), way)


def _row(excerpt: Excerpt, t: Texts) -> ExcerptRow:
    found, source = excerpt.evidence, excerpt.collected.source
    if found is None:
        return ExcerptRow(excerpt.collected.id, "", t("excerpt.closed"), None, closed=True)
    return ExcerptRow(
        excerpt.collected.id,
        source.text,
        _cited(excerpt, found),
        _href(excerpt),
        told=told_of(found, t) if found.standing is not Standing.UNCHANGED else "",
    )


def cited_passages(excerpts: Iterable[Excerpt], base: str) -> list[CitedPassage]:
    """Those that their reader may read."""
    return list(_passages(excerpts, base))


def _passages(excerpts: Iterable[Excerpt], base: str) -> Iterator[CitedPassage]:
    for each in excerpts:
        if each.evidence is not None:
            source = each.collected.source
            link = f"{base}{_href(each)}"
            yield CitedPassage(source.text, _cited(each, each.evidence), link)


def _href(excerpt: Excerpt) -> str:
    """The short address; of what was collected before there were any the one it had."""
    source = excerpt.collected.source
    if excerpt.collected.named:
        return cited_href(name_of(source))
    return f"{record_href(source.record)}/evidence?{source_query(source)}"


def _cited(excerpt: Excerpt, found: Evidence) -> str:
    day, source = office_day(excerpt.collected.at), excerpt.collected.source
    return _bare(citation(found.opened.kind, found.opened.revision, source, day), source)


def _bare(told: str, source: Source) -> str:
    """A citation without the passage itself, which stands above it."""
    return told.removeprefix(f"“{source.text}”——")
