"""What follows a commit: text, effects, the index, and whatever is left undone."""
