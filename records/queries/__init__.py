"""How typed text becomes one query tree, and what is asked of an index."""
