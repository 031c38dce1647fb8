"""What takes whole folders in, built over the engines of an installation."""

from records.ports.identities import Identities
from services.after_commit.texts import Texts
from services.intake.importing import FolderImporter
from services.intake.ingest import RecordIntake
from services.intake.staging import Staging
from wenshu.engines import Engines
from wenshu.settings import Settings
from wenshu.truth import Truth


def folder_importer(
    settings: Settings,
    engines: Engines,
    truth: Truth,
    *,
    ingest: RecordIntake,
    identities: Identities,
    staging: Staging,
    texts: Texts,
) -> FolderImporter:
    """The importer; to be closed by whoever asked for it."""
    return FolderImporter(
        log=truth.log,
        claims=truth.claims,
        ingest=ingest,
        identities=identities,
        staging=staging,
        extractor=engines.extractor,
        texts=texts,
        workers=settings.workers + 1,
    )
