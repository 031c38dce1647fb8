"""A made-up bureau with its people and papers, from phrases of our own."""
