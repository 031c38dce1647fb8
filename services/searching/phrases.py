"""Phrases in which titles go on from what is typed: offered before the titles themselves.

They are told from titles that their reader is offered at that moment and from nothing else, so a
record that is closed to him gives none and moves none.
"""

import re
from collections.abc import Iterable

LEAST = 2
"""Titles that must share a phrase."""

LONGEST = 16
"""Characters by which a phrase goes on."""

_RUN = re.compile(r"[A-Za-z0-9]")
_ENDS = re.compile(
    r"$|[\s，。、；：！？（）()《》〈〉“”〔〕\[\]—-]|的|等|和|与|及|有关|工作|通知|意见|报告|办法|方案|规定|"
    r"制度|指南|情况|管理|实施|专项|培训|会议|活动|行动|要求|问题|事项|暂行|试行|清单|标准"
)
"""What a phrase of a title may end before: without a dictionary, so that none is cut in a word."""

_OPEN = "的等和与及"
"""With what no phrase ends."""


def common_phrases(typed: str, titles: Iterable[str], *, most: int) -> tuple[str, ...]:
    """Beginning with what was typed, those that most titles share first, of these the longer ones.

    Of phrases that the same titles share only the longest is given. None of letters, which spell.
    """
    begun = typed.strip()
    if not begun or begun.isascii():
        return ()
    distinct = set(titles)
    told = {phrase for title in distinct for phrase in _goings_on(begun, title)}
    shared = {phrase: sum(phrase in title for title in distinct) for phrase in told}
    common = {phrase: count for phrase, count in shared.items() if count >= LEAST}
    longest = [
        phrase
        for phrase, count in common.items()
        if not any(
            other != phrase and other.startswith(phrase) and common[other] == count
            for other in common
        )
    ]
    longest.sort(key=lambda phrase: (-common[phrase], -len(phrase), phrase))
    return tuple(longest[:most])


def _goings_on(begun: str, title: str) -> Iterable[str]:
    """Every phrase of one title that goes on from what was typed and ends where a word does."""
    at = title.find(begun)
    while at >= 0:
        starts = at + len(begun)
        for end in range(starts + 1, min(len(title), starts + LONGEST) + 1):
            if _is_closed(title[end - 1]):
                break
            if _ends_well(title, end):
                yield title[at:end]
        at = title.find(begun, at + 1)


def _is_closed(char: str) -> bool:
    """Whether no phrase goes over this character."""
    return not (char.isalnum() or char in "·")


def _ends_well(title: str, end: int) -> bool:
    splits_a_run = end < len(title) and all(map(_RUN.match, title[end - 1 : end + 1]))
    return not splits_a_run and title[end - 1] not in _OPEN and bool(_ENDS.match(title, end))
