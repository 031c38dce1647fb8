"""The paper form of a kind: 发文处理单, 收文拟办单, 督办单, its boxes in rows (CX-04, FW-13)."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, Field

from records.declared import Declared


class SlipBox(Declared):
    """One box: a field by its name, or opinions under a heading."""

    field: str | None = None
    label: str | None = Field(default=None, description="Of opinions, or instead of the field's")
    opinions: tuple[str, ...] = Field(
        default=(), description="Actions whose opinions stand in the box, signed and dated"
    )
    wide: int = Field(default=1, ge=1, le=6, description="Columns that it takes of its row")


def _box(given: object) -> object:
    return {"field": given} if isinstance(given, str) else given


class SlipDeclaration(Declared):
    """The form: its name, and its boxes row by row."""

    title: str = Field(min_length=1, max_length=30)
    opinions_in: tuple[str, ...] = Field(
        default=(),
        description="States in which opinions stand on it; all, when it is empty (WG-05)",
    )
    rows: tuple[tuple[Annotated[SlipBox, BeforeValidator(_box)], ...], ...] = Field(min_length=1)

    def boxes(self) -> Iterator[tuple[int, SlipBox]]:
        """Every box with the number of its row, from 0."""
        for number, row in enumerate(self.rows):
            for box in row:
                yield number, box
