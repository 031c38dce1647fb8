"""Text extraction and search indexes."""
