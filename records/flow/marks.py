"""Marks (清稿, 盖章, 编号): what each certifies, and what takes it away (FW-16)."""

import hashlib

from records.flow.declarations import ActionDeclaration
from records.revision import Revision
from records.schema.kind import Kind


def certified(kind: Kind, revision: Revision, what: str) -> str:
    """The digest of a part's files, or the value of a field, as it stands; ``""`` of nothing."""
    if what in kind.parts:
        held = sorted(f"{f.name}\n{f.sha256}" for f in revision.files if f.part == what)
        return hashlib.sha256("\n".join(held).encode()).hexdigest() if held else ""
    value = revision.fields.get(what)
    return "" if value is None else str(value)


def after_action(
    kind: Kind, before: Revision, after: Revision, action: ActionDeclaration
) -> dict[str, str]:
    """The marks once an action was taken: those its changes leave, set and taken away."""
    kept = still_true(kind, before, after)
    for mark in action.clears:
        kept.pop(mark, None)
    kept.update({mark: certified(kind, after, what) for mark, what in action.sets.items()})
    return kept


def still_true(kind: Kind, before: Revision, after: Revision) -> dict[str, str]:
    """The marks that a change of content leaves standing.

    A part or field that changed takes away the marks it names in `clears`, and those that
    certified it.
    """
    changed = changed_names(kind, before, after)
    gone = {
        mark
        for name in changed
        for mark in (kind.parts[name].clears if name in kind.parts else kind.fields[name].clears)
    }
    gone |= {
        mark
        for action in kind.actions.values()
        for mark, what in action.sets.items()
        if what in changed
    }
    return {mark: value for mark, value in after.marks.items() if mark not in gone}


def changed_names(kind: Kind, before: Revision, after: Revision) -> frozenset[str]:
    """Parts and fields whose content differs between two revisions."""
    return frozenset(
        name
        for name in (*kind.parts, *kind.fields)
        if certified(kind, before, name) != certified(kind, after, name)
    )


def standing_copies(kind: Kind, revision: Revision) -> dict[str, str]:
    """Parts that stand for another: made out of it (制版) and certified, as nothing changed since.

    The part that was copied → the part that holds the copy.
    """
    return {
        makes.from_: makes.part
        for action in kind.actions.values()
        if (makes := action.makes) is not None and makes.part != makes.from_
        if any(what == makes.part and mark in revision.marks for mark, what in action.sets.items())
    }


def signed_digest(kind: Kind, revision: Revision) -> str | None:
    """Digest of everything that opinions stand on; None for kinds that sign nothing."""
    signed = [name for name, part in kind.parts.items() if part.signed]
    signed += [name for name, field in kind.fields.items() if field.signed]
    if not signed:
        return None
    lines = (f"{name}={certified(kind, revision, name)}" for name in signed)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
