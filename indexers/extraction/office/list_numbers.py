"""Automatic numbers of paragraphs, counted as Word counts them (ECMA-376 part 1, 17.9)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from indexers.extraction.office.list_definitions import LEVELS, Level, ListDefinitions
from notation.number_formats import number_text

_PLACE = re.compile("%([1-9])")
_SUFFIXES = {"tab": "\t", "space": " ", "nothing": ""}


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    levels: Mapping[int, Level]
    by_style: Mapping[str, int]


class ListNumbers:
    """Gives paragraph after paragraph its number, in the order of the document."""

    def __init__(self, definitions: ListDefinitions) -> None:
        self._definitions = definitions
        self._counters: dict[str, dict[int, int]] = {}
        """By abstract list, how far each level has come; one that has not begun is absent."""
        self._lists: dict[str, _List] = {}
        self._started: set[tuple[str, int]] = set()
        self._styles: dict[str, tuple[str, int | None]] = {}

    def label(self, style: str, number: str | None, level: int | None) -> str:
        """What stands before a paragraph, with the tab or space behind it; it is counted.

        `style` is the paragraph's (empty for the default one), `number` and `level` are what
        the paragraph says itself. Empty where there is no list or its level shows no number.
        """
        style = style or self._definitions.default_style
        if number is None:
            if style not in self._styles:
                self._styles[style] = self._definitions.of_style(style)
            number, styled = self._styles[style]
        else:
            styled = None
        if number in ("", "0"):
            return ""
        found = self._list(number)
        if level is None:
            level = found.by_style.get(style, styled or 0)
        if level not in found.levels:
            return ""
        return self._written(found, level, self._count(number, found, level))

    def _list(self, number: str) -> _List:
        found = self._lists.get(number)
        if found is None:
            abstract, levels = self._definitions.levels_of(number)
            by_style = {each.style: at for at, each in levels.items() if each.style}
            found = self._lists[number] = _List(abstract, levels, by_style)
        return found

    def _count(self, number: str, found: _List, level: int) -> dict[int, int]:
        """The values after one more paragraph of this level."""
        values = self._counters.setdefault(found.abstract, {})
        for above in range(level):  # 2.a.I begins 2.a as well, though nothing stands there
            if above not in values and above in found.levels:
                values[above] = found.levels[above].start
        begin = self._restart(number, level)
        if begin is not None:
            values[level] = begin
        elif level in values:
            values[level] += 1
        else:
            values[level] = found.levels[level].start
        for deeper in range(level + 1, LEVELS):
            restart = found.levels.get(deeper, Level()).restart
            if restart is None or level < restart:
                values.pop(deeper, None)
        return values

    def _restart(self, number: str, level: int) -> int | None:
        """Where this list begins anew at its first paragraph of the level; else None."""
        instance = self._definitions.instances[number]
        if level not in instance.starts or (number, level) in self._started:
            return None
        self._started.add((number, level))
        return instance.starts[level]

    @staticmethod
    def _written(found: _List, level: int, values: Mapping[int, int]) -> str:
        shown = found.levels[level]
        if shown.form == "bullet":
            return ""

        def place(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            told = found.levels.get(at, Level())
            form = "decimal" if shown.legal and told.form != "none" else told.form
            return number_text(values.get(at, told.start), form)

        text = _PLACE.sub(place, shown.text)
        return text + _SUFFIXES.get(shown.suffix, "\t") if text else ""
