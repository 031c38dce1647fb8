"""Pages of lists: of a kind, its views, several at once, exports, statistics."""
