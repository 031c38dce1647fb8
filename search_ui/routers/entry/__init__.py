"""What is done at the door, before anybody has signed in."""
