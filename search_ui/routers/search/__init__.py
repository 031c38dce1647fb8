"""The search: its page, the pane of a hit, what is remembered, exported and collected."""
