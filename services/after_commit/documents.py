"""What the index is told of a revision: one projection, from the record alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from records.file_names import file_type_of, stem_of
from records.identity import Sha256
from records.lists.facts import facts_of
from records.lists.order import keys_of
from records.lists.search_facts import search_facts
from records.meaning import dated_on, number_of, title_of
from records.people.organisation import Organisation
from records.queries.citation_corrections import corrected_facts
from records.queries.repealing import repeals_told
from records.queries.search import IndexChange, IndexDocument, IndexedPage, Removal
from records.queries.versions import change_told
from records.revision import FileVersion, Revision
from records.rights.reading import read_rule
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType
from records.text import ExtractedText

Texts = Mapping[Sha256, ExtractedText]
_SPOKEN = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CHOICE, FieldType.TERM)

FIELD_PART = "field:"
"""Prefix of the part name of pages that come from a field."""


@dataclass(frozen=True, slots=True)
class Past:
    """What stood in earlier revisions alone, by who may read it; `facts` name for whom `closed` is.

    See `services.after_commit.past_texts`.
    """

    open: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    facts: frozenset[str] = frozenset()


def index_change(
    kind: Kind,
    revision: Revision,
    texts: Texts,
    organisation: Organisation,
    past: Past,
) -> IndexChange:
    """The document of a revision, or its removal when the record is deleted.

    Files whose text is not there yet are found by their name.
    """
    if revision.deleted:
        return Removal(revision.record, revision.number)
    dated = dated_on(kind, revision)
    pages = tuple(searched_pages(kind, revision, texts))
    told = search_facts(kind, revision, dated_on=dated) | corrected_facts(revision.corrections)
    told |= repeals_told((page.text for page in pages), revision.corrections)
    changed = change_told(has_past=bool(past.open or past.closed))
    return IndexDocument(
        record=revision.record,
        revision=revision.number,
        kind=revision.kind,
        title=title_of(kind, revision),
        number=number_of(kind, revision),
        unit=revision.unit,
        unit_name=organisation.unit_name(revision.unit),
        author=revision.owner,
        author_name=organisation.name_of(revision.owner),
        dated_on=dated,
        changed_at=revision.event.at,
        state=revision.state or "",
        file_types=tuple(sorted({file_type_of(file.name) for file in revision.files})),
        rule=read_rule(kind, revision),
        pages=pages,
        facts=facts_of(kind, revision) | told | past.facts | {changed},
        past=past.open,
        closed=past.closed,
        keys=keys_of(kind, revision),
        complete=all(file.sha256 in texts for file in revision.files),
    )


def searched_pages(kind: Kind, revision: Revision, texts: Texts) -> Iterator[IndexedPage]:
    """Every page of text that a word can be found on, in the order people would look.

    What is personal is found by nobody: an applicant is not looked up by his telephone number.
    """
    for name, declared in kind.fields.items():
        meant = name in (kind.meaning.title, kind.meaning.number)
        value = revision.fields.get(name)
        spoken = declared.type in _SPOKEN and not declared.personal
        if spoken and not meant and isinstance(value, str) and value:
            yield IndexedPage(f"{FIELD_PART}{name}", None, value)
    title = title_of(kind, revision)
    for file in revision.files:
        if stem_of(file.name) != title:
            yield IndexedPage(file.name, None, stem_of(file.name))
        text = texts.get(file.sha256)
        if text is not None:
            yield from file_pages(file, text)


def file_pages(file: FileVersion, text: ExtractedText) -> Iterator[IndexedPage]:
    """Pages of a file and of all it contains; deleted passages are not searched."""
    for part in text.parts:
        name = f"{file.name}/{part.path}" if part.path else file.name
        if part.path:
            yield IndexedPage(name, None, stem_of(part.path))
        for page in part.pages:
            if not page.deleted and page.text:
                yield IndexedPage(name, page.page, page.text)
