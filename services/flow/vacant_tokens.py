"""Tokens that something may wait for and that nobody carries who may open it (TRF-17, SY-06).

Whoever left carries none; whoever is there carries his for papers up to his clearance.
"""

from collections.abc import Iterable, Iterator, Sequence

from records.errors import Invalid, NotFound, Refused
from records.flow.vacancies import in_office
from records.identity import Login, PostName, Token
from records.people.organisation import Organisation
from records.rights.access import Level, person_token, post_token, role_token, unit_token

_SCHEMES = frozenset({"person", "post", "role", "unit"})
_OF_WATCHERS = frozenset({"security_officer", "auditor"})
"""What waits for the other two of the 三员 is for no administrator to give away (AQ-14)."""


def vacant_tokens(
    organisation: Organisation, posts: Iterable[str]
) -> dict[tuple[Token, ...], list[Level]]:
    """Tokens that something may wait for and that nobody carries who may open it, by level."""
    words = sorted({*posts, *(post for person in organisation.people for post in person.posts)})
    people = (person_token(person.login) for person in organisation.people)
    named = (post_token(unit.code, PostName(word)) for unit in organisation.units for word in words)
    roles = (role_token(role) for role in organisation.roles.names if role not in _OF_WATCHERS)
    units = (unit_token(unit.code) for unit in organisation.units)
    each = (*people, *named, *roles, *units)
    shut = {token: frozenset(_shut(token, organisation)) for token in each}
    found: dict[tuple[Token, ...], list[Level]] = {}
    for level in Level:
        tokens = tuple(token for token, levels in shut.items() if level in levels)
        if tokens:
            found.setdefault(tokens, []).append(level)
    return found


def _shut(token: Token, organisation: Organisation) -> Iterator[Level]:
    """The levels of papers that nobody in office who carries the token may open."""
    best = max((person.clearance for person in organisation.holders(token)), default=None)
    return (level for level in Level if best is None or best < level)


def vacated(
    organisation: Organisation, holders: Sequence[Token]
) -> tuple[tuple[Token, ...], tuple[Level, ...]]:
    """The tokens, with the posts that somebody left vacant, and the levels at which one is shut.

    Raises Refused (``still_held``) for who may open whatever there is, NotFound
    (``unknown_person``), Invalid (``unknown_token``).
    """
    tokens: dict[Token, frozenset[Level]] = {}
    for holder in holders:
        scheme, _, rest = holder.partition(":")
        given_away = scheme in _SCHEMES and rest and (scheme != "role" or rest not in _OF_WATCHERS)
        if not given_away:
            raise Invalid("unknown_token", given=holder, field="holder")
        tokens[holder] = frozenset(_shut(holder, organisation))
        if not tokens[holder]:
            raise Refused("still_held", name=organisation.describe(holder))
        person = organisation.find_person(Login(rest)) if scheme == "person" else None
        if scheme == "person" and person is None:
            raise NotFound("unknown_person", login=rest)
        for post in person.posts if person else ():
            token = post_token(person.unit, post) if person else holder
            if not in_office(token, organisation):
                tokens[token] = frozenset(Level)
    if not tokens:
        raise Invalid("unknown_token", given="", field="holder")
    return tuple(tokens), tuple(sorted(frozenset[Level]().union(*tokens.values())))
