"""Fresh names, as a port, so that tests decide what they are."""

from typing import Protocol

from records.identity import RecordId


class Identities(Protocol):
    """Gives names that nobody had before."""

    def record_id(self) -> RecordId:
        """A fresh record identifier, sorting after those given earlier by this process."""
        ...

    def write_id(self) -> str:
        """A fresh name for one attempt to write: 32 hexadecimal digits."""
        ...

    def secret(self) -> str:
        """A fresh secret of at least 256 bits, safe in a URL, for a session."""
        ...

    def sent_code(self) -> str:
        """A fresh code of eight digits that a person types from a message."""
        ...

    def one_time_code(self) -> str:
        """A fresh code of 12 letters and digits that a person can copy by hand."""
        ...
