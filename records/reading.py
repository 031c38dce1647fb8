"""Who may read and edit a record: what its kind, state, grants and level say together."""

from datetime import date

from records.access import AccessFilter, Reader, ReadRule, person_token
from records.identity import Token
from records.kind import Kind, ReadBy
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
    state = kind.state(revision.state)
    if state is not None and state.read is ReadBy.AUDIENCE:
        tokens |= audience_of(kind, revision)
    return ReadRule(tokens=frozenset(tokens), dated_tokens=frozenset(dated), level=revision.level)


def audience_of(kind: Kind, revision: Revision) -> frozenset[Token]:
    """The tokens of the audience field; empty for kinds without one."""
    value = revision.fields.get(kind.meaning.audience or "")
    return (
        frozenset(Token(str(token)) for token in value) if isinstance(value, tuple) else frozenset()
    )


def filter_for(reader: Reader, today: date) -> AccessFilter:
    """What this reader may find today."""
    return AccessFilter(tokens=reader.tokens, clearance=reader.clearance, today=today)


def may_read(kind: Kind, revision: Revision, access: AccessFilter) -> bool:
    """The decision on one record. A deleted record is read by nobody."""
    return not revision.deleted and access.admits(read_rule(kind, revision))


def may_edit(kind: Kind, revision: Revision, reader: Reader, today: date) -> bool:
    """Whether fields, files and grants may be changed by this reader now.

    In a flow the state says who (author, holder of an open task); elsewhere the owner and those
    with a grant to edit. Whoever may not read may not edit.
    """
    if not may_read(kind, revision, filter_for(reader, today)):
        return False
    if kind.has_flow:
        return _may_edit_in_state(kind, revision, reader)
    return revision.owner == reader.login or any(
        grant.right is Right.EDIT
        and grant.to in reader.tokens
        and (grant.until is None or today <= grant.until)
        for grant in revision.grants
    )


def _may_edit_in_state(kind: Kind, revision: Revision, reader: Reader) -> bool:
    state = kind.state(revision.state)
    allowed = state.edit if state is not None else ()
    if "author" in allowed and revision.owner == reader.login:
        return True
    return "holder" in allowed and any(
        task.holder in reader.tokens and not task.blocked for task in revision.open_tasks
    )
