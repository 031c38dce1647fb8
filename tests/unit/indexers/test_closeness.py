"""How near the words of a query stand: weights, windows, likeness of titles."""

import pytest

from indexers.analysis import Analyser, Fold
from indexers.analysis.character_weights import RAREST, CharacterWeights
from indexers.analysis.outline import Outlines
from indexers.closeness import WIDTH, WindowCloseness
from records.ports.closeness import Likeness
from records.queries.language import read_query

FOLD = Fold.load()
CLOSENESS = WindowCloseness(Analyser(FOLD), Outlines(FOLD))


def of(typed: str) -> Likeness:
    """The likeness to what is typed."""
    return CLOSENESS.of(read_query(typed).tree)


def test_the_table_knows_common_characters_and_takes_others_for_rare() -> None:
    weights = CharacterWeights.load()
    assert weights.of("的") < weights.of("汛") < RAREST
    assert weights.of("\ue000") == RAREST
    assert weights.of("的") < weights.pair("防汛") <= RAREST


def test_all_that_is_asked_in_one_place_is_the_whole_share() -> None:
    assert of("防汛 应急").share("关于防汛应急的通知") == pytest.approx(1.0)
    assert of("防汛 应急").share("别的事") == 0.0


def test_what_stands_together_is_more_than_what_is_scattered() -> None:
    together, scattered = "防汛应急" + "甲" * 200, "防汛" + "甲" * 200 + "应急"
    assert of("防汛应急").share(together) > of("防汛应急").share(scattered) > 0


def test_a_place_ends_after_its_width() -> None:
    edge = "防" + "甲" * (WIDTH - 2) + "汛"
    assert of("防 汛").share(edge) == pytest.approx(1.0)
    assert of("防 汛").share(edge.replace("甲汛", "甲甲汛")) < 1.0


def test_what_stands_twice_counts_once() -> None:
    assert of("防汛 应急").share("防汛防汛防汛") == of("防汛 应急").share("防汛")


def test_runs_count_as_a_whole() -> None:
    assert of("gd2017").share("编号 GD2017") == pytest.approx(1.0)
    assert of("gd2017").share("编号 GD20171") == 0.0


def test_texts_are_folded() -> None:
    assert of("防汛應急").share("防汛应急") == pytest.approx(1.0)


def test_question_words_are_not_asked_for() -> None:
    asked = of("防汛应急预案是什么时候印发的")
    assert asked.share("防汛应急预案是印发的") == pytest.approx(1.0)


@pytest.mark.parametrize("typed", ["", "日期:2017", "-防汛", "单位:办公室", "，。", "一"])
def test_a_query_without_words_of_the_record_has_no_share(typed: str) -> None:
    assert of(typed).share("防汛 办公室 2017 一") == 0.0
    assert of(typed).alike("防汛") == 0.0


def test_the_same_title_is_alike_and_a_longer_or_a_shorter_one_less() -> None:
    title = "关于加强防汛工作的通知"
    assert of(title).alike(title) == pytest.approx(1.0)
    longer, shorter = f"转发市政府办公厅{title}", "防汛"
    assert 0 < of(title).alike(shorter) < of(title).alike(longer) < 1
    assert of(title).alike("") == 0.0
