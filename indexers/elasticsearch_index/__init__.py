"""The search index for large organisations, on Elasticsearch 8."""

from indexers.elasticsearch_index.options import ElasticsearchOptions
from indexers.elasticsearch_index.search_index import ElasticsearchSearchIndex

__all__ = ["ElasticsearchOptions", "ElasticsearchSearchIndex"]
