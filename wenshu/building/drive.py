"""The use cases of the drive, put together; changes of any record among them."""

from services.drive import DriveDesk, FolderWalk, RecycleBin
from services.finding.own_records import OwnRecords
from services.flow.bin_marks import BinMarks
from services.flow.change import RevisionWriter
from services.flow.edit import RecordEditor
from services.house_parts.drive import Drive
from services.intake.ingest import RecordIntake
from wenshu.building.truth import Truth


def drive_of(truth: Truth, changes: RevisionWriter, ingest: RecordIntake, own: OwnRecords) -> Drive:
    """All of them over one writer."""
    marks = BinMarks(truth.claims)
    editor = RecordEditor(changes, marks)
    walk = FolderWalk(own, changes)
    desk = DriveDesk(own=own, walk=walk, changes=changes, editor=editor, ingest=ingest)
    return Drive(editor, desk, walk, RecycleBin(marks=marks, changes=changes))
