"""The rule for passwords (LG-04): letters, digits and special characters, long enough."""

from records.errors import Invalid
from records.fields import is_text

MAX_LENGTH = 200
"""Beyond this a password only costs time to hash."""


def check_password(password: str, *, login: str, min_length: int) -> None:
    """Whether it may be one; `min_length` is a parameter.

    Raises Invalid: ``weak_password`` with what is missing, in stable words, ``wrong_type``.
    """
    if not is_text(password):
        raise Invalid("wrong_type", field="password", label="密码", expected="text")
    missing = []
    if not min_length <= len(password) <= MAX_LENGTH:
        missing.append("length")
    if not any(character.isalpha() for character in password):
        missing.append("letter")
    if not any(character.isdigit() for character in password):
        missing.append("digit")
    if all(character.isalnum() for character in password):
        missing.append("special")
    if login.lower() in password.lower():
        missing.append("login")
    if missing:
        raise Invalid("weak_password", field="password", missing=tuple(missing), least=min_length)
