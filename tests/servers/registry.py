"""The servers that tests know."""

from tests.servers.elasticsearch import ElasticsearchNode
from tests.servers.minio import MinioServer
from tests.servers.redis import RedisServer
from tests.servers.seaweedfs import SeaweedFs
from tests.servers.server import Server
from tests.servers.tika import Tika

_ALL: tuple[Server, ...] = (
    SeaweedFs(),
    RedisServer(),
    ElasticsearchNode(),
    Tika(),
    MinioServer(),
)

SERVERS = {server.name: server for server in _ALL}
"""By name, in the order they are started."""
