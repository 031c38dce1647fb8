"""What people are told: one stream a person, and the ways it reaches him."""
