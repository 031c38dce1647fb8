"""Where people and units are looked up that are to be chosen: names, groups, the last choices."""

from dataclasses import dataclass

from services.people.groups import GroupBook
from services.people.name_finder import NameFinder
from services.people.recent_choices import RecentChoices


@dataclass(frozen=True, slots=True)
class Rosters:
    """The three of them, as the house holds them."""

    names: NameFinder
    groups: GroupBook
    recent: RecentChoices
