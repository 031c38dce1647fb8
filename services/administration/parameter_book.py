"""参数 (AQ-11): what they are set to now, who set each and when, and their changes.

Every change is a new link of one chain, so the past is kept. A process knows the parameters
without asking: its own changes at once, those of others `FRESH_S` later at most. Servers look in a
thread beside, so that no request waits for it.
"""

import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from records.errors import Conflict
from records.identity import Login
from records.parameters.catalogue import BY_NAME
from records.parameters.parameter import Parameter, Parameters
from records.ports.chains import Chains
from records.ports.clock import Clock

_CHAIN = "parameters"
_TRIES = 20

FRESH_S = 5.0
"""So long what a process knows is taken for what is so."""

RECENT = 50
"""Changes told on the page; older ones stand in the links before."""


class ParameterChange(BaseModel):
    """One parameter, from a value to a value."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    was: int
    now: int
    by: Login
    at: datetime


class ParameterLink(BaseModel):
    """What one link holds: every value that is no default, and the last changes, newest first."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    values: dict[str, int] = {}
    last: dict[str, ParameterChange] = {}
    recent: tuple[ParameterChange, ...] = ()


class ParameterBook:
    """Reads and changes the parameters."""

    def __init__(
        self, chains: Chains, clock: Clock, *, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._chains = chains
        self._clock = clock
        self._now_s = now_s
        self._looked_s = 0.0
        self._lock = threading.Lock()
        self._known: tuple[int, ParameterLink, Parameters] | None = None

    def current(self) -> Parameters:
        """The parameters, as they were `FRESH_S` ago at the earliest."""
        return self._now()[2]

    def link(self) -> ParameterLink:
        """The newest link that there is; asks the store."""
        self.tend()
        return self._now()[1]

    def tend(self) -> None:
        """Look for what another process has changed."""
        number = self._known[0] if self._known else 0
        looked_s = self._now_s()
        found = self._chains.latest(_CHAIN, known=number)
        if found is None:
            self._keep(0, ParameterLink())
        elif found.number > number:
            self._keep(found.number, ParameterLink.model_validate_json(found.value))
        self._looked_s = looked_s

    def set(
        self,
        wanted: Mapping[Parameter, int],
        *,
        seen: Mapping[Parameter, int],
        by: Login,
    ) -> tuple[ParameterChange, ...]:
        """Set all of them or none; the changes that this made.

        `seen` is what each stood at before whoever asks. Raises Invalid (``parameter_range``) and
        Conflict (``parameter_changed``, with ``by``; ``parameters_busy``).
        """
        for parameter, value in wanted.items():
            parameter.checked(value)
        for _ in range(_TRIES):
            self.tend()
            number, before, values = self._now()
            _refuse_overtaken(before, values, seen)
            at = self._clock.now()
            made = tuple(
                ParameterChange(name=each.name, was=values[each], now=value, by=by, at=at)
                for each, value in wanted.items()
                if values[each] != value
            )
            if not made:
                return ()
            after = _changed(before, made)
            try:
                self._chains.append(_CHAIN, number + 1, after.model_dump_json().encode())
            except Conflict:
                continue
            self._keep(number + 1, after)
            return made
        raise Conflict("parameters_busy")

    def _now(self) -> tuple[int, ParameterLink, Parameters]:
        if self._known is None or self._now_s() - self._looked_s > FRESH_S:
            self.tend()
        assert self._known is not None  # noqa: S101 - tend keeps something or raises
        return self._known

    def _keep(self, number: int, link: ParameterLink) -> None:
        with self._lock:
            if self._known is None or number > self._known[0]:
                self._known = number, link, Parameters(link.values)


def _refuse_overtaken(
    link: ParameterLink, values: Parameters, seen: Mapping[Parameter, int]
) -> None:
    """Whether somebody has set one of them since it was looked at."""
    for parameter, value in seen.items():
        if values[parameter] != value:
            last = link.last.get(parameter.name)
            raise Conflict(
                "parameter_changed",
                field=parameter.name,
                label=parameter.title,
                by=last.by if last else "",
                now=parameter.shown(values[parameter]),
            )


def _changed(before: ParameterLink, made: tuple[ParameterChange, ...]) -> ParameterLink:
    values = {**before.values, **{each.name: each.now for each in made}}
    return ParameterLink(
        values={
            name: value
            for name, value in values.items()
            if name not in BY_NAME or value != BY_NAME[name].default
        },
        last={**before.last, **{each.name: each for each in made}},
        recent=(*made, *before.recent)[:RECENT],
    )
