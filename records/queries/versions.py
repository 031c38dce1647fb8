"""A query asked of all revisions of a record together (SS-07)."""

from collections.abc import Iterable

from records.identity import Token
from records.queries.query import And, Holds, Not, Or, Prefix, Query, TextField, Words

_PAST = "past="


def past_reader(token: Token) -> str:
    """The fact that whoever carries the token may read what is closed of earlier revisions."""
    return f"{_PAST}{token}"


def in_all_versions(query: Query, tokens: Iterable[Token]) -> Query:
    """A word of the whole record stands in its newest revision, or in an earlier one.

    Of several words each may stand in another revision; what is excluded stands in none. Only
    earlier revisions count that are open to who carries the `tokens`. Fields that are named are
    those of the newest revision.
    """
    readers = Holds(tuple(sorted(past_reader(token) for token in tokens)))

    def widened(part: Query) -> Query:
        match part:
            case Words(text, TextField.ANY):
                closed = And((Words(text, TextField.CLOSED), readers))
                return Or((part, Words(text, TextField.PAST), closed))
            case Prefix(text, TextField.ANY):
                closed = And((Prefix(text, TextField.CLOSED), readers))
                return Or((part, Prefix(text, TextField.PAST), closed))
            case And(children):
                return And(tuple(map(widened, children)))
            case Or(children):
                return Or(tuple(map(widened, children)))
            case Not(child):
                return Not(widened(child))
            case _:
                return part

    return widened(query)
