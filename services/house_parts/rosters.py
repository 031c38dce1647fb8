"""Where people and units are looked up: names, groups, the last choices, 通讯录."""

from dataclasses import dataclass

from services.directory import ContactBook, Directory
from services.people.groups import GroupBook
from services.people.name_finder import NameFinder
from services.people.recent_choices import RecentChoices


@dataclass(frozen=True, slots=True)
class Rosters:
    """They, as the house holds them."""

    names: NameFinder
    groups: GroupBook
    recent: RecentChoices
    directory: Directory
    contacts: ContactBook
