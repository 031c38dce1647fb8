"""What lists, facets and statistics know of a record, out of any kind's declaration."""
