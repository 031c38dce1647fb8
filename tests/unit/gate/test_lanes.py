"""How large the shares of the lanes are, on any machine."""

import pytest

from gate.lanes import Lane, shares_of
from wenshu.system.argon_hasher import AT_ONCE

THREADS = 40
"""So many has the framework to answer with (anyio's default)."""

CORES = [1, 2, 3, 4, 8, 16, 128]


@pytest.mark.parametrize("cores", CORES)
def test_all_at_work_together_leave_threads_for_the_files_of_the_pages(cores: int) -> None:
    assert sum(share.at_work for share in shares_of(cores).values()) < THREADS


@pytest.mark.parametrize("cores", CORES)
def test_no_more_sign_ins_are_at_work_than_passwords_are_hashed_at_once(cores: int) -> None:
    assert shares_of(cores)[Lane.SIGN_IN].at_work <= AT_ONCE


@pytest.mark.parametrize("cores", CORES)
@pytest.mark.parametrize("lane", sorted(set(Lane) - {Lane.SIGN_IN, Lane.PEOPLE}))
def test_nobody_has_a_lane_for_himself(cores: int, lane: Lane) -> None:
    share = shares_of(cores)[lane]
    assert 0 < share.at_work_each < share.at_work
    assert 0 < share.present_each < share.present
