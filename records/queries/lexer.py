"""Typed query text cut into lexemes: words, phrases, brackets, operators."""

import re
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from enum import Enum, auto

OPENING, CLOSING = "(（", ")）"
QUOTES = {'"': '"“”＂', "“": '"“”＂', "”": '"“”＂', "＂": '"“”＂', "「": "」", "『": "』"}
MINUS = "-－"
FIELDS = {
    "标题": "title",
    "文号": "number",
    "单位": "unit",
    "起草人": "author",
    "日期": "date",
}
OTHER_CONDITIONS = (
    "密级|状态|类型|类别|文种|文件类型|年份|年度|发文机关|紧急程度|缓急|成文日期|印发日期"
)
"""What people narrow by beside the box, and write into it as if it were a field."""

_OTHER = re.compile(rf"({OTHER_CONDITIONS})[:：]\S")
_FIELD = re.compile(rf"({'|'.join([*FIELDS, *FIELDS.values()])})[:：]\s*(?=\S)", re.IGNORECASE)


class MalformedQueryError(Exception):
    """The text is no query; it is then read as plain words.

    `reason` is one of the notices of `records.queries.query.ReadQuery`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Sign(Enum):
    """What a lexeme is."""

    WORD = auto()
    PHRASE = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query; `field` is the English name before its colon, or None.

    It stands from character `begins` up to, not including, `ends` of what was typed.
    """

    sign: Sign
    text: str = ""
    field: str | None = None
    begins: int = dataclass_field(default=0, compare=False)
    ends: int = dataclass_field(default=0, compare=False)


def is_other_condition(lexeme: Lexeme) -> bool:
    """Whether a word looks like a field that the box does not know: it is looked for as text."""
    plain = lexeme.sign is Sign.WORD and lexeme.field is None
    return plain and _OTHER.match(lexeme.text) is not None


_OPERATORS = {"AND": Sign.AND, "OR": Sign.OR, "NOT": Sign.NOT, "或": Sign.OR}
_OPERANDS = {Sign.WORD, Sign.PHRASE}


def lexemes(text: str) -> list[Lexeme]:
    """The lexemes of a query. Raises MalformedQueryError where a quote is not closed.

    Brackets and quotes inside a word belong to it (``渝工商发(2017)12号``,
    ``关于“放管服”改革``); they are operators at the beginning of a word only. ``或`` is an
    operator only between two operands.
    """
    found: list[Lexeme] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        lexeme, end = _next(text, at)
        found.append(replace(lexeme, begins=at, ends=end))
        at = end
    return _with_words_for_idle_or(found)


def _next(text: str, at: int) -> tuple[Lexeme, int]:
    if text[at] in CLOSING:
        return Lexeme(Sign.CLOSE), at + 1
    if text[at] in MINUS and _begins_operand(text, at + 1):
        return Lexeme(Sign.NOT), at + 1
    field = None
    if match := _FIELD.match(text, at):
        name = match[1].lower()
        field, at = FIELDS.get(name, name), match.end()
    if text[at] in OPENING:
        return Lexeme(Sign.OPEN, field=field), at + 1
    if text[at] in QUOTES:
        end = _end_of_quote(text, at)
        return Lexeme(Sign.PHRASE, text[at + 1 : end], field), end + 1
    end = _end_of_word(text, at)
    word = text[at:end]
    if field is None and word in _OPERATORS:
        return Lexeme(_OPERATORS[word], word), end
    return Lexeme(Sign.WORD, word, field), end


def _begins_operand(text: str, at: int) -> bool:
    return at < len(text) and (text[at].isalnum() or text[at] in OPENING or text[at] in QUOTES)


def _end_of_quote(text: str, at: int) -> int:
    closing = QUOTES[text[at]]
    for end in range(at + 1, len(text)):
        if text[end] in closing:
            return end
    raise MalformedQueryError("unpaired")


def _end_of_word(text: str, at: int) -> int:
    inside = 0
    for end in range(at, len(text)):
        char = text[end]
        if char.isspace():
            return end
        if char in OPENING:
            if not _closes_without_blank(text, end):
                return end
            inside += 1
        elif char in CLOSING:
            if not inside:
                return end
            inside -= 1
    return len(text)


def _closes_without_blank(text: str, at: int) -> bool:
    depth = 0
    for char in text[at:]:
        depth += (char in OPENING) - (char in CLOSING)
        if depth == 0:
            return True
        if char.isspace():
            return False
    return False


def _with_words_for_idle_or(found: list[Lexeme]) -> list[Lexeme]:
    def idle(index: int) -> bool:
        before = found[index - 1].sign if index else Sign.OPEN
        after = found[index + 1].sign if index + 1 < len(found) else Sign.CLOSE
        return before not in _OPERANDS | {Sign.CLOSE} or after not in _OPERANDS | {
            Sign.OPEN,
            Sign.NOT,
        }

    return [
        replace(lexeme, sign=Sign.WORD)
        if lexeme == Lexeme(Sign.OR, "或") and idle(index)
        else lexeme
        for index, lexeme in enumerate(found)
    ]
