"""Facets of a search as links, and its conditions as chips (SS-04)."""

from collections.abc import Iterable, Mapping

from records.identity import UnitCode
from search_ui.shown.lists.filter_words import condition_label, condition_value
from search_ui.shown.search.address import address, without
from search_ui.texts import Texts
from search_ui.views.search import Chip, FacetGroup, FacetValue
from services.house import House
from services.people.caller import Caller
from services.searching.asked_address import DATES, FAMILY, FIELD, SHOWN, Parameters, filter_of
from services.searching.search_page import AT_ONCE, By
from services.searching.search_page import FacetValue as Counted

_YES_NO = frozenset({By.ATTACHED, By.ARCHIVED})


class Conditions:
    """The conditions of one search, in words."""

    def __init__(self, house: House, caller: Caller, given: Parameters, t: Texts) -> None:
        self._kinds = house.kinds
        self._caller = caller
        self._organisation = caller.organisation
        self._given = without(given, FAMILY, "page")
        self._t = t

    def wanted(self) -> tuple[By, ...]:
        """Facets to be counted with the search: those of every one, and those with a condition."""
        chosen = {name for name, _ in self._given}
        return (*AT_ONCE, *(by for by in SHOWN if by in chosen and by not in AT_ONCE))

    def groups(self, counts: Mapping[By, tuple[Counted, ...]]) -> tuple[FacetGroup, ...]:
        """All facets; those that are not counted yet by the address that counts them."""
        return tuple(
            self.group(by, counts[by])
            if by in counts
            else FacetGroup(by, href=address((("by", by), *self._given), "/search/facet"))
            for by in SHOWN
        )

    def group(self, by: By, counts: Iterable[Counted]) -> FacetGroup:
        """One facet; a value that is chosen stands there, even where nothing is left of it."""
        held = [*counts]
        known = {each.value for each in held}
        lost = [v for n, v in self._given if n == by and v not in known]
        held += [Counted(value, self.label(by, value), 0) for value in dict.fromkeys(lost)]
        below: dict[str, list[Counted]] = {}
        for each in held:
            below.setdefault(each.above, []).append(each)
        tops = below.get("", [])
        if len(tops) == 1 and below.get(tops[0].value) and (by, tops[0].value) not in self._given:
            tops = below[tops[0].value]  # a house of one root: it would tell nothing
        return FacetGroup(by, tuple(self._value(by, each, below) for each in tops))

    def chips(self) -> tuple[Chip, ...]:
        """The conditions that are on, each with the way to drop it."""
        on = [
            Chip(
                f"{self._t(f'facet.{name}')}：{self.label(By(name), value)}",
                address(pair for pair in self._given if pair != (name, value)),
            )
            for name, value in self._given
            if name in (*SHOWN, By.YEAR)
        ]
        on += self._of_fields()
        days = {name: value for name, value in self._given if name in DATES}
        if days:
            told = self._t(
                "search.range" if len(days) == 2 else f"search.range_{next(iter(days))}",
                first=days.get("from", ""),
                last=days.get("to", ""),
            )
            on.append(Chip(told, address(without(self._given, *DATES))))
        return tuple(on)

    def _of_fields(self) -> Iterable[Chip]:
        """Conditions of the fields of one kind, as its list says them."""
        kinds = [value for name, value in self._given if name == By.KIND]
        kind = self._kinds.find(kinds[0]) if len(kinds) == 1 else None
        for name, value in self._given:
            if name == FIELD:
                field, wanted = filter_of(value)
                label = f"{field}：{wanted}"
                if kind is not None:
                    told = condition_value(kind, field, wanted, self._caller, self._t)
                    label = f"{condition_label(kind, field, self._t)}：{told}"
                yield Chip(label, address(pair for pair in self._given if pair != (name, value)))

    def label(self, by: By, value: str) -> str:
        """A value in words."""
        if by is By.KIND:
            kind = self._kinds.find(value)
            return kind.title if kind else value
        if by is By.UNIT:
            return self._organisation.full_name(UnitCode(value))
        if by in _YES_NO:
            return self._t(f"facet.{by}_{value}") if value in ("yes", "no") else value
        return f"{value}年" if by is By.YEAR else value

    def _value(self, by: By, each: Counted, below: Mapping[str, list[Counted]]) -> FacetValue:
        pair = (str(by), each.value)
        chosen = pair in self._given
        changed = [p for p in self._given if p != pair] if chosen else [*self._given, pair]
        under = tuple(self._value(by, one, below) for one in below.get(each.value, ()))
        return FacetValue(
            self.label(by, each.value) if by in _YES_NO else each.label,
            each.count,
            address(changed),
            chosen=chosen,
            below=under,
            is_open=any(one.chosen or one.is_open for one in under),
        )
