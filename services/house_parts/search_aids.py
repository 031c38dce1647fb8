"""What stands beside the search of one installation, as the drivers are handed it."""

from dataclasses import dataclass

from services.exporting.hit_rows import HitRows
from services.finding.comparing import RevisionComparer
from services.quoting.cited_sources import CitedSources
from services.quoting.evidence import EvidenceFinder
from services.quoting.excerpts import ExcerptBook
from services.relations.alike import AlikeFinder
from services.relations.citation_desk import CitationDesk
from services.relations.citation_graph import GraphFinder
from services.relations.citation_links import LinkFinder
from services.relations.citations import CitationFinder
from services.relations.look_alikes import LookAlikeFinder
from services.relations.repeals import RepealFinder
from services.searching.histories import HistoryFinder
from services.searching.imprints import ImprintReader
from services.searching.passages import PassageFinder
from services.searching.search_memory import SearchMemory
from services.vocabulary.word_desk import WordDesk


@dataclass(frozen=True, slots=True)
class SearchAids:
    """What records cite, resemble and say of themselves; passages, and what is made of them."""

    citations: CitationFinder
    citation_desk: CitationDesk
    links: LinkFinder
    graphs: GraphFinder
    look_alikes: LookAlikeFinder
    repeals: RepealFinder
    alike: AlikeFinder
    imprints: ImprintReader
    passages: PassageFinder
    histories: HistoryFinder
    memory: SearchMemory
    evidence: EvidenceFinder
    cited: CitedSources
    excerpts: ExcerptBook
    hits: HitRows
    comparer: RevisionComparer
    words: WordDesk
