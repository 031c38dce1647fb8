"""Pages of 用车: the week of the cars, who is sent where, what it cost (features.md B16)."""

import re
from typing import Any

import pytest

from tests.api.conftest import Browse, SignIn
from tests.api.office import act, begun, joined
from tests.api.test_vehicles import FAR, a_car
from wenshu.building.installation import Installation

CALENDAR = "/kinds/car_trip/calendar"


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    joined(built, {"login": "cars", "name": "车一", "unit": "office", "posts": ["车管员"]})


@pytest.fixture
def car(sign_in: SignIn) -> str:
    return a_car(sign_in("cars"), "渝A00001")


def asked(sign_in: SignIn, **fields: Any) -> str:
    given = {
        "title": "去南山",
        "departs": "2099-03-10T09:00",
        "returns": "2099-03-10T11:00",
        "destination": "南山区",
        "persons": 3,
        "contact": "丙三",
        "phone": "1",
        **fields,
    }
    trip = begun(sign_in("drafter"), "car_trip", **given)
    assert act(sign_in("drafter"), trip, "提交").status_code == 200
    return trip


def sent(sign_in: SignIn, car: str, **fields: Any) -> str:
    trip, cars = asked(sign_in, **fields), sign_in("cars")
    given = {"license": "C1", "licensed_until": FAR, "phone": "1"}
    driver = begun(cars, "driver", title="司一", **given)
    assert act(sign_in("head"), trip, "同意").status_code == 200
    answer = act(cars, trip, "派车", fields={"car": car, "driver": driver})
    assert answer.status_code == 200, answer.text
    return trip


@pytest.mark.feature("CL-07")
def test_everybody_sees_when_a_car_is_out_and_only_parties_what_is_asked_for(
    browse: Browse, sign_in: SignIn, car: str
) -> None:
    trip = sent(sign_in, car)
    asked(
        sign_in, title="未派的车", car=car, departs="2099-03-11T09:00", returns="2099-03-11T10:00"
    )
    for query in ("", f"&of={car}"):
        shown = browse("reader").get(f"{CALENDAR}?week=2099-03-11{query}").text
        assert "9:00–11:00" in shown
        assert f'href="/records/{trip}"' in shown
        assert "未派的车" not in shown
        assert "未派的车" in browse("head").get(f"{CALENDAR}?week=2099-03-11{query}").text
    assert "轿车 · 座位数 4<" in browse("reader").get(CALENDAR).text
    assert "去南山" not in browse("reader").get(f"{CALENDAR}?week=2099-03-16").text


@pytest.mark.feature("CL-07")
def test_a_trip_that_has_its_car_stands_as_certain_and_one_that_asks_for_it_does_not(
    browse: Browse, sign_in: SignIn, car: str
) -> None:
    sent(sign_in, car)
    assert "booking-warning" not in browse("head").get(f"{CALENDAR}?week=2099-03-11").text
    asked(
        sign_in, title="未派的车", car=car, departs="2099-03-11T09:00", returns="2099-03-11T10:00"
    )
    shown = browse("head").get(f"{CALENDAR}?week=2099-03-11").text
    assert shown.count("booking-warning") == 1
    assert "待部门审批" in shown


@pytest.mark.feature("CL-03", "CL-07")
def test_free_half_hours_of_a_car_begin_a_request_with_car_and_times_filled_in(
    browse: Browse, sign_in: SignIn, car: str
) -> None:
    sent(sign_in, car)
    drafter = browse("drafter")
    shown = drafter.get(f"{CALENDAR}?week=2099-03-09&of={car}").text
    free = re.findall(r'data-begins="2099-03-10T([\d:]+)"', shown)
    assert free[:3] == ["08:00", "08:30", "11:00"]
    assert 'data-from="departs" data-to="returns"' in shown
    (address,) = re.findall(r'href="(/records/new/car_trip[^"]+2099-03-10T11%3A00[^"]+)"', shown)
    form = drafter.get(address.replace("&amp;", "&")).text
    assert f'<option value="{car}" selected>渝A00001</option>' in form
    assert 'value="2099-03-10T11:00"' in form
    assert 'value="2099-03-10T11:30"' in form


@pytest.mark.feature("CL-07")
def test_the_way_to_the_calendar_stands_in_the_menu_on_the_list_and_on_the_page_of_a_car(
    browse: Browse, sign_in: SignIn, car: str
) -> None:
    for address in ("/", "/kinds/car_trip"):
        assert f'href="{CALENDAR}"' in browse("drafter").get(address).text
    assert f'href="{CALENDAR}?of={car}"' in browse("drafter").get(f"/records/{car}").text


@pytest.mark.feature("CL-07")
def test_what_is_not_booked_has_no_calendar_and_cars_are_not_booked_week_after_week(
    browse: Browse, car: str
) -> None:
    reader = browse("reader")
    for address in ("/kinds/car/calendar", "/kinds/x/calendar", f"{CALENDAR}/weekly"):
        assert reader.get(address).status_code == 404
    assert "/weekly" not in browse("drafter").get(f"{CALENDAR}?of={car}").text
    assert reader.get(f"{CALENDAR}/{car}.ics").headers["content-type"].startswith("text/calendar")


@pytest.mark.feature("CL-07")
def test_trips_and_their_costs_are_counted_by_car_by_unit_and_by_month(
    browse: Browse, sign_in: SignIn, car: str
) -> None:
    cars = sign_in("cars")
    for day, cost in (("2099-03-10", "36.5"), ("2099-04-10", "10")):
        trip = sent(sign_in, car, departs=f"{day}T09:00", returns=f"{day}T11:00")
        assert act(cars, trip, "出车", fields={"km_out": 1}).status_code == 200
        back = {"km_in": 9, "cost": cost}
        assert act(cars, trip, "回车", fields=back).status_code == 200
    sent(sign_in, a_car(sign_in("cars"), "渝A00002"))
    assert figures(sign_in, "car_trip/by_car", "sent", "finished", "cost") == {
        "渝A00001": [2, 2, 46.5],
        "渝A00002": [1, 0, 0],
        "合计": [3, 2, 46.5],
    }
    assert figures(sign_in, "car_trip/by_month", "cost")["2099年4月"] == [10]
    assert figures(sign_in, "car_trip/by_unit", "cost")["合计"] == [46.5]
    shown = browse("cars").get("/kinds/car_trip/statistics").text
    assert "46.5" in shown
    assert sign_in("drafter").get("/api/v1/statistics/car_trip/by_car").status_code == 404


@pytest.mark.feature("CL-06")
def test_what_a_car_costs_is_kept_and_added_up_and_what_was_annulled_does_not_count(
    sign_in: SignIn, car: str
) -> None:
    cars = sign_in("cars")
    for title, sort, day, cost in (
        ("换机油", "保养", "2026-03-02", "350.25"),
        ("换轮胎", "维修", "2026-03-05", "1200"),
        ("记错的", "维修", "2026-04-05", "99"),
    ):
        given = {"car": car, "sort": sort, "done_on": day, "cost": cost, "mileage": 12000}
        record = begun(cars, "car_service", title=title, **given)
    assert act(cars, record, "作废", opinion="记错").status_code == 200
    total = [2, 1550.25]
    by_car = figures(sign_in, "car_service/by_car", "count", "cost")
    assert by_car == {"渝A00001": total, "合计": total}
    by_sort = figures(sign_in, "car_service/by_sort", "cost")
    assert by_sort == {"保养": [350.25], "维修": [1200], "合计": [1550.25]}
    listed = cars.get("/api/v1/lists/car_service", params={"filter": f"car:{car}"}).json()
    assert listed["total"] == 3


def figures(sign_in: SignIn, path: str, *names: str) -> dict[str, list[float]]:
    """The rows of a statistic by their labels, and the total."""
    answer = sign_in("cars").get(f"/api/v1/statistics/{path}").json()
    rows = [*answer["rows"], answer["total"]]
    return {row["label"]: [row["values"][name] for name in names] for row in rows}


@pytest.mark.feature("CL-07")
def test_lists_and_exports_name_cars_by_their_plates_and_none_that_may_not_be_read(
    browse: Browse, sign_in: SignIn, car: str
) -> None:
    sent(sign_in, car)
    for address in ("", f"?filter=car:{car}", "?filter=car:../..", "?filter=car:x"):
        assert browse("reader").get(f"/kinds/car_trip{address}").status_code == 200
    shown = browse("reader").get(f"/kinds/car_trip?filter=car:{car}").text
    assert "车辆：渝A00001" in shown
    assert re.search(r"<td[^>]*>\s*渝A00001\s*</td>", shown)
    exported = browse("reader").get("/kinds/car_trip/export?format=csv")
    assert "渝A00001" in exported.content.decode("utf-8-sig")
    headers = {"If-Match": '"1"'}
    closed = sign_in("cars").patch(
        f"/api/v1/records/{car}", json={"level": "内部"}, headers=headers
    )
    assert closed.status_code == 200
    for path in ("/kinds/car_trip", "/kinds/car_trip/export?format=csv"):
        told = browse("public").get(path).content.decode("utf-8-sig")
        assert "（无权查看）" in told
        assert "渝A00001" not in told
