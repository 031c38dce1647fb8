"""What is done at the door and about oneself, as the house holds it."""

from dataclasses import dataclass

from services.administration.applications import Applications
from services.people.door.code_sign_in import CodeSignIn
from services.people.door.door_codes import DoorCodes
from services.people.door.recovery import Recovery
from services.people.door.unified_sign_in import UnifiedSignIn
from services.people.particulars import ParticularsBook


@dataclass(frozen=True, slots=True)
class Entry:
    """Use cases of those who have no session yet, and of one's own particulars."""

    applications: Applications
    particulars: ParticularsBook
    codes: DoorCodes
    recovery: Recovery
    by_code: CodeSignIn
    unified: UnifiedSignIn
