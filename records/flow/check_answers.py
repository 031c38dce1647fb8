"""Checks that every task that a flow gives can be answered: else it holds its state for ever."""

from collections.abc import Iterator, Sequence

from records.faults import Fault
from records.flow.declarations import ActionDeclaration, Assignment, Choose
from records.flow.verbs import ANY_STATE, Verb
from records.schema.kind import Kind

_ASKING = frozenset({Verb.DELEGATE, Verb.ADD_BEFORE})
"""Verbs after which somebody waits for the answer of whom he asked."""

_ADDING = _ASKING | {Verb.ADD_BESIDE, Verb.ADD_AFTER}


def answer_faults(kind: Kind) -> Iterator[Fault]:
    """Labels of tasks of a joining state, and of those who are asked first, without an answer."""
    for name, state in kind.states.items():
        if state.done:
            continue
        here = _from(kind, name)
        if state.join is not None:
            for label in sorted(_given(kind, name, here)):
                if not any(_answers(a, label) for a in here):
                    yield Fault(("states", name, "join"), "unanswered", {"name": label})
        for action in here:
            for asked in (a.label for a in action.next if action.task in _ASKING):
                if not any(a.task is Verb.DONE and _answers(a, asked) for a in here):
                    yield Fault(("states", name), "unanswered", {"name": asked or state.label})


def _from(kind: Kind, state: str) -> list[ActionDeclaration]:
    return [a for a in kind.actions.values() if state in a.from_ or ANY_STATE in a.from_]


def _given(kind: Kind, state: str, here: Sequence[ActionDeclaration]) -> set[str]:
    """Labels of tasks that hold a state: of those who enter it, and of those added there."""
    entering: list[Assignment] = []
    for action in kind.actions.values():
        if action.to == state:
            entering += action.next
    for other in kind.states.values():
        for leads in (other.join, other.join.refused if other.join else None):
            if leads is not None and leads.to == state:
                entering += leads.next
    new = [a for a in entering if not a.side and not a.previous and a.chosen is not Choose.AGAIN]
    labels = {a.label or kind.states[state].label for a in new}
    added = (a.label for action in here if action.task in _ADDING for a in action.next)
    return labels | {label for label in added if label}


def _answers(action: ActionDeclaration, label: str | None) -> bool:
    """Whether the holder of a task so labelled ends it by this action; of any label for None."""
    if action.task is Verb.FINISH:
        return not action.of or label in action.of
    if action.task is not Verb.DONE and action.to is None:
        return False
    if action.of and label is not None and label not in action.of:
        return False
    words = {"holder", f"holder:{label}"}
    return any(
        word in words or (label is None and word.startswith("holder:")) for word in action.by
    )
