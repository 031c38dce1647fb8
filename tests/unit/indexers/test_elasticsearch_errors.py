"""The table of the client's errors has an answer for every error there is."""

from collections.abc import Iterator

import elastic_transport
import elasticsearch
import pytest
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig

from indexers.elasticsearch_index.vendor_errors import VENDOR, reason, told
from languages.errors import SENTENCES
from records.errors import Unavailable


def every_class() -> list[type[Exception]]:
    """Each error that the client's modules define."""
    found: set[type[Exception]] = set()
    waiting = list(VENDOR)
    while waiting:
        each = waiting.pop()
        found.add(each)
        waiting += each.__subclasses__()
    return sorted(found, key=lambda one: one.__name__)


def errors() -> Iterator[Exception]:
    for each in every_class():
        if issubclass(each, elastic_transport.ApiError):
            for status in range(300, 600):
                node = NodeConfig("http", "127.0.0.1", 9200)
                meta = ApiResponseMeta(status, "1.1", HttpHeaders(), 0.1, node)
                yield each("fault", meta=meta, body={"error": "fault"})
        else:
            yield each("fault")


def test_every_error_of_the_client_has_a_reason_that_is_told() -> None:
    found = list(errors())
    assert len({type(error) for error in found}) >= 12
    assert {reason(error) for error in found} <= set(SENTENCES)


def test_what_the_client_raises_is_what_the_table_covers() -> None:
    raised = {
        each
        for module in (elastic_transport, elasticsearch)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Exception) and not issubclass(each, Warning)
    }
    assert {each for each in raised if not issubclass(each, VENDOR)} == set()


@pytest.mark.parametrize("error", [elastic_transport.ConnectionTimeout("slow")])
def test_an_error_of_the_client_leaves_as_one_of_the_house(error: Exception) -> None:
    with pytest.raises(Unavailable, match="index_unreachable"), told():
        raise error
