"""However levels and owners change, an owner goes on reading what is his."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from records.errors import Refused
from records.identity import KindName, Login, RecordId, UnitCode
from records.people.organisation import Organisation, Person
from records.people.unit_tree import Unit
from records.revision import Event, Revision
from records.rights.access import Level
from records.rights.ownership import refuse_beyond_owner

LEVELS = st.sampled_from(Level)
PEOPLE = tuple(Login(name) for name in ("a", "b", "c"))


def organisation(clearances: tuple[Level, ...]) -> Organisation:
    people = (
        Person(login=login, name=login, unit=UnitCode("u"), clearance=clearance)
        for login, clearance in zip(PEOPLE, clearances, strict=True)
    )
    return Organisation(units=(Unit(code=UnitCode("u"), name="局"),), people=tuple(people))


def record(owner: Login, level: Level) -> Revision:
    at = datetime(2026, 11, 29, tzinfo=UTC)
    event = Event(action="edit", actor=owner, at=at, write_id="w", digest="d")
    return Revision(
        record=RecordId("01M87FG7S9E2RS3XZ5K1T4QW8N"),
        number=1,
        kind=KindName("library_file"),
        kind_version=1,
        previous=None,
        created_at=at,
        owner=owner,
        unit=UnitCode("u"),
        level=level,
        fields={},
        event=event,
    )


def is_taken(before: Revision | None, after: Revision, house: Organisation) -> bool:
    try:
        refuse_beyond_owner(before, after, house)
    except Refused:
        return False
    return True


@given(
    st.tuples(LEVELS, LEVELS, LEVELS),
    st.lists(st.tuples(st.sampled_from(PEOPLE), LEVELS), min_size=1, max_size=12),
)
def test_no_chain_of_changes_leads_above_the_owner(
    clearances: tuple[Level, ...], wanted: list[tuple[Login, Level]]
) -> None:
    house = organisation(clearances)
    standing: Revision | None = None
    for owner, level in wanted:
        after = record(owner, level)
        is_open = level <= house.person(owner).clearance
        assert is_taken(standing, after, house) is is_open
        standing = after if is_open else standing


@given(LEVELS, LEVELS)
def test_what_is_above_its_owner_already_may_stay_and_fall_and_never_rises(
    before: Level, after: Level
) -> None:
    house = organisation((Level.PUBLIC,) * 3)
    lowered, changed = record(PEOPLE[0], before), record(PEOPLE[0], after)
    assert is_taken(lowered, changed, house) is (after <= before)


def test_someone_who_is_no_longer_known_is_locked_out_of_nothing() -> None:
    house = organisation((Level.PUBLIC,) * 3)
    assert is_taken(None, record(Login("gone"), Level.SECRET), house)
