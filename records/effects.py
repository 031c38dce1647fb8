"""Effects that actions may name; the outbox runs them as idempotent steps (services.effects)."""

DELIVER_TO_AUDIENCE = "deliver_to_audience"
"""Keeps the list of people to whom the record was delivered, for 未读/已读 (TZ-04, M12)."""

EFFECTS = frozenset({DELIVER_TO_AUDIENCE})
"""All names that a kind may use."""
