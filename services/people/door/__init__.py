"""The door: how people get in without their password, and what they tell of themselves."""
