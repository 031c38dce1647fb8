"""Previews of files, drawn in worker processes."""
