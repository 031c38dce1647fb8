"""Real engines that are killed, frozen and emptied under traffic: what is said, and what remains.

``make test-faults`` runs every fault; without WENSHU_FAULTS=all some of them stand for the rest.
"""

import logging
import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.faults.stage import Stage, prove_whole, stage
from tests.faults.traffic import NO_ANSWER, Answer, Traffic
from tests.waiting import until

_LOG = logging.getLogger(__name__)

LONGEST_S = 25.0
"""No answer may take longer, whatever is frozen."""

LASTS_S = 5.0
"""A fault lasts at least so long, and until each kind of request was answered some times."""

TOLD_S = 15.0
"""So soon /readyz says which part is down."""

Do = Callable[[Stage], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is done to an installation, what mends it, and what must go on meanwhile."""

    name: str
    begin: Do
    end: Do
    down: str | None
    """The part that /readyz must name; None where nothing else depends on it."""
    goes_on: frozenset[str]
    """Requests of which some must succeed while it lasts."""
    always: bool = False
    """Whether it runs in the short form as well."""


UPLOAD, SEARCH, READ = "POST files", "GET search", "GET records"
EVERYTHING = frozenset({UPLOAD, SEARCH, READ})


def kill(name: str) -> Do:
    return lambda stage: stage.programs[name].kill()


def again(name: str) -> Do:
    return lambda stage: stage.programs[name].again()


def freeze(name: str) -> Do:
    return lambda stage: stage.programs[name].freeze()


def thaw(name: str) -> Do:
    return lambda stage: stage.programs[name].thaw()


def again_empty(stage: Stage) -> None:
    stage.empty_the_index()
    stage.programs["elasticsearch"].again()


def both(name: str, down: str | None, goes_on: frozenset[str], always: str = "") -> list[Fault]:
    """Killed and brought back on its port with its data, and frozen for a while."""
    killed = Fault(f"{name}-killed", kill(name), again(name), down, goes_on, "killed" in always)
    frozen = Fault(f"{name}-frozen", freeze(name), thaw(name), down, goes_on, "frozen" in always)
    return [killed, frozen]


FAULTS = [
    *both("elasticsearch", "index", frozenset({UPLOAD, READ})),
    Fault(
        "elasticsearch-emptied",
        kill("elasticsearch"),
        again_empty,
        "index",
        frozenset({UPLOAD, READ}),
        always=True,
    ),
    *both("seaweedfs", "store", frozenset(), "frozen"),
    # This Redis keeps nothing: killed, it comes back empty.
    *both("redis", "queue", EVERYTHING, "killed"),
    Fault("redis-emptied", lambda stage: stage.empty_the_queue(), lambda _: None, None, EVERYTHING),
    *both("tika", "tika", EVERYTHING),
    *both("beat", None, EVERYTHING),
    *both("worker", None, EVERYTHING),
    Fault("web-killed", kill("web"), again("web"), "web", EVERYTHING),
]
WANTED = [fault for fault in FAULTS if fault.always or os.environ.get("WENSHU_FAULTS") == "all"]


@pytest.fixture(scope="module")
def on_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage(tmp_path_factory.mktemp("stage")) as ready:
        yield ready


@pytest.mark.feature("AQ-15")
@pytest.mark.parametrize("fault", WANTED, ids=lambda fault: fault.name)
def test_whatever_fails_answers_are_honest_and_all_is_whole_again(
    on_stage: Stage, fault: Fault
) -> None:
    traffic = Traffic(on_stage.client)
    with traffic.running():
        until(lambda: len(traffic.acknowledged()) >= 8, "no upload came through", within_s=60)
        began = time.monotonic()
        fault.begin(on_stage)
        try:
            told_s = _told(on_stage, fault)
            _observed(traffic, since=began)
        finally:
            meanwhile = traffic.answers(since=began)
            fault.end(on_stage)
        ended = time.monotonic()
        _back(on_stage)
    uploads = traffic.acknowledged()
    whole_s = prove_whole(on_stage, uploads) - ended
    answers = traffic.answers(since=began)
    _LOG.warning("%s", _figures(fault, told_s, ended - began, whole_s, answers, len(uploads)))
    _honest(fault, traffic, answers, meanwhile)


def _told(stage: Stage, fault: Fault) -> float:
    """How long until /readyz named what is down."""
    if fault.down is None:
        return 0.0
    down = fault.down
    return until(lambda: down in stage.down(), f"{down} is not told of", within_s=TOLD_S)


def _observed(traffic: Traffic, *, since: float) -> None:
    """Wait until the fault was felt by each kind of request."""

    def enough() -> bool:
        seen = [answer.what for answer in traffic.answers(since=since)]
        lasted_s = time.monotonic() - since
        return lasted_s >= LASTS_S and all(seen.count(what) >= 4 for what in EVERYTHING)

    until(enough, "requests hang", within_s=3 * LONGEST_S)


def _back(stage: Stage) -> None:
    until(lambda: not stage.down(), "a part stays down", within_s=120)


def _honest(fault: Fault, traffic: Traffic, answers: list[Answer], meanwhile: list[Answer]) -> None:
    surprising = {
        (answer.what, answer.status, answer.body[:300])
        for answer in answers
        if answer.status not in (200, 201, 503, NO_ANSWER)
    }
    assert surprising == set()
    unnamed = [a.body for a in answers if a.status == 503 and not a.json().get("reason")]
    assert unnamed == []
    cut = [answer for answer in answers if answer.status == NO_ANSWER]
    assert fault.down == "web" or cut == [], "requests ended without an answer"
    slowest = max(answers, key=lambda answer: answer.took_s)
    assert slowest.took_s < LONGEST_S, (slowest.what, slowest.took_s, slowest.status)
    succeeded = {answer.what for answer in meanwhile if answer.status in (200, 201)}
    assert fault.goes_on <= succeeded
    assert traffic.untold == []
    assert traffic.unequal == []


def _figures(
    fault: Fault,
    told_s: float,
    lasted_s: float,
    whole_s: float,
    answers: list[Answer],
    uploads: int,
) -> str:
    """One line for the table of docs/reliability.md."""
    parts = [f"{fault.name}: told {told_s:.1f} s, lasted {lasted_s:.1f} s, whole {whole_s:.1f} s"]
    parts.append(f"{uploads} uploads")
    for what in sorted(EVERYTHING):
        took = [answer.took_s for answer in answers if answer.what == what]
        refused = sum(1 for a in answers if a.what == what and a.status not in (200, 201))
        if took:
            middle, longest = statistics.median(took), max(took)
            parts.append(f"{what} {len(took)}, not {refused}, {middle:.2f}/{longest:.1f} s")
    return "; ".join(parts)
