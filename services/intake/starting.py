"""Who may begin a record of a kind."""

from records.identity import CLOCK
from records.kind import Kind
from services.people.caller import Caller


def may_begin(kind: Kind, caller: Caller) -> bool:
    """Whether the kind names the caller: a role of his, a post he holds, anyone, or the clock."""
    names: set[str] = {*caller.reader.tokens, *(f"post:{post}" for post in caller.person.posts)}
    if caller.person.login == CLOCK:
        names = {CLOCK}
    return "anyone" in kind.start.by or bool(names & set(kind.start.by))
