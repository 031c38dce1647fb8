"""The words of the pages, one catalogue per language (languages/*.yaml).

A word is found by its key, ``search.total``; facts stand in braces. An unknown key and a missing
fact are errors, so a page never shows a hole. Reasons of records.errors have their sentences
under ``reason.`` and fall back to the sentence of their class (``reason.conflict``).
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from records.errors import (
    Conflict,
    Corrupt,
    Invalid,
    NotFound,
    Refused,
    Unavailable,
    Unknown,
    WenshuError,
)

LANGUAGES = Path(__file__).with_name("languages")

CLASS_WORDS: tuple[tuple[type[WenshuError], str], ...] = (
    (NotFound, "not_found"),
    (Refused, "refused"),
    (Conflict, "conflict"),
    (Invalid, "invalid"),
    (Unavailable, "unavailable"),
    (Unknown, "unknown"),
    (Corrupt, "corrupt"),
)


class Texts:
    """One catalogue."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def __call__(self, key: str, /, **facts: object) -> str:
        """The text of a key with its facts filled in. Raises KeyError for either missing."""
        return self._words[key].format_map(facts)

    def __contains__(self, key: str) -> bool:
        """Whether the catalogue has this key."""
        return key in self._words

    def __iter__(self) -> Iterator[str]:
        """All keys."""
        return iter(self._words)

    def sentence(self, error: WenshuError) -> str:
        """What a person is told of an error: what happened and what to do next.

        A fact that the sentence names and the error lacks is shown as an ellipsis: an error page
        must not fail because of its own words.
        """
        key = f"reason.{error.reason}"
        if key not in self._words:
            key = "reason." + next(word for kind, word in CLASS_WORDS if isinstance(error, kind))
        return self._words[key].format_map(_Facts(error))


class _Facts(dict[str, str]):
    def __init__(self, error: WenshuError) -> None:
        super().__init__({name: _spoken(value) for name, value in error.facts.items()})

    def __missing__(self, key: str) -> str:
        return "…"


def _spoken(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


def read_texts(language: str = "zh_cn") -> Texts:
    """The catalogue of a language. Raises FileNotFoundError when there is none."""
    tree = yaml.safe_load((LANGUAGES / f"{language}.yaml").read_text("utf-8"))
    return Texts(dict(_flat(tree, "")))


def _flat(tree: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)
