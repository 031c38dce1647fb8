"""Which name was meant: the likeliest mistake first, by how a guess stands in texts."""

import pytest

from indexers.analysis import Analyser, Fold
from indexers.guessing import OneMistakeGuesser

GUESSER = OneMistakeGuesser(Analyser(Fold.load()))


@pytest.mark.feature("SS-05")
@pytest.mark.parametrize(
    ("typed", "text", "meant"),
    [
        pytest.param("张昌", "会上，张世昌介绍了情况。", "张世昌", id="left out, beside 张世"),
        pytest.param(
            "嘉南站", "嘉兴站与嘉善站之间是嘉兴南站。", "嘉兴南站", id="left out, of three"
        ),
        pytest.param("表镜宇", "苏镜宇，原名镜宇，后改今名。", "苏镜宇", id="wrong at first"),
        pytest.param("山谷道栋", "在山谷道则停。前往山谷道邨。", "山谷道邨", id="wrong at last"),
        pytest.param(
            "长期护理保幼", "实行长期护理保险制度。", "长期护理保险", id="never at an edge"
        ),
        pytest.param("防讯应急", "防汛应急，防寒应急。", "防汛应急", id="of one sound"),
        pytest.param("急应防汛", "应急防汛。", "应急防汛", id="swapped"),
        pytest.param("会议室的修缮", "会议室修缮已毕。", "会议室修缮", id="one too many within"),
        pytest.param("信用修复书", "信用修复。", "信用修复", id="one too many at last"),
    ],
)
def test_the_first_guess_is_what_was_meant(typed: str, text: str, meant: str) -> None:
    assert GUESSER.guesses(typed, [text])[:1] == [meant]


@pytest.mark.feature("SS-05")
def test_what_stands_more_often_comes_before() -> None:
    texts = ["广茂铁路。三茂铁路", "三茂铁路"]
    assert list(GUESSER.guesses("戴茂铁路", texts)) == ["三茂铁路", "广茂铁路", "茂铁路"]


@pytest.mark.feature("SS-05")
def test_of_letters_and_of_what_is_too_long_nothing_is_guessed() -> None:
    assert GUESSER.guesses("防汛ab", ["防汛abc"]) == ()
    assert GUESSER.guesses("防" * 13, ["防" * 14]) == ()
