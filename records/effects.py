"""Effects that actions may name; the outbox runs them as idempotent steps.

`services.after_commit.effects` runs them.
"""

DELIVER_TO_AUDIENCE = "deliver_to_audience"
"""Keeps the list of people to whom the record was delivered, for 未读/已读 (TZ-04, M12)."""

ASK_AGAIN = "ask_again"
"""Lets work that was given up be tried again (任务监控)."""

EFFECTS = frozenset({DELIVER_TO_AUDIENCE, ASK_AGAIN})
"""All names that a kind may use."""
