"""The pages of those who keep the house, one module per use case."""
