"""用车 of the demo: three cars, their drivers, trips on their way, what was spent on the cars."""

from collections.abc import Mapping
from datetime import date, timedelta

from records.identity import Login
from records.revision import Revision
from services.house import House
from wenshu.demo.steps import acted, begun

KEEPER = "jiayi"

_CARS = (("渝A·D0001", "小型轿车", 4), ("渝A·D0002", "商务车", 6), ("渝A·D0003", "中型客车", 18))
_DRIVERS = (("司明", "C1"), ("司强", "A1"))
_SPENT = (("更换机油机滤", "保养", "480.00", 30), ("更换轮胎两条", "维修", "1360.00", 12))
"""What, of which sort, for how much, so many days ago."""


def fill_vehicles(house: House) -> None:
    """Begin them, as the people do who would: one asks, one has been sent out, one waits."""
    today = house.book.caller(Login(KEEPER)).today
    cars = [begun(house, KEEPER, "car", _car(each, today)) for each in _CARS]
    drivers = [begun(house, KEEPER, "driver", _driver(each, today)) for each in _DRIVERS]
    for title, sort, cost, ago in _SPENT:
        day = (today - timedelta(days=ago)).isoformat()
        spent = {"title": title, "car": cars[0].record, "sort": sort, "done_on": day, "cost": cost}
        begun(house, KEEPER, "car_service", {**spent, "place": "定点维修厂", "mileage": 42_300})
    on = today + timedelta(days=7)
    trip = _approved(house, _trip("赴北湖区局开展执法检查", "北湖区", on, "09:00", "16:00"))
    both = {"car": cars[0].record, "driver": drivers[0].record}
    acted(house, KEEPER, trip, "dispatch", fields=both)
    _approved(house, _trip("送检食品抽检样品", "市食品检验研究院", on, "14:00", "17:00"))


def _car(each: tuple[str, str, int], today: date) -> Mapping[str, object]:
    title, model, seats = each
    later = {"inspect_by": 200, "insured_until": 300}
    days = {name: (today + timedelta(days=n)).isoformat() for name, n in later.items()}
    return {"title": title, "model": model, "seats": seats, **days}


def _driver(each: tuple[str, str], today: date) -> Mapping[str, object]:
    title, license_ = each
    until = (today + timedelta(days=900)).isoformat()
    return {"title": title, "license": license_, "licensed_until": until, "phone": "6099"}


def _trip(title: str, to: str, on: date, departs: str, returns: str) -> Mapping[str, object]:
    return {
        "title": title,
        "destination": to,
        "departs": f"{on}T{departs}",
        "returns": f"{on}T{returns}",
        "persons": 3,
        "contact": "吴静",
        "phone": "6012",
    }


def _approved(house: House, fields: Mapping[str, object]) -> Revision:
    """A trip that waits for 派车."""
    trip = acted(house, "law2", begun(house, "law2", "car_trip", fields), "submit")
    return acted(house, "wangmin", trip, "agree")
