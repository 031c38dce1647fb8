"""A maker that lays nothing out: for tests of what stands on the port."""

from pathlib import Path

from records.errors import Invalid
from records.ports.document_maker import Form, MadeFile


class MemoryDocumentMaker:
    """Takes texts: the accepted view lacks what stands in ``[-…-]``, a PDF has a head more."""

    def make(self, path: Path, *, name: str, form: Form) -> MadeFile:
        """As the port says."""
        body = path.read_bytes()
        if b"\x00" in body:
            raise Invalid("not_makeable", name=name, form=form.value, why="type")
        if form is Form.PDF:
            return MadeFile(suffix=".pdf", body=b"%PDF-1.4\n" + body)
        text = body.decode("utf-8", "replace")
        clean = "".join(
            each.partition("-]")[2] if index else each
            for index, each in enumerate(text.split("[-"))
        )
        same = clean == text
        return MadeFile(suffix=Path(name).suffix or ".txt", body=None if same else clean.encode())

    def close(self) -> None:
        """Nothing works in the background."""
