"""What a kind declares: its words, how its file is read, checked whole, versioned and drawn."""
