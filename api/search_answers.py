"""Models of what a search answers."""

from datetime import datetime

from api.requests import Wire


class MatchShape(Wire):
    """A place of the query. `html` is escaped text with ``<mark>``."""

    part: str
    page: int | None
    html: str


class PlaceShape(Wire):
    """The hit of the page below which one stands, and why: same, forwards, answers, asked."""

    head: str
    tie: str


class StayShape(Wire):
    """A sentence with the words: the revision that brought it, and the one that took it away.

    `since` is null where it stood from the first one on, `until` where it still stands.
    """

    html: str
    since: int | None
    since_at: datetime | None
    until: int | None
    until_at: datetime | None


class RepealShape(Wire):
    """The record that says that a hit is repealed."""

    id: str
    title: str
    number: str


class HitShape(Wire):
    """A record that matched; `below` where hits of one matter were to be folded.

    `history` of `versions=all`: sentences with the words that came in later, or are gone.
    """

    id: str
    kind: str
    title: str
    title_html: str
    number: str
    revision: int
    unit: str
    dated_on: str
    matches: list[MatchShape]
    history: list[StayShape]
    repealed_by: RepealShape | None = None
    below: PlaceShape | None = None


class FacetShape(Wire):
    """A value to narrow by; a unit counts with all below it, `above` is the unit above it."""

    value: str
    label: str
    count: int
    above: str


class NearShape(Wire):
    """Records that hold words in part, below one or two that hold them all."""

    total: int
    hits: list[HitShape]


class AlsoShape(Wire):
    """A typed word, what was looked for in its place as well, and the query without that."""

    word: str
    others: list[str]
    exact: str


class SearchAnswer(Wire):
    """One page of hits.

    Where hits of one matter are folded, `further` more than are told stand below a record of this
    identifier, which `family` asks for all of; and `pages` may turn out fewer.
    """

    total: int
    pages: int
    further: dict[str, int]
    relaxed: bool
    notices: list[str]
    hits: list[HitShape]
    facets: dict[str, list[FacetShape]]
    near: NearShape
    missing: list[str]
    guesses: list[str]
    also: list[AlsoShape]


class SuggestionShape(Wire):
    """A title or number that completes what was typed."""

    text: str
    id: str
