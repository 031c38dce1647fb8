"""Real programs that tests need: found, installed, started."""
