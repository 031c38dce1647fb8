"""What is said of a citation by hand, and by what a citation is known again."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from records.identity import Login, RecordId
from records.queries.citation_corrections import (
    CitationCorrection,
    added_anchor,
    as_corrected,
    corrected_facts,
    meant_fact,
)
from records.queries.citing import citations_in
from records.queries.relations import Relation
from records.queries.repealing import repealed_as, repeals_told

pytestmark = pytest.mark.feature("SS-08")

NUMBER = "渝府发〔2012〕3号"
OTHER = RecordId("01ARZ3NDEKTSV4RRFFQ69G5FAV")


def said(anchor: str = NUMBER, **what: Any) -> CitationCorrection:
    at = datetime(2026, 12, 1, tzinfo=UTC)
    given = {"anchor": anchor, "text": "", "by": Login("keeper"), "at": at, **what}
    return CitationCorrection.model_validate(given)


@pytest.mark.parametrize(
    "text",
    [
        f"根据{NUMBER}文件",
        "按照 渝府发〔2012〕 3号要求",
        "同时转发渝府发[2012]第3号",
        "以及渝府发（2012）3号",
        f"《会议管理办法》（{NUMBER}）",
    ],
)
def test_a_number_is_known_again_whatever_stands_before_it(text: str) -> None:
    assert [each.anchor for each in citations_in(text)] == [NUMBER]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("依据即政发〔2019〕15号", ["即政发〔2019〕15号"]),
        ("关于管理的通知（即政发〔2019〕15号）", ["即政发〔2019〕15号"]),
        ("《管理办法》（即财发〔2019〕15号）", ["即财发〔2019〕15号"]),
        ("按照和政〔2020〕3号", ["和政〔2020〕3号"]),
        (
            "根据南和政发〔2020〕3号、即政发〔2020〕3号",
            ["南和政发〔2020〕3号", "即政发〔2020〕3号"],
        ),
        ("原国办发〔2020〕3号和渝府发〔2020〕3号", ["国办发〔2020〕3号", "渝府发〔2020〕3号"]),
    ],
)
def test_the_place_of_an_issuer_is_no_word_before_its_number(text: str, numbers: list[str]) -> None:
    assert [each.anchor for each in citations_in(text)] == numbers


def test_a_title_is_known_again_whatever_blanks_stand_in_it() -> None:
    texts = "根据《会议管理办法》", "根据《会议\n管理 办法》"
    assert [each.anchor for text in texts for each in citations_in(text)] == [
        "《会议管理办法》"
    ] * 2


def test_a_longer_number_has_another_anchor() -> None:
    (one,) = citations_in(f"根据{NUMBER}文件")
    (other,) = citations_in("根据府发〔2012〕3号文件")
    assert one.anchor != other.anchor
    assert list(as_corrected([other], [said(is_none=True)])) == [other]


def test_one_that_was_added_is_named_as_its_correction_is() -> None:
    added = [said(added_anchor(OTHER), means=OTHER)]
    assert [each.anchor for each in as_corrected([], added)] == [added_anchor(OTHER)]


def test_what_is_said_wins_and_what_is_not_said_stays() -> None:
    read = list(citations_in(f"根据{NUMBER}文件。《别的办法规定》同时废止。"))
    (first, second) = as_corrected(read, [said(relation="amends")])
    assert (first.relation, first.means) == (Relation.AMENDS, None)
    assert second == read[1]
    (first, _) = as_corrected(read, [said(means=OTHER)])
    assert (first.relation, first.means) == (Relation.BASED_ON, OTHER)
    assert list(as_corrected(read, [said(is_none=True)])) == read[1:]


def test_one_that_was_added_comes_last_and_one_whose_place_is_gone_rests() -> None:
    read = list(citations_in("《别的办法规定》同时废止。"))
    more = [said(relation="amends"), said(added_anchor(OTHER), means=OTHER, relation="repeals")]
    (first, second) = as_corrected(read, more)
    assert first == read[0]
    assert (second.relation, second.means, second.keys) == (Relation.REPEALS, OTHER, ())


@pytest.mark.parametrize(
    "what", [{}, {"is_none": True, "relation": "repeals"}, {"is_none": True, "means": OTHER}]
)
def test_a_correction_says_either_that_it_is_none_or_what_it_is(what: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        said(**what)


def test_facts_lead_back_from_what_is_meant_and_repealed_by_hand() -> None:
    text = f"{NUMBER}不再适用。"
    repealing = frozenset(repealed_as(OTHER, NUMBER, "会议管理办法"))
    assert not repeals_told([text]) & repealing
    assert repeals_told([text], [said(relation="repeals")]) & repealing
    assert repeals_told([""], [said(added_anchor(OTHER), means=OTHER, relation="repeals")]) & (
        frozenset(repealed_as(OTHER, "", ""))
    )
    assert corrected_facts([said(means=OTHER), said(is_none=True)]) == {meant_fact(OTHER)}
