"""检索用词: words that mean the same, and those that units are offered (SS-05)."""

from datetime import datetime

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from records.identity import Login
from records.queries.synonyms import MOST_GROUPS
from services.searching.word_book import WordVersion
from services.vocabulary.word_desk import Given

router = APIRouter(prefix="/api/v1/words", tags=["operations"], route_class=BoundedRoute)


class WordsTrial(Wire):
    """What they are to be: all groups, and by unit the words that its people are offered."""

    groups: list[list[str]] = Field(max_length=MOST_GROUPS + 1, examples=[[["督查", "督察"]]])
    hot: dict[str, list[str]] = Field(default_factory=dict, max_length=5_000)


class WordsRequest(WordsTrial):
    """What to save in the place of version `seen`; 0 where there was none."""

    seen: int = Field(ge=0)


class VersionAnswer(BaseModel):
    """A version, by whom and when."""

    version: int
    by: Login | None
    at: datetime | None
    groups: int


class WordsAnswer(BaseModel):
    """One version whole, and the last ones, the newest first."""

    version: int
    groups: list[list[str]]
    hot: dict[str, list[str]]
    versions: list[VersionAnswer]


class TriedAnswer(BaseModel):
    """A query of one's own or of several people, or a word of a changed group: what it finds."""

    query: str
    before: int
    after: int


@router.get("")
def show(
    caller: TheCaller, house: TheHouse, version: int | None = Query(default=None, ge=0)
) -> WordsAnswer:
    """The newest version, or an older one; for administrators."""
    desk = house.search_aids.words
    shown = desk.shown(caller, version)
    return WordsAnswer(
        version=shown.number,
        groups=[list(group) for group in shown.words.groups],
        hot={unit: list(words) for unit, words in shown.words.hot.items()},
        versions=[_version(each) for each in desk.versions(caller)],
    )


@router.put("")
def keep(given: WordsRequest, caller: TheCaller, house: TheHouse) -> WordsAnswer:
    """Save them; in effect at once, everywhere within seconds, without building an index anew."""
    house.search_aids.words.keep(caller, Given(given.groups, given.hot), seen=given.seen)
    return show(caller, house, None)


@router.post("/trial")
def tried(given: WordsTrial, caller: TheCaller, house: TheHouse) -> list[TriedAnswer]:
    """What would change of the last searches, one's own and common ones, and of changed words."""
    found = house.search_aids.words.tried(caller, Given(given.groups, given.hot))
    return [TriedAnswer(query=each.words, before=each.before, after=each.after) for each in found]


def _version(each: WordVersion) -> VersionAnswer:
    words = each.words
    return VersionAnswer(version=each.number, by=words.by, at=words.at, groups=len(words.groups))
