"""All lists of one installation, as the drivers are handed them."""

from dataclasses import dataclass

from services.exporting.export_desk import ExportDesk
from services.finding.announcements import Announcements
from services.finding.archive_shelves import ArchiveShelves
from services.finding.duplicates import DuplicateFinder
from services.finding.favourites import Favourites
from services.finding.kind_lists import KindLists
from services.finding.own_records import OwnRecords
from services.finding.person_marks import PersonMarks
from services.finding.saved_views import SavedViews
from services.finding.statistics import Statistics
from services.finding.worklists import Worklists
from services.library import FolderDesk
from services.standing.saved_searches import SavedSearches


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of work, of kinds, of one's own, the marks of 跟踪, and 收藏."""

    of_work: Worklists
    of_kinds: KindLists
    own: OwnRecords
    announcements: Announcements
    followed: PersonMarks
    statistics: Statistics
    duplicates: DuplicateFinder
    archive: ArchiveShelves
    folders: FolderDesk
    views: SavedViews
    favourites: Favourites
    searches: SavedSearches
    exports: ExportDesk
