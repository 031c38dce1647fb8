"""Lists of a kind, of the archive, and what is done with them."""
