"""用车 over HTTP: asked for, sent out, come back; nothing is had twice (features.md B16)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import SignIn
from tests.api.office import act, begun, joined, offered, state
from wenshu.building.installation import Installation

FAR = "2099-12-31"
Ask = Callable[..., str]


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    joined(built, {"login": "cars", "name": "车一", "unit": "office", "posts": ["车管员"]})


@pytest.fixture
def cars(sign_in: SignIn) -> TestClient:
    return sign_in("cars")


def a_car(cars: TestClient, plate: str = "渝A00001", **more: Any) -> str:
    fields = {"model": "轿车", "seats": 4, "inspect_by": FAR, "insured_until": FAR, **more}
    return begun(cars, "car", title=plate, **fields)


def a_driver(cars: TestClient, name: str = "司一", **more: Any) -> str:
    return begun(
        cars, "driver", title=name, **{"license": "C1", "licensed_until": FAR, "phone": "1", **more}
    )


@pytest.fixture
def car(cars: TestClient) -> str:
    return a_car(cars)


@pytest.fixture
def driver(cars: TestClient) -> str:
    return a_driver(cars)


def asked(client: TestClient, departs: str, returns: str, **more: Any) -> str:
    """A 用车申请, not yet handed in."""
    fields = {"title": "去南山", "destination": "南山区", "persons": 3, "contact": "丙三", **more}
    return begun(client, "car_trip", departs=departs, returns=returns, phone="1", **fields)


@pytest.fixture
def wanted(sign_in: SignIn) -> Ask:
    """A 用车申请 of 丙三 that waits for 派车."""

    def ask(
        departs: str = "2099-03-02T09:00", returns: str = "2099-03-02T12:00", **more: Any
    ) -> str:
        drafter, head = sign_in("drafter"), sign_in("head")
        trip = asked(drafter, departs, returns, **more)
        assert act(drafter, trip, "提交").status_code == 200
        assert act(head, trip, "同意").status_code == 200
        assert state(drafter, trip) == "pool"
        return trip

    return ask


def sent(cars: TestClient, trip: str, car: str, driver: str, label: str = "派车") -> Any:
    return act(cars, trip, label, fields={"car": car, "driver": driver})


@pytest.mark.feature("CL-01", "CL-02", "CL-03", "CL-04", "CL-05")
def test_a_car_is_asked_for_sent_out_and_comes_back(
    sign_in: SignIn, cars: TestClient, wanted: Ask, car: str, driver: str
) -> None:
    drafter, trip = sign_in("drafter"), wanted()
    assert sent(cars, trip, car, driver).status_code == 200
    read = drafter.get(f"/api/v1/records/{trip}").json()
    assert (read["state"], read["fields"]["car"], read["fields"]["driver"]) == (
        "dispatched",
        car,
        driver,
    )
    assert act(cars, trip, "出车", fields={"km_out": 1000}).status_code == 200
    assert "取消" not in offered(drafter, trip)
    back = {"km_in": 1080, "fuel": "20.5", "cost": "36.50"}
    assert act(cars, trip, "回车", fields=back).status_code == 200
    read = drafter.get(f"/api/v1/records/{trip}").json()
    assert read["state"] == "finished"
    assert {name: read["fields"][name] for name in ("km_out", "km_in", "fuel", "cost")} == {
        "km_out": 1000,
        "km_in": 1080,
        "fuel": "20.5",
        "cost": "36.5",
    }


@pytest.mark.feature("CL-04")
def test_a_car_and_a_driver_are_had_together_or_not_at_all_and_who_comes_late_is_told_which(
    cars: TestClient, wanted: Ask, car: str, driver: str
) -> None:
    first, second = wanted(), wanted("2099-03-02T11:45", "2099-03-02T13:00")
    assert sent(cars, first, car, driver).status_code == 200
    same_car = sent(cars, second, car, a_driver(cars, "司二"))
    assert same_car.status_code == 409
    assert "车辆 2099-03-02 11:45" in same_car.text
    same_driver = sent(cars, second, a_car(cars, "渝A00002"), driver)
    assert same_driver.status_code == 409
    assert "驾驶员 2099-03-02 11:45" in same_driver.text
    assert state(cars, second) == "pool"
    third = wanted("2099-03-02T11:45", "2099-03-02T13:00")
    other = (a_car(cars, "渝A00003"), a_driver(cars, "司三"))
    assert sent(cars, third, *other).status_code == 200
    beside = wanted("2099-03-02T12:00", "2099-03-02T13:00")
    assert sent(cars, beside, car, driver).status_code == 200


@pytest.mark.feature("CL-04")
def test_what_a_refused_dispatch_had_of_the_two_is_free_again(
    cars: TestClient, wanted: Ask, car: str, driver: str
) -> None:
    first, second, third = wanted(), wanted(), wanted()
    other = a_car(cars, "渝A00002")
    assert sent(cars, first, car, driver).status_code == 200
    assert sent(cars, second, other, driver).status_code == 409
    assert sent(cars, third, other, a_driver(cars, "司二")).status_code == 200


@pytest.mark.feature("CL-04")
def test_of_eight_dispatches_at_once_one_gets_the_car_and_the_driver(
    cars: TestClient, wanted: Ask, car: str, driver: str
) -> None:
    trips = [wanted() for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda trip: sent(cars, trip, car, driver).status_code, trips))
    assert sorted(answers) == [200] + [409] * 7
    assert [state(cars, trip) for trip in trips].count("dispatched") == 1


@pytest.mark.feature("CL-04")
@pytest.mark.parametrize(
    ("late", "told"),
    [
        ({"inspect_by": "2099-03-01"}, "年检到期”是 2099-03-01"),
        ({"insured_until": "2099-03-01"}, "保险到期”是 2099-03-01"),
        ({"licensed_until": "2099-03-01"}, "驾照到期”是 2099-03-01"),
    ],
)
def test_what_has_run_out_is_not_sent_out_and_which_is_told(
    cars: TestClient, wanted: Ask, late: dict[str, str], told: str
) -> None:
    trip = wanted()
    of_car = {name: day for name, day in late.items() if name != "licensed_until"}
    of_driver = {name: day for name, day in late.items() if name == "licensed_until"}
    answer = sent(cars, trip, a_car(cars, **of_car), a_driver(cars, **of_driver))
    assert answer.status_code == 403
    assert told in answer.text
    assert state(cars, trip) == "pool"


@pytest.mark.feature("CL-04")
def test_what_runs_out_on_the_very_day_of_the_return_is_good_that_day(
    cars: TestClient, wanted: Ask
) -> None:
    last = "2099-03-03"
    car = a_car(cars, inspect_by=last, insured_until=last)
    driver = a_driver(cars, licensed_until=last)
    assert sent(cars, wanted("2099-03-02T09:00", f"{last}T23:45"), car, driver).status_code == 200
    longer = wanted(f"{last}T23:45", "2099-03-04T00:15")
    assert sent(cars, longer, car, driver).json()["reason"] == "expired"


@pytest.mark.feature("CL-01", "CL-02", "CL-04")
def test_a_car_under_repair_and_a_driver_on_leave_are_not_sent_out(
    cars: TestClient, wanted: Ask, car: str, driver: str
) -> None:
    trip = wanted()
    assert act(cars, car, "送修", opinion="换胎").status_code == 200
    answer = sent(cars, trip, car, driver)
    assert (answer.status_code, answer.json()["reason"]) == (403, "not_in_use")
    assert "车辆" in answer.text
    assert act(cars, car, "修复").status_code == 200
    assert act(cars, driver, "休假").status_code == 200
    answer = sent(cars, trip, car, driver)
    assert "驾驶员" in answer.text
    assert act(cars, driver, "到岗").status_code == 200
    assert sent(cars, trip, car, driver).status_code == 200


@pytest.mark.feature("CL-04")
def test_more_people_than_seats_are_told(cars: TestClient, wanted: Ask, driver: str) -> None:
    trip = wanted(persons=5)
    answer = sent(cars, trip, a_car(cars, seats=4), driver)
    assert answer.status_code == 403
    assert "人数（5）超过" in answer.text
    assert sent(cars, trip, a_car(cars, "渝A00002", seats=5), driver).status_code == 200


@pytest.mark.feature("CL-04")
def test_a_dispatch_without_car_or_driver_is_refused_and_offered_all_the_same(
    cars: TestClient, wanted: Ask, car: str
) -> None:
    trip = wanted()
    assert "派车" in offered(cars, trip)
    assert act(cars, trip, "派车", fields={"car": car}).status_code == 403
    assert act(cars, trip, "派车").status_code == 403
    assert state(cars, trip) == "pool"


@pytest.mark.feature("CL-03")
@pytest.mark.parametrize(
    ("departs", "returns", "told"),
    [
        ("2099-03-02T10:00", "2099-03-02T09:00", "晚于"),
        ("2099-03-02T10:00", "2099-03-02T10:00", "晚于"),
        ("2020-03-02T09:00", "2020-03-02T10:00", "已过"),
    ],
)
def test_a_trip_that_cannot_be_is_refused_in_words(
    sign_in: SignIn, departs: str, returns: str, told: str
) -> None:
    drafter = sign_in("drafter")
    answer = act(drafter, asked(drafter, departs, returns), "提交")
    assert answer.status_code == 403
    assert told in answer.text


@pytest.mark.feature("CL-05")
def test_a_mileage_below_that_of_the_departure_is_refused(
    cars: TestClient, wanted: Ask, car: str, driver: str
) -> None:
    trip = wanted()
    sent(cars, trip, car, driver)
    assert "回车" not in offered(cars, trip)
    assert act(cars, trip, "出车", fields={"km_out": 1000}).status_code == 200
    answer = act(cars, trip, "回车", fields={"km_in": 999})
    assert answer.status_code == 403
    assert "不能小于“出车里程（公里）”（1000）" in answer.text
    assert state(cars, trip) == "out"
    assert act(cars, trip, "回车", fields={"km_in": 1000}).status_code == 200


@pytest.mark.feature("CL-04", "CL-05")
def test_a_return_before_its_time_frees_the_car_and_the_driver(
    cars: TestClient, wanted: Ask, car: str, driver: str
) -> None:
    trip, next_trip = wanted(), wanted()
    sent(cars, trip, car, driver)
    act(cars, trip, "出车", fields={"km_out": 1})
    assert sent(cars, next_trip, car, driver).status_code == 409
    act(cars, trip, "回车", fields={"km_in": 2})
    assert sent(cars, next_trip, car, driver).status_code == 200


@pytest.mark.feature("CL-04")
def test_a_trip_cancelled_after_its_dispatch_frees_both_and_the_keeper_is_told(
    sign_in: SignIn, cars: TestClient, wanted: Ask, car: str, driver: str
) -> None:
    drafter, trip, next_trip = sign_in("drafter"), wanted(), wanted()
    sent(cars, trip, car, driver)
    assert act(drafter, trip, "取消").status_code == 200
    assert state(cars, trip) == "cancelled"
    assert sent(cars, next_trip, car, driver).status_code == 200
    told = cars.get("/api/v1/notifications").json()["notifications"]
    assert ("cancelled", trip) in [(each["about"], each["record"]) for each in told]


@pytest.mark.feature("CL-04")
def test_another_car_is_sent_instead_and_the_first_is_free_again(
    cars: TestClient, wanted: Ask, car: str, driver: str
) -> None:
    trip, next_trip = wanted(), wanted()
    sent(cars, trip, car, driver)
    other = a_car(cars, "渝A00002")
    assert sent(cars, trip, other, driver, "改派").status_code == 200
    read = cars.get(f"/api/v1/records/{trip}").json()
    assert (read["state"], read["fields"]["car"]) == ("dispatched", other)
    assert sent(cars, next_trip, other, a_driver(cars, "司二")).status_code == 409
    assert sent(cars, next_trip, car, driver).status_code == 409
    assert sent(cars, next_trip, car, a_driver(cars, "司三")).status_code == 200


@pytest.mark.feature("CL-03", "CL-04")
def test_unlike_actions_lead_out_of_the_approval_and_what_is_mended_comes_straight_back(
    sign_in: SignIn, cars: TestClient, car: str, driver: str, wanted: Ask
) -> None:
    drafter, head = sign_in("drafter"), sign_in("head")
    times = ("2099-03-02T09:00", "2099-03-02T12:00")
    returned, refused, cancelled = (asked(drafter, *times) for _ in range(3))
    for trip in (returned, refused, cancelled):
        act(drafter, trip, "提交")
    assert act(head, returned, "退回", opinion="人数不对").status_code == 200
    assert state(drafter, returned) == "request"
    assert act(drafter, returned, "提交").status_code == 200
    assert state(drafter, returned) == "head"
    assert act(head, refused, "驳回", opinion="不必用车").status_code == 200
    assert act(drafter, cancelled, "取消").status_code == 200
    assert [state(drafter, trip) for trip in (refused, cancelled)] == ["refused", "cancelled"]
    from_keeper = wanted()
    assert act(cars, from_keeper, "退回", opinion="请改时间").status_code == 200
    assert state(head, from_keeper) == "head"
    assert act(head, from_keeper, "同意").status_code == 200
    assert sent(cars, from_keeper, car, driver).status_code == 200


@pytest.mark.feature("CL-01", "CL-02", "CL-04", "CL-05", "CL-06")
def test_nobody_else_keeps_cars_or_sends_them_out(
    sign_in: SignIn, cars: TestClient, wanted: Ask, car: str, driver: str
) -> None:
    drafter, reader, trip = sign_in("drafter"), sign_in("reader"), wanted()
    assert reader.get(f"/api/v1/records/{trip}").status_code == 404
    assert sent(drafter, trip, car, driver).status_code == 403
    assert act(drafter, car, "停用", opinion="x").status_code == 403
    for kind in ("car", "driver", "car_service"):
        given = {"kind": kind, "fields": {"title": "x"}}
        assert drafter.post("/api/v1/records", json=given).status_code == 403
    changed = {"fields": {"inspect_by": "2100-01-01"}}
    path, headers = f"/api/v1/records/{car}", {"If-Match": '"1"'}
    assert drafter.patch(path, json=changed, headers=headers).status_code == 403
    assert cars.patch(path, json=changed, headers=headers).status_code == 200
    sent(cars, trip, car, driver)
    assert "出车" not in offered(drafter, trip)
    assert act(drafter, trip, "出车", fields={"km_out": 1}).status_code == 403
