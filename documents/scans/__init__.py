"""Text on pictures of pages: found and read by a small network, in worker processes."""
