"""委托代办: who acts for whom on which day, and what may not be set up."""

from datetime import UTC, date, datetime, timedelta

import pytest

from records.errors import Invalid
from records.identity import Login, Token
from records.people.delegation import Delegation, refuse_unsound
from records.people.organisation import Organisation, Person
from records.people.organisation_check import checked
from records.people.unit_tree import Unit

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def person(login: str, *posts: str, **more: object) -> Person:
    return Person.model_validate(
        {"login": login, "name": login, "unit": "law", "posts": posts, **more}
    )


LAW = Unit.model_validate({"code": "law", "name": "法规科"})
PEOPLE = (
    person("y", "科室负责人", "机要室", roles=["staff", "archivist"]),
    person("x"),
    person("z"),
)


def delegation(of: str, to: str, **more: object) -> Delegation:
    days = {"from_on": TODAY, "until_on": TODAY + 5 * DAY}
    return Delegation.model_validate(
        {"number": 1, "of": of, "to": to, "set_by": of, **days, **more}
    )


def office(*delegations: Delegation, people: tuple[Person, ...] = PEOPLE) -> Organisation:
    return checked(Organisation(units=(LAW,), people=people, delegations=delegations))


def deputy_tokens(organisation: Organisation, login: str, day: date = TODAY) -> set[str]:
    found = {t for t in organisation.reader(Login(login), day).tokens if t.startswith("deputy")}
    assert found == set(organisation.deputises(Login(login), day))
    return set(found)


ALL = {"deputy:person:y", "deputy:post:law/科室负责人", "deputy:post:law/机要室"}


@pytest.mark.feature("SY-10")
def test_a_deputy_carries_the_person_and_the_posts_of_who_is_away_and_no_role() -> None:
    ours = office(delegation("y", "x"))
    assert deputy_tokens(ours, "x") == ALL
    assert set(ours.deputises(Login("x"), TODAY).values()) == {"y"}
    assert deputy_tokens(ours, "y") == deputy_tokens(ours, "z") == set()
    assert "person:y" not in ours.reader(Login("x"), TODAY).tokens


@pytest.mark.feature("SY-10")
def test_a_delegation_of_some_kinds_opens_these_alone() -> None:
    ours = office(delegation("y", "x", kinds=["notice", "dispatch"]))
    assert deputy_tokens(ours, "x") == {
        f"deputy/{kind}:{token.partition(':')[2]}"
        for token in ALL
        for kind in ("notice", "dispatch")
    }


@pytest.mark.feature("SY-10")
def test_trf_11_it_runs_on_its_first_and_its_last_day_and_on_no_other() -> None:
    ours = office(delegation("y", "x"))
    running = {n for n in range(-2, 9) if deputy_tokens(ours, "x", TODAY + n * DAY)}
    assert running == {0, 1, 2, 3, 4, 5}


def test_one_that_ended_yesterday_or_was_ended_today_opens_nothing() -> None:
    yesterday = delegation("y", "x", from_on=TODAY - 3 * DAY, until_on=TODAY - DAY)
    recalled = delegation("y", "x", ended_at=datetime(2026, 11, 23, tzinfo=UTC))
    assert deputy_tokens(office(yesterday, recalled), "x") == set()
    assert yesterday.is_over(TODAY)
    assert recalled.is_over(TODAY)


def test_one_that_ends_today_opens_today() -> None:
    ends = delegation("y", "x", from_on=TODAY - 3 * DAY, until_on=TODAY)
    assert deputy_tokens(office(ends), "x") == ALL
    assert not ends.is_over(TODAY)


def test_who_is_disabled_gives_nothing_and_takes_nothing() -> None:
    given = delegation("y", "x")
    away = (person("y", "机要室", disabled=True), *PEOPLE[1:])
    assert deputy_tokens(office(given, people=away), "x") == set()
    taken = (PEOPLE[0], person("x", disabled=True), PEOPLE[2])
    assert deputy_tokens(office(given, people=taken), "x") == set()


def test_trf_13_a_deputys_deputy_gets_what_is_the_deputys_own_and_no_more() -> None:
    ours = office(delegation("y", "x"), delegation("x", "z", number=2))
    assert deputy_tokens(ours, "z") == {"deputy:person:x"}


def test_who_loses_a_post_no_longer_hands_it_over() -> None:
    ours = office(delegation("y", "x"), people=(person("y", "机要室"), *PEOPLE[1:]))
    assert deputy_tokens(ours, "x") == {"deputy:person:y", "deputy:post:law/机要室"}


def test_a_deputy_is_no_holder_of_the_post() -> None:
    ours = office(delegation("y", "x"))
    assert [each.login for each in ours.holders(Token("post:law/机要室"))] == ["y"]
    assert ours.recipients([Token("deputy:person:y")]) == ()


@pytest.mark.parametrize(
    ("new", "others", "reason"),
    [
        (delegation("y", "y"), (), "delegation_to_oneself"),
        (delegation("y", "x", until_on=TODAY - DAY, from_on=TODAY - DAY), (), "delegation_days"),
        (delegation("y", "x", from_on=TODAY + 6 * DAY), (), "delegation_days"),
        (delegation("y", "x", until_on=TODAY + 366 * DAY), (), "delegation_days"),
        (delegation("y", "x"), (delegation("y", "x"),), "delegation_twice"),
        (delegation("y", "x", kinds=["a"]), (delegation("y", "x"),), "delegation_twice"),
        (delegation("y", "x"), (delegation("x", "y"),), "delegation_loop"),
        (delegation("y", "x"), (delegation("x", "z"), delegation("z", "y")), "delegation_loop"),
    ],
)
def test_what_makes_no_sense_is_refused(
    new: Delegation, others: tuple[Delegation, ...], reason: str
) -> None:
    with pytest.raises(Invalid, match=reason):
        refuse_unsound(new, others, TODAY, most_days=366)


@pytest.mark.parametrize(
    "others",
    [
        (),
        (delegation("y", "z"),),
        (delegation("x", "z"),),
        (delegation("x", "y", from_on=TODAY + 6 * DAY, until_on=TODAY + 7 * DAY),),
        (delegation("x", "y", ended_at=datetime(2026, 11, 22, tzinfo=UTC)),),
        (delegation("y", "x", kinds=["notice"]),),
    ],
)
def test_what_does_not_meet_it_does_not_stand_in_its_way(others: tuple[Delegation, ...]) -> None:
    refuse_unsound(delegation("y", "x", kinds=["dispatch"]), others, TODAY, most_days=366)


def test_the_longest_is_one_of_a_year_and_a_day() -> None:
    refuse_unsound(delegation("y", "x", until_on=TODAY + 365 * DAY), (), TODAY, most_days=366)


def test_the_deputy_of_somebody_is_called_so_among_the_readers() -> None:
    told = office().describe(Token("deputy/notice:post:law/机要室"))
    assert told == "机要室（法规科）的代办人"


def test_who_was_a_deputy_until_lately_is_told_of_the_last_of_it() -> None:
    over = delegation("y", "x", from_on=TODAY - 9 * DAY, until_on=TODAY - 7 * DAY)
    older = delegation("z", "x", from_on=TODAY - 9 * DAY, until_on=TODAY - 8 * DAY)
    ended = delegation("y", "x", ended_at=datetime(2026, 11, 22, 17, tzinfo=UTC))
    assert office(over, older).lapsed(Login("x"), TODAY) == over
    assert office(older).lapsed(Login("x"), TODAY) is None
    assert office(over, ended).lapsed(Login("x"), TODAY) == ended
    assert ended.last_on == TODAY
    assert office(delegation("y", "x")).lapsed(Login("x"), TODAY) is None
    assert office(over).lapsed(Login("y"), TODAY) is None
