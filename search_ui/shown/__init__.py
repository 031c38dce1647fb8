"""Turns what the use cases answer into views: no decision, no address of a store, only words."""
