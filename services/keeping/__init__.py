"""The house is kept whole here: looked after, compared, rebuilt, verified, copied."""
