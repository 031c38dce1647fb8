"""Browsers by what they say of themselves, and whether the pages are made for them (BZ-05)."""

import re

OLDEST = {"Chrome": 86, "Edge": 86, "Firefox": 91, "Safari": 15}
"""The pages are made for Chromium 86, which domestic browsers of 2021 still carry; of the others
these are the first with all that the pages use."""

_BROWSERS = (
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
)
_SYSTEMS = ("Windows", "Android", "iPhone", "Mac OS X", "Linux")
_OLD = ("Trident/", "MSIE ")


def device(agent: str) -> str:
    """A browser and its system in two words, from what it says of itself."""
    system = next((name for name in _SYSTEMS if name in agent), "")
    return " · ".join(filter(None, (_name(agent), system))) or agent[:60] or "—"


def version(agent: str) -> tuple[str, int] | None:
    """Name and version of a browser that is known; Internet Explorer is version 0."""
    if any(mark in agent for mark in _OLD):
        return "Internet Explorer", 0
    name = _name(agent)
    mark = next((mark for mark, known in _BROWSERS if known == name), None)
    found = re.search(rf"{re.escape(mark)}(\d{{1,4}})", agent) if mark else None
    return (name, int(found.group(1))) if found else None


def is_served(agent: str) -> bool | None:
    """Whether the pages are made for it; None for one that is not known."""
    known = version(agent)
    return None if known is None else known[1] >= OLDEST.get(known[0], 1)


def _name(agent: str) -> str:
    return next((name for mark, name in _BROWSERS if mark in agent), "")
