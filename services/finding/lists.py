"""All lists of one installation, as the drivers are handed them."""

from dataclasses import dataclass

from services.finding.kind_lists import KindLists
from services.finding.notices import Notices
from services.finding.own_records import OwnRecords
from services.finding.person_marks import PersonMarks
from services.finding.statistics import Statistics
from services.finding.worklists import Worklists


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of work, of kinds, of one's own, and the marks of 跟踪."""

    of_work: Worklists
    of_kinds: KindLists
    own: OwnRecords
    notices: Notices
    followed: PersonMarks
    statistics: Statistics
