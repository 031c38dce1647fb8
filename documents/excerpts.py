"""Passages with their sources as docx."""

import io
import unicodedata
from collections.abc import Sequence

from docx import Document
from docx.shared import Pt

from records.ports.excerpt_writer import CitedPassage

_SMALL_PT = 9


class DocxExcerptWriter:
    """As the port says."""

    suffix = "docx"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def write(self, title: str, passages: Sequence[CitedPassage]) -> bytes:
        """As the port says."""
        document = Document()
        document.add_heading(_written(title), level=1)
        for number, passage in enumerate(passages, 1):
            document.add_paragraph(f"{number}. {_written(passage.text)}")
            source = document.add_paragraph()
            for line in (passage.citation, passage.link):
                run = source.add_run(_written(line))
                run.font.size = Pt(_SMALL_PT)
                if line is passage.citation:
                    run.add_break()
        made = io.BytesIO()
        document.save(made)
        return made.getvalue()


def _written(text: str) -> str:
    """What XML can hold: neither control characters nor half a surrogate pair."""
    kept = (char for char in text if char in "\n\t" or unicodedata.category(char) not in _UNWRITTEN)
    return "".join(kept)


_UNWRITTEN = frozenset({"Cc", "Cs", "Cn"})
