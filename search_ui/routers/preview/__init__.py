"""Files in the page: which place is asked for, and what is drawn."""
