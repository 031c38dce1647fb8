"""The embedded search index, on tantivy."""

from indexers.tantivy_index.search_index import TantivySearchIndex

__all__ = ["TantivySearchIndex"]
