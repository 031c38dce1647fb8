"""The use cases of actions, put together: on one record, on several, on what nobody holds."""

from dataclasses import dataclass

from records.schema.kind import Kinds
from services.finding.defaults import DefaultFinder
from services.finding.listing import RecordLister
from services.flow.act import ActionTaker
from services.flow.bulk_action import BulkActionTaker
from services.flow.change import RevisionWriter
from services.flow.making import RecordFileMaker
from services.flow.stranding import StrandingDesk
from wenshu.building.following import Following


@dataclass(frozen=True, slots=True)
class Acting:
    """What takes actions."""

    one: ActionTaker
    several: BulkActionTaker
    stranding: StrandingDesk


def acting_of(
    changes: RevisionWriter,
    following: Following,
    files: RecordFileMaker,
    lister: RecordLister,
    kinds: Kinds,
) -> Acting:
    """All of them over one writer."""
    one = ActionTaker(
        changes,
        reserver=following.reserver,
        files=files,
        openers=following.deliveries.opened_by,
        defaults=DefaultFinder(lister, kinds).of,
    )
    return Acting(one, BulkActionTaker(one, changes), StrandingDesk(lister, one))
