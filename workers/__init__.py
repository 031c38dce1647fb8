"""The queue and its drain."""
