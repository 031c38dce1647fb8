"""Search for people."""
