"""What a decision takes, frees and sets off: numbers, slots, names, effects."""
