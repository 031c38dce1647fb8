"""引用与相关 of a record, and how they are corrected."""
