"""A record that the index cannot take keeps no other out, and is not forgotten."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from records.errors import Unavailable
from records.identity import ObjectKey, RecordId, Sha256
from records.ports.rebuildable_index import IndexRebuild, RebuildableIndex
from records.queries.search import IndexChange
from records.revision import Revision
from records.text import ExtractedText
from services.finding.worklists import Worklist
from services.keeping.rebuild import IndexRebuilder
from tests.faults.writer import ADMIN, prepare, settings_for, take_in
from wenshu.building.house import installation
from wenshu.building.installation import Installation


class Refusing:
    """An index, or a rebuild of one, that cannot take one record."""

    def __init__(self, inner: RebuildableIndex | IndexRebuild, refused: RecordId) -> None:
        self._inner = inner
        self._refused = refused

    def apply(self, changes: Sequence[IndexChange]) -> None:
        self._inner.apply([change for change in changes if change.record != self._refused])
        if any(change.record == self._refused for change in changes):
            raise Unavailable("documents_refused", records=(self._refused,), count=1)

    def rebuild(self) -> "Refusing":
        assert not isinstance(self._inner, Refusing)
        return Refusing(self._inner.rebuild(), self._refused)  # type: ignore[union-attr]

    def swap(self) -> None:
        self._inner.swap()  # type: ignore[union-attr]

    def abandon(self) -> None:
        self._inner.abandon()  # type: ignore[union-attr]


@pytest.fixture
def built(tmp_path: Path) -> Iterator[Installation]:
    prepare(tmp_path)
    with installation(settings_for(tmp_path)) as opened:
        yield opened


def in_index(built: Installation) -> set[str]:
    return {record for record, _ in built.index.entries(after=None)}


def test_the_others_are_worked_off_and_the_refused_one_waits(built: Installation) -> None:
    refused, *others = [take_in(built, f"word{number}") for number in range(3)]
    built.drain._index = Refusing(built.index, refused)  # type: ignore[assignment]
    done = built.drain.round()
    while done.waiting or done.indexed:
        done = built.drain.round()
    assert set(others) < in_index(built)
    assert refused not in in_index(built)
    assert built.drain.waits_for(refused)
    assert not any(built.drain.waits_for(record) for record in others)
    caller = built.house.book.caller(ADMIN)
    (row,) = built.house.lists.of_work.page(caller, Worklist.WAITING).rows
    letter = row.revision
    assert (letter.fields["subject"], letter.fields["reason"]) == (refused, "documents_refused")


def test_a_rebuild_goes_on_and_hands_the_refused_one_to_the_outbox(built: Installation) -> None:
    refused, *others = [take_in(built, f"word{number}") for number in range(3)]
    while not built.drain.empty():
        built.drain.round()
    rebuilding: IndexRebuilder = built.rebuilding
    rebuilding._begin = Refusing(built.index, refused).rebuild
    list(rebuilding.run())
    assert in_index(built) == set(others)
    assert built.drain.waits_for(refused)
    while not built.drain.empty():
        built.drain.round()
    assert in_index(built) == {refused, *others}


def test_a_record_whose_work_goes_wrong_keeps_no_other_waiting(
    built: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, *others = [take_in(built, f"word{number}") for number in range(3)]
    asked = built.drain._texts.look_again

    def surprising(revision: Revision) -> dict[Sha256, ExtractedText]:
        if revision.record == bad:
            raise ValueError("nobody expected this: \ud800")
        return asked(revision)

    monkeypatch.setattr(built.drain._texts, "look_again", surprising)
    done = built.drain.round()
    while done.waiting or done.indexed:
        done = built.drain.round()
    assert set(others) < in_index(built)
    assert bad not in in_index(built)
    caller = built.house.book.caller(ADMIN)
    (row,) = built.house.lists.of_work.page(caller, Worklist.WAITING).rows
    letter = row.revision
    assert (letter.fields["subject"], letter.fields["reason"]) == (bad, "ValueError")


def test_a_claim_whose_letter_was_never_written_stops_nothing(built: Installation) -> None:
    record = take_in(built, "word")
    built.engines.store.create(
        ObjectKey(f"claims/stopped/records/{record}"), b"01M87FG7S9E2RS3XZ5K1T4QW8N"
    )
    done = built.drain.round()
    while done.waiting or done.indexed:
        done = built.drain.round()
    assert in_index(built) == {record}
