"""Errors in Chinese: what is wrong, and what to do next, for every stable reason of the house."""

from collections.abc import Mapping
from dataclasses import dataclass

from languages.faults import EXPECTED, FAULTS, UNTOLD
from languages.outcomes import OUTCOMES
from languages.sentences.accounts import ACCOUNTS
from languages.sentences.inputs import INPUTS
from languages.sentences.parts import PARTS
from languages.sentences.records import RECORDS
from records.errors import WenshuError

SENTENCES: Mapping[str, tuple[str, str]] = {**ACCOUNTS, **RECORDS, **INPUTS, **PARTS}
"""Reason → (what is wrong, what to do next)."""

_UNTOLD = ("操作没有完成（{reason}）。", "请重试；如仍出现，请把此代码告诉管理员。")


@dataclass(frozen=True, slots=True)
class Told:
    """An error as a person reads it."""

    what: str
    advice: str

    def __str__(self) -> str:
        """Both sentences."""
        return f"{self.what}{self.advice}"


def tell(error: WenshuError) -> Told:
    """The error in Chinese; a reason nobody wrote a sentence for is named as it is."""
    what, advice = SENTENCES.get(error.reason, _UNTOLD)
    facts = _Facts({"reason": error.reason})
    facts.update({name: _written(value) for name, value in error.facts.items()})
    if "expected" in facts:
        facts["expected"] = EXPECTED.get(facts["expected"], facts["expected"])
    if "outcome" in facts:
        facts["outcome"] = OUTCOMES.get(facts["outcome"], facts["outcome"])
    if "fault" in facts:
        facts["fault"] = FAULTS.get(facts["fault"], UNTOLD).format_map(facts)
    return Told(what.format_map(facts), advice.format_map(facts))


class _Facts(dict[str, str]):
    """Facts by name; one that is missing shows as a dash."""

    def __missing__(self, key: str) -> str:
        return "—"


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(str(entry) for entry in value)
    return "—" if value is None else str(value)
