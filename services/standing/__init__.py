"""Searches that stand: subscribed to, tried on every new revision, told at once or by the day."""
