"""Reads what a person typed into the search box as a query tree (features.md SS-01, SS-02).

    防汛 通知             both words
    "防汛 通知" “…” 「…」   a phrase, read as one word
    防汛 OR 抗旱, 防汛 或 抗旱   one of them; AND, OR, NOT count in capitals only
    -演练, NOT 演练        without it
    标题:防汛 文号: 单位: 起草人: 日期:   in one field; also title number unit author date, and ：
    标题:(防汛 OR 抗旱)     brackets group, a field holds for the whole group; also （）
    gd2017*               a run of letters or digits that begins so
    日期:2017年3月 日期:去年 日期:2017-01..2017-06   days (records.queries.spoken_dates)
    2017-03-01 2017年3月 上月   as it is written, and as the days that records bear
    渝府发〔2017〕12号 渝府发 2017 12 渝府发12号 2017年12号   a number, whole or in part

Reading never fails: what is no query is read as plain words, and the notices say so.
"""

import unicodedata
from datetime import date

from records.queries.lexer import (
    CLOSING,
    OPENING,
    QUOTES,
    Lexeme,
    MalformedQueryError,
    Sign,
    is_other_condition,
    lexemes,
)
from records.queries.numbering import number_key, spaced_number_key
from records.queries.other_spellings import other_spellings
from records.queries.query import (
    And,
    DateRange,
    DocumentNumber,
    Everything,
    Not,
    Or,
    Prefix,
    Query,
    ReadQuery,
    TextField,
    Widened,
    Words,
)
from records.queries.spoken_dates import is_told_from_today, read_dates
from records.queries.synonyms import NO_SYNONYMS, Synonyms

MAX_CHARACTERS = 500
"""Longer text is cut: five hundred characters are more than any title or question."""

MAX_DEPTH = 10
MAX_NUMBER_CHARACTERS = 60
STARS = "*＊"
_PLAIN_SEPARATORS = str.maketrans(dict.fromkeys([*OPENING, *CLOSING, *QUOTES, "」", "』"], " "))


def read_query(
    text: str, synonyms: Synonyms = NO_SYNONYMS, *, today: date | None = None
) -> ReadQuery:
    """The query tree of `text`, with the notices of `records.queries.query.ReadQuery`.

    A word outside quotes, of the whole record or its title, is looked for by its `synonyms` too.
    What is told from `today` (去年, 日期:上月) is a date only where that day is given; without
    it, to mark words in a text, it is a word, and as a condition any date.
    """
    notices = []
    if len(text) > MAX_CHARACTERS:
        text = text[:MAX_CHARACTERS]
        notices.append("too_long")
    widened: tuple[Lexeme, ...] = ()
    try:
        tree = spaced_number(text)
        if tree is None:
            found = lexemes(text)
            reader = _Reader(found, synonyms, today)
            tree, widened = reader.read(), tuple(reader.widened)
            if any(map(is_other_condition, found)):
                notices.append("other_condition")
    except MalformedQueryError as error:
        notices.append(error.reason)
        tree = _plain(text)
    if tree is None and text.strip():
        notices.append("empty")
    told = tuple(_widened(text, lexeme, synonyms) for lexeme in widened)
    return ReadQuery(tree or Everything(), tuple(notices), told)


class _Reader:
    """Reads lexemes by the grammar: alternatives of sequences of perhaps negated operands."""

    def __init__(self, found: list[Lexeme], synonyms: Synonyms, today: date | None) -> None:
        self._found = found
        self._synonyms = synonyms
        self._today = today
        self.widened: list[Lexeme] = []
        """Words that were looked for by their synonyms too."""
        self._at = 0

    def read(self) -> Query | None:
        tree = self._alternatives(None, depth=0)
        if self._at < len(self._found):
            raise MalformedQueryError("unpaired")
        return tree

    def _peek(self) -> Sign | None:
        return self._found[self._at].sign if self._at < len(self._found) else None

    def _take(self, sign: Sign) -> bool:
        taken = self._peek() == sign
        self._at += taken
        return taken

    def _alternatives(self, field: str | None, *, depth: int) -> Query | None:
        found = [self._sequence(field, depth=depth)]
        while self._take(Sign.OR):
            found.append(self._sequence(field, depth=depth))
        return _joined(Or, found)

    def _sequence(self, field: str | None, *, depth: int) -> Query | None:
        if self._at == len(self._found) == 0 or (depth and self._peek() == Sign.CLOSE):
            return None
        found = [self._operand(field, depth=depth)]
        while self._peek() not in {None, Sign.OR, Sign.CLOSE}:
            self._take(Sign.AND)
            found.append(self._operand(field, depth=depth))
        return _joined(And, found)

    def _operand(self, field: str | None, *, depth: int) -> Query | None:
        if depth > MAX_DEPTH or self._peek() is None:
            raise MalformedQueryError("malformed" if self._peek() else "operator")
        lexeme = self._found[self._at]
        self._at += 1
        match lexeme.sign:
            case Sign.NOT:
                child = self._operand(field, depth=depth + 1)
                return Not(child) if child else None
            case Sign.OPEN:
                child = self._alternatives(lexeme.field or field, depth=depth + 1)
                if not self._take(Sign.CLOSE):
                    raise MalformedQueryError("unpaired")
                return child
            case Sign.WORD | Sign.PHRASE:
                return self._widened(lexeme, lexeme.field or field)
            case _:
                raise MalformedQueryError("operator")

    def _widened(self, lexeme: Lexeme, field: str | None) -> Query | None:
        """The condition of one word or phrase, or one of its other names."""
        tree = _operand_of(lexeme, field, self._today)
        if tree is None or lexeme.sign is not Sign.WORD or field not in (None, TextField.TITLE):
            return tree
        if isinstance(tree, Prefix):
            return tree
        others = self._synonyms.others(lexeme.text)
        if not others:
            return tree
        self.widened.append(lexeme)
        words = tuple(Words(other, TextField(field or TextField.ANY)) for other in others)
        return Or((*(tree.children if isinstance(tree, Or) else (tree,)), *words))


def _widened(text: str, lexeme: Lexeme, synonyms: Synonyms) -> Widened:
    word = lexeme.text
    quotes = next((pair for pair in ('""', "「」") if not set(pair) & set(word)), "")
    begins = lexeme.ends - len(word)
    exact = f"{text[:begins]}{quotes[:1]}{word}{quotes[1:]}{text[lexeme.ends :]}" if quotes else ""
    return Widened(word, synonyms.others(word), exact)


def _operand_of(lexeme: Lexeme, field: str | None, today: date | None) -> Query | None:
    """The condition of one word or phrase; None when nothing is left of it."""
    if field == "date":
        if today is None and is_told_from_today(lexeme.text):
            return DateRange(None, None)
        dates = read_dates(lexeme.text, today)
        if dates is None:
            raise MalformedQueryError("bad_date")
        return dates
    if not _has_letters(lexeme.text):
        return None
    name = TextField(field) if field else TextField.ANY
    if lexeme.sign == Sign.WORD and lexeme.text[-1] in STARS:
        return Prefix(lexeme.text.rstrip(STARS), name)
    words = Words(lexeme.text, name)
    if lexeme.sign == Sign.PHRASE and field != "number":
        return words
    others = other_spellings(lexeme.text, name, today)
    return Or((words, *others)) if others else words


def _joined(kind: type[And | Or], children: list[Query | None]) -> Query | None:
    present = tuple(child for child in children if child)
    return kind(present) if len(present) > 1 else (present[0] if present else None)


def _has_letters(text: str) -> bool:
    return any(
        unicodedata.category(char)[0] in "LN" or unicodedata.category(char) == "Co"
        for char in unicodedata.normalize("NFKC", text)
    )


def spaced_number(text: str) -> Query | None:
    """A document number written with blanks: the whole query is one."""
    plain = text.strip()
    if len(plain) > MAX_NUMBER_CHARACTERS:
        return None
    if key := spaced_number_key(plain):
        return Or((And(tuple(map(Words, plain.split()))), DocumentNumber(key)))
    if not plain.endswith(("号", "號")):
        return None
    if not any(char in "〔[(（［【" for char in plain):
        return None
    key = number_key(plain)
    return Or((Words(plain), DocumentNumber(key))) if key else None


def _plain(text: str) -> Query | None:
    """All words of a malformed query; operators count as words only when nothing else is there."""
    words = [word for word in text.translate(_PLAIN_SEPARATORS).split() if _has_letters(word)]
    plain = [word for word in words if word not in {"AND", "OR", "NOT"}] or words
    return _joined(And, [Words(word) for word in plain])
