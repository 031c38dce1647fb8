"""How files write letters, numbers, dates and headers."""
