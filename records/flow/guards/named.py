"""All guards by name, what each takes, and what those of an action say."""

from collections.abc import Container, Mapping

from records.errors import Refused
from records.flow.action_parts import GuardCall
from records.flow.decision import Situation
from records.flow.guards.own import OWN_GUARDS
from records.flow.guards.related import OF_RELATED, RELATED_GUARDS, Guard, names_in

GUARDS: Mapping[str, Guard] = {**OWN_GUARDS, **RELATED_GUARDS}
"""All guards that a kind may name."""

PARAMETERS: Mapping[str, frozenset[str]] = {
    "not_before": frozenset({"later", "than"}),
    "apart": frozenset({"fields"}),
    "before": frozenset({"field"}),
    "in_order": frozenset({"from", "to"}),
    "signed_text": frozenset({"action"}),
    "in_use": frozenset({"field", "state"}),
    "filed": frozenset({"field", "state"}),
    "open_hours": frozenset({"field", "from", "to"}),
    "unexpired": frozenset({"field", "until", "day"}),
    "at_most": frozenset({"count", "field", "bound"}),
    "not_less": frozenset({"field", "than"}),
    "not_named": frozenset({"field"}),
}
"""What each takes; guards not named take nothing. All are checked when a kind is loaded."""

RELATED = frozenset(RELATED_GUARDS)
"""Guards that look at the record which their `field` names."""

_FOREIGN = OF_RELATED | {"state", "action"}


def refusal_of(s: Situation) -> Refused | None:
    """What the first guard of the action that is not content says; None when all are."""
    for call in s.action.guards:
        waits = s.only_looked_at and _looks_at(call, s.action.fields)
        refusal = None if waits else GUARDS[call.name](s, call.with_)
        if refusal is not None:
            return refusal
    return None


def _looks_at(call: GuardCall, fields: Container[str]) -> bool:
    """Whether a guard looks at one of these fields of the record."""
    named = (names_in(value) for key, value in call.with_.items() if key not in _FOREIGN)
    return any(name in fields for names in named for name in names)
