"""Who may see and change what: one rule, as a decision and as a filter.

A record carries grants. A grant opens it to a token (everyone, a unit with all below, a role, a
person, a post), for reading or editing, for ever or to the end of a day. A person carries the
tokens that are true of him. He may read a record when one of its open grants names one of his
tokens and its level is not above his clearance. There is no other way: no office sees all.

The index holds `ReadRule` of each record; `AccessFilter` is the same rule asked of the index.
A property test proves both equal (features.md C3.2).
"""

from datetime import date
from enum import IntEnum

from pydantic import BaseModel, ConfigDict

from records.errors import Invalid
from records.identity import FolderCode, KindName, Login, Token, UnitCode

EVERYONE = Token("everyone")


class Level(IntEnum):
    """Level of secrecy of a record and clearance of a person, in rising order.

    公开 (PUBLIC) and 内部 (INTERNAL) are office usage; 秘密, 机密, 绝密 come from the law on
    guarding state secrets (保守国家秘密法, article 14).
    """

    PUBLIC = 0
    INTERNAL = 1
    SECRET = 2
    CONFIDENTIAL = 3
    TOP_SECRET = 4

    @property
    def label(self) -> str:
        """The Chinese name, as files and people files write it."""
        return LEVEL_LABELS[self]

    @classmethod
    def of(cls, label: str) -> "Level":
        """The level of a Chinese name. Raises Invalid (``unknown_level``)."""
        for level, name in LEVEL_LABELS.items():
            if name == label:
                return level
        raise Invalid("unknown_level", given=label, allowed=tuple(LEVEL_LABELS.values()))


LEVEL_LABELS = {
    Level.PUBLIC: "公开",
    Level.INTERNAL: "内部",
    Level.SECRET: "秘密",
    Level.CONFIDENTIAL: "机密",
    Level.TOP_SECRET: "绝密",
}


class Reader(BaseModel):
    """A signed-in person as access sees him."""

    model_config = ConfigDict(frozen=True)

    login: Login
    tokens: frozenset[Token]
    clearance: Level
    folders: frozenset[Token] = frozenset()
    """Tokens of the folders of libraries that he reads and keeps; no task is held by one."""


class ReadRule(BaseModel):
    """Who may read one record: open-ended tokens, tokens with a last day, and the level."""

    model_config = ConfigDict(frozen=True)

    tokens: frozenset[Token]
    dated_tokens: frozenset[tuple[Token, date]]
    """A token and the last calendar day (Asia/Shanghai) on which it opens the record."""
    level: Level


class AccessFilter(BaseModel):
    """What a search may return: records that one of `tokens` opens `today`, up to `clearance`.

    No tokens, no records. There is no value that lets everything through.
    """

    model_config = ConfigDict(frozen=True)

    tokens: frozenset[Token]
    clearance: Level
    today: date

    def admits(self, rule: ReadRule) -> bool:
        """The decision: whether a record with this rule may be read."""
        if rule.level > self.clearance:
            return False
        if self.tokens & rule.tokens:
            return True
        return any(token in self.tokens and self.today <= last for token, last in rule.dated_tokens)


def person_token(login: Login) -> Token:
    """The token of one person."""
    return Token(f"person:{login}")


def unit_token(code: UnitCode) -> Token:
    """The token of a unit with all units below it."""
    return Token(f"unit:{code}")


def role_token(name: str) -> Token:
    """The token of all holders of a role."""
    return Token(f"role:{name}")


def post_token(unit: UnitCode, name: str) -> Token:
    """The token of the holders of a post in one unit."""
    return Token(f"post:{unit}/{name}")


def folder_token(code: FolderCode) -> Token:
    """The token of whoever may read a folder of a library now."""
    return Token(f"folder:{code}")


def keeper_token(code: FolderCode) -> Token:
    """The token of whoever keeps a folder of a library now (库管理员)."""
    return Token(f"keeper:{code}")


def deputy_token(holder: Token, kind: KindName | None = None) -> Token:
    """The token of who acts for a holder now (SY-10); of one kind of record, or of all."""
    scope = "deputy" if kind is None else f"deputy/{kind}"
    return Token(f"{scope}:{holder}")
