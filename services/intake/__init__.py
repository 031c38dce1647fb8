"""New records come in here: one by one, or by folders with a ledger that balances."""
