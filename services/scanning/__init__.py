"""Recognising text on scans: after everything else, a page at a time."""
