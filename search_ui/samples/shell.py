"""The frame of the samples: one person of a made-up bureau, at one moment."""

from dataclasses import dataclass
from datetime import UTC, datetime

from search_ui.views.shell import (
    Flash,
    NavigationGroup,
    NavigationItem,
    Pager,
    PersonLine,
    Shell,
    Tab,
)

NOW = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)
BUREAU = "渝州市市场监督管理局"


@dataclass(frozen=True, slots=True)
class Sample:
    """A page to be rendered: its template, its view, and whether the shell is around it."""

    template: str
    page: object
    current: str = ""
    query: str = ""
    bare: bool = False
    flashes: tuple[Flash, ...] = ()


def shell(sample: Sample) -> Shell:
    """The frame of a sample."""
    return Shell(
        organisation=BUREAU,
        person=PersonLine("clerk1", "甲一", "办公室", "机要室"),
        now=NOW,
        navigation=(
            NavigationGroup(
                "",
                (
                    NavigationItem("home", "/", "home"),
                    NavigationItem("search", "/search", "search"),
                    NavigationItem("tasks", "/tasks", "list-check", 3),
                    NavigationItem("notices", "/notices", "speakerphone", 2),
                    NavigationItem("rooms", "/kinds/room_booking/calendar", "calendar"),
                    NavigationItem("drive", "/drive", "cloud"),
                    NavigationItem("upload", "/upload", "upload"),
                ),
            ),
            NavigationGroup(
                "",
                (
                    NavigationItem(
                        "kind-outgoing",
                        "/kinds/outgoing",
                        "send",
                        label="发文管理",
                        ways=(
                            NavigationItem("", "/records/new/outgoing", "", label="发文起草"),
                            NavigationItem("", "/kinds/outgoing", "", label="成文管理"),
                        ),
                    ),
                ),
                label="公文处理",
            ),
            NavigationGroup(
                "administration",
                (
                    NavigationItem("people", "/people", "sitemap"),
                    NavigationItem("dictionaries", "/dictionaries", "table"),
                    NavigationItem("monitor", "/monitor", "activity"),
                    NavigationItem("check", "/check", "stethoscope"),
                ),
            ),
        ),
        current=sample.current,
        begins=(
            NavigationItem("notice", "/records/new/notice", "speakerphone", label="通知"),
            NavigationItem("booking", "/records/new/room_booking", "calendar", label="会议室预订"),
        ),
        query=sample.query,
        unread=2,
        flashes=sample.flashes,
    )


def pager(total: int, pages: int = 1) -> Pager:
    """The first of several pages."""
    return Pager(
        total=total,
        first=min(total, 1),
        last=min(total, 20),
        previous_href=None,
        next_href="?page=2" if pages > 1 else None,
        pages=tuple(Tab(str(n), f"?page={n}", current=n == 1) for n in range(1, min(pages, 5) + 1)),
    )
