"""Who may read and edit a record: what its kind, state, grants and level say together."""

from datetime import date

from records.access import EVERYONE, AccessFilter, Reader, ReadRule, deputy_token, person_token
from records.flow.declarations import ReadBy
from records.flow.task import Task
from records.identity import KindName, Login, PostName, Token
from records.kind import Kind
from records.organisation import Organisation
from records.revision import Revision, Right


def read_rule(kind: Kind, revision: Revision) -> ReadRule:
    """The rule that the index keeps and that every decision asks.

    Grants open a record in every state. A kind with a flow adds its participants; a state read
    by the audience adds the tokens of the audience field. A kind without a flow adds its owner.
    """
    tokens = {grant.to for grant in revision.grants if grant.until is None}
    dated = {(grant.to, grant.until) for grant in revision.grants if grant.until is not None}
    tokens.add(person_token(revision.owner))
    tokens |= revision.participants
    tokens |= deputies_of(revision)
    state = kind.state(revision.state)
    if state is not None and state.read is ReadBy.AUDIENCE:
        tokens |= audience_of(kind, revision)
    if state is not None and state.read is ReadBy.EVERYONE:
        tokens.add(EVERYONE)
    return ReadRule(tokens=frozenset(tokens), dated_tokens=frozenset(dated), level=revision.level)


def deputies_of(revision: Revision) -> frozenset[Token]:
    """Tokens of whoever acts for those who hold its open tasks (委托代办, SY-10)."""
    return frozenset(
        deputy_token(task.holder, kind)
        for task in revision.open_tasks
        for kind in (None, revision.kind)
    )


def audience_of(kind: Kind, revision: Revision) -> frozenset[Token]:
    """The tokens of all audience fields; empty for kinds without one."""
    values = (revision.fields.get(name) for name in kind.meaning.audience)
    return frozenset(
        Token(str(token)) for value in values if isinstance(value, tuple) for token in value
    )


def filter_for(reader: Reader, today: date) -> AccessFilter:
    """What this reader may find today."""
    return AccessFilter(tokens=reader.tokens, clearance=reader.clearance, today=today)


def may_read(kind: Kind, revision: Revision, access: AccessFilter) -> bool:
    """The decision on one record. A deleted record is read by nobody."""
    return not revision.deleted and access.admits(read_rule(kind, revision))


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
        return _may_edit_in_state(kind, revision, reader, today, organisation) or (
            _has_post_to_edit(kind, revision, reader, organisation)
        )
    return revision.owner == reader.login or _is_granted(revision, reader, today)


def _is_granted(revision: Revision, reader: Reader, today: date) -> bool:
    return any(
        grant.right is Right.EDIT
        and grant.to in reader.tokens
        and (grant.until is None or today <= grant.until)
        for grant in revision.grants
    )


def _may_edit_in_state(
    kind: Kind, revision: Revision, reader: Reader, today: date, organisation: Organisation
) -> bool:
    state = kind.state(revision.state)
    allowed = state.edit if state is not None and not state.frozen else ()
    if revision.suspended_on is not None:
        return False
    if "author" in allowed and revision.owner == reader.login:
        return True
    if "granted" in allowed and _is_granted(revision, reader, today):
        return True
    return any(
        holds(task, reader, kind.kind)
        and not task.blocked
        and ("holder" in allowed or f"holder:{task.label}" in allowed)
        and taken_by(task, kind.kind, today=today, organisation=organisation)
        in (None, reader.login)
        for task in revision.holding_tasks
    )


def _has_post_to_edit(
    kind: Kind, revision: Revision, reader: Reader, organisation: Organisation
) -> bool:
    """Whether the reader holds a post of the record's organ that the state lets edit."""
    state = kind.state(revision.state)
    words = state.edit if state is not None and not state.frozen else ()
    posts = (PostName(word.removeprefix("post:")) for word in words if word.startswith("post:"))
    tokens = {organisation.post_in_organ(revision.unit, post) for post in posts}
    return not tokens.isdisjoint(reader.tokens)


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
