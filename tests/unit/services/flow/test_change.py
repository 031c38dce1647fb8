"""Idempotency keys in a race, and names of files: nothing takes the place of another."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from records.errors import Conflict
from records.identity import KindName, Login, Sha256, UnitCode
from records.people.organisation import Organisation, Person
from records.people.unit_tree import Unit
from records.revision import Revision
from records.schema.dictionaries import Dictionaries
from records.schema.kind import Kinds
from records.schema.loader import load_kinds, product_kinds
from records.times.office_time import office_day
from services.flow.change import Attempt, Bringing, NewFile, RevisionWriter, with_files
from services.intake.staging import StagedFile
from services.people.caller import Caller
from storage.memory_store import MemoryObjectStore
from storage.record_log import StoredRecordLog
from storage.revision_cache import RevisionCache
from wenshu.system.identities import RandomIdentities

UNIT = UnitCode("office")
CLERK = Person(login=Login("clerk"), name="甲一", unit=UNIT)
OFFICE = Organisation(units=(Unit(code=UNIT, name="办公室"),), people=(CLERK,))
CALLER = Caller(
    CLERK,
    OFFICE.reader(CLERK.login, office_day(datetime(2026, 11, 23, tzinfo=UTC))),
    OFFICE,
    datetime(2026, 11, 23, tzinfo=UTC),
)
RECORD = RandomIdentities().record_id()


@pytest.fixture(scope="module")
def kinds() -> Kinds:
    return load_kinds(product_kinds())


def begun(changes: RevisionWriter, title: str) -> Revision:
    """Revision 1 with this title, under the same key whatever the title."""
    attempt = Attempt("create", "the key", inputs={"title": title})
    return Revision(
        record=RECORD,
        number=1,
        kind=KindName("library_file"),
        kind_version=1,
        previous=None,
        created_at=CALLER.now,
        owner=CLERK.login,
        unit=UNIT,
        fields={"title": title},
        event=changes.event(CALLER, attempt, None, None, unit=UNIT),
    )


def test_of_two_inputs_under_one_key_the_slower_is_told_so(kinds: Kinds) -> None:
    log = StoredRecordLog(MemoryObjectStore(), RevisionCache(capacity_bytes=1 << 20))
    changes = RevisionWriter(log, kinds, RandomIdentities(), Dictionaries, committed=lambda _: None)
    first, second = begun(changes, "先"), begun(changes, "后")
    changes.commit(first)
    with pytest.raises(Conflict) as conflict:
        changes.commit(second)
    assert conflict.value.reason == "key_reused"
    assert log.latest(RECORD).fields["title"] == "先"


def test_the_same_input_twice_under_one_key_gets_one_answer(kinds: Kinds) -> None:
    log = StoredRecordLog(MemoryObjectStore(), RevisionCache(capacity_bytes=1 << 20))
    changes = RevisionWriter(log, kinds, RandomIdentities(), Dictionaries, committed=lambda _: None)
    first, again = begun(changes, "同"), begun(changes, "同")
    assert changes.commit(first) == changes.commit(again)


@pytest.mark.feature("FW-01")
def test_no_file_takes_the_place_of_one_that_it_was_not_meant_for(kinds: Kinds) -> None:
    kind, bringing = kinds.get(KindName("outgoing")), Bringing(CLERK.login, 1)

    def new(name: str, part: str) -> NewFile:
        return NewFile(name, StagedFile(Path(name), Sha256("0" * 64), 1), part)

    once = [
        new("正文.docx", "body"),
        new("清单.txt", "attachments"),
        new("清单.txt", "attachments"),
    ]
    files = with_files(kind, (), [*once, new("正文.docx", "attachments")], brought=bringing)
    assert [(file.part, file.name) for file in files] == [
        ("body", "正文.docx"),
        ("attachments", "清单.txt"),
        ("attachments", "清单（2）.txt"),
        ("attachments", "正文（2）.docx"),
    ]
    newer = with_files(
        kind, files, [new("清单.txt", "attachments"), new("清单.txt", "body")], brought=bringing
    )
    assert [(file.part, file.name) for file in newer] == [
        ("attachments", "清单（2）.txt"),
        ("attachments", "正文（2）.docx"),
        ("attachments", "清单.txt"),
        ("body", "清单（3）.txt"),
    ]
