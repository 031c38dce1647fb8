"""The conditions that a typed query consists of, each with what is left when it is taken out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from records.queries.language import read_query, spaced_number
from records.queries.lexer import Lexeme, MalformedQueryError, Sign, lexemes
from records.queries.query import Everything, Query


@dataclass(frozen=True, slots=True)
class QueryPart:
    """One condition: as it was typed, as it was understood, and the query without it."""

    text: str
    tree: Query
    rest: str


def parts_of(text: str, today: date | None = None) -> tuple[QueryPart, ...]:
    """The conditions that all hold, in the order in which they were typed.

    Alternatives are one condition, and so is a query that was read as plain words. `today` as of
    `read_query`.
    """
    tree = read_query(text, today=today).tree
    if isinstance(tree, Everything):
        return ()
    whole = (QueryPart(text.strip(), tree, ""),)
    if spaced_number(text):
        return whole
    try:
        found = lexemes(text)
    except MalformedQueryError:
        return whole
    operands = list(_operands(found))
    if read_query(text, today=today).notices or len(operands) < 2 or _depthless(found, Sign.OR):
        return whole
    parts = []
    for first, last in operands:
        part = text[first.begins : last.ends]
        rest = f"{_bare(text[: first.begins])} {_bare(text[last.ends :])}".strip()
        parts.append(QueryPart(part, read_query(part, today=today).tree, rest))
    return tuple(part for part in parts if not isinstance(part.tree, Everything))


def _operands(found: list[Lexeme]) -> Iterator[tuple[Lexeme, Lexeme]]:
    """First and last lexeme of each operand that stands in no bracket."""
    first, depth = None, 0
    for lexeme in found:
        if lexeme.sign is Sign.AND and not depth:
            continue
        first = first or lexeme
        depth += (lexeme.sign is Sign.OPEN) - (lexeme.sign is Sign.CLOSE)
        if not depth and lexeme.sign is not Sign.NOT:
            yield first, lexeme
            first = None


def _depthless(found: list[Lexeme], sign: Sign) -> bool:
    depth = 0
    for lexeme in found:
        depth += (lexeme.sign is Sign.OPEN) - (lexeme.sign is Sign.CLOSE)
        if not depth and lexeme.sign is sign:
            return True
    return False


def _bare(text: str) -> str:
    """What stands on one side of a condition, without an AND that joined it."""
    return text.strip().removeprefix("AND ").removesuffix(" AND").strip()
