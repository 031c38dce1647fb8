"""Faults on purpose: processes killed, indexes destroyed, stores tampered with."""
