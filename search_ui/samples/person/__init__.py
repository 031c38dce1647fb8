"""Samples of the pages that somebody has for himself."""
