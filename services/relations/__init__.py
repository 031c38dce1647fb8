"""What records have to do with each other: citations, repeals, the same matter, the same text."""
