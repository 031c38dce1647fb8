"""A typed query said in words, condition by condition, each with the way to drop it (SS-01)."""

from collections.abc import Iterable
from datetime import date

from records.queries.other_spellings import usual_writing
from records.queries.parts import parts_of
from records.queries.query import (
    And,
    DateRange,
    DocumentNumber,
    Not,
    Or,
    Prefix,
    Query,
    TextField,
    Widened,
    Words,
)
from search_ui.shown.search.address import address, without
from search_ui.texts import Texts
from search_ui.views.search import Chip
from services.searching.asked_address import FAMILY, Parameters

LONGEST = 60
"""Characters of a query in a message or a chip: of a longer one its beginning."""


def word_chips(words: str, given: Parameters, t: Texts, *, today: date) -> tuple[Chip, ...]:
    """The conditions of the words; none where they say no more than they do themselves.

    An alternative is a chip of its own.
    """
    parts = parts_of(words, today)
    if len(parts) == 1 and isinstance(parts[0].tree, Words):
        tree = parts[0].tree
        if tree.field is TextField.ANY:
            return ()
    kept = without(given, "q", FAMILY, "page")
    return tuple(
        Chip(
            shortened(in_words(part.tree, t)),
            address((("q", part.rest), *kept) if part.rest else kept),
            other=part.is_other,
        )
        for part in parts
    )


def shortened(words: str) -> str:
    """As many of the words as a message holds."""
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


def widened_chips(found: Iterable[Widened], given: Parameters, t: Texts) -> tuple[Chip, ...]:
    """What was looked for besides what was typed, each with the way to drop it."""
    kept = without(given, "q", FAMILY, "page")
    return tuple(
        Chip(t("search.also", words="”“".join(each.others)), address((("q", each.exact), *kept)))
        for each in found
        if each.exact
    )


def in_words(tree: Query, t: Texts) -> str:
    """One condition as an office would say it."""
    match tree:
        case Words(text, field):
            told = t(f"understood.{field}", text=text)
        case Prefix(text, field):
            told = t("understood.prefix", text=text, field=t(f"understood.field_{field}"))
        case DocumentNumber(key):
            told = t("understood.is_number", text=key)
        case DateRange(first, last):
            told = _range(first, last, t)
        case Not(Words(text, TextField.ANY)):
            told = t("understood.without", text=text)
        case Not(child):
            told = t("understood.not", what=in_words(child, t))
        case Or(children):
            told = _alternatives(children, t)
        case And(children):
            told = t("understood.and").join(_inner(child, t) for child in children)
        case _:
            told = t("understood.all")
    return told


def _alternatives(children: tuple[Query, ...], t: Texts) -> str:
    first, *others = children
    if all(map(_is_of_a_number, others)) and others:
        if isinstance(first, Words):
            return t("understood.is_number", text=first.text)
        if isinstance(first, And):
            typed = " ".join(each.text for each in first.children if isinstance(each, Words))
            return t("understood.is_number", text=typed)
    if isinstance(children[-1], DateRange):  # the usual writing of a day besides says no more
        written = usual_writing(children[-1])
        children = tuple(c for c in children if c == first or c != Words(written or ""))
    if all(isinstance(each, Words) and each.field is TextField.ANY for each in children):
        return t(
            "understood.one_of", texts="”“".join(str(getattr(e, "text", "")) for e in children)
        )
    return t("understood.or").join(_inner(child, t) for child in children)


def _is_of_a_number(tree: Query) -> bool:
    """Whether a condition says the number by its key, or parts of it."""
    match tree:
        case DocumentNumber() | Words(_, TextField.NUMBER):
            return True
        case And(children):
            return all(map(_is_of_a_number, children))
        case _:
            return False


def _inner(tree: Query, t: Texts) -> str:
    told = in_words(tree, t)
    return f"（{told}）" if isinstance(tree, And | Or) and len(tree.children) > 1 else told


def _range(first: date | None, last: date | None, t: Texts) -> str:
    if first and last and first == last:
        return t("understood.day", day=first.isoformat())
    if first and last and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        years = f"{first.year}年" if first.year == last.year else f"{first.year}年至{last.year}年"
        return t("understood.day", day=years)
    if first and last and usual_writing(DateRange(first, last)):
        return t("understood.day", day=usual_writing(DateRange(first, last)) or "")
    name = "range" if first and last else "range_from" if first else "range_to"
    return t(f"search.{name}", first=str(first or ""), last=str(last or ""))
