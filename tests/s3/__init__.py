"""What S3 can do to a store: outcomes lost, conditions dropped, servers frozen."""
