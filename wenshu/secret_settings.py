"""Settings that are secrets: in a variable, or in a file that another variable names."""

from collections.abc import Mapping
from pathlib import Path

from records.errors import Invalid


def secret(name: str, environment: Mapping[str, str]) -> str:
    """The value of `name`, else the content of the file that `name`_FILE names; empty for neither.

    Raises Invalid (``no_secret_file``) when that file cannot be read.
    """
    value = environment.get(name)
    if value:
        return value
    file = environment.get(f"{name}_FILE")
    if not file:
        return ""
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Invalid("no_secret_file", name=f"{name}_FILE", path=file) from error
