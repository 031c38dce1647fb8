"""As whom a command acts: ``--as LOGIN``."""

from records.identity import Login
from services.people.caller import Caller
from wenshu.building.installation import Installation


def acting_as(built: Installation, login: str) -> Caller:
    """The person. Raises NotFound (``unknown_person``) and Refused (``account_disabled``)."""
    built.house.book.current().person(Login(login))
    return built.house.book.caller(Login(login))
