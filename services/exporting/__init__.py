"""Long lists as files: ordered, written page by page, fetched for a day."""
