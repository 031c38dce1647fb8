"""The use cases of the drive, as the drivers are handed them."""

from dataclasses import dataclass

from services.drive.drive_desk import DriveDesk
from services.drive.folder_walk import FolderWalk
from services.drive.recycle_bin import RecycleBin
from services.flow.edit import RecordEditor


@dataclass(frozen=True, slots=True)
class Drive:
    """Changes of single records, those of the drive, and what was deleted."""

    editing: RecordEditor
    desk: DriveDesk
    walk: FolderWalk
    bin: RecycleBin
