"""What can go wrong between us and a server, and whose fault it is."""

CRASH = "crash"
"""Of a server that was lost without a word."""


class ServerFault(Exception):
    """The server's, the network's or the set-up's: the file goes to another server, uncounted."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class FileFault(Exception):
    """A server that was well a moment before was lost over this file; the second time counts."""

    def __init__(self, reason: str) -> None:
        """`reason` is ``crash``, ``memory`` or ``timeout``."""
        super().__init__(reason)
        self.reason = reason


class Unfit(Exception):
    """The answer lacks what our texts must have: the embedded route reads the file."""
