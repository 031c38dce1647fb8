"""Cells of tables: what people named, as they named it, and wrapped instead of cut off."""

from rich.text import Text


def cells(*texts: str) -> list[Text]:
    """A row. Brackets in a name are no markup; Chinese has no spaces to wrap at."""
    return [Text(text, overflow="fold") for text in texts]
