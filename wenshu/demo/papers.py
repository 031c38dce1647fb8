"""Papers of the demo: title, number, date and text, always the same for the same number."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from wenshu.demo.organisation import DISTRICTS, SECTIONS
from wenshu.demo.phrases import CLOSINGS, FORMS, ISSUERS, OPENINGS, TASKS, TOPICS

_FIRST_DAY = date(2021, 1, 4)
_DAYS = 2140
_ORDINALS = "一二三四五六"

GRANTS = ("everyone", "everyone", "unit:bureau", "own")


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. `open_to` is a token, or ``own`` for the author's unit."""

    index: int
    title: str
    number: str
    category: str
    dated_on: date
    unit: str
    open_to: str
    level: str
    paragraphs: tuple[str, ...]

    @property
    def unit_name(self) -> str:
        """The unit as a paper names it; an office of a district with its district."""
        district = DISTRICTS.get(self.unit.removesuffix("-office"))
        return SECTIONS.get(self.unit) or f"{district}市场监督管理局办公室"


def paper(index: int) -> Paper:
    """The paper of that index."""
    chance = Random(index)  # noqa: S311 - plausible, not secret
    category = list(FORMS)[index % len(FORMS)]
    topic = chance.choice(list(TOPICS))
    day = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
    unit = chance.choice([*SECTIONS, *SECTIONS, *(f"{d}-office" for d in DISTRICTS)])
    facts = {
        "topic": topic,
        "object": chance.choice(TOPICS[topic]),
        "year": str(day.year),
        "month": str(chance.randint(3, 12)),
        "day": str(chance.randint(5, 28)),
        "count": str(chance.randint(20, 180)),
        "round": str(chance.randint(2, 9)),
        "copies": str(chance.randint(3, 40) * 100),
        "unit": SECTIONS.get(unit, "区局办公室"),
        "name": "甲一",
    }
    tasks = chance.sample(TASKS, chance.randint(3, len(TASKS)))
    ordered = sorted(tasks, key=TASKS.index)
    numbered = [f"{_ORDINALS[place]}是{task}" for place, task in enumerate(ordered)]
    patterns = (chance.choice(OPENINGS), *numbered, chance.choice(CLOSINGS))
    return Paper(
        index=index,
        title=FORMS[category].format_map(facts),
        number=f"{ISSUERS[unit]}〔{day.year}〕{index // 4 + 1}号",
        category=category,
        dated_on=day,
        unit=unit,
        open_to=chance.choice(GRANTS),
        level=chance.choices(["公开", "内部", "秘密"], [70, 25, 5])[0],
        paragraphs=tuple(pattern.format_map(facts) for pattern in patterns),
    )
