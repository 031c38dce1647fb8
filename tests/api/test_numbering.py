"""发文字号 over HTTP: counted, void, used again on request, two clerks at once (MB-05, MB-06)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from records.identity import Login
from tests.api.conftest import SignIn
from tests.api.office import act, offered, state
from tests.api.papers import done, in_hub, staffed
from wenshu.building.installation import Installation

ONE = "渝市监发〔2026〕1号"


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    staffed(built, {"login": "registry2", "name": "甲二", "unit": "office", "posts": ["机要室"]})


def number(client: TestClient, record: str) -> str | None:
    found = client.get(f"/api/v1/records/{record}").json()["fields"].get("number")
    return None if found is None else str(found)


def numbered(sign_in: SignIn) -> str:
    """A paper in the registry with the next number."""
    record, registry = in_hub(sign_in)
    done(registry, record, "编文号")
    return record


def ledger(built: Installation) -> list[tuple[int, str, str | None]]:
    keeper = built.house.book.caller(Login("keeper"))
    rows = built.house.numbers.page(keeper, "渝市监发", 2026, after=0, size=50).rows
    return [(each.row.number, str(each.row.state), each.row.reason) for each in rows]


def asked(client: TestClient, record: str, typed: str, reason: str = "补发同一事项") -> int:
    answer = act(client, record, "启用作废文号", fields={"number": typed}, opinion=reason)
    return int(answer.status_code)


@pytest.mark.feature("MB-06")
def test_a_void_number_goes_to_the_one_who_asks_for_it_and_to_nobody_else(
    sign_in: SignIn, built: Installation
) -> None:
    registry, void = sign_in("registry"), numbered(sign_in)
    assert number(registry, void) == ONE
    done(registry, void, "作废", opinion="内容有误")
    assert ledger(built) == [(1, "void", "ended")]
    second = numbered(sign_in)
    assert number(registry, second) == "渝市监发〔2026〕2号"
    third, _ = in_hub(sign_in)
    assert asked(registry, third, ONE, reason="") == 422
    assert asked(registry, third, ONE) == 200
    assert number(registry, third) == ONE
    assert ledger(built) == [(1, "used", "used_again"), (2, "used", None)]
    fourth, _ = in_hub(sign_in)
    assert asked(registry, fourth, ONE) == 409  # it is in use again


@pytest.mark.feature("MB-06")
def test_only_a_void_number_of_the_series_can_be_asked_for(sign_in: SignIn) -> None:
    registry, used = sign_in("registry"), numbered(sign_in)
    other, _ = in_hub(sign_in)
    for typed, status in (
        ("渝市监发〔2026〕1号", 409),
        ("渝市监发〔2026〕9号", 409),  # nobody has had it: it would leave a gap
        ("别的〔2026〕1号", 422),
        ("一号", 422),
    ):
        assert asked(registry, other, typed) == status, typed
    assert number(registry, other) is None
    told = act(
        registry, other, "启用作废文号", fields={"number": "渝市监发〔2026〕9号"}, opinion="要"
    )
    assert "没有作废" in told.text
    done(registry, used, "作废", opinion="不发")
    assert asked(registry, other, "渝市监发[2026]1号") == 200  # however the brackets are spelt


@pytest.mark.feature("MB-06")
def test_a_number_used_again_is_void_again_when_its_paper_ends_and_never_given_unasked(
    sign_in: SignIn, built: Installation
) -> None:
    registry = sign_in("registry")
    for _ in range(3):
        record, _ = in_hub(sign_in)
        if not ledger_has(built):
            done(registry, record, "编文号")
        else:
            assert asked(registry, record, ONE) == 200
        done(registry, record, "作废", opinion="不发")
        assert ledger(built) == [(1, "void", "ended")]
    assert number(registry, numbered(sign_in)) == "渝市监发〔2026〕2号"


def ledger_has(built: Installation) -> bool:
    keeper = built.house.book.caller(Login("keeper"))
    return bool(built.house.numbers.series(keeper))


@pytest.mark.feature("MB-05", "MB-06")
def test_a_paper_that_has_its_number_cannot_change_it_for_a_void_one(sign_in: SignIn) -> None:
    registry, void = sign_in("registry"), numbered(sign_in)
    done(registry, void, "作废", opinion="不发")
    has = numbered(sign_in)
    assert asked(registry, has, ONE) == 422
    assert number(registry, has) == "渝市监发〔2026〕2号"


@pytest.mark.feature("MB-05")
def test_two_clerks_who_number_at_once_get_two_numbers_and_one_paper_gets_one(
    sign_in: SignIn,
) -> None:
    clients = [sign_in("registry"), sign_in("registry2")]
    papers = [in_hub(sign_in)[0] for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        asked = [(clients[n % 2], record) for n, record in enumerate([*papers, *papers])]
        answers = [pool.submit(act, client, record, "编文号") for client, record in asked]
        statuses = [each.result().status_code for each in answers]
    assert set(statuses) <= {200, 409}
    got = [str(number(clients[0], record)) for record in papers]
    assert sorted(got) == [f"渝市监发〔2026〕{n}号" for n in range(1, 5)]


@pytest.mark.feature("MB-05")
def test_two_clerks_who_ask_for_one_void_number_at_once_do_not_both_get_it(
    sign_in: SignIn,
) -> None:
    clients = [sign_in("registry"), sign_in("registry2")]
    void = numbered(sign_in)
    done(clients[0], void, "作废", opinion="不发")
    papers = [in_hub(sign_in)[0] for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda n: asked(clients[n % 2], papers[n], ONE), range(len(papers)))
        )
    assert sorted(answers) == [200, 409, 409, 409]
    assert [number(clients[0], record) for record in papers].count(ONE) == 1


@pytest.mark.feature("FW-17", "MB-05")
def test_a_number_certifies_as_one_that_was_counted(sign_in: SignIn) -> None:
    registry, void = sign_in("registry"), numbered(sign_in)
    done(registry, void, "作废", opinion="不发")
    record, _ = in_hub(sign_in)
    assert "制版" not in offered(registry, record)
    assert asked(registry, record, ONE) == 200
    for label in ("清稿", "制版", "电子印章", "发文"):
        done(registry, record, label)
    assert state(registry, record) == "issued"
