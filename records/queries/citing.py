"""What a text cites: document numbers and titles in 《》, and in which way.

Before a number in running text stands no blank that tells where the organ begins
(``根据渝府发〔2017〕12号``): a citation holds all keys that it may mean, the longest first. The
way is read from the usual phrases around it, in the same sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from records.queries.numbering import number_key

MOST = 200
"""Citations of one text; more are left out."""

_AROUND = 40
"""Characters before and after a citation that are looked at."""

_ORGAN = 12
"""Characters of an organ's signs; the longest in use have nine."""

_NUMBER = (
    r"[^\W\d_]{1,20}[〔\[(（【［](?:(?:19|20)[0-9]{2}|[〇零○一二三四五六七八九]{4})年?[〕\])）】］]"
    r"第?(?:[0-9]{1,6}|[一二三四五六七八九十百〇零]{1,7})号"
)
_CITED = re.compile(
    rf"《(?P<title>[^《》\n]{{4,150}})》(?:\s*[（(]\s*(?P<of_title>{_NUMBER})\s*[）)])?"
    rf"|(?P<number>{_NUMBER})"
)
_ORGANS = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile("[。；;！？\n]")


class Relation(StrEnum):
    """In which way a text cites another one."""

    ANSWERS = "answers"
    REPEALS = "repeals"
    AMENDS = "amends"
    FORWARDS = "forwards"
    BASED_ON = "based_on"
    MENTIONS = "mentions"


_BEFORE = {
    Relation.REPEALS: re.compile(r"废止\w{0,12}$"),
    Relation.AMENDS: re.compile(r"(?:修订|修改)\w{0,12}$"),
    Relation.FORWARDS: re.compile("(?:转发|批转|印转)[^，,]{0,20}$"),
    Relation.BASED_ON: re.compile("(?:根据|依据|按照|依照|遵照|参照|落实|贯彻|执行)[^，,]{0,25}$"),
}
_AFTER = {
    Relation.REPEALS: re.compile("^[^，,]{0,10}(?:同时|即行|予以)?(?:废止|停止执行|失效)"),
    Relation.AMENDS: re.compile("^(?:作出?|进行)[^，,]{0,6}(?:修改|修订)"),
    Relation.FORWARDS: re.compile("^[^，,]{0,6}转发给"),
    Relation.ANSWERS: re.compile("^[^，,]{0,6}(?:收悉|悉)"),
    Relation.BASED_ON: re.compile("^[^，,]{0,15}(?:要求|规定|精神)"),
}


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation: a title, or the keys of a number, or both; `text` is as it is written."""

    text: str
    title: str
    keys: tuple[str, ...]
    relation: Relation


def citations_in(text: str) -> Iterator[Citation]:
    """The citations of a text in order, at most `MOST`."""
    for count, found in enumerate(_CITED.finditer(text)):
        if count == MOST:
            return
        number = found["number"] or found["of_title"] or ""
        yield Citation(
            text=_organ_cut(found[0]) if found["number"] else found[0],
            title=found["title"] or "",
            keys=tuple(_keys(number, whole=found["number"] is None)),
            relation=_relation(text, _begin(found), found.end()),
        )


def _begin(found: re.Match[str]) -> int:
    """Where a citation begins for sure: the organ of a number may be some words before it."""
    organ = _ORGANS.match(found["number"]) if found["number"] else None
    return found.start() + (organ.end() if organ else 0)


def _keys(number: str, *, whole: bool) -> Iterator[str]:
    """Keys of a number and, in running text, of what may be the number at its end."""
    if not number:
        return
    organ = _ORGANS.match(number)
    length = organ.end() if organ else 0
    starts = [0] if whole else range(max(0, length - _ORGAN), length)
    for start in starts:
        key = number_key(number[start:])
        if key is not None:
            yield key


def _organ_cut(number: str) -> str:
    """A number of running text as it is shown while nobody knows where it begins."""
    organ = _ORGANS.match(number)
    return number[max(0, (organ.end() if organ else 0) - _ORGAN) :]


def _relation(text: str, start: int, end: int) -> Relation:
    before = _SENTENCE.split(text[max(0, start - _AROUND) : start])[-1]
    after = _SENTENCE.split(text[end : end + _AROUND], maxsplit=1)[0]
    for relation in Relation:
        if relation in _AFTER and _AFTER[relation].search(after):
            return relation
    for relation in Relation:
        if relation in _BEFORE and _BEFORE[relation].search(before):
            return relation
    return Relation.MENTIONS
