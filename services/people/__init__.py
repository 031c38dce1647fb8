"""Who there is, who asks, and how one signs in."""
