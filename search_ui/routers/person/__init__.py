"""Pages of one person: his account, sessions, deputies, and the interface for his programs."""
