"""What comes back from those to whom a record was published: read, answered, owed."""
