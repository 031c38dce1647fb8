"""Small adapters of the machine: time, chance, hashing, counting, mail."""
