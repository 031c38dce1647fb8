"""Office documents shown and made."""
