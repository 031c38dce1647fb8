"""Where a kind stands in the menu, in the words of the manual: 公文处理, 发文管理 (GT-07)."""

from typing import Literal, Self

from pydantic import Field, model_validator

from records.declared import Declared
from records.identity import KindName

MINE, BEGAN, HANDLED = "mine", "began", "handled"
"""A filter of lists that is no field, and its values: what the asker began, what he acted on."""


class MenuEntry(Declared):
    """One way into a module: begin a record, one's tasks of the kind, its list, or the search."""

    label: str = Field(min_length=1, max_length=20)
    begin: Literal[True] | None = None
    tasks: Literal["todo", "unread", "done", "started", "followed", "soon", "overdue"] | None = None
    page: Literal["exchange", "calendar", "statistics"] | None = Field(
        default=None,
        description="A page of its own: 交换文件 of other installations, the kind's calendar, 统计",
    )
    finds: tuple[KindName, ...] = Field(
        default=(), description="The search over these kinds at once (公文查询, CX-01)"
    )
    where: dict[str, tuple[str, ...]] = Field(
        default={}, description="Filter of its list → values; none of these is the whole list"
    )
    columns: tuple[str, ...] = Field(
        default=(), description="Columns of the list, where they are others than the kind's"
    )
    tile: bool = Field(
        default=False, description="Its number stands on the home page: of `tasks` or of `where`"
    )
    for_: tuple[str, ...] = Field(
        default=(), alias="for", description="post:NAME, role:NAME; everybody, when it is empty"
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = (self.begin, self.tasks, self.page, self.finds, self.where)
        if sum(map(bool, ways)) > 1:
            raise ValueError("begin, tasks, page, finds, where")
        return self


class MenuDeclaration(Declared):
    """The entries of a kind, under the heading of its module."""

    group: str = Field(min_length=1, max_length=20)
    order: int = Field(default=50, description="Among all modules; the lower stands first")
    title: str = Field(min_length=1, max_length=20)
    entries: tuple[MenuEntry, ...] = Field(min_length=1)
