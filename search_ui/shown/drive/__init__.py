"""The drive as its pages show it."""
