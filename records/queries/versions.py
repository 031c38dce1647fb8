"""A query asked of all revisions of a record together (SS-07).

An index keeps two kinds of records apart by a fact. What never changed is asked for its newest
texts. What did has a field of all its open texts, newest and earlier: asked instead, not beside, so
that each word is looked up once in either (bench/versions.py).
"""

from collections.abc import Iterable, Iterator

from records.identity import Token
from records.queries.query import And, Holds, Not, Or, Prefix, Query, TextField, Words

_PAST = "past="
_CHANGED, _UNCHANGED = "changed=yes", "changed=no"


def past_reader(token: Token) -> str:
    """The fact that whoever carries the token may read what is closed of earlier revisions."""
    return f"{_PAST}{token}"


def change_told(*, has_past: bool) -> str:
    """The fact whether earlier revisions of a record hold what the newest one does not."""
    return _CHANGED if has_past else _UNCHANGED


def in_all_versions(query: Query, tokens: Iterable[Token]) -> Query:
    """A word of the whole record stands in its newest revision, or in an earlier one.

    Of several words each may stand in another revision; what is excluded stands in none. Only
    earlier revisions count that are open to who carries the `tokens`. Fields that are named are
    those of the newest revision.
    """
    readers = Holds(tuple(sorted(past_reader(token) for token in tokens)))
    worded, parts = list[Query](), list[Query]()
    for part in _conjuncts(query):
        if isinstance(part, Not):
            parts.append(Not(in_all_versions(part.child, tokens)))
        else:
            (worded if _has_words(part) else parts).append(part)
    if worded:
        parts.append(_wherever(And(tuple(worded)), readers))
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _wherever(query: Query, readers: Query) -> Query:
    """The words of unchanged records, of what was always open, and with what is closed to some."""
    return Or(
        (
            And((Holds((_UNCHANGED,)), query)),
            And((Holds((_CHANGED,)), Not(readers), _asked_of(query, TextField.EVER))),
            And((readers, _asked_of(query, TextField.EVER, TextField.CLOSED))),
        )
    )


def _asked_of(query: Query, *fields: TextField) -> Query:
    """The query with each word of the whole record asked of one of these fields."""
    match query:
        case Words(text, TextField.ANY):
            found = tuple[Query, ...](Words(text, field) for field in fields)
        case Prefix(text, TextField.ANY):
            found = tuple[Query, ...](Prefix(text, field) for field in fields)
        case And(children):
            return And(tuple(_asked_of(child, *fields) for child in children))
        case Or(children):
            return Or(tuple(_asked_of(child, *fields) for child in children))
        case Not(child):
            return Not(_asked_of(child, *fields))
        case _:
            return query
    return found[0] if len(found) == 1 else Or(found)


def _has_words(query: Query) -> bool:
    match query:
        case Words(_, field) | Prefix(_, field):
            return field is TextField.ANY
        case And(children) | Or(children):
            return any(map(_has_words, children))
        case Not(child):
            return _has_words(child)
        case _:
            return False


def _conjuncts(query: Query) -> Iterator[Query]:
    if isinstance(query, And):
        for child in query.children:
            yield from _conjuncts(child)
    else:
        yield query
