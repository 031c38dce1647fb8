"""A record changes here: edits, actions, and what the clock does."""
