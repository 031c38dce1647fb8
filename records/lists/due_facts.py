"""Facts of deadlines: whose task is due when, so that lists find what is late, or soon will be.

Which days those are says records.times.deadlines; facts of a record hold the days alone.
"""

from collections.abc import Iterator

from records.identity import Login, Token
from records.queries.query import FactRange
from records.revision import Revision
from records.rights.reading import carried_for
from records.schema.kind import Kind
from records.times.deadlines import DueSpan, due_of, running


def due_facts_of(kind: Kind, revision: Revision) -> Iterator[str]:
    """Of every open task that holds the record the last day, with who has to do it."""
    for task in revision.holding_tasks:
        day = running(revision, task.due_on)
        if day is None or task.blocked:
            continue
        for holder in carried_for(task, kind.kind):
            before = _claimed(holder, task.claimed_by) if task.claimed_by else _held(holder)
            yield f"{before}{day.isoformat()}"
            if task.claimed_by:
                yield f"{_taken(holder)}{day.isoformat()}"
    earliest = running(revision, due_of(revision))
    if earliest:
        yield f"due={earliest.isoformat()}"


def held_due(token: Token, span: DueSpan) -> FactRange:
    """Somebody holds a task, which nobody took for himself, that is due on such a day."""
    return _range(_held(token), span)


def claimed_due(token: Token, login: Login, span: DueSpan) -> FactRange:
    """A person took a task of `token` that is due on such a day."""
    return _range(_claimed(token, login), span)


def taken_due(token: Token, span: DueSpan) -> FactRange:
    """Somebody, whoever it was, took a task of `token` that is due on such a day."""
    return _range(_taken(token), span)


def any_due(span: DueSpan) -> FactRange:
    """The first that is open of a record is due on such a day."""
    return _range("due=", span)


def _range(before: str, span: DueSpan) -> FactRange:
    return FactRange(f"{before}{span.first.isoformat()}", f"{before}{span.end.isoformat()}")


def _held(token: Token) -> str:
    """Before the day; no token holds a blank."""
    return f"holder_due={token} "


def _taken(token: Token) -> str:
    return f"taken_due={token} "


def _claimed(token: Token, login: Login) -> str:
    return f"claimed_due={token} {login} "
