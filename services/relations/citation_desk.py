"""更正引用: who may edit a record says of what it cites that it is none, of another sort, another.

Each is the next revision of the record, so the log tells who said what and when, an earlier
revision stays what it was, and what is archived is corrected by nobody, as nobody edits it. Nothing
is said of a record that the corrector may not read: it is not there for him.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from records.errors import Invalid, NotFound, Refused
from records.identity import RecordId
from records.queries.citation_corrections import MOST, CitationCorrection, added_anchor
from records.queries.relations import Relation
from records.revision import Revision
from records.schema.kind import Kind
from services.flow.change import Attempt, RevisionWriter, expect
from services.people.caller import Caller
from services.relations.citations import CitationFinder

CORRECTED = "correct_citations"
"""What the event of such a revision is called."""

_RECORD = re.compile("[0-9A-HJKMNP-TV-Z]{26}")
_CLOSED = {"means": None, "relation": None, "is_none": True}
"""What becomes of a correction that means what its reader may not read."""

_SHOWN = 500
"""Characters of a citation that are kept beside what is said of it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a citation; None leaves what is read."""

    anchors: Sequence[str] = ()
    """Of the citation at each of its places; none for one that the text does not tell."""
    relation: Relation | None = None
    means: RecordId | None = None
    is_none: bool = False


@dataclass(frozen=True, slots=True)
class Correctable:
    """One citation of a record as it is read, and what was said of it.

    `relation` is None of one that was added, and of one that stands in the text no more.
    """

    anchor: str
    text: str
    relation: Relation | None
    fitting: tuple[Revision, ...] = ()
    """What bears its number or title, of what the corrector may read."""
    said: CitationCorrection | None = None
    meant: Revision | None = None
    """The record that was said."""


class CitationDesk:
    """Keeps what is said of citations."""

    def __init__(self, changes: RevisionWriter, citations: CitationFinder) -> None:
        self._changes = changes
        self._citations = citations

    def correct(
        self,
        caller: Caller,
        record: RecordId,
        said: Said,
        *,
        revision: int,
        idempotency_key: str | None = None,
    ) -> Revision:
        """The next revision, in which the citation is what was said, whatever was said before.

        Raises NotFound (``unknown_record``, of the one that is meant too), Refused
        (``may_not_edit``), Conflict (``stale_revision``, ``key_reused``), Invalid
        (``nothing_said``, ``cites_itself``, ``no_such_citation``, ``already_cited``,
        ``too_many_corrections``).
        """
        inputs = {
            "anchors": list(said.anchors),
            "relation": said.relation,
            "means": said.means,
            "is_none": said.is_none,
        }
        attempt = Attempt(CORRECTED, idempotency_key, inputs=inputs)
        kind, before = self._changes.open(caller, record)
        repeated = self._changes.repeated(caller, before, attempt)
        if repeated is not None:
            return repeated
        _refuse_unless_fresh(caller, kind, before, revision)
        self._refuse_senseless(caller, before, said)
        made = tuple(self._made(caller, before, said))
        replaced = {each.anchor for each in made}
        kept = (each for each in before.corrections if each.anchor not in replaced)
        return self._written(caller, before, (*kept, *made), attempt)

    def take_back(
        self,
        caller: Caller,
        record: RecordId,
        anchors: Sequence[str],
        *,
        revision: int,
        idempotency_key: str | None = None,
    ) -> Revision:
        """The next revision, in which these are again what is read from the text.

        Raises as `correct`, and NotFound (``unknown_correction``).
        """
        attempt = Attempt(CORRECTED, idempotency_key, inputs={"taken_back": list(anchors)})
        kind, before = self._changes.open(caller, record)
        repeated = self._changes.repeated(caller, before, attempt)
        if repeated is not None:
            return repeated
        _refuse_unless_fresh(caller, kind, before, revision)
        given = {each.anchor for each in self.seen(caller, before)}.intersection(anchors)
        if not given:
            raise NotFound("unknown_correction", record=record)
        kept = tuple(each for each in before.corrections if each.anchor not in given)
        return self._written(caller, before, kept, attempt)

    def correctable(self, caller: Caller, revision: Revision) -> list[Correctable]:
        """All that can be corrected of a record, in the order of its text, then what was added.

        Raises Unavailable.
        """
        said = {each.anchor: each for each in self.seen(caller, revision)}
        meant = self._citations.readable(caller, (each.means for each in said.values()))
        bare = revision.model_copy(update={"corrections": ()})
        fitting = self._citations.meant(caller, bare)
        shown = {a for each in self._citations.cited(caller, bare) for a in each.anchors}
        rows = {
            each.anchor: Correctable(
                each.anchor, each.text, each.relation, fitting.get(each.anchor, ())
            )
            for each in reversed(self._citations.plain(revision))
            if each.anchor in shown or each.anchor in said
        }
        gone = {a: Correctable(a, each.text, None) for a, each in said.items() if a not in rows}
        return [
            _with(each, said.get(each.anchor), meant)
            for each in (*reversed(rows.values()), *gone.values())
        ]

    def find(self, caller: Caller, typed: str) -> RecordId:
        """The one record of this number, title, or address of its page.

        Raises Invalid (``no_such_document``, ``unclear_document``).
        """
        named = _RECORD.search(typed)
        if named is not None:
            return RecordId(named.group())
        found = self._citations.named(caller, typed)
        if len(found) != 1:
            reason = "unclear_document" if found else "no_such_document"
            raise Invalid(reason, given=typed[:60], field="means")
        return found[0].record

    def seen(self, caller: Caller, revision: Revision) -> tuple[CitationCorrection, ...]:
        """What was said, for who may edit the record, as far as he may read what is meant.

        One that means another record looks like one that it is none; an added one is not there.
        """
        said = revision.corrections
        readable = self._citations.readable(caller, (each.means for each in said))
        return tuple(
            each if is_open else each.model_copy(update=_CLOSED)
            for each in said
            if (is_open := each.means is None or each.means in readable) or not each.is_added
        )

    def _refuse_senseless(self, caller: Caller, before: Revision, said: Said) -> None:
        speaks = said.relation is not None or said.means is not None
        if said.is_none == speaks or not (said.anchors or said.means):
            raise Invalid("nothing_said", field="relation")
        if said.means == before.record:
            raise Invalid("cites_itself", field="means")
        if said.means is not None:
            self._changes.open(caller, said.means)
        if not said.anchors and said.means in self._cited_by_its_text(caller, before):
            raise Invalid("already_cited", field="means")

    def _cited_by_its_text(self, caller: Caller, before: Revision) -> set[RecordId]:
        told = (each for each in before.corrections if not each.is_added)
        bare = before.model_copy(update={"corrections": tuple(told)})
        cited = self._citations.cited(caller, bare)
        return {each.revision.record for each in cited if each.revision}

    def _made(self, caller: Caller, before: Revision, said: Said) -> Iterator[CitationCorrection]:
        written = {each.anchor: each.text for each in self._citations.plain(before)}
        for anchor in said.anchors or (added_anchor(said.means or before.record),):
            if said.anchors and anchor not in written:
                raise Invalid("no_such_citation", field="anchors")
            yield CitationCorrection(
                anchor=anchor,
                text=written.get(anchor, "")[:_SHOWN],
                relation=said.relation,
                means=said.means,
                is_none=said.is_none,
                by=caller.person.login,
                at=caller.now,
            )

    def _written(
        self,
        caller: Caller,
        before: Revision,
        corrections: Sequence[CitationCorrection],
        attempt: Attempt,
    ) -> Revision:
        if len(corrections) > MOST:
            raise Invalid("too_many_corrections", field="anchors", most=MOST)
        after = before.model_copy(update={"corrections": tuple(corrections), "effects": ()})
        return self._changes.write(caller, before, after, attempt)


def _with(
    it: Correctable, said: CitationCorrection | None, meant: Mapping[RecordId, Revision]
) -> Correctable:
    target = meant.get(said.means) if said is not None and said.means is not None else None
    return replace(it, said=said, meant=target)


def _refuse_unless_fresh(caller: Caller, kind: Kind, before: Revision, revision: int) -> None:
    if not caller.may_edit(kind, before):
        raise Refused("may_not_edit", record=before.record)
    expect(before, revision)
