"""Untrusted files are parsed here: in worker processes with limits, never in the server."""
