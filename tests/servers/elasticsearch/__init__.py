"""A real Elasticsearch, put together from Maven packages."""

from tests.servers.elasticsearch.node import ElasticsearchNode

__all__ = ["ElasticsearchNode"]
