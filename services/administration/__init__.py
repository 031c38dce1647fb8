"""The organisation and the limits of the house, as administrators keep them."""
