"""摘录: passages that a person collects, each with its source; shown as far as he may read them.

His own are one chain, ``excerpts/{login}``, each link the whole list: of two tabs none loses what
the other collected.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict, TypeAdapter

from records.errors import Conflict, Invalid, NotFound
from records.identity import Login
from records.ports.chains import Chains
from services.chain_changes import change_newest
from services.people.caller import Caller
from services.quoting.cited_sources import CitedSources
from services.quoting.evidence import CellsOf, Evidence, EvidenceFinder, Source

MOST = 100
"""Passages of one person: a collection that is longer is cited by nobody."""


class Collected(BaseModel):
    """A source, and when it was collected: the 检索日期 of its citation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Source
    at: datetime
    named: bool = False
    """Whether the source is kept by a short name (not what was collected before there were any)."""

    @property
    def id(self) -> str:
        """Tells it from the others of its person."""
        told = json.dumps(self.source.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


_LIST = TypeAdapter(tuple[Collected, ...])


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage collected; `evidence` is None where its reader may not read it any more."""

    collected: Collected
    evidence: Evidence | None


class ExcerptBook:
    """Keeps what everybody collected."""

    def __init__(self, chains: Chains, evidence: EvidenceFinder, cited: CitedSources) -> None:
        self._chains = chains
        self._evidence = evidence
        self._cited = cited

    def of(self, caller: Caller) -> tuple[Excerpt, ...]:
        """The caller's own, in the order in which he collected them. Raises Unavailable."""
        return self.looked_up(caller, self.collected(caller))

    def collected(self, caller: Caller) -> tuple[Collected, ...]:
        """The same, not looked up: nothing of their records is read."""
        link = self._chains.latest(_chain(caller.person.login))
        return _read(link.value if link else None)

    def looked_up(self, caller: Caller, some: Sequence[Collected]) -> tuple[Excerpt, ...]:
        """Each as far as the caller may read it."""
        return tuple(Excerpt(each, self._found(caller, each.source)) for each in some)

    def collect(self, caller: Caller, source: Source, cells_of: CellsOf) -> None:
        """Keep a passage; one that he has already stays where it is.

        Raises as `CitedSources.keep`, Invalid (``too_many_excerpts``) and Conflict
        (``excerpts_busy``).
        """
        self._cited.keep(caller, source, cells_of)
        one = Collected(source=source, at=caller.now, named=True)

        def with_it(own: Sequence[Collected]) -> Sequence[Collected]:
            if any(each.source == source for each in own):
                return own
            if len(own) >= MOST:
                raise Invalid("too_many_excerpts", most=MOST)
            return (*own, one)

        self._change(caller.person.login, with_it)

    def drop(self, caller: Caller, excerpt: str | None) -> None:
        """One of his goes, or all with None. Raises NotFound (``no_such_excerpt``), Conflict."""

        def without(own: Sequence[Collected]) -> Sequence[Collected]:
            left = [each for each in own if excerpt is not None and each.id != excerpt]
            if excerpt is not None and len(left) == len(own):
                raise NotFound("no_such_excerpt", excerpt=excerpt)
            return left

        self._change(caller.person.login, without)

    def _found(self, caller: Caller, source: Source) -> Evidence | None:
        try:
            return self._evidence.of(caller, source)
        except NotFound:
            return None

    def _change(
        self, login: Login, change: Callable[[Sequence[Collected]], Sequence[Collected]]
    ) -> None:
        def changed(value: bytes | None) -> bytes | None:
            before = _read(value)
            after = tuple(change(before))
            return None if after == before else _LIST.dump_json(after)

        busy = Conflict("excerpts_busy")
        change_newest(self._chains, _chain(login), changed, busy=busy)


def _read(value: bytes | None) -> tuple[Collected, ...]:
    return () if value is None else _LIST.validate_json(value)


def _chain(login: Login) -> str:
    return f"excerpts/{login}"
