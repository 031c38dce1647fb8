"""Benchmarks: the figures of the issue, side by side in one run (``make bench``)."""
