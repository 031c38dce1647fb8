"""How drawing a file can fail."""


class Unshowable(Exception):
    """The file cannot be shown so; `why` is one of the words of `records.ports.previewer`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NoSuchPage(Exception):
    """The file has fewer pages or sheets."""
