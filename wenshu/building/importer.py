"""What takes whole folders in, built over the engines of an installation."""

from records.ports.identities import Identities
from records.schema.kind import Kinds
from services.after_commit.texts import Texts
from services.flow.change import RevisionWriter
from services.intake.exchange import PaperExchange
from services.intake.importing import FolderImporter
from services.intake.ingest import RecordIntake
from services.intake.retrying import ReadingRetrier
from services.intake.staging import Staging
from wenshu.building.engines import Engines
from wenshu.building.truth import Truth
from wenshu.settings import Settings


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


def paper_exchange(
    truth: Truth,
    *,
    kinds: Kinds,
    ingest: RecordIntake,
    changes: RevisionWriter,
    identities: Identities,
    staging: Staging,
) -> PaperExchange:
    """What takes and gives 交换文件."""
    return PaperExchange(
        kinds=kinds,
        shelf=truth.shelf,
        claims=truth.claims,
        ingest=ingest,
        changes=changes,
        identities=identities,
        staging=staging,
    )


def reading_retrier(engines: Engines, truth: Truth, texts: Texts) -> ReadingRetrier:
    """What reads files again that could not be read (提取重试)."""
    return ReadingRetrier(
        log=truth.log,
        shelf=truth.shelf,
        outbox=truth.outbox,
        extractor=engines.extractor,
        texts=texts,
    )
