"""What stands beside the search of one installation, as the drivers are handed it."""

from dataclasses import dataclass

from services.exporting.hit_rows import HitRows
from services.finding.comparing import RevisionComparer
from services.searching.alike import AlikeFinder
from services.searching.citations import CitationFinder
from services.searching.evidence import EvidenceFinder
from services.searching.excerpts import ExcerptBook
from services.searching.imprints import ImprintReader
from services.searching.passages import PassageFinder
from services.searching.repeals import RepealFinder
from services.searching.search_memory import SearchMemory
from services.vocabulary.word_desk import WordDesk


@dataclass(frozen=True, slots=True)
class SearchAids:
    """What records cite, resemble and say of themselves; passages, and what is made of them."""

    citations: CitationFinder
    repeals: RepealFinder
    alike: AlikeFinder
    imprints: ImprintReader
    passages: PassageFinder
    memory: SearchMemory
    evidence: EvidenceFinder
    excerpts: ExcerptBook
    hits: HitRows
    comparer: RevisionComparer
    words: WordDesk
