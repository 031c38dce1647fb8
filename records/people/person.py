"""One person: his unit and posts, the roles and the clearance that he has besides."""

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from records.errors import Invalid
from records.identity import CLOCK, Login, PostName, RoleName, UnitCode
from records.people.contact import Contact
from records.rights.access import Level

LOGIN = re.compile(r"[A-Za-z0-9_@-][A-Za-z0-9_.@-]{0,59}|[\w@-][\w.@-]{0,15}")
"""A login names objects of the store: no dot in front, and at most 16 characters where not all
are ASCII, since there each takes up to 12 of the 200 that a name may have (storage/keys.py)."""


def sound_login(text: str) -> Login:
    """A login that somebody new may have. Raises Invalid (``bad_login``)."""
    if text == CLOCK or not LOGIN.fullmatch(text):
        raise Invalid("bad_login", field="login", given=text[:60])
    return Login(text)


Posts = tuple[Annotated[PostName, Field(min_length=1, max_length=60)], ...]


class SidePost(BaseModel):
    """兼职: what somebody is in another unit than his own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: UnitCode
    posts: Posts = ()


class Person(BaseModel):
    """Somebody who works here. The password is kept elsewhere."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    login: Login = Field(pattern=r"^[\w.@-]{1,60}$")
    name: str = Field(min_length=1, max_length=60)
    unit: UnitCode
    posts: Posts = ()
    also: tuple[SidePost, ...] = ()
    roles: tuple[RoleName, ...] = (RoleName("staff"),)
    clearance: Level = Level.INTERNAL
    disabled: bool = False
    contact: Contact | None = Field(
        default=None, description="Of 通讯录; None leaves what is known of him as it is"
    )

    @property
    def places(self) -> tuple[tuple[UnitCode, Posts], ...]:
        """Every unit he works in with his posts there, his own first."""
        return ((self.unit, self.posts), *((each.unit, each.posts) for each in self.also))

    def at(self, unit: UnitCode) -> "Person":
        """He as he acts for one of his units: it and its posts come first."""
        posts = dict(self.places)
        also = tuple(SidePost(unit=code, posts=held) for code, held in self.places if code != unit)
        return self.model_copy(update={"unit": unit, "posts": posts[unit], "also": also})
