"""Dictionaries (SY-09): the words that may be chosen for a field, a post or a flow profile.

They are declared in YAML with the program, an installation adds to them in its own folder, and an
administrator changes them while it runs (`Changes`). An entry is disabled, never deleted: what
was written with it stays readable, and it can be chosen no more.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from records.errors import Invalid, NotFound
from records.identity import DictionaryName, PostName

POSTS = DictionaryName("posts")
"""Posts that kinds may send to (features.md B0, SY-07)."""

PROFILES = DictionaryName("profiles")
"""Flow profiles that an organ may have (SY-08)."""

SIMPLE_PROFILE = "简易"
"""What an organ has for which none is named: its people send to each other freely."""


class _Closed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Entry(_Closed):
    """One word of a dictionary, as it stands in records."""

    word: str = Field(min_length=1, max_length=60, pattern=r"^\S(.*\S)?$")
    disabled: bool = False


def _entry(given: Any) -> Any:
    return {"word": given} if isinstance(given, str) else given


class Dictionary(_Closed):
    """Words that belong together, in the order in which they are offered."""

    dictionary: DictionaryName = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    title: str = Field(min_length=1, max_length=60)
    source: str | None = None
    keepers: tuple[PostName, ...] = Field(
        default=(), description="Posts that keep it, beside administrators"
    )
    entries: tuple[Annotated[Entry, BeforeValidator(_entry)], ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every word, disabled ones included."""
        return tuple(entry.word for entry in self.entries)


class Changes(_Closed):
    """What an administrator added, disabled and enabled again, over what is declared."""

    added: Mapping[DictionaryName, tuple[str, ...]] = {}
    switched: Mapping[DictionaryName, Mapping[str, bool]] = {}
    """Words that were disabled (true) or enabled again (false), whatever is declared."""

    def adding(self, name: DictionaryName, word: str) -> "Changes":
        """With one word more at the end."""
        added = {**self.added, name: (*self.added.get(name, ()), word)}
        return self.model_copy(update={"added": added})

    def switching(self, name: DictionaryName, word: str, *, disabled: bool) -> "Changes":
        """With a word that can be chosen no more, or again."""
        words = {**self.switched.get(name, {}), word: disabled}
        return self.model_copy(update={"switched": {**self.switched, name: words}})


class Dictionaries:
    """All dictionaries of an installation as of one moment."""

    def __init__(self, dictionaries: Iterable[Dictionary] = ()) -> None:
        self._by_name = {each.dictionary: each for each in dictionaries}

    def __iter__(self) -> Iterator[Dictionary]:
        return iter(self._by_name.values())

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def get(self, name: str) -> Dictionary:
        """The dictionary of that name. Raises NotFound (``unknown_dictionary``)."""
        if name not in self._by_name:
            raise NotFound("unknown_dictionary", name=name, allowed=tuple(self._by_name))
        return self._by_name[DictionaryName(name)]

    def active(self, name: str) -> tuple[str, ...]:
        """The words that can be chosen now, in order. Raises as `get`."""
        return tuple(entry.word for entry in self.get(name).entries if not entry.disabled)

    def has(self, name: str, word: str) -> bool:
        """Whether the word stands there, disabled or not; False for an unknown dictionary."""
        return name in self._by_name and word in self._by_name[DictionaryName(name)].words

    def and_more(self, more: Dictionary) -> "Dictionaries":
        """With the words of an installation's file: added to a dictionary, or a new one.

        Raises Invalid (``repeated_entry``) for a word that stands twice in the file. A word that is
        declared already is left as it is, unless the file disables it.
        """
        _refuse_repeats(more)
        known = self._by_name.get(more.dictionary)
        if known is None:
            return Dictionaries((*self, more))
        said = {entry.word: entry for entry in more.entries}
        entries = [said.pop(entry.word, entry) for entry in known.entries]
        keepers = tuple(dict.fromkeys((*known.keepers, *more.keepers)))
        joined = known.model_copy(
            update={"entries": (*entries, *said.values()), "keepers": keepers}
        )
        return Dictionaries({**self._by_name, more.dictionary: joined}.values())

    def changed(self, changes: Changes) -> "Dictionaries":
        """As an administrator has changed them; changes of what is gone are passed over."""
        return Dictionaries(_changed(each, changes) for each in self)

    def checked_word(self, name: str, word: str) -> str:
        """The word itself, when it can be added.

        Raises NotFound (``unknown_dictionary``), Invalid (``bad_entry``, ``repeated_entry``).
        """
        clean = " ".join(word.split())
        if not 0 < len(clean) <= 60 or not clean.isprintable():
            raise Invalid("bad_entry", field="word", given=clean[:60])
        if clean in self.get(name).words:
            raise Invalid("repeated_entry", field="word", given=clean)
        return clean


def _changed(dictionary: Dictionary, changes: Changes) -> Dictionary:
    name = dictionary.dictionary
    added = tuple(word for word in changes.added.get(name, ()) if word not in dictionary.words)
    switched = changes.switched.get(name, {})
    entries = (*dictionary.entries, *(Entry(word=word) for word in added))
    entries = tuple(
        entry.model_copy(update={"disabled": switched.get(entry.word, entry.disabled)})
        for entry in entries
    )
    return dictionary.model_copy(update={"entries": entries})


def _refuse_repeats(dictionary: Dictionary) -> None:
    seen: set[str] = set()
    for word in dictionary.words:
        if word in seen:
            raise Invalid("repeated_entry", field="entries", given=word)
        seen.add(word)
