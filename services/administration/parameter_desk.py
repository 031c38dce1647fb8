"""参数 as administrators set them (AQ-11); security officers are told of each change (AQ-14)."""

from collections.abc import Mapping

from records.errors import Conflict, Refused
from records.identity import CLOCK, Login
from records.parameters.catalogue import parameter_named
from records.parameters.parameter import Parameter
from records.people.roles import Power
from services.administration.parameter_book import ParameterBook, ParameterChange, ParameterLink
from services.people.caller import Caller
from services.people.rights_news import RightsNews


class ParameterDesk:
    """Shows and sets them."""

    def __init__(self, book: ParameterBook, news: RightsNews) -> None:
        self._book = book
        self._news = news

    @property
    def book(self) -> ParameterBook:
        """Where they stand, for whoever goes by them."""
        return self._book

    def shown(self, caller: Caller) -> ParameterLink:
        """What is set, by whom and when. Raises Refused (``administrators_only``)."""
        if not caller.may(Power.PARAMETERS):
            raise Refused("administrators_only")
        return self._book.link()

    def set(
        self, caller: Caller, wanted: Mapping[Parameter, int], seen: Mapping[Parameter, int]
    ) -> tuple[ParameterChange, ...]:
        """Set all or none. Raises Refused (``administrators_only``), and as the book."""
        if not caller.may(Power.PARAMETERS):
            raise Refused("administrators_only")
        try:
            return self._set(wanted, seen, caller.person.login)
        except Conflict as error:
            by = caller.organisation.name_of(Login(str(error.facts.get("by", ""))))
            raise Conflict(error.reason, **{**error.facts, "by": by}) from error

    def set_by_machine(self, wanted: Mapping[Parameter, int]) -> tuple[ParameterChange, ...]:
        """The same by who keeps the server."""
        return self._set(wanted, {}, CLOCK)

    def _set(
        self, wanted: Mapping[Parameter, int], seen: Mapping[Parameter, int], by: Login
    ) -> tuple[ParameterChange, ...]:
        made = self._book.set(wanted, seen=seen, by=by)
        if made:
            self._news.parameters_set([_told(each) for each in made], by)
        return made


def _told(change: ParameterChange) -> str:
    parameter = parameter_named(change.name)
    return f"{parameter.title}：{parameter.shown(change.was)} → {parameter.shown(change.now)}"
