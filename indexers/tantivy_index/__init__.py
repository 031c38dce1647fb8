"""The embedded search index, on tantivy."""

from indexers.tantivy_index.filling import TantivyFilling
from indexers.tantivy_index.search_index import TantivySearchIndex

__all__ = ["TantivyFilling", "TantivySearchIndex"]
