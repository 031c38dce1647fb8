"""Samples of what records have to do with each other."""
