"""What the pane beside a record shows of a file."""
