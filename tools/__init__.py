"""Tools of the set-up: nothing of the product imports them."""
