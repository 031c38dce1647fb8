"""In a silence of the server one reader waits, the others are told at once."""

import pytest
from elastic_transport import ConnectionTimeout

from indexers.elasticsearch_index.silence import REST_S, Silence
from records.errors import Unavailable


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def silent(silence: Silence) -> None:
    with pytest.raises(ConnectionTimeout), silence.broken():
        raise ConnectionTimeout("nothing came")


def test_after_a_time_out_nobody_asks_for_a_while_and_then_one_does() -> None:
    clock = Hands()
    silence = Silence(now_s=clock)
    silent(silence)
    with pytest.raises(Unavailable, match="index_unreachable"), silence.broken():
        pytest.fail("it was asked")
    clock.at = REST_S
    told = pytest.raises(Unavailable, match="index_unreachable")
    with silence.broken(), told, silence.broken():
        pytest.fail("a second one asked")


def test_an_answer_ends_the_silence_for_all() -> None:
    clock = Hands()
    silence = Silence(now_s=clock)
    silent(silence)
    clock.at = REST_S
    with silence.broken():
        pass
    with silence.broken(), silence.broken():
        pass


def test_another_time_out_prolongs_it() -> None:
    clock = Hands()
    silence = Silence(now_s=clock)
    silent(silence)
    clock.at = REST_S
    silent(silence)
    with pytest.raises(Unavailable), silence.broken():
        pytest.fail("it was asked")
