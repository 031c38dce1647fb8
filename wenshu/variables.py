"""Settings that are secrets: in a variable, or in a file that another variable names."""

import os
from pathlib import Path

from records.errors import Invalid


def secret(name: str) -> str:
    """The content of the file that `name`_FILE names, else the value of `name`; empty for neither.

    Raises Invalid (``no_credentials``, with what is missing) when that file cannot be read.
    """
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return os.environ.get(name, "")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Invalid("no_credentials", missing=f"{name}_FILE") from error


def required_secret(name: str) -> str:
    """As `secret`. Raises Invalid (``no_credentials``) for an empty one too."""
    value = secret(name)
    if not value:
        raise Invalid("no_credentials", missing=name)
    return value
