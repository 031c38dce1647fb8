"""What can be read of an issued paper, where it was seen, and the lines it is read from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

BLANKS = re.compile(r"[\s\u3000]+")
_COLUMNS = re.compile(r"\t|[\s\u3000]{2,}")


class Particular(StrEnum):
    """What can be read."""

    NUMBER = "number"
    ISSUER = "issuer"
    TITLE = "title"
    DATED_ON = "dated_on"
    LEVEL = "level"
    URGENCY = "urgency"
    ADDRESSEES = "addressees"
    COPIES = "copies"
    SIGNER = "signer"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One particular and where it stands: `line` as it is written, `page` counted from 1 or None.

    Values: days as ``2019-08-20``, several organs joined by ``、``, all else as written.
    """

    what: Particular
    value: str
    page: int | None
    line: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paper and the page on which it stands."""

    text: str
    """Without blanks: they only space characters in a head."""
    written: str
    page: int | None

    @property
    def columns(self) -> list[str]:
        """What stands side by side in it, at least two blanks apart, each without blanks."""
        return [BLANKS.sub("", piece) for piece in _COLUMNS.split(self.written)]


def seen_in(what: Particular, value: str, lines: Sequence[Line]) -> Sighting:
    """A particular that these lines say, on the page of the first."""
    return Sighting(what, value, lines[0].page, " ".join(line.written for line in lines))
