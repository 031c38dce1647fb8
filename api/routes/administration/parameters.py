"""参数: the limits that administrators set (AQ-11)."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from records.identity import Login
from records.parameters.catalogue import CATALOGUE, parameter_named
from records.parameters.parameter import Parameters
from services.house import House
from services.people.caller import Caller

router = APIRouter(prefix="/api/v1/parameters", tags=["operations"], route_class=BoundedRoute)


class ParametersRequest(Wire):
    """What to set, by name; all of it or nothing."""

    values: dict[str, int] = Field(max_length=100, examples=[{"password_days": 180}])
    seen: dict[str, int] = Field(
        default_factory=dict,
        max_length=100,
        description="What they stood at; one that stands otherwise now is refused",
    )


class ParameterAnswer(BaseModel):
    """One parameter; a switch has no unit and is 0 or 1."""

    name: str
    group: str
    title: str
    unit: str
    value: int
    default: int
    least: int
    most: int
    help: str
    changed_by: Login | None = None
    changed_at: datetime | None = None


@router.get("")
def show(caller: TheCaller, house: TheHouse) -> list[ParameterAnswer]:
    """All parameters, with their bounds and who set them last; for administrators."""
    return _answer(caller, house)


@router.patch("")
def change(given: ParametersRequest, caller: TheCaller, house: TheHouse) -> list[ParameterAnswer]:
    """Set some of them; for administrators. In effect at once, everywhere within seconds."""
    house.administration.parameters.set(
        caller,
        {parameter_named(name): value for name, value in given.values.items()},
        {parameter_named(name): value for name, value in given.seen.items()},
    )
    return _answer(caller, house)


def _answer(caller: Caller, house: House) -> list[ParameterAnswer]:
    link = house.administration.parameters.shown(caller)
    values = Parameters(link.values)
    found = []
    for each in CATALOGUE:
        last = link.last.get(each.name)
        found.append(
            ParameterAnswer(
                name=each.name,
                group=each.group,
                title=each.title,
                unit=each.unit,
                value=values[each],
                default=each.default,
                least=each.least,
                most=each.most,
                help=each.help,
                changed_by=last.by if last else None,
                changed_at=last.at if last else None,
            )
        )
    return found
