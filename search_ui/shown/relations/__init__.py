"""What a record cites and resembles, as its page shows it."""
