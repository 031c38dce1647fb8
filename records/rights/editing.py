"""Who may change the content of a record: all of it, or files of some parts by adding to them."""

from datetime import date

from records.flow.declarations import StateDeclaration
from records.flow.task import Task
from records.identity import Login, PostName
from records.people.organisation import Organisation
from records.revision import FileVersion, Revision, Right
from records.rights.access import Reader
from records.rights.reading import filter_for, holds, keeps, may_read, taken_by
from records.schema.kind import Kind


def may_edit(
    kind: Kind, revision: Revision, reader: Reader, *, today: date, organisation: Organisation
) -> bool:
    """Whether fields, files and grants may be changed by this reader now.

    In a flow the state says who (author, holders of open tasks, those granted, a post); elsewhere
    the owner and those with a grant to edit. Whoever may not read may not edit.
    """
    if not may_read(kind, revision, filter_for(reader, today)):
        return False
    if kind.has_flow:
        state = _open_state(kind, revision)
        words = state.edit if state is not None else ()
        return _is_one_of(words, kind, revision, reader, today=today, organisation=organisation)
    return revision.owner == reader.login or _is_granted(revision, reader, today)


def may_add(
    kind: Kind, revision: Revision, reader: Reader, *, today: date, organisation: Organisation
) -> frozenset[str]:
    """The parts to which this reader may add files now (PRM-02); all for who may edit.

    What others brought stays as it is; what he brought himself in this step he may replace or take
    out again (`is_own`).
    """
    if may_edit(kind, revision, reader, today=today, organisation=organisation):
        return frozenset(kind.parts)
    state = _open_state(kind, revision)
    if state is None or not may_read(kind, revision, filter_for(reader, today)):
        return frozenset()
    return frozenset(
        part
        for part, words in state.adds.items()
        if _is_one_of(words, kind, revision, reader, today=today, organisation=organisation)
    )


def is_own(file: FileVersion, revision: Revision, login: Login) -> bool:
    """Whether this person brought the file in the present step."""
    return file.by == login and file.since > (revision.entered or 0)


def growing_parts(kind: Kind, revision: Revision) -> frozenset[str]:
    """Parts to which several may add in this step, each for himself: no matter of one another."""
    state = kind.state(revision.state)
    taken = (
        part
        for action in kind.actions.values()
        if revision.state in action.from_
        for part in action.files
    )
    return frozenset({*(state.adds if state is not None else ()), *taken})


def step_of(kind: Kind, revision: Revision, reader: Reader) -> str | None:
    """In what step somebody brings a file: the label of his task, else that of the state."""
    own = (task.label for task in revision.holding_tasks if holds(task, reader, kind.kind))
    state = kind.state(revision.state)
    return next(own, state.label if state is not None else None)


def _open_state(kind: Kind, revision: Revision) -> StateDeclaration | None:
    """The state, if anybody may change anything in it."""
    state = kind.state(revision.state)
    return None if state is None or state.frozen else state


def _is_one_of(
    words: tuple[str, ...],
    kind: Kind,
    revision: Revision,
    reader: Reader,
    *,
    today: date,
    organisation: Organisation,
) -> bool:
    """Whether one of these words of a state is true of the reader."""
    if _has_post(words, revision, reader, organisation):
        return True
    if revision.suspended_on is not None:
        return False
    if "keeper" in words and keeps(kind, revision, reader):
        return True
    if "author" in words and revision.owner == reader.login:
        return True
    if "granted" in words and _is_granted(revision, reader, today):
        return True
    return any(
        _holds_by(task, words, kind, reader)
        and taken_by(task, kind.kind, today=today, organisation=organisation)
        in (None, reader.login)
        for task in revision.holding_tasks
    )


def _holds_by(task: Task, words: tuple[str, ...], kind: Kind, reader: Reader) -> bool:
    named = "holder" in words or f"holder:{task.label}" in words
    return named and not task.blocked and holds(task, reader, kind.kind)


def _is_granted(revision: Revision, reader: Reader, today: date) -> bool:
    return any(
        grant.right is Right.EDIT
        and grant.to in reader.tokens
        and (grant.until is None or today <= grant.until)
        for grant in revision.grants
    )


def _has_post(
    words: tuple[str, ...], revision: Revision, reader: Reader, organisation: Organisation
) -> bool:
    """Whether the reader holds a post of the record's organ that the words name."""
    posts = (PostName(word.removeprefix("post:")) for word in words if word.startswith("post:"))
    tokens = {organisation.post_in_organ(revision.unit, post) for post in posts}
    return not tokens.isdisjoint(reader.tokens)
