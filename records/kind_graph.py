"""The flow of a kind as a drawing: Mermaid text, the same for the same kind."""

from collections.abc import Iterator

from records.flow.declarations import ANY_STATE, TARGETS, ActionDeclaration
from records.kind import TEND, Kind

_ACTORS = {
    "author": "拟稿人",
    "holder": "承办人",
    "sender": "送出人",
    "reader": "收阅人",
    "participant": "经办人",
    "clock": "到时自动",
}
_TARGETS = {"previous": "上一步", "chosen": "所选环节", "any": "所选环节", "last": "原环节"}


def mermaid(kind: Kind) -> str:
    """A state diagram of the kind; an empty text for one without a flow."""
    return "\n".join(_lines(kind)) + "\n" if kind.has_flow else ""


def _lines(kind: Kind) -> Iterator[str]:
    yield "stateDiagram-v2"
    for name, state in kind.states.items():
        yield f"    state {_quoted(state.label)} as {name}"
    yield f"    [*] --> {kind.start.state}"
    for name, action in kind.actions.items():
        places = [place for place in action.from_ if place != ANY_STATE]
        for place in places if name != TEND else ():
            yield from _arrow(place, action)
    for name, state in kind.states.items():
        for join in (state.join, state.join.refused if state.join else None):
            if join is not None:
                met = "办结" if join is state.join else "未通过"
                yield f"    {name} --> {join.to}: {met}"
        if state.done:
            yield f"    {name} --> [*]"


def _arrow(state: str, action: ActionDeclaration) -> Iterator[str]:
    told = f"{action.label}（{'、'.join(_actor(name) for name in action.by)}）"
    if action.to is None:
        yield f"    {state} --> {state}: {told}"
    elif action.to in TARGETS:
        yield f"    {state} --> {state}: {told} → {_TARGETS[action.to]}"
    else:
        yield f"    {state} --> {action.to}: {told}"


def _actor(name: str) -> str:
    """As an office says it: 承办人, 机要室."""
    scheme, _, rest = name.partition(":")
    return rest or _ACTORS.get(scheme, scheme)


def _quoted(label: str) -> str:
    return '"' + label.replace('"', "'") + '"'
