"""What is true of every change of a record: its owner goes on reading it."""

from records.errors import NotFound, Refused
from records.people.organisation import Organisation
from records.revision import Revision


def refuse_beyond_owner(
    before: Revision | None, after: Revision, organisation: Organisation
) -> None:
    """Raises Refused (``above_owner``) for a level above the clearance of the record's owner.

    Whoever changes it, and whether the level rises or the owner is another: a record that its
    owner cannot open can be mended by nobody. One that is so already, since his clearance was
    lowered, may be changed and lowered. Someone who is no longer known is locked out of nothing.
    """
    if before is not None and after.level <= before.level and after.owner == before.owner:
        return
    try:
        owner = organisation.person(after.owner)
    except NotFound:
        return
    if after.level > owner.clearance:
        raise Refused("above_owner", record=after.record, level=after.level.label)
