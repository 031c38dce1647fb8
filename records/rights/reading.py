"""Who may read a record: what its kind, state, grants and level say together."""

from collections.abc import Iterator
from datetime import date

from records.flow.declarations import ReadBy
from records.flow.task import Task
from records.identity import FolderCode, KindName, Login, Token, UnitCode
from records.people.organisation import Organisation
from records.revision import Revision
from records.rights.access import (
    EVERYONE,
    AccessFilter,
    Reader,
    ReadRule,
    deputy_token,
    folder_token,
    keeper_token,
    person_token,
    unit_token,
)
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType, holds_for


def read_rule(kind: Kind, revision: Revision) -> ReadRule:
    """The rule that the index keeps and that every decision asks.

    Grants open a record in every state. A kind with a flow adds its participants; a state read
    by the audience adds the tokens of the audience field. A kind without a flow adds its owner.
    What lies in a folder is read by its keepers always, in a state read by its folder by those who
    read that now: to have had a part in it opens nothing, so whoever keeps it no more is out.
    """
    tokens = {grant.to for grant in revision.grants if grant.until is None}
    dated = {(grant.to, grant.until) for grant in revision.grants if grant.until is not None}
    state, folder = kind.state(revision.state), folder_of(kind, revision)
    if folder is None:
        tokens.add(person_token(revision.owner))
        tokens |= revision.participants
        tokens |= deputies_of(revision)
    if state is not None and state.read is ReadBy.AUDIENCE:
        tokens |= audience_of(kind, revision)
    if folder is not None:
        tokens.add(keeper_token(folder))
        if state is not None and state.read is ReadBy.FOLDER:
            tokens.add(folder_token(folder))
    if state is not None and state.read is ReadBy.EVERYONE:
        tokens.add(EVERYONE)
    return ReadRule(tokens=frozenset(tokens), dated_tokens=frozenset(dated), level=revision.level)


def folder_of(kind: Kind, revision: Revision) -> FolderCode | None:
    """The folder of its library in which a record lies; None where it lies in none."""
    value = revision.fields.get(kind.meaning.folder or "")
    return FolderCode(value) if isinstance(value, str) and value else None


def keeps(kind: Kind, revision: Revision, reader: Reader) -> bool:
    """Whether the reader keeps the folder in which a record lies."""
    folder = folder_of(kind, revision)
    return folder is not None and keeper_token(folder) in reader.folders


def deputies_of(revision: Revision) -> frozenset[Token]:
    """Tokens of whoever acts for those who hold its open tasks (委托代办, SY-10)."""
    return frozenset(
        deputy_token(task.holder, kind)
        for task in revision.open_tasks
        for kind in (None, revision.kind)
    )


def audience_of(kind: Kind, revision: Revision) -> frozenset[Token]:
    """The tokens of all audience fields; empty for kinds without one.

    Of a field of units it is their people. Where `everyone_if` holds, it is everyone as well.
    """
    found = {token for name in kind.meaning.audience for token in _tokens_of(kind, revision, name)}
    if holds_for(kind.meaning.everyone_if, revision.fields):
        found.add(EVERYONE)
    return frozenset(found)


def _tokens_of(kind: Kind, revision: Revision, name: str) -> Iterator[Token]:
    value, type_ = revision.fields.get(name), kind.fields[name].type
    for each in value if isinstance(value, tuple) else ():
        yield unit_token(UnitCode(each)) if type_ is FieldType.UNITS else Token(each)


def filter_for(reader: Reader, today: date) -> AccessFilter:
    """What this reader may find today."""
    tokens = reader.tokens | reader.folders
    return AccessFilter(tokens=tokens, clearance=reader.clearance, today=today)


def may_read(kind: Kind, revision: Revision, access: AccessFilter) -> bool:
    """The decision on one record. A deleted record is read by nobody."""
    return not revision.deleted and access.admits(read_rule(kind, revision))


def holds(task: Task, reader: Reader, kind: KindName) -> bool:
    """Whether a task is the reader's: by a token of his own, or as somebody's deputy."""
    return not reader.tokens.isdisjoint(carried_for(task, kind))


def carried_for(task: Task, kind: KindName) -> tuple[Token, ...]:
    """The tokens by which a task is somebody's: its holder's own, and those of deputies."""
    return task.holder, deputy_token(task.holder), deputy_token(task.holder, kind)


def taken_by(
    task: Task, kind: KindName, *, today: date, organisation: Organisation
) -> Login | None:
    """Who of several holders has taken the task (认领); None when he holds it no more.

    Whoever has left, or whose 委托 is over, keeps nobody from it.
    """
    login = task.claimed_by
    if login is None or organisation.find_person(login) is None:
        return None
    tokens = organisation.reader(login, today).tokens
    return None if tokens.isdisjoint(carried_for(task, kind)) else login
