"""Makes files out of files: what 清稿 and 制版 give (FW-16, MB-07)."""

from enum import StrEnum
from pathlib import Path
from typing import Protocol

from pydantic import Field

from records.frozen import Frozen


class Form(StrEnum):
    """What is made of a file."""

    CLEAN = "clean"
    """The accepted view: every tracked change taken in, comments gone, the type as it was."""
    PDF = "pdf"
    """Fixed pages that no program lays out anew."""


class MadeFile(Frozen):
    """A file that was made; `body` None says that the file given is already what is asked for."""

    suffix: str = Field(pattern=r"^\.[a-z0-9]{1,8}$", description="Of its name, as .pdf")
    body: bytes | None = None


class DocumentMaker(Protocol):
    """Makes one file out of another, the same bytes of the same bytes."""

    def make(self, path: Path, *, name: str, form: Form) -> MadeFile:
        """What is asked for, made of the file at `path`, whose type its content and name tell.

        Raises Invalid (``not_makeable``, with the `form` and `why`): the file is of a type that
        cannot be made so, broken, encrypted, or costs too much.
        """
        ...

    def close(self) -> None:
        """End what works in the background."""
        ...
