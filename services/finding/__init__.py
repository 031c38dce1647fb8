"""Records are found, opened and shown here; each is decided on anew."""
