"""分组管理: people one chooses together."""

from dataclasses import dataclass

from search_ui.views.fields import FormField


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group; `edit_href` fills the form with it, None where the reader may not change it."""

    name: str
    members: tuple[str, ...]
    edit_href: str | None = None
    drop_href: str | None = None


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """One's own, the public ones, and the form."""

    own: tuple[GroupRow, ...]
    public: tuple[GroupRow, ...]
    members: FormField
    name: str = ""
    may_publish: bool = False
    as_public: bool = False
    problem: str = ""
