"""kill -9 at random points of taking files in: nothing acknowledged is lost."""

import os
import time
from pathlib import Path

import pytest

from services.searching.search_page import Asked
from tests.faults.writer import LOGIN, kill_once, prepare, settings_for
from wenshu.building.house import installation
from wenshu.building.installation import Installation

KILLS = int(os.environ.get("WENSHU_KILLS", "100"))
"""``WENSHU_KILLS=1000 make test-kills`` for the long run."""


def drained(built: Installation, *, within_s: float) -> None:
    """Work off the outbox; entries of writers killed before their commit may stay."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        done = built.drain.round()
        if not done.waiting and not done.indexed:
            return
    pytest.fail("the outbox was not worked off in time")


@pytest.mark.feature("SS-01")
def test_after_any_number_of_kills_every_acknowledged_record_is_there_and_found(
    tmp_path: Path,
) -> None:
    prepare(tmp_path)
    acknowledged: dict[str, str] = {}
    for seed in range(KILLS):
        acknowledged |= kill_once(tmp_path, seed=seed)
    assert len(acknowledged) >= KILLS
    with installation(settings_for(tmp_path)) as built:
        drained(built, within_s=120)
        caller = built.house.book.caller(LOGIN)
        for record, word in acknowledged.items():
            page = built.house.searching.search(caller, Asked(words=word))
            assert [hit.revision.record for hit in page.hits] == [record], word
        assert built.reconciliation.compare().is_clean
        assert all(not verified.damages for verified in built.verification.run())
