"""What `/metrics` answers, and what counts beside ports and jobs."""
