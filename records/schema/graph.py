"""The flow of a kind as a drawing: Mermaid text, the same for the same kind.

Arrows are where the record moves; what moves one task alone stands in a note beside its state.
"""

from collections.abc import Iterator

from records.flow.declarations import ActionDeclaration, StateDeclaration
from records.flow.verbs import ANY_STATE, CHOSEN_STEP, LAST, PREVIOUS
from records.schema.kind import TEND, Kind

_ACTORS = {
    "author": "拟稿人",
    "holder": "承办人",
    "reader": "待阅人",
    "sender": "送出人",
    "participant": "经办人",
    "clock": "到时自动",
}
_TARGETS = {
    PREVIOUS: "上一步",
    CHOSEN_STEP: "指定步骤",
    ANY_STATE: "任一步骤",
    LAST: "办结前的步骤",
}
_ENOUGH = {"all": "全部办完", "any": "一人办完"}


def mermaid(kind: Kind) -> str:
    """A state diagram of the kind; an empty text for one without a flow."""
    return "\n".join(_lines(kind)) + "\n" if kind.has_flow else ""


def _lines(kind: Kind) -> Iterator[str]:
    yield "stateDiagram-v2"
    for name, declared in kind.states.items():
        yield f"    state {_quoted(declared.label)} as {name}"
    yield f"    [*] --> {kind.start.state}"
    if kind.start.received is not None:
        yield f"    [*] --> {kind.start.received}"
    actions = [action for name, action in kind.actions.items() if name != TEND]
    for action in actions:
        if action.to is not None:
            for place in _places(kind, action):
                yield _arrow(place, action, action.to)
    for name, declared in kind.states.items():
        yield from _joins(name, declared)
        if declared.done:
            yield f"    {name} --> [*]"
    for name in kind.states:
        at_task = [each for each in actions if each.task and name in _places(kind, each)]
        if at_task:
            yield f"    note right of {name}"
            yield from (f"        {_told(action)}" for action in at_task)
            yield "    end note"


def _places(kind: Kind, action: ActionDeclaration) -> tuple[str, ...]:
    if ANY_STATE in action.from_:
        return tuple(name for name, declared in kind.states.items() if not declared.done)
    return action.from_


def _arrow(place: str, action: ActionDeclaration, target: str) -> str:
    if target in _TARGETS:
        return f"    {place} --> {place}: {_told(action)} → {_TARGETS[target]}"
    return f"    {place} --> {target}: {_told(action)}"


def _joins(name: str, declared: StateDeclaration) -> Iterator[str]:
    join = declared.join
    if join is None:
        return
    enough = _ENOUGH[join.needs]
    if join.votes is not None:
        enough = f"{join.votes} 人同意"
    if join.share is not None:
        enough = f"{join.share}% 同意"
    yield f"    {name} --> {join.to}: {enough}"
    if join.refused is not None:
        yield f"    {name} --> {join.refused.to}: 有人不同意"


def _told(action: ActionDeclaration) -> str:
    return f"{action.label}（{'、'.join(_actor(name) for name in action.by)}）"


def _actor(name: str) -> str:
    """As an office says it: 承办人, 机要室."""
    scheme, _, rest = name.partition(":")
    return rest or _ACTORS.get(scheme, scheme)


def _quoted(label: str) -> str:
    return '"' + label.replace('"', "'") + '"'
