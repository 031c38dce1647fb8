"""The words of the pages, one catalogue per language (languages/*.yaml).

A word is found by its key, ``search.total``; facts stand in braces. An unknown key and a missing
fact are errors, so a page never shows a hole. What errors say stands in the package `languages`.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from records.yaml_text import read_yaml

CATALOGUES = Path(__file__).with_name("languages")


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


@cache
def read_texts(language: str = "zh_cn") -> Texts:
    """The catalogue of a language, read once a process. Raises FileNotFoundError."""
    _, tree = read_yaml((CATALOGUES / f"{language}.yaml").read_text("utf-8"))
    return Texts(dict(_flat(tree, "")))


def _flat(tree: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)
