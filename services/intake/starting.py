"""Who may begin a record of a kind, and whom its flow leads to."""

from collections.abc import Callable

from records.flow.declarations import Assignment
from records.identity import CLOCK, FolderCode, Token, UnitCode
from records.people.roles import Power
from records.rights.access import folder_token, keeper_token
from records.schema.kind import Kind
from services.people.caller import Caller


def may_begin(kind: Kind, caller: Caller) -> bool:
    """Whether the caller may begin it for one of his units."""
    return bool(places_to_begin(kind, caller))


def places_to_begin(kind: Kind, caller: Caller) -> tuple[UnitCode, ...]:
    """The units for which the caller may begin it (兼职), his own first."""
    return tuple(unit for unit, _ in caller.person.places if may_begin_here(kind, caller.at(unit)))


def may_begin_here(kind: Kind, caller: Caller) -> bool:
    """Whether the kind names the caller as he acts: by a role or post of his, anyone, the clock."""
    names = {CLOCK} if caller.person.login == CLOCK else names_of(caller)
    if "keeper" in kind.start.by and _has_folder(kind, caller, keeper_token):
        return True
    return "anyone" in kind.start.by or bool(names & set(kind.start.by))


def names_of(caller: Caller) -> set[str]:
    """What kinds may call him by: tokens of his own, ``role:NAME``, and posts, ``post:NAME``."""
    return {*caller.reader.tokens, *(f"post:{post}" for post in caller.person.posts)}


def takes_part(kind: Kind, caller: Caller) -> bool:
    """Whether the caller may begin it, holds a post that it goes to, or reads in its library.

    What may be open to whoever is signed in (`everyone_if`) is for everybody.
    """
    if kind.meaning.everyone_if is not None:
        return True
    if kind.meaning.folder is not None and (
        caller.may(Power.LIBRARIES) or _has_folder(kind, caller, folder_token)
    ):
        return True
    named = {
        name
        for action in kind.actions.values()
        for name in (*action.by, *(word for each in action.next for word in _named(each)))
    } | set(kind.start.holder)
    return may_begin(kind, caller) or any(f"post:{post}" in named for post in caller.person.posts)


def _has_folder(kind: Kind, caller: Caller, token: Callable[[FolderCode], Token]) -> bool:
    """Whether the caller reads, or keeps, a folder of the kind's library."""
    own = caller.reader.folders
    walked = caller.organisation.library.walk(kind.kind) if own else ()
    return any(token(folder.code) in own for _, folder in walked)


def _named(assignment: Assignment) -> tuple[str, ...]:
    """The posts that an assignment goes to, or lets choose among."""
    own = (f"post:{assignment.post}",) if assignment.post else ()
    return (*own, *assignment.among)
