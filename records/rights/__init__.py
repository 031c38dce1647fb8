"""The one access rule: as a decision about a record, and as a filter of searches."""
