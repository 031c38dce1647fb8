"""What is done at the door and about oneself, as the house holds it."""

from dataclasses import dataclass

from services.administration.applications import Applications
from services.people.particulars import ParticularsBook
from services.people.recovery import Recovery
from services.people.unified_sign_in import UnifiedSignIn


@dataclass(frozen=True, slots=True)
class Entry:
    """Use cases of those who have no session yet, and of one's own particulars."""

    applications: Applications
    particulars: ParticularsBook
    recovery: Recovery
    unified: UnifiedSignIn
