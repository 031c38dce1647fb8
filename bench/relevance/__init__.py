"""How well the right record is ranked, and the right word guessed."""
