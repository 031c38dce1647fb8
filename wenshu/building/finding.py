"""The use cases of finding, put together: opening records, search, lists."""

from collections.abc import Callable
from dataclasses import dataclass

from indexers.closeness import WindowCloseness
from indexers.guessing import OneMistakeGuesser
from records.ports.clock import Clock
from records.ports.highlighter import Highlighter
from records.ports.identities import Identities
from records.schema.kind import Kinds
from services.after_commit.deliveries import Deliveries
from services.after_commit.texts import Texts
from services.exporting.admitted_pairs import AdmittedPairs
from services.exporting.batch_rows import BatchRows
from services.exporting.duplicate_rows import DuplicateRows
from services.exporting.export_desk import ExportDesk
from services.exporting.export_worker import ExportWorker
from services.exporting.exports import ExportShelf, ExportSource
from services.exporting.hit_rows import HitRows
from services.exporting.list_rows import ListRows
from services.finding.announcements import Announcements
from services.finding.archive_shelves import ArchiveShelves
from services.finding.browse import RecordOpener
from services.finding.comparing import RevisionComparer
from services.finding.duplicates import DuplicateFinder
from services.finding.favourites import Favourites
from services.finding.kind_lists import KindLists
from services.finding.listing import RecordLister
from services.finding.own_records import OwnRecords
from services.finding.person_marks import FOLLOWED, NOTICED, PersonMarks
from services.finding.record_titles import RecordTitles
from services.finding.saved_views import SavedViews
from services.finding.statistics import Statistics
from services.finding.unindexed import UnindexedView
from services.finding.worklists import Worklists
from services.flow.change import RevisionWriter
from services.house_parts.lists import Lists
from services.house_parts.search_aids import SearchAids
from services.library import FolderDesk
from services.people.organisation_book import OrganisationBook
from services.quoting.cited_sources import CitedSources
from services.quoting.evidence import EvidenceFinder
from services.quoting.excerpts import ExcerptBook
from services.relations.alike import AlikeFinder
from services.relations.citation_desk import CitationDesk
from services.relations.citation_graph import GraphFinder
from services.relations.citation_links import LinkFinder
from services.relations.citations import CitationFinder
from services.relations.co_citing import CoCitingFinder
from services.relations.look_alikes import LookAlikeFinder
from services.relations.repeals import RepealFinder
from services.searching.admission import Admission
from services.searching.families import FamilyFinder
from services.searching.guesses import WordGuesses
from services.searching.histories import HistoryFinder
from services.searching.hit_finder import HitFinder
from services.searching.imprints import ImprintReader
from services.searching.matches import MatchFinder
from services.searching.passages import PassageFinder
from services.searching.record_finder import RecordFinder
from services.searching.search_memory import SearchMemory
from services.searching.second_look import SecondLook
from services.searching.word_book import WordBook
from services.standing.saved_searches import SavedSearches
from services.standing.subscriptions import SubscriptionBook
from services.vocabulary.common_queries import CommonQueries
from services.vocabulary.word_desk import WordDesk
from wenshu.building.engines import Engines
from wenshu.building.truth import Truth

SLICE_S = 0.5
"""So long exports are written at a time by the thread that also keeps the index."""

RUN_S = 60.0
"""And by a worker, which others stand beside."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is asked of the records and of the index."""

    browsing: RecordOpener
    searching: RecordFinder
    search_aids: SearchAids
    lists: Lists
    exports: ExportWorker
    lister: RecordLister


def finding_of(
    truth: Truth,
    engines: Engines,
    *,
    kinds: Kinds,
    changes: RevisionWriter,
    identities: Identities,
    clock: Clock,
    book: OrganisationBook,
    deliveries: Deliveries,
    subscriptions: SubscriptionBook,
    words: WordBook,
    highlighter: Highlighter,
    texts: Texts,
    unindexed: UnindexedView,
    is_rebuilding: Callable[[], bool],
) -> Finding:
    """All of them over one store and one index."""
    noticed = PersonMarks(truth.claims, NOTICED)
    index, admission = engines.index, Admission(truth.log, kinds)
    closeness = WindowCloseness(engines.analyser, engines.outlines)
    second_look = SecondLook(closeness, texts, kinds)
    hits = HitFinder(index=index, admission=admission, second_look=second_look)
    lister = RecordLister(index=index, log=truth.log, kinds=kinds, unindexed=unindexed)
    followed, announcements = PersonMarks(truth.claims, FOLLOWED), Announcements(lister, noticed)
    titles = RecordTitles(truth.log, kinds)
    of_kinds, shelf = KindLists(lister, kinds, titles), ExportShelf(engines.store)
    budget_s = SLICE_S if engines.queue is None else RUN_S
    browsing = RecordOpener(
        log=truth.log,
        shelf=truth.shelf,
        kinds=kinds,
        changes=changes,
        deliveries=deliveries,
        noticed=noticed,
    )
    citations = CitationFinder(index=index, admission=admission, texts=texts, kinds=kinds)
    histories = HistoryFinder(browsing, texts, highlighter, kinds, words)
    look_alikes = LookAlikeFinder(index=index, admission=admission, texts=texts, kinds=kinds)
    co_citing = CoCitingFinder(index=index, admission=admission, citations=citations, kinds=kinds)
    repeals = RepealFinder(index, admission, citations, kinds)
    searching = RecordFinder(
        index=index,
        admission=admission,
        hits=hits,
        kinds=kinds,
        matches=MatchFinder(texts, highlighter),
        guesses=WordGuesses(
            index=index,
            guesser=OneMistakeGuesser(engines.analyser),
            admission=admission,
            texts=texts,
            kinds=kinds,
        ),
        families=FamilyFinder(texts, kinds),
        unindexed=unindexed,
        words=words,
        histories=histories,
        repeals=repeals,
        is_rebuilding=is_rebuilding,
    )
    common = CommonQueries(truth.claims, engines.analyser.fold)
    memory = SearchMemory(truth.claims, engines.analyser.fold, common.note)
    favourites = Favourites(truth.claims, lister, admission)
    evidence = EvidenceFinder(browsing, texts, kinds)
    cited = CitedSources(truth.claims, evidence)
    writing = ExportWorker(
        shelf,
        {
            ExportSource.LIST: ListRows(of_kinds),
            ExportSource.SEARCH: HitRows(searching),
            ExportSource.BATCH: BatchRows(searching),
            ExportSource.DUPLICATES: DuplicateRows(lister, look_alikes, texts=texts, kinds=kinds),
        },
        book,
        clock,
        budget_s=budget_s,
    )
    return Finding(
        browsing=browsing,
        searching=searching,
        search_aids=SearchAids(
            citations=citations,
            links=LinkFinder(citations, kinds),
            graphs=GraphFinder(citations),
            look_alikes=look_alikes,
            citation_desk=CitationDesk(changes, citations),
            repeals=repeals,
            alike=AlikeFinder(hits, closeness, co_citing, kinds),
            passages=PassageFinder(texts, highlighter, kinds, words),
            memory=memory,
            imprints=ImprintReader(texts),
            histories=histories,
            evidence=evidence,
            cited=cited,
            excerpts=ExcerptBook(truth.chains, evidence, cited),
            hits=HitRows(searching),
            comparer=RevisionComparer(browsing, texts),
            words=WordDesk(words, searching, memory, common),
        ),
        lists=Lists(
            of_work=Worklists(lister, followed=followed, announcements=announcements),
            of_kinds=of_kinds,
            own=OwnRecords(lister, kinds, unindexed=unindexed, is_rebuilding=is_rebuilding),
            announcements=announcements,
            followed=followed,
            duplicates=DuplicateFinder(lister),
            archive=ArchiveShelves(lister, kinds),
            folders=FolderDesk(book, kinds, identities.record_id),
            statistics=Statistics(lister, kinds, titles),
            views=SavedViews(truth.claims),
            favourites=favourites,
            searches=SavedSearches(favourites, truth.claims, subscriptions, kinds),
            exports=ExportDesk(
                shelf, of_kinds, identities, clock, pairs=AdmittedPairs(admission), worker=writing
            ),
        ),
        lister=lister,
        exports=writing,
    )
