"""Searches as views: the question read, its answer shown."""
