"""Chinese text made into tokens, by one fold and one promise for every index."""

from indexers.analysis.analyser import Analyser
from indexers.analysis.fold import Fold

__all__ = ["Analyser", "Fold"]
