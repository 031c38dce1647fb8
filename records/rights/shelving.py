"""Where a record of a library may be put: only into folders that its writer keeps (WJ-02)."""

from records.errors import Invalid
from records.people.organisation import Organisation
from records.revision import Revision
from records.rights.access import Reader, keeper_token
from records.rights.reading import folder_of
from records.schema.kind import Kind


def refuse_unkept(
    kind: Kind, before: Revision | None, after: Revision, *, by: Reader, organisation: Organisation
) -> None:
    """Raises Invalid (``unknown_folder``) for another folder than before that `by` does not keep.

    A folder of another library, one that he may not see and one that is none look the same. What
    lies in no folder would be read and kept by nobody: Invalid (``must_be_filled``).
    """
    name = kind.meaning.folder
    if name is None:
        return
    place = folder_of(kind, after)
    if place is None:
        raise Invalid("must_be_filled", field=name, label=kind.fields[name].label)
    if before is not None and place == folder_of(kind, before):
        return
    folder = organisation.library.find(place)
    own = folder is not None and folder.library == kind.kind
    if not own or keeper_token(place) not in by.folders:
        raise Invalid("unknown_folder", field=name, given=place)
