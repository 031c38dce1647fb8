"""The drive: folders and files, their changes, what was deleted."""
