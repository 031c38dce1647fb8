"""The drive of a person: folders and files moved, renamed, shared, deleted, brought back."""

from services.drive.drive_desk import DriveDesk
from services.drive.folder_walk import FolderLine, FolderWalk
from services.drive.recycle_bin import Binned, RecycleBin

__all__ = ["Binned", "DriveDesk", "FolderLine", "FolderWalk", "RecycleBin"]
