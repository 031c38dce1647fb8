"""Makes documents in worker processes of our own."""

from pathlib import Path

from documents.file_workers import FileWorkers, believed
from records.errors import Invalid, NotFound
from records.ports.document_maker import Form, MadeFile

_WORKER = "documents.making.worker"
_WALL_S = 60.0


class EmbeddedDocumentMaker:
    """See `records.ports.document_maker.DocumentMaker`."""

    def __init__(self, *, workers: int = 1, wall_s: float = _WALL_S) -> None:
        self._workers = FileWorkers(_WORKER, workers=workers, wall_s=wall_s)

    def make(self, path: Path, *, name: str, form: Form) -> MadeFile:
        """As the port says."""
        try:
            told, body = self._workers.ask(form.value, path, name=name)
            made = believed(MadeFile, told.get("made"))
        except (Invalid, NotFound) as error:
            why = str(error.facts.get("why", "parse"))
            raise Invalid("not_makeable", name=name, form=form.value, why=why) from error
        return made.model_copy(update={"body": body}) if body else made

    def close(self) -> None:
        """As the port says."""
        self._workers.close()
