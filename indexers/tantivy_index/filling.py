"""A rebuild that was handed out, as the process sees it that fills it."""

from collections.abc import Sequence
from pathlib import Path

from indexers.analysis import Analyser
from indexers.tantivy_index.generation import Generation
from records.queries.search import IndexChange


class TantivyFilling:
    """Implements `records.ports.rebuildable_index.IndexRebuild` in a folder of its own.

    Nothing is written to it meanwhile by others: whoever handed it out notes what is changed, and
    takes it into use. So to swap it is to finish it, and to abandon it to leave it as it is.
    """

    def __init__(self, folder: Path, analyser: Analyser) -> None:
        """`folder` is that of `TantivyRebuild.hand_out`. Raises Unavailable."""
        self._generation = Generation.open(folder, analyser)

    def apply(self, changes: Sequence[IndexChange]) -> None:
        """As the port says."""
        self._generation.fill(changes)

    def swap(self) -> None:
        """Commit, and wait for what is merged."""
        self._generation.finish()

    def abandon(self) -> None:
        """Let it go."""
        self._generation.close()
