"""常用意见 (SW-04): phrases that a person keeps for his opinions, and those of the house.

His own are one chain, ``phrases/{login}``, each link the whole list. How often each was used is a
name beside it that may be lost: it decides the order and nothing else.
"""

import hashlib
import json
import logging
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from records.errors import Conflict, Invalid, NotFound, WenshuError
from records.identity import DictionaryName, Login
from records.ports.chains import Chains
from records.ports.claims import Claims
from records.schema.dictionaries import Dictionaries
from services.chain_changes import change_newest

_LOG = logging.getLogger(__name__)

HOUSE = DictionaryName("phrases")
"""The dictionary of what the house offers to everybody."""

LONGEST = 500
"""Characters of a phrase: what is longer is an opinion on one matter."""

MOST = 200
"""Phrases of one person; a list that is longer is not looked through any more."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase; `own` ones can be dropped, `used` tells how often it was picked by this person."""

    id: str
    text: str
    own: bool
    used: int


class PhraseBook:
    """Keeps the phrases of everybody."""

    def __init__(
        self, chains: Chains, claims: Claims, dictionaries: Callable[[], Dictionaries]
    ) -> None:
        self._chains = chains
        self._claims = claims
        self._dictionaries = dictionaries

    def of(self, login: Login) -> tuple[Phrase, ...]:
        """His own, then those of the house that he has not; of both the most used first."""
        uses, own = self._uses(login), self._own(login)
        dictionaries = self._dictionaries()
        house = dictionaries.active(HOUSE) if HOUSE in dictionaries else ()
        return (
            *_ordered(own, uses, own=True),
            *_ordered([text for text in house if text not in own], uses, own=False),
        )

    def keep(self, login: Login, text: str) -> Phrase:
        """Keep a phrase; one that he has already is left as it is.

        Raises Invalid (``no_phrase``, ``too_long``, ``too_many_phrases``), Conflict
        (``phrases_busy``).
        """
        clean = "".join(filter(_is_written, text.replace("\r\n", "\n"))).strip()
        if not clean:
            raise Invalid("no_phrase", field="text")
        if len(clean) > LONGEST:
            given = len(clean)
            raise Invalid("too_long", field="text", label="常用意见", max=LONGEST, given=given)

        def kept(own: Sequence[str]) -> Sequence[str]:
            if clean in own:
                return own
            if len(own) >= MOST:
                raise Invalid("too_many_phrases", most=MOST, field="text")
            return (*own, clean)

        self._change(login, kept)
        return Phrase(_id(clean), clean, own=True, used=self._uses(login).get(_id(clean), 0))

    def drop(self, login: Login, phrase: str) -> None:
        """Take one of his own away. Raises NotFound (``unknown_phrase``), Conflict as `keep`."""

        def rest(own: Sequence[str]) -> Sequence[str]:
            left = [text for text in own if _id(text) != phrase]
            if len(left) == len(own):
                raise NotFound("unknown_phrase", phrase=phrase)
            return left

        self._change(login, rest)

    def used(self, login: Login, phrases: Iterable[str]) -> None:
        """He picked these; what is no phrase of his or of the house is passed over.

        Raises nothing: what he picked them for is done, and a lost count changes but their order.
        """
        try:
            self._count(login, set(phrases))
        except WenshuError as error:
            _LOG.warning("phrases of %s are not counted: %s", login, error)

    def _count(self, login: Login, picked: set[str]) -> None:
        known = {each.id for each in self.of(login)} if picked else set()
        if not picked & known:
            return
        uses = self._uses(login)
        counted = {each: uses.get(each, 0) + (each in picked) for each in sorted(known)}
        name = _uses_name(login)
        self._claims.free(name)
        told = {each: times for each, times in counted.items() if times}
        self._claims.take(name, json.dumps(told).encode())

    def _change(self, login: Login, change: Callable[[Sequence[str]], Sequence[str]]) -> None:
        def changed(value: bytes | None) -> bytes | None:
            before = _read(value)
            after = change(before)
            if after == before:
                return None
            return json.dumps(list(after), ensure_ascii=False).encode("utf-8", "replace")

        change_newest(self._chains, _chain(login), changed, busy=Conflict("phrases_busy"))

    def _own(self, login: Login) -> tuple[str, ...]:
        link = self._chains.latest(_chain(login))
        return _read(link.value if link else None)

    def _uses(self, login: Login) -> dict[str, int]:
        value = self._claims.read(_uses_name(login))
        try:
            told = {} if value is None else json.loads(value)
            return {name: int(times) for name, times in told.items()}
        except (ValueError, TypeError, AttributeError) as error:
            _LOG.warning("uses of phrases of %s cannot be read and are forgotten: %s", login, error)
            return {}


def _is_written(character: str) -> bool:
    """Whether it stands on paper: no control character but the end of a line."""
    return character == "\n" or unicodedata.category(character) != "Cc"


def _ordered(texts: Iterable[str], uses: dict[str, int], *, own: bool) -> list[Phrase]:
    """The most used first; of those used as often, in the order in which they were kept."""
    phrases = [Phrase(_id(text), text, own, uses.get(_id(text), 0)) for text in texts]
    return sorted(phrases, key=lambda each: -each.used)


def _read(value: bytes | None) -> tuple[str, ...]:
    return tuple(json.loads(value or b"[]"))


def _chain(login: Login) -> str:
    return f"phrases/{login}"


def _uses_name(login: Login) -> str:
    return f"phrase-uses/{login}"


def _id(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
