"""The conditions that a typed query consists of, each with what is left when it is taken out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from records.queries.language import read_query, spaced_number
from records.queries.lexer import Lexeme, MalformedQueryError, Sign, lexemes
from records.queries.query import Everything, Query, ReadQuery

_Reads = Callable[[str], ReadQuery]


@dataclass(frozen=True, slots=True)
class QueryPart:
    """One condition: as it was typed, as it was understood, and the query without it."""

    text: str
    tree: Query
    rest: str
    is_other: bool = False
    """Whether it is an alternative to the part before it: one of them must hold."""


def parts_of(text: str, today: date | None = None) -> tuple[QueryPart, ...]:
    """The conditions of a query, in the order in which they were typed.

    Alternatives are conditions of their own, those of a bracket as well; deeper ones are not. A
    query that was read as plain words is one condition. `today` as of `read_query`.
    """
    reads = partial(read_query, today=today)
    read = reads(text)
    if isinstance(read.tree, Everything):
        return ()
    whole = (QueryPart(text.strip(), read.tree, ""),)
    if spaced_number(text) or read.notices:
        return whole
    try:
        found = lexemes(text)
    except MalformedQueryError:
        return whole
    parts = _parts(text, found, reads)
    told = tuple(part for part in parts if not isinstance(part.tree, Everything))
    return told if len(told) > 1 else whole


def _parts(text: str, found: list[Lexeme], reads: _Reads) -> Iterator[QueryPart]:
    if any(_depthless(found, Sign.OR)):
        yield from _alternatives(text, found, reads)
        return
    for operand in _operands(found):
        first, last = operand[0], operand[-1]
        before, after = text[: first.begins], text[last.ends :]
        inner = operand[1:-1]
        if first.sign is Sign.OPEN and any(_depthless(inner, Sign.OR)):
            opens, closes = text[first.begins : first.ends], text[last.begins : last.ends]
            for each in _alternatives(text, inner, reads):
                tree = reads(f"{opens}{each.text}{closes}").tree
                rest = f"{before}{opens}{each.rest}{closes}{after}".strip()
                yield replace(each, tree=tree, rest=rest)
        else:
            part, rest = text[first.begins : last.ends], f"{_bare(before)} {_bare(after)}".strip()
            yield QueryPart(part, reads(part).tree, rest)


def _alternatives(text: str, found: list[Lexeme], reads: _Reads) -> Iterator[QueryPart]:
    """Each of these, with the others."""
    told, begins = [], found[0].begins
    for lexeme in _depthless(found, Sign.OR):
        told.append(text[begins : lexeme.begins].strip())
        begins = lexeme.ends
    told.append(text[begins : found[-1].ends].strip())
    for number, one in enumerate(told):
        others = " OR ".join(told[:number] + told[number + 1 :])
        yield QueryPart(one, reads(one).tree, others, is_other=number > 0)


def _operands(found: list[Lexeme]) -> Iterator[list[Lexeme]]:
    """The lexemes of each operand that stands in no bracket."""
    operand, depth = list[Lexeme](), 0
    for lexeme in found:
        if lexeme.sign is Sign.AND and not depth:
            continue
        operand.append(lexeme)
        depth += (lexeme.sign is Sign.OPEN) - (lexeme.sign is Sign.CLOSE)
        if not depth and lexeme.sign is not Sign.NOT:
            yield operand
            operand = []


def _depthless(found: Iterable[Lexeme], sign: Sign) -> Iterator[Lexeme]:
    """Those of a sign that stand in no bracket."""
    depth = 0
    for lexeme in found:
        depth += (lexeme.sign is Sign.OPEN) - (lexeme.sign is Sign.CLOSE)
        if not depth and lexeme.sign is sign:
            yield lexeme


def _bare(text: str) -> str:
    """What stands on one side of a condition, without an AND that joined it."""
    return text.strip().removeprefix("AND ").removesuffix(" AND").strip()
