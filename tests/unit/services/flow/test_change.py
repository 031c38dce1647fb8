"""Idempotency keys in a race: one attempt wins, another input does not take its answer."""

from datetime import UTC, datetime

import pytest

from records.dictionaries import Dictionaries
from records.errors import Conflict
from records.identity import KindName, Login, UnitCode
from records.kind import Kinds
from records.kind_loader import load_kinds, product_kinds
from records.office_time import office_day
from records.organisation import Organisation, Person
from records.revision import Revision
from records.unit_tree import Unit
from services.flow.change import Attempt, RevisionWriter
from services.people.caller import Caller
from storage.memory_store import MemoryObjectStore
from storage.record_log import StoredRecordLog
from storage.revision_cache import RevisionCache
from wenshu.identities import RandomIdentities

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
        event=changes.event(CALLER, attempt, None, None),
    )


def test_of_two_inputs_under_one_key_the_slower_is_told_so(kinds: Kinds) -> None:
    log = StoredRecordLog(MemoryObjectStore(), RevisionCache(capacity=10))
    changes = RevisionWriter(log, kinds, RandomIdentities(), Dictionaries)
    first, second = begun(changes, "先"), begun(changes, "后")
    changes.commit(first)
    with pytest.raises(Conflict) as conflict:
        changes.commit(second)
    assert conflict.value.reason == "key_reused"
    assert log.latest(RECORD).fields["title"] == "先"


def test_the_same_input_twice_under_one_key_gets_one_answer(kinds: Kinds) -> None:
    log = StoredRecordLog(MemoryObjectStore(), RevisionCache(capacity=10))
    changes = RevisionWriter(log, kinds, RandomIdentities(), Dictionaries)
    first, again = begun(changes, "同"), begun(changes, "同")
    assert changes.commit(first) == changes.commit(again)
