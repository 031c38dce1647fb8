"""Who may begin a record of a kind, and whom its flow leads to."""

from records.identity import CLOCK
from records.kind import Kind
from services.people.caller import Caller


def may_begin(kind: Kind, caller: Caller) -> bool:
    """Whether the kind names the caller: a role of his, a post he holds, anyone, or the clock."""
    names: set[str] = {*caller.reader.tokens, *(f"post:{post}" for post in caller.person.posts)}
    if caller.person.login == CLOCK:
        names = {CLOCK}
    return "anyone" in kind.start.by or bool(names & set(kind.start.by))


def takes_part(kind: Kind, caller: Caller) -> bool:
    """Whether the caller may begin it, or holds a post that a step of its flow goes to."""
    named = {
        name
        for action in kind.actions.values()
        for name in (*action.by, *(f"post:{each.post}" for each in action.next if each.post))
    }
    return may_begin(kind, caller) or any(f"post:{post}" in named for post in caller.person.posts)
