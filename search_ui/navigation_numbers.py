"""The numbers beside the navigation: asked for beside the page, and never on its way.

They cost two questions to the index. A page shows what was last known and asks anew as soon as it
stands, then twice a minute. What is older than `KEPT_S` is asked for with the page, so that they
are right without JavaScript too.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from records.identity import Login
from services.finding.worklists import Worklist
from services.house import House
from services.people.caller import Caller

KEPT_S = 60.0
KEPT = 5_000
"""People whose numbers are remembered: twice the people of a large house."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What waits for a person: tasks, notices not opened, messages not read."""

    tasks: int = 0
    notices: int = 0
    messages: int = 0


class NavigationNumbers:
    """Counts, and remembers what was counted."""

    def __init__(self, *, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._kept: OrderedDict[Login, tuple[Counts, float]] = OrderedDict()
        self._lock = threading.Lock()

    def counted(self, house: House, caller: Caller) -> Counts:
        """The numbers of now. Raises Unavailable while the index or the store is away."""
        lists = house.lists
        counts = Counts(
            tasks=lists.of_work.totals(caller, [Worklist.WAITING])[Worklist.WAITING],
            notices=lists.announcements.unread(caller),
            messages=house.notices.unread(caller),
        )
        with self._lock:
            self._kept[caller.person.login] = counts, self._now_s()
            self._kept.move_to_end(caller.person.login)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return counts

    def forget(self, login: Login) -> None:
        """The person has done something: his next page counts anew."""
        with self._lock:
            self._kept.pop(login, None)

    def known(self, house: House, caller: Caller) -> Counts:
        """The numbers of a minute ago at most. Raises Unavailable as `counted`."""
        with self._lock:
            kept = self._kept.get(caller.person.login)
        if kept is not None and self._now_s() - kept[1] <= KEPT_S:
            return kept[0]
        return self.counted(house, caller)
