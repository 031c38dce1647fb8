"""What is in the index by its fields alone is remembered, and not without end."""

from records.identity import RecordId
from services.after_commit.partly_indexed import PartlyIndexed


def test_a_revision_is_shown_until_it_is_forgotten_or_another_one_is() -> None:
    shown = PartlyIndexed()
    shown.note(RecordId("A"), 1)
    assert shown.holds(RecordId("A"), 1)
    assert not shown.holds(RecordId("A"), 2)
    shown.note(RecordId("A"), 2)
    assert not shown.holds(RecordId("A"), 1)
    shown.forget(RecordId("A"))
    shown.forget(RecordId("A"))
    assert not shown.holds(RecordId("A"), 2)


def test_those_noted_longest_ago_are_forgotten_first() -> None:
    shown = PartlyIndexed(most=2)
    for name in ("A", "B", "A", "C"):
        shown.note(RecordId(name), 1)
    assert [shown.holds(RecordId(name), 1) for name in ("A", "B", "C")] == [True, False, True]
