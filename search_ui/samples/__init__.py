"""Made-up views: every page of the interface with plausible content, and each special state.

The design page shows them, the browser tests look at them, and a unit test renders them all.
"""

from search_ui.samples.account import ACCOUNT
from search_ui.samples.kind_list import KIND_LIST
from search_ui.samples.monitor import MONITOR
from search_ui.samples.notifications import NOTIFICATIONS
from search_ui.samples.numbers import NUMBERS
from search_ui.samples.organisation import ORGANISATION
from search_ui.samples.record import RECORD
from search_ui.samples.rooms import ROOMS
from search_ui.samples.search import SEARCH
from search_ui.samples.shell import Sample, shell
from search_ui.samples.statistics import STATISTICS
from search_ui.samples.work import WORK

SAMPLES: dict[str, Sample] = {
    **WORK,
    **SEARCH,
    **RECORD,
    **ROOMS,
    **ACCOUNT,
    **ORGANISATION,
    **MONITOR,
    **KIND_LIST,
    **NOTIFICATIONS,
    **NUMBERS,
    **STATISTICS,
}

__all__ = ["SAMPLES", "Sample", "shell"]
