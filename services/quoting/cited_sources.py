"""Sources under a short name, kept for ever: what the address of a citation holds.

``cited/{name}`` holds the source as it was cited, its words too: it says what was cited even where
text is read otherwise later. The name is made of the source, so that it is one whoever cites it.
"""

import hashlib
import re
from base64 import b32encode

from records.errors import Invalid, NotFound
from records.ports.claims import Claims
from services.people.caller import Caller
from services.quoting.evidence import CellsOf, Evidence, EvidenceFinder, Source

_NAME = re.compile(r"[a-z2-7]{16}")


class CitedSources:
    """Keeps them, and finds them again."""

    def __init__(self, claims: Claims, evidence: EvidenceFinder) -> None:
        self._claims = claims
        self._evidence = evidence

    def keep(self, caller: Caller, source: Source, cells_of: CellsOf) -> str:
        """The name of a source, kept from now on; kept is what its record holds, and nothing else.

        `cells_of` gives the cells of a row of a file. Raises what that raises, NotFound, and
        Invalid (``no_such_passage``) where it does not stand on that page, sheet and row.
        """
        if not self._evidence.stands(caller, source, cells_of):
            raise Invalid("no_such_passage", field="text")
        name = name_of(source)
        self._claims.take(f"cited/{name}", source.model_dump_json(exclude_defaults=True).encode())
        return name

    def of(self, caller: Caller, name: str) -> Evidence:
        """What was cited and what became of it. Raises NotFound, the same for none and a closed."""
        value = self._claims.read(f"cited/{name}") if _NAME.fullmatch(name) else None
        if value is None:
            raise NotFound("unknown_record", record=name)
        return self._evidence.of(caller, Source.model_validate_json(value))


def name_of(source: Source) -> str:
    """Sixteen letters and figures: 80 bits of its digest."""
    told = source.model_dump_json(exclude_defaults=True).encode()
    return b32encode(hashlib.sha256(told).digest()[:10]).decode().lower()
