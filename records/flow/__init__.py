"""The engine of actions: (revision, actor, action, input) → decision, pure (M05, M06, M07)."""
