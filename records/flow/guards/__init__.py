"""Guards that actions may name: each tells why the action is not possible now, or nothing."""

from records.flow.guards.named import GUARDS, PARAMETERS, RELATED, refusal_of
from records.flow.guards.related import OF_RELATED, state_of_related

__all__ = ["GUARDS", "OF_RELATED", "PARAMETERS", "RELATED", "refusal_of", "state_of_related"]
