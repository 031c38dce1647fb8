"""Who is who: tokens, posts, mergers, and what it costs to count people."""

import sys
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.errors import Invalid
from records.identity import Login, PostName, Token, UnitCode
from records.people.organisation import Organisation, Person, parse_token
from records.people.organisation_check import checked
from records.people.unit_tree import Unit
from records.rights.access import EVERYONE

TODAY = date(2026, 11, 23)
REGISTRY = PostName("机要室")


def unit(code: str, parent: str | None = None, **more: str) -> Unit:
    return Unit.model_validate({"code": code, "name": f"{code}名", "parent": parent, **more})


def person(login: str, where: str, *posts: str, **more: object) -> Person:
    return Person.model_validate(
        {"login": login, "name": login, "unit": where, "posts": posts, **more}
    )


UNITS = (
    unit("bureau", level="市"),
    unit("office", "bureau"),
    unit("law", "bureau"),
    unit("rules", "law"),
    unit("county", "bureau", level="县"),
)
OFFICE = checked(
    Organisation(
        units=UNITS,
        people=(
            person("a", "office", "机要室"),
            person("b", "law", "科室负责人"),
            person("c", "rules"),
            person("gone", "law", "机要室", disabled=True),
        ),
    )
)


def merged(**into: str) -> Organisation:
    units = tuple(
        each.model_copy(update={"merged_into": into.get(each.code)}) for each in OFFICE.units
    )
    return checked(Organisation(units=units, people=OFFICE.people))


def tokens(organisation: Organisation, login: str) -> frozenset[Token]:
    return organisation.reader(Login(login), TODAY).tokens


@pytest.mark.parametrize(
    "text",
    ["everyone", "unit:law", "role:archivist", "person:c", "post:law/机要室", "post:office/机要室"],
)
def test_a_token_of_something_known_is_taken(text: str) -> None:
    assert parse_token(text, OFFICE) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "all",
        "unit:sea",
        "role:king",
        "person:z",
        "post:sea/机要室",
        "post:law/机要窒",
        "post:law",
        "deputy:person:a",
        "deputy/notice:person:a",
    ],
)
def test_a_token_of_nothing_known_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="unknown_token"):
        parse_token(text, OFFICE)


@pytest.mark.feature("SY-07")
def test_asg_02_tokens_that_nobody_in_office_holds_are_named() -> None:
    wanted = [Token(text) for text in ("post:office/机要室", "post:law/机要室", "person:gone")]
    wanted += [Token("unit:county"), Token("role:archivist"), Token("person:c"), EVERYONE]
    assert OFFICE.unheld(wanted) == {
        "post:law/机要室",
        "person:gone",
        "unit:county",
        "role:archivist",
    }
    assert OFFICE.unheld([]) == frozenset()


@pytest.mark.feature("SY-01")
def test_asg_09_a_merged_unit_is_its_successor_and_keeps_its_name() -> None:
    after = merged(law="office")
    assert after.unit_name(UnitCode("law")) == "law名"
    assert after.successor(UnitCode("law")) == "office"
    assert [each.login for each in after.holders(Token("post:law/机要室"))] == ["a"]
    assert [each.login for each in after.holders(Token("post:office/科室负责人"))] == ["b"]
    assert after.post_near(UnitCode("rules"), REGISTRY) == "post:office/机要室"
    assert after.post_in_organ(UnitCode("law"), PostName("科室负责人")) == "post:office/科室负责人"
    assert "post:law/机要室" in tokens(after, "a")
    assert {"unit:law", "unit:office"} <= tokens(after, "c")
    assert "post:law/机要室" not in tokens(OFFICE, "a")


def test_what_is_given_to_a_merged_organ_goes_to_the_sections_of_its_successor() -> None:
    assert OFFICE.post_of(UnitCode("county"), REGISTRY) is None
    after = merged(county="bureau")
    assert after.post_of(UnitCode("county"), REGISTRY) == "post:office/机要室"


def test_the_tree_and_its_counts_follow_a_merger() -> None:
    after = merged(law="office")
    assert [each.code for each in after.sections(UnitCode("bureau"))] == ["office", "county"]
    assert [each.code for each in after.sections(UnitCode("office"))] == ["rules"]
    assert after.subtree(UnitCode("law")) == {"office", "law", "rules"}
    assert after.headcounts() == {"bureau": 4, "office": 4, "rules": 1}
    assert after.organ_of(UnitCode("rules")).code == "bureau"


def test_mergers_follow_each_other() -> None:
    after = merged(law="office", office="county")
    assert after.successor(UnitCode("law")) == "county"
    assert after.unheld([Token("post:law/机要室")]) == frozenset()


@pytest.mark.parametrize(
    ("into", "reason"),
    [
        ({"law": "law"}, "merger_cycle"),
        ({"law": "office", "office": "law"}, "merger_cycle"),
        ({"law": "rules"}, "merger_cycle"),
        ({"law": "sea"}, "unknown_unit"),
    ],
)
def test_a_merger_that_leads_nowhere_is_refused(into: dict[str, str], reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        merged(**into)


def test_an_organisation_kept_by_an_earlier_program_is_read() -> None:
    unit_then = '{"code":"law","name":"法规科","level":null,"parent":null,"profile":null}'
    then = Organisation.model_validate_json(f'{{"units":[{unit_then}],"people":[]}}')
    assert then.delegations == ()
    assert then.unit(UnitCode("law")).merged_into is None


@given(st.lists(st.integers(0, 11), min_size=12, max_size=12), st.sets(st.integers(1, 11)))
def test_a_subtree_is_everything_that_leads_upward_to_it(
    parents: list[int], gone: set[int]
) -> None:
    """Units and mergers drawn; the definition is the slow one."""
    units = tuple(
        Unit.model_validate(
            {
                "code": f"u{n}",
                "name": f"u{n}",
                "parent": f"u{parents[n] % n}" if n else None,
                "merged_into": f"u{(parents[n] * 7) % n}" if n in gone else None,
            }
        )
        for n in range(12)
    )
    people = tuple(person(f"p{n}", f"u{n}") for n in range(12))
    drawn = checked(Organisation(units=units, people=people))
    for each in units:
        code = drawn.successor(each.code)
        below = {
            other.code
            for other in units
            if any(above.code == code for above in drawn.upward(other.code))
        }
        assert drawn.subtree(each.code) == below
        count = drawn.headcounts().get(code, 0)
        assert count == sum(1 for each in people if each.unit in below)


def steps(call: Callable[[], object]) -> int:
    """How many functions are called: the same on every machine."""
    count = 0

    def called(frame: object, event: str, _: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(called)
    try:
        call()
    finally:
        sys.setprofile(None)
    return count


def large(times: int) -> Organisation:
    units = [unit("bureau", level="市")]
    units += [unit(f"u{n}", "bureau" if n % 5 == 0 else f"u{n - n % 5}") for n in range(20 * times)]
    people = [person(f"p{n}", f"u{n % (20 * times)}", "科室负责人") for n in range(100 * times)]
    return Organisation(units=tuple(units), people=tuple(people))


@pytest.mark.parametrize(
    "asked",
    [
        lambda o: o.headcounts(),
        lambda o: o.subtree(UnitCode("bureau")),
        lambda o: o.recipients([Token("unit:bureau")]),
        lambda o: [o.full_name(each.code) for each in o.units],
        checked,
    ],
)
def test_four_times_the_people_and_units_cost_four_times_the_steps(
    asked: Callable[[Organisation], object],
) -> None:
    few, many = (steps(partial(asked, organisation)) for organisation in (large(1), large(4)))
    assert many <= 4.5 * few


def test_a_code_of_no_unit_is_told_as_it_is_even_where_units_are_called_so() -> None:
    office = checked(
        Organisation(units=(unit("a"), unit("b", name="办公室"), unit("c", "a", name="办公室")))
    )
    assert office.full_name(UnitCode("办公室")) == "办公室"
    assert office.full_name(UnitCode("c")) == "a名办公室"
