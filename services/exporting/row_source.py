"""What exports are written from: pages of rows, each as its asker may read it at that moment."""

from typing import Protocol

from services.exporting.exports import ExportAsked, ExportRows
from services.people.caller import Caller


class RowSource(Protocol):
    """Gives the rows of one sort of export."""

    def page(self, caller: Caller, asked: ExportAsked, before: ExportRows | None) -> ExportRows:
        """The rows that follow those before; the first ones where there are none.

        What is read is logged with the first page. Raises Invalid, NotFound and Refused where the
        export comes to nothing, and Unavailable.
        """
        ...
