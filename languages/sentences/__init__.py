"""The sentences of all errors, by what they are about: reason → (what is wrong, what to do next).

Names in braces are facts of the error.
"""
