"""Revision 1 of records that effects begin: their fields, their copies of files, who holds them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from records.consequences.effects import CreateChild
from records.errors import Refused
from records.identity import PostName, RecordId, Sha256, Token
from records.people.organisation import Organisation
from records.ports.clock import Clock
from records.ports.file_shelf import FileShelf
from records.ports.record_log import Commit
from records.revision import FileVersion, Revision
from records.rights.access import person_token, role_token, unit_token
from records.schema.kind import Kind, Kinds
from records.text import ExtractedText
from services.flow.change import Attempt, NewFile
from services.intake.ingest import Draft, RecordIntake
from services.intake.staging import StagedFile
from services.people.caller import Caller
from services.people.organisation_book import OrganisationBook
from services.people.system_caller import system_caller


class ChildDrafter:
    """Drafts children; nothing is written here."""

    def __init__(
        self,
        *,
        shelf: FileShelf,
        kinds: Kinds,
        ingest: RecordIntake,
        book: OrganisationBook,
        clock: Clock,
    ) -> None:
        self._shelf = shelf
        self._kinds = kinds
        self._ingest = ingest
        self._book = book
        self._clock = clock

    @contextmanager
    def of(self, parent: Revision) -> Iterator["ChildDrafts"]:
        """What is drafted of one decision; files of the parent are lent for the time of it."""
        caller = system_caller(self._book, self._clock)
        with ExitStack() as stack:
            yield ChildDrafts(
                parent, caller, shelf=self._shelf, kinds=self._kinds, ingest=self._ingest, on=stack
            )


class ChildDrafts:
    """Drafts of one decision: what several children have in common is looked up once."""

    def __init__(
        self,
        parent: Revision,
        caller: Caller,
        *,
        shelf: FileShelf,
        kinds: Kinds,
        ingest: RecordIntake,
        on: ExitStack,
    ) -> None:
        self._parent = parent
        self._caller = caller
        self._shelf = shelf
        self._kinds = kinds
        self._ingest = ingest
        self._on = on
        self._lent: dict[Sha256, Path] = {}
        self._texts: dict[Sha256, ExtractedText | None] = {}

    def drafted(self, effect: CreateChild, child: RecordId) -> Commit:
        """Revision 1: begun by the system, of the level of its parent, held by whom it goes to.

        It has files of the parent as its own, and the text that was read of them. Raises Refused
        (``vacant_post``), Invalid.
        """
        parent, kind = self._parent, self._kinds.get(effect.kind)
        fields = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in effect.fields.items()
        }
        files = [
            NewFile(file.name, self._staged(file), part)
            for part, from_ in effect.files.items()
            for file in parent.files
            if file.part == from_
        ]
        draft = Draft(effect.kind, fields, files=files)
        made = self._ingest.prepare(self._caller, draft, child, Attempt("create"))
        unit = effect.unit or parent.unit
        owner = parent.event.actor if effect.author == "actor" else made.owner
        made = made.model_copy(update={"level": parent.level, "unit": unit, "owner": owner})
        tokens = effect.to or _holders(kind, effect, parent, self._caller.organisation)
        held = _held_by(made, tokens) if tokens and kind.has_flow else made
        staged = {file.staged.sha256: file.staged.path for file in files}
        texts = {sha256: text for sha256 in staged if (text := self._text(sha256)) is not None}
        return Commit(held, files=staged, texts=texts)

    def _staged(self, file: FileVersion) -> StagedFile:
        if file.sha256 not in self._lent:
            local = self._shelf.local(self._parent.record, file.sha256)
            self._lent[file.sha256] = self._on.enter_context(local)
        return StagedFile(self._lent[file.sha256], file.sha256, file.size_bytes)

    def _text(self, sha256: Sha256) -> ExtractedText | None:
        if sha256 not in self._texts:
            self._texts[sha256] = self._shelf.text(self._parent.record, sha256)
        return self._texts[sha256]


def _holders(
    kind: Kind, effect: CreateChild, parent: Revision, organisation: Organisation
) -> tuple[Token, ...]:
    """Who holds a child: the first post or role filled that its kind names, else its unit.

    One for no unit in particular is held by that post of the parent's organ, else by whoever
    decided on the parent.
    """
    if not kind.start.holder:
        return (unit_token(effect.unit) if effect.unit else person_token(parent.event.actor),)
    unit = effect.unit or parent.unit
    look = organisation.post_of if effect.unit else organisation.post_in_organ
    named = [holder.partition(":") for holder in kind.start.holder]
    for scheme, _, name in named:
        token = role_token(name) if scheme == "role" else look(unit, PostName(name))
        if token is not None:
            return (token,)
    posts = "、".join(name for _, _, name in named)
    raise Refused("vacant_post", post=posts, unit=unit, unit_name=organisation.unit_name(unit))


def _held_by(revision: Revision, tokens: tuple[Token, ...]) -> Revision:
    """Its first task is theirs; one that begins done has none, and they take part in it."""
    tasks = tuple(
        first.model_copy(update={"number": number, "holder": token})
        for first in revision.tasks[:1]
        for number, token in enumerate(tokens, start=1)
    )
    return revision.model_copy(update={"tasks": tasks, "participants": frozenset(tokens)})
