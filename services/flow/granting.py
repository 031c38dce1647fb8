"""Grants as people and programs give them, checked."""

from collections.abc import Iterable, Mapping
from datetime import date

from records.errors import Invalid, Refused
from records.people.organisation import Organisation, parse_token
from records.revision import Grant, Right
from records.rights.access import Level
from services.people.caller import Caller

MAX_GRANTS = 200
"""Grants of one record; whom more are needed for is a unit or a role."""


def read_grants(
    given: Iterable[Mapping[str, object]], organisation: Organisation
) -> tuple[Grant, ...]:
    """Grants of the form ``{to, right: read|edit, until: YYYY-MM-DD}``.

    Raises Invalid: ``unknown_token``, ``wrong_right``, ``wrong_type``, ``too_long``.
    """
    grants = tuple(_read(entry, organisation) for entry in given)
    if len(grants) > MAX_GRANTS:
        raise Invalid("too_long", field="grants", label="授权", max=MAX_GRANTS, given=len(grants))
    return tuple(dict.fromkeys(grants))


def read_level(given: str | None, caller: Caller) -> Level:
    """A level by its Chinese name, 公开 when none is given.

    Raises Invalid (``unknown_level``); Refused (``above_clearance``) for one the caller could not
    read himself.
    """
    level = Level.of(given) if given else Level.PUBLIC
    if level > caller.reader.clearance:
        raise Refused("above_clearance", level=level.label, clearance=caller.reader.clearance.label)
    return level


def _read(entry: Mapping[str, object], organisation: Organisation) -> Grant:
    unknown = set(entry) - {"to", "right", "until"}
    if unknown or not isinstance(entry.get("to"), str):
        raise Invalid("wrong_type", field="grants", label="授权", expected="{to, right, until}")
    right = entry.get("right", "read")
    if right not in set(Right):
        raise Invalid("wrong_right", field="grants", given=str(right), allowed=tuple(Right))
    return Grant(
        to=parse_token(str(entry["to"]), organisation),
        right=Right(str(right)),
        until=_day(entry.get("until")),
    )


def _day(value: object) -> date | None:
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise Invalid("wrong_type", field="until", label="期限", expected="date") from error
