"""What a record's own text says of itself, from 文号 to 抄送, offered for its fields.

Nothing is taken over in silence: a person who may edit the record chooses what to take.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from records.file_names import stem_of
from records.queries.imprint import read_imprint
from records.queries.numbering import number_key
from records.queries.particulars import Particular, Sighting
from records.revision import FileVersion, Revision
from records.rights.access import Level
from records.schema.kind import Kind
from records.schema.kind_fields import FieldDeclaration, FieldType
from services.after_commit.texts import Texts
from services.finding.browse import OpenRecord

FILES = 3
"""So many files of a record are looked at for an imprint; the first that has one counts."""

PAGES = 400
"""Pages of a file that are looked at: its first and its last ones."""


@dataclass(frozen=True, slots=True)
class ImprintOffer:
    """One particular that the record does not have so; `sighting` says where it was read.

    `field` is what it would go into; None where the kind has no such field, and for the level.
    `now` is what stands there. `fills` says that nothing of anybody's is replaced.
    """

    sighting: Sighting
    file: str
    field: str | None
    now: str
    fills: bool


class ImprintReader:
    """Looks for 版头 and 版记 in the files of a record."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def of(self, opened: OpenRecord) -> tuple[ImprintOffer, ...]:
        """What the newest revision could take over; nothing for who may not edit it."""
        kind, revision = opened.kind, opened.revision
        if not opened.may_edit or not _holds_papers_of_others(kind):
            return ()
        for file in _in_order(kind, revision)[:FILES]:
            found = self._read(revision, file)
            if any(each.what is Particular.NUMBER for each in found):
                return tuple(_offers(kind, revision, file, found))
        return ()

    def _read(self, revision: Revision, file: FileVersion) -> tuple[Sighting, ...]:
        text = self._texts.kept(revision.record, file.sha256)
        if text is None:
            return ()
        pages = [(page.page, page.text) for page in text.parts[0].pages if not page.deleted]
        return read_imprint((*pages[: PAGES // 2], *pages[PAGES // 2 :][-PAGES // 2 :]))


def _holds_papers_of_others(kind: Kind) -> bool:
    """Not those that get their number here: what their text says of it is a template's."""
    return kind.meaning.issuer is not None and kind.meaning.number not in _set_by_actions(kind)


def _set_by_actions(kind: Kind) -> set[str]:
    stamped = {name for action in kind.actions.values() for name in action.stamps}
    taken = (action.takes for action in kind.actions.values() if action.takes)
    return stamped | {each.number.field for each in taken if each.number}


def _in_order(kind: Kind, revision: Revision) -> list[FileVersion]:
    """The document itself first."""
    return sorted(revision.files, key=lambda file: file.part != kind.meaning.document)


def _offers(
    kind: Kind, revision: Revision, file: FileVersion, found: tuple[Sighting, ...]
) -> Iterator[ImprintOffer]:
    meaning = kind.meaning
    fields = {
        Particular.NUMBER: meaning.number,
        Particular.ISSUER: meaning.issuer,
        Particular.TITLE: meaning.title,
        Particular.DATED_ON: meaning.imprint.dated_on or meaning.dated_on,
        Particular.URGENCY: meaning.urgency,
        Particular.ADDRESSEES: meaning.imprint.addressees,
        Particular.COPIES: meaning.imprint.copies,
        Particular.SIGNER: meaning.imprint.signer,
    }
    set_elsewhere = _set_by_actions(kind)
    for sighting in found:
        if sighting.what is Particular.LEVEL:
            if Level.of(sighting.value) > revision.level:
                yield ImprintOffer(sighting, file.name, None, revision.level.label, fills=False)
            continue
        name = fields.get(sighting.what)
        declared = kind.fields.get(name) if name else None
        if name is None or declared is None or name in set_elsewhere:
            continue
        if not _takes(declared, sighting.value):
            continue
        now = str(revision.fields.get(name) or "")
        if not _is_same(sighting, now):
            fills = not now or (sighting.what is Particular.TITLE and now == stem_of(file.name))
            yield ImprintOffer(sighting, file.name, name, now, fills=fills)


def _takes(declared: FieldDeclaration, value: str) -> bool:
    if declared.type is FieldType.CHOICE:
        return value in declared.options
    if declared.type is FieldType.DATE:
        return True
    in_words = declared.type in {FieldType.TEXT, FieldType.LONG_TEXT}
    return in_words and len(value) <= (declared.max or len(value))


def _is_same(sighting: Sighting, now: str) -> bool:
    if sighting.what is Particular.NUMBER:
        return number_key(sighting.value) == number_key(now)
    return sighting.value == now
