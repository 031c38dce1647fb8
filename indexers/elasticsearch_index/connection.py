"""A client made from the options."""

import json
from base64 import b64encode
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.serializer import CompatibilityModeJsonSerializer

from indexers.elasticsearch_index.options import ElasticsearchOptions

_NEXT_SERVER_ON = (502, 503, 504)
"""Answers of a server that cannot reach the others; another one perhaps can."""


def packed(value: object) -> bytes:
    """A JSON value in one line. Half of a surrogate pair, which UTF-8 has not, becomes ``?``."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="replace")


class _Packing(CompatibilityModeJsonSerializer):
    """Writes requests as `packed` does: what a person typed may hold half a surrogate pair."""

    def json_dumps(self, data: Any) -> bytes:
        return packed(data)


def connect(options: ElasticsearchOptions) -> Elasticsearch:
    """A client, safe to use from several threads; nothing is asked yet.

    A server that is down is known at once, one that is silent after the time limit; each server
    is asked once.
    """
    sign_in: dict[str, Any] = {}
    if options.api_key:
        sign_in["api_key"] = options.api_key
    elif options.user:
        # The client would encode a pair as ASCII, and fail where a password is Chinese.
        pair = f"{options.user}:{options.password or ''}"
        sign_in["basic_auth"] = b64encode(pair.encode()).decode()
    if options.ca_certificate:
        sign_in["ca_certs"] = str(options.ca_certificate)
    return Elasticsearch(
        list(options.hosts),
        request_timeout=options.search_timeout_s,
        retry_on_timeout=False,
        retry_on_status=_NEXT_SERVER_ON,
        max_retries=len(options.hosts) - 1,
        connections_per_node=options.connections,
        serializers={_Packing.mimetype: _Packing()},
        **sign_in,
    )
