"""检索用词: kept, and tried on what several people ask."""
