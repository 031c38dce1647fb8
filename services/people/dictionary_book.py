"""The dictionaries as they stand now, and their changes by who keeps them (SY-09, DC-12).

What is declared comes with the program and from the installation's folder; each change is a new
link of one chain beside it, so the past is kept and two changes at once cannot lose one.
"""

import threading
from collections.abc import Callable
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from records.errors import Conflict, Invalid, Refused
from records.identity import DictionaryName, Login
from records.people.roles import Power
from records.ports.chains import Chains
from records.ports.clock import Clock
from records.schema.dictionaries import Changes, Dictionaries, Dictionary
from services.people.caller import Caller

_CHAIN = "dictionaries"
_TRIES = 20


class DictionaryLink(BaseModel):
    """What one link holds: all changes together, who made the last of them, and when."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    changes: Changes = Changes()
    by: Login
    at: datetime


class DictionaryBook:
    """Reads and changes dictionaries: administrators all of them, a post those that it keeps."""

    def __init__(self, declared: Dictionaries, chains: Chains, clock: Clock) -> None:
        self._declared = declared
        self._chains = chains
        self._clock = clock
        self._reading = threading.Lock()
        self._writing = threading.Lock()  # threads of one process need not race each other
        self._known = 0, Changes(), declared

    def current(self) -> Dictionaries:
        """The dictionaries of this moment."""
        return self._numbered()[2]

    def kept_by(self, caller: Caller) -> tuple[Dictionary, ...]:
        """The dictionaries that this person may change (SY-09, DC-12)."""
        return tuple(each for each in self.current() if _keeps(caller, each))

    def keeps_any(self, caller: Caller) -> bool:
        """Whether there is one; who keeps which is declared, and asks the store nothing."""
        return any(_keeps(caller, each) for each in self._declared)

    def kept(self, caller: Caller, name: DictionaryName) -> Dictionary:
        """The dictionary of that name, for who may change it.

        Raises NotFound (``unknown_dictionary``) and Refused (``not_your_dictionary``).
        """
        found = self.current().get(name)
        if not _keeps(caller, found):
            keepers = ("系统管理员", *found.keepers)
            raise Refused("not_your_dictionary", title=found.title, keepers=keepers)
        return found

    def add(self, name: DictionaryName, word: str, *, by: Login) -> str:
        """A word more at the end; the word as it was kept. Whoever calls has asked `kept`.

        Raises NotFound (``unknown_dictionary``), Invalid (``bad_entry``, ``repeated_entry``),
        Conflict (``dictionary_busy``).
        """
        kept = ""

        def change(current: Dictionaries, changes: Changes) -> Changes:
            nonlocal kept
            kept = current.checked_word(name, word)
            return changes.adding(name, kept)

        self._write(change, by)
        return kept

    def switch(self, name: DictionaryName, word: str, *, disabled: bool, by: Login) -> None:
        """Disable a word, or enable it again; nothing happens when it is so already.

        Raises NotFound (``unknown_dictionary``), Invalid (``unknown_entry``), Conflict
        (``dictionary_busy``).
        """

        def change(current: Dictionaries, changes: Changes) -> Changes:
            if word not in current.get(name).words:
                raise Invalid("unknown_entry", field="word", given=word)
            if (word not in current.active(name)) is disabled:
                return changes
            return changes.switching(name, word, disabled=disabled)

        self._write(change, by)

    def _write(self, change: Callable[[Dictionaries, Changes], Changes], by: Login) -> None:
        with self._writing:
            self._write_alone(change, by)

    def _write_alone(self, change: Callable[[Dictionaries, Changes], Changes], by: Login) -> None:
        for _ in range(_TRIES):
            number, before, current = self._numbered()
            after = change(current, before)
            if after == before:
                return
            link = DictionaryLink(changes=after, by=by, at=self._clock.now())
            try:
                self._chains.append(_CHAIN, number + 1, link.model_dump_json().encode())
            except Conflict:
                continue
            return
        raise Conflict("dictionary_busy")

    def _numbered(self) -> tuple[int, Changes, Dictionaries]:
        """The newest link's number, all changes, and what comes of them; of one moment."""
        known = self._known
        link = self._chains.latest(_CHAIN, known=known[0])
        if link is None or link.number <= known[0]:
            return known
        changes = DictionaryLink.model_validate_json(link.value).changes
        found = link.number, changes, self._declared.changed(changes)
        with self._reading:
            self._known = max(self._known, found, key=lambda each: each[0])
            return self._known


def _keeps(caller: Caller, dictionary: Dictionary) -> bool:
    return caller.may(Power.DICTIONARIES) or not set(caller.person.posts).isdisjoint(
        dictionary.keepers
    )
