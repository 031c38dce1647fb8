"""交换文件: an issued paper as a file for an organ of another installation, and read there (FW-25).

A zip with ``manifest.json`` (what the receiver's record begins with, and the SHA-256 of each file)
and ``files/1``, ``files/2`` … beside it. It is read within limits: so many files, all together no
larger than one upload, nothing before its hash is right; and once: the same file gives the same
record.
"""

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from records.consequences.effect_resolution import resolved
from records.consequences.effects import ChildDeclaration, CreateChild, EffectDeclaration
from records.errors import Conflict, Invalid, Refused
from records.file_names import clean_name
from records.identity import KindName, RecordId
from records.ports.claims import Claims
from records.ports.file_shelf import FileShelf
from records.ports.identities import Identities
from records.revision import Revision
from records.schema.kind import Kind, Kinds
from services.finding.browse import OpenRecord
from services.flow.change import Attempt, NewFile, RevisionWriter
from services.intake.exchange_package import (
    FORMAT,
    MANIFEST,
    VERSION,
    ExchangedFile,
    ExchangePackage,
    Manifest,
    member_of,
    opened_package,
)
from services.intake.ingest import Draft, RecordIntake
from services.intake.staging import Staging
from services.people.caller import Caller

_PIECE_BYTES = 1 << 20


class PaperExchange:
    """Writes exchange files and reads them."""

    def __init__(
        self,
        *,
        kinds: Kinds,
        shelf: FileShelf,
        claims: Claims,
        ingest: RecordIntake,
        changes: RevisionWriter,
        identities: Identities,
        staging: Staging,
    ) -> None:
        self._kinds = kinds
        self._shelf = shelf
        self._claims = claims
        self._ingest = ingest
        self._changes = changes
        self._identities = identities
        self._staging = staging

    def writes(self, caller: Caller, opened: OpenRecord) -> bool:
        """Whether the caller, who took part in it, can have an exchange file of it."""
        return opened.took_part and _delivered(opened.kind, opened.latest, caller) is not None

    def write(self, caller: Caller, opened: OpenRecord) -> Path:
        """The exchange file of an issued paper, in a temporary place that is the caller's to clear.

        Raises Refused (``nothing_to_exchange``) for what is delivered to nobody, or not yet, and
        to who took no part.
        """
        revision = opened.latest
        child = _delivered(opened.kind, revision, caller) if opened.took_part else None
        if child is None:
            raise Refused("nothing_to_exchange", record=revision.record)
        wanted = [
            (part, f) for part, of in child.files.items() for f in revision.files if f.part == of
        ]
        manifest = Manifest(
            format=FORMAT,
            version=VERSION,
            kind=child.kind,
            fields={name: value for name, value in child.fields.items() if value is not None},
            files=tuple(
                ExchangedFile(part=part, name=f.name, sha256=f.sha256, size_bytes=f.size_bytes)
                for part, f in wanted
            ),
            issued_on=caller.today,
            sent_by=caller.organisation.organ_of(revision.unit).name,
            record=revision.record,
            revision=revision.number,
            level=revision.level.label,
        )
        with tempfile.NamedTemporaryFile(suffix=".zip", delete=False) as out:
            path = Path(out.name)
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
                made.writestr(MANIFEST, manifest.model_dump_json(indent=1))
                for number, (_, file) in enumerate(wanted, start=1):
                    with self._shelf.local(revision.record, file.sha256) as held:
                        made.write(held, member_of(number))
        return path

    def read(self, caller: Caller, source: BinaryIO) -> Revision:
        """The record that the file begins here, held by who reads it.

        Raises Invalid (``bad_exchange``, ``exchange_from_the_future``, ``exchange_newer``), Refused
        (``exchanged_before``, with the record) when it comes twice, and as `RecordIntake.begin`.
        What would take more room than one upload may is ``body_too_large``.
        """
        with (
            ExitStack() as stack,
            opened_package(source, most_bytes=self._staging.max_bytes) as package,
        ):
            manifest = package.manifest
            if manifest.issued_on > caller.today:
                day = manifest.issued_on.isoformat()
                raise Invalid("exchange_from_the_future", day=day, field="file")
            files = [
                self._taken(package, file, number, stack)
                for number, file in enumerate(manifest.files, start=1)
            ]
            return self._begun(caller, package, files)

    def _begun(self, caller: Caller, package: ExchangePackage, files: list[NewFile]) -> Revision:
        """One record for one file and organ, whoever reads it there, however many at once.

        Its identifier is taken before it is begun; one that was taken and never begun is used.
        """
        organ = caller.organisation.organ_of(caller.person.unit).code
        manifest = package.manifest
        self._refuse_beyond(manifest)
        draft = Draft(manifest.kind, manifest.fields, files=files, level=manifest.level)
        attempt, fresh = Attempt("create"), self._identities.record_id()
        made = self._ingest.prepare(caller, draft, fresh, attempt)
        taken = self._claims.take(f"exchange/{organ}/{package.digest}", fresh.encode())
        record = fresh if taken is None else RecordId(taken.decode())
        try:
            return self._changes.commit(made.model_copy(update={"record": record}), files)
        except Conflict as error:
            raise Refused("exchanged_before", record=record) from error

    def _refuse_beyond(self, manifest: Manifest) -> None:
        """A paper arrives as what is delivered here, and says what a delivery says and no more.

        Raises NotFound (``unknown_kind``), Invalid (``bad_exchange``, ``unknown_field``).
        """
        kind = self._kinds.get(KindName(manifest.kind)).kind
        filled = frozenset(
            name
            for each in self._kinds
            for effect in _deliveries(each, each.actions)
            if effect.kind == kind
            for name in effect.fields
        )
        if not filled:
            raise Invalid("bad_exchange", field="file")
        for name in manifest.fields:
            if name not in filled:
                raise Invalid("unknown_field", field=name, allowed=tuple(sorted(filled)))

    def _taken(
        self, package: ExchangePackage, file: ExchangedFile, number: int, stack: ExitStack
    ) -> NewFile:
        name = clean_name(file.name)
        staged = self._staging.receive(package.pieces(number), name=name)
        stack.callback(self._staging.discard, [staged])
        if staged.sha256 != file.sha256:
            raise Invalid("bad_exchange", field="file")
        return NewFile(name, staged, file.part)


def _delivered(kind: Kind, revision: Revision, caller: Caller) -> CreateChild | None:
    """What each receiver of the paper begins with, once it has been issued."""
    passed = [step.action for step in revision.trail if step.action in kind.actions]
    found = next(_deliveries(kind, passed), None)
    return None if found is None else _for_nobody(found, kind, revision, caller)


def _deliveries(kind: Kind, actions: Iterable[str]) -> Iterator[ChildDeclaration]:
    """What these actions begin for each receiver."""
    for name in actions:
        for effect in kind.actions[name].effects:
            if effect.create is not None and effect.create.per != "once":
                yield effect.create


def _for_nobody(
    child: ChildDeclaration, kind: Kind, revision: Revision, caller: Caller
) -> CreateChild | None:
    once = EffectDeclaration(create=child.model_copy(update={"per": "once"}))
    (found,) = resolved((once,), kind, revision, caller.organisation)
    return found if isinstance(found, CreateChild) else None


def pieces_once(path: Path) -> Iterator[bytes]:
    """The bytes of a temporary file, which is gone afterwards."""
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE_BYTES):
                yield piece
    finally:
        path.unlink(missing_ok=True)
