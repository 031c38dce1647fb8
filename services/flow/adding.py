"""Files that somebody brings to a record: all parts for who may edit it, else only added (PRM-02).

Another's file of the same name is never replaced, and nothing of another's is taken out.
"""

from collections.abc import Sequence

from records.errors import Refused
from records.file_names import clean_name
from records.revision import FileVersion, Revision
from records.rights.editing import is_own, step_of
from records.schema.kind import Kind
from services.flow.change import Bringing, NewFile, part_of, with_files
from services.people.caller import Caller


def brought(
    kind: Kind, before: Revision, caller: Caller, files: Sequence[NewFile], *, kept: Sequence[str]
) -> tuple[FileVersion, ...]:
    """The files of the record once `files` have come to those whose names are `kept`."""
    held = [file for file in before.files if file.name in kept]
    step = step_of(kind, before, caller.reader) if kind.has_flow else None
    bringing = Bringing(caller.person.login, before.number + 1, step)
    return with_files(kind, held, files, brought=bringing)


def refuse_beyond_adding(
    kind: Kind,
    before: Revision,
    caller: Caller,
    *,
    files: Sequence[NewFile],
    removed: Sequence[str],
    parts: frozenset[str],
    replaced: frozenset[str] = frozenset(),
) -> None:
    """Whether the change only adds to these parts, and touches no file but his own of this step.

    In the parts `replaced` a file takes the place of one with its name, whoever brought that.
    Raises Refused (``only_adds``, ``not_his_file``) and Invalid (``unknown_part``).
    """
    allowed = tuple(kind.parts[name].label for name in kind.parts if name in parts)
    names = {(part_of(kind, new), clean_name(new.name)) for new in files}
    single = {part_of(kind, new) for new in files if not kind.parts[part_of(kind, new)].many}
    if any(part_of(kind, new) not in parts for new in files):
        raise Refused("only_adds", record=before.record, parts=allowed)
    for held in before.files:
        touched = (held.part, held.name) in names or held.name in removed or held.part in single
        own = is_own(held, before, caller.person.login) or held.part in replaced
        if touched and not (own and held.part in parts):
            by = caller.organisation.name_of(held.by) if held.by else None
            raise Refused("not_his_file", record=before.record, name=held.name, by=by)
