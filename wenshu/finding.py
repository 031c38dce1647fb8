"""The use cases of finding, put together: opening records, search, lists."""

from collections.abc import Callable
from dataclasses import dataclass

from records.kind import Kinds
from records.ports.search_index import SearchIndex
from services.after_commit.backlog import Backlog
from services.after_commit.deliveries import Deliveries
from services.finding.browse import RecordOpener
from services.finding.kind_lists import KindLists
from services.finding.listing import RecordLister
from services.finding.lists import Lists
from services.finding.matches import MatchFinder
from services.finding.notices import Notices
from services.finding.own_records import OwnRecords
from services.finding.person_marks import FOLLOWED, NOTICED, PersonMarks
from services.finding.searching import RecordFinder
from services.finding.statistics import Statistics
from services.finding.unindexed import Unindexed
from services.finding.worklists import Worklists
from services.flow.change import RevisionWriter
from wenshu.truth import Truth


@dataclass(frozen=True, slots=True)
class Finding:
    """What is asked of the records and of the index."""

    browsing: RecordOpener
    searching: RecordFinder
    lists: Lists


def finding_of(
    truth: Truth,
    index: SearchIndex,
    *,
    kinds: Kinds,
    changes: RevisionWriter,
    deliveries: Deliveries,
    matches: MatchFinder,
    backlog: Backlog,
    is_rebuilding: Callable[[], bool],
) -> Finding:
    """All of them over one store and one index."""
    noticed = PersonMarks(truth.claims, NOTICED)
    lister = RecordLister(
        index=index, log=truth.log, kinds=kinds, unindexed=Unindexed(truth.log, backlog)
    )
    return Finding(
        browsing=RecordOpener(
            log=truth.log,
            shelf=truth.shelf,
            kinds=kinds,
            changes=changes,
            deliveries=deliveries,
            noticed=noticed,
        ),
        searching=RecordFinder(
            index=index,
            log=truth.log,
            kinds=kinds,
            matches=matches,
            backlog=backlog,
            is_rebuilding=is_rebuilding,
        ),
        lists=_lists(lister, kinds, truth, noticed),
    )


def _lists(lister: RecordLister, kinds: Kinds, truth: Truth, noticed: PersonMarks) -> Lists:
    followed, notices = PersonMarks(truth.claims, FOLLOWED), Notices(lister, noticed)
    return Lists(
        of_work=Worklists(lister, followed=followed, notices=notices),
        of_kinds=KindLists(lister, kinds),
        own=OwnRecords(lister, kinds),
        notices=notices,
        followed=followed,
        statistics=Statistics(lister, kinds, truth.log),
    )
