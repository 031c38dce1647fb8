"""The flow of a kind as a drawing: Mermaid text, the same for the same kind."""

from collections.abc import Iterator

from records.kind import PREVIOUS, ActionDeclaration, Kind

_ACTORS = {"author": "拟稿人", "holder": "承办人", "clock": "到时自动"}
_BACK = "上一步"


def mermaid(kind: Kind) -> str:
    """A state diagram of the kind; an empty text for one without a flow."""
    return "\n".join(_lines(kind)) + "\n" if kind.has_flow else ""


def _lines(kind: Kind) -> Iterator[str]:
    yield "stateDiagram-v2"
    for name, state in kind.states.items():
        yield f"    state {_quoted(state.label)} as {name}"
    yield f"    [*] --> {kind.start.state}"
    for action in kind.actions.values():
        for place in action.from_:
            yield from _arrow(place, action)
    for name, state in kind.states.items():
        if state.done:
            yield f"    {name} --> [*]"


def _arrow(state: str, action: ActionDeclaration) -> Iterator[str]:
    told = f"{action.label}（{'、'.join(_actor(name) for name in action.by)}）"
    if action.to == PREVIOUS:
        yield f"    {state} --> {state}: {told} → {_BACK}"
    else:
        yield f"    {state} --> {action.to}: {told}"


def _actor(name: str) -> str:
    """As an office says it: 承办人, 机要室."""
    scheme, _, rest = name.partition(":")
    return rest or _ACTORS.get(scheme, scheme)


def _quoted(label: str) -> str:
    return '"' + label.replace('"', "'") + '"'
