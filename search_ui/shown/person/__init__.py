"""What is one's own, as its pages show it."""
