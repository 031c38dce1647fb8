"""Made-up views: every page of the interface with plausible content, and each special state.

The design page shows them, the browser tests look at them, and a unit test renders them all.
"""

from search_ui.samples.access import ACCESS
from search_ui.samples.answers import ANSWERS
from search_ui.samples.archive import ARCHIVE
from search_ui.samples.bulk import BULK
from search_ui.samples.calendar import CALENDARS
from search_ui.samples.comparison import COMPARISON
from search_ui.samples.directory import DIRECTORY
from search_ui.samples.drive import DRIVE
from search_ui.samples.entry import ENTRY
from search_ui.samples.exchange import EXCHANGE
from search_ui.samples.exports import EXPORTS
from search_ui.samples.kind_list import KIND_LIST
from search_ui.samples.library import LIBRARY
from search_ui.samples.monitor import MONITOR
from search_ui.samples.notifications import NOTIFICATIONS
from search_ui.samples.numbers import NUMBERS
from search_ui.samples.organisation import ORGANISATION
from search_ui.samples.parameters import PARAMETERS, WORDS
from search_ui.samples.people import PEOPLE_PAGES
from search_ui.samples.person.account import ACCOUNT
from search_ui.samples.person.assistant import ASSISTANT
from search_ui.samples.person.favourites import FAVOURITES
from search_ui.samples.person.groups import GROUPS
from search_ui.samples.person.phrases import PHRASES
from search_ui.samples.record import RECORD
from search_ui.samples.relations.citations import CITATIONS
from search_ui.samples.relations.duplicates import DUPLICATES
from search_ui.samples.search import SEARCH
from search_ui.samples.shell import Sample, shell
from search_ui.samples.statistics import STATISTICS
from search_ui.samples.stranded import STRANDED
from search_ui.samples.work import WORK

SAMPLES: dict[str, Sample] = {
    **WORK,
    **DRIVE,
    **DIRECTORY,
    **DUPLICATES,
    **SEARCH,
    **RECORD,
    **CALENDARS,
    **CITATIONS,
    **ACCESS,
    **ACCOUNT,
    **ENTRY,
    **ORGANISATION,
    **PARAMETERS,
    **WORDS,
    **COMPARISON,
    **PEOPLE_PAGES,
    **MONITOR,
    **KIND_LIST,
    **LIBRARY,
    **NOTIFICATIONS,
    **NUMBERS,
    **STATISTICS,
    **ANSWERS,
    **ARCHIVE,
    **EXCHANGE,
    **FAVOURITES,
    **GROUPS,
    **PHRASES,
    **ASSISTANT,
    **BULK,
    **EXPORTS,
    **STRANDED,
}

__all__ = ["SAMPLES", "Sample", "shell"]
