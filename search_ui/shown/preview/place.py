"""What of a file is asked for."""

from dataclasses import dataclass

from records.revision import FileVersion
from services.finding.file_words import Sought, Typed

ZOOMS = ("width", "100", "150", "200")
"""How large a page is drawn: as wide as the pane, or in per cent of its size on paper."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: a page, a sheet and its first row, a place of the words; from 1."""

    file: str = ""
    page: int = 0
    sheet: int = 1
    row: int = 1
    words: str = ""
    revision: int | None = None
    in_pane: bool = False
    """Shown beside hits, where another place of the file takes the place of this one."""
    find: str = ""
    """What is looked for in this file alone, as it is typed; its places are marked instead."""
    at: int = 0
    """Which of the places of the words, 0 for none in particular."""
    member: str = ""
    """Of a mail or an archive the part that is shown, by its path."""
    zoom: str = ZOOMS[0]
    turn: int = 0
    """Quarters of a turn of a picture, clockwise."""
    changes: bool = False
    """Whether a document shows what tracked changes took out and put in."""
    all_versions: bool = False
    """Whether the words were looked for in all versions: then their pane says where they were."""

    @property
    def sought(self) -> Sought:
        """What is marked."""
        return Typed(self.find) if self.find.strip() else self.words

    def kept(self, file: FileVersion) -> dict[str, object]:
        """What every other place of the file keeps of this one, by the names of an address."""
        return {
            "q": self.words,
            "revision": self.revision,
            "file": file.name,
            "find": self.find.strip(),
            "member": self.member,
            "turn": self.turn or None,
            "changes": int(self.changes) or None,
            "versions": "all" if self.all_versions else None,
        }
