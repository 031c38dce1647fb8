"""Views of lists are kept, shared with the unit, and outlive what they ask for (M16)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from records.errors import Invalid, NotFound
from records.identity import KindName, UnitCode
from records.people.organisation import Organisation, Person
from records.people.unit_tree import Unit
from records.rights.access import unit_token
from services.finding.kind_lists import ListAsked
from services.finding.saved_views import MOST, SavedViews
from services.people.caller import Caller
from storage.claims import StoredClaims
from storage.memory_store import MemoryObjectStore
from tests.matters import LI, MATTER, NOW, TODAY, UNIT, WANG

OTHER = UnitCode("law")
OFFICE = Organisation(
    units=(Unit(code=UNIT, name="办公室"), Unit(code=OTHER, name="法规科")),
    people=(
        Person(login=LI, name="李", unit=UNIT),
        Person(login=WANG, name="王", unit=UNIT),
    ),
)
KIND = MATTER.kind
URGENT = ListAsked(
    filters=(("urgency", "特急"), ("state", "told")), sort="-due", columns=("title", "due")
)


def caller(organisation: Organisation, login: str = LI) -> Caller:
    person = next(each for each in organisation.people if each.login == login)
    return Caller(person, organisation.reader(person.login, TODAY), organisation, NOW)


def moved(organisation: Organisation, login: str) -> Organisation:
    people = [
        each.model_copy(update={"unit": OTHER}) if each.login == login else each
        for each in organisation.people
    ]
    return Organisation(units=organisation.units, people=tuple(people))


@pytest.fixture
def claims() -> StoredClaims:
    return StoredClaims(MemoryObjectStore())


@pytest.fixture
def views(claims: StoredClaims) -> SavedViews:
    return SavedViews(claims)


@pytest.mark.feature("CX-06")
def test_a_view_is_asked_again_as_it_was_kept(views: SavedViews) -> None:
    kept = views.keep(caller(OFFICE), " 特急 件 ", MATTER, URGENT, shared=False)
    (found,) = views.of_kind(caller(OFFICE), KIND)
    assert found == kept
    assert found.name == "特急 件"
    ready = views.ready(found, MATTER)
    assert (ready.asked, ready.gone) == (URGENT, ())
    assert views.of_kind(caller(OFFICE, WANG), KIND) == (), "it was not shared"


@pytest.mark.feature("CX-06")
def test_a_shared_view_is_the_units_and_its_owners_wherever_he_goes(views: SavedViews) -> None:
    kept = views.keep(caller(OFFICE), "在办", MATTER, URGENT, shared=True)
    assert kept.shared_with == unit_token(UNIT)
    assert views.find(caller(OFFICE, WANG), KIND, kept.id) == kept
    with pytest.raises(NotFound, match="no_such_view"):
        views.drop(caller(OFFICE, WANG), KIND, kept.id)

    gone = moved(OFFICE, LI)
    assert views.of_kind(caller(gone, WANG), KIND) == (kept,), "the unit keeps it"
    assert views.own(caller(gone)) == (kept,)
    assert views.of_kind(caller(moved(OFFICE, WANG), WANG), KIND) == ()
    views.drop(caller(gone), KIND, kept.id)
    assert views.of_kind(caller(gone, WANG), KIND) == ()
    with pytest.raises(NotFound, match="no_such_view"):
        views.find(caller(OFFICE), KIND, kept.id)


def test_fields_and_states_that_are_gone_are_told_and_the_rest_holds(views: SavedViews) -> None:
    kept = views.keep(caller(OFFICE), "在办", MATTER, URGENT, shared=False)
    fields = {name: f for name, f in MATTER.fields.items() if name not in ("due", "urgency")}
    states = {name: state for name, state in MATTER.states.items() if name != "told"}
    listed = MATTER.list.model_copy(update={"columns": ("title",), "sort": ()})
    shrunk = MATTER.model_copy(update={"fields": fields, "states": states, "list": listed})
    ready = views.ready(kept, shrunk)
    assert ready.gone == ("紧急程度", "已通报", "办结时间")
    assert ready.asked == ListAsked(columns=("title",))


def test_views_of_a_kind_that_is_gone_are_listed_and_dropped(views: SavedViews) -> None:
    kept = views.keep(caller(OFFICE), "在办", MATTER, URGENT, shared=True)
    assert [each.id for each in views.own(caller(OFFICE))] == [kept.id]
    views.drop(caller(OFFICE), KindName("matter"), kept.id)
    assert views.own(caller(OFFICE)) == ()


@pytest.mark.parametrize(
    ("name", "asked", "reason"),
    [
        ("", URGENT, "bad_view_name"),
        ("长" * 41, URGENT, "bad_view_name"),
        ("\u202e反", URGENT, "bad_view_name"),
        ("甲", replace(URGENT, filters=(("body", "x"),)), "unknown_filter"),
        ("甲", replace(URGENT, sort="body"), "unknown_sort"),
        ("甲", replace(URGENT, columns=("body",)), "unknown_column"),
        ("已有", URGENT, "repeated_view"),
    ],
)
def test_what_is_no_view_is_refused(
    views: SavedViews, name: str, asked: ListAsked, reason: str
) -> None:
    views.keep(caller(OFFICE), "已有", MATTER, URGENT, shared=False)
    with pytest.raises(Invalid, match=reason):
        views.keep(caller(OFFICE), name, MATTER, asked, shared=True)
    assert len(views.own(caller(OFFICE))) == 1


def test_so_many_views_are_enough(views: SavedViews) -> None:
    for number in range(MOST):
        views.keep(caller(OFFICE), f"视图{number}", MATTER, URGENT, shared=False)
    with pytest.raises(Invalid, match="too_many_views"):
        views.keep(caller(OFFICE), "又一个", MATTER, URGENT, shared=False)


def test_one_that_cannot_be_read_is_passed_over_and_told_in_the_log(
    views: SavedViews, claims: StoredClaims, caplog: pytest.LogCaptureFixture
) -> None:
    good = views.keep(caller(OFFICE), "在办", MATTER, URGENT, shared=True)
    for holder in ("person:li", unit_token(UNIT)):
        claims.take(f"views/{holder}/{KIND}/torn", b'{"id": "torn"')
        claims.take(f"views/{holder}/{KIND}/newer", b'{"id": "newer", "of_tomorrow": 1}')
    assert views.of_kind(caller(OFFICE), KIND) == (good,)
    assert views.own(caller(OFFICE)) == (good,)
    assert views.of_kind(caller(OFFICE, WANG), KIND) == (good,)
    assert "/torn cannot be read and is passed over" in caplog.text


class Hidden(StoredClaims):
    """Claims of which a listing shows nothing yet."""

    def names(self, prefix: str) -> Iterator[str]:
        """As the port says."""
        return iter(())


def test_of_two_clicks_at_once_one_keeps_the_view() -> None:
    store = MemoryObjectStore()
    first, second = SavedViews(StoredClaims(store)), SavedViews(Hidden(store))
    kept = first.keep(caller(OFFICE), "在办", MATTER, URGENT, shared=False)
    with pytest.raises(Invalid, match="repeated_view"):
        second.keep(caller(OFFICE), "在办", MATTER, URGENT, shared=True)
    assert first.of_kind(caller(OFFICE), KIND) == (kept,)
    assert first.of_kind(caller(OFFICE, WANG), KIND) == ()
