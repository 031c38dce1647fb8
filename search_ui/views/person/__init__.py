"""Views of what is one's own."""
