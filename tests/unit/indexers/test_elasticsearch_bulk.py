"""What becomes of each document of a bulk request, whatever a server answers.

A full server cannot be had on order, so a small one answers here as the real one does when it is.
"""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from indexers.analysis import Analyser, Fold
from indexers.elasticsearch_index.bulk import BulkWriter, Outcome
from indexers.elasticsearch_index.connection import connect
from indexers.elasticsearch_index.documents import DocumentWriter
from indexers.elasticsearch_index.options import ElasticsearchOptions
from records.errors import Unavailable
from records.queries.search import IndexChange
from tests.search_documents import document

Judge = Callable[[str, str, int], int]
"""Identifier, alias and number of the attempt at it → status; 0 turns the whole request down."""


class Scripted:
    """A server that answers bulk requests by a rule, and remembers what it was sent."""

    def __init__(self, judge: Judge) -> None:
        self.requests: list[list[tuple[str, str]]] = []
        self._judge = judge
        self._attempts: dict[tuple[str, str], int] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, body: bytes) -> tuple[int, object]:
        heads = [json.loads(line)["index"] for line in body.splitlines()[::2]]
        keys = [(head["_id"], head["_index"]) for head in heads]
        self.requests.append(keys)
        statuses = []
        for key in keys:
            self._attempts[key] = self._attempts.get(key, 0) + 1
            statuses.append(self._judge(*key, self._attempts[key]))
        if 0 in statuses:
            return 413, {"error": {"type": "too large"}}
        if all(status == -1 for status in statuses):
            return 429, {"error": {"type": "es_rejected_execution_exception"}}
        return 200, {"items": [{"index": {"status": status}} for status in statuses]}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        scripted = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_PUT(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, told = scripted.answer(body)
                answer = json.dumps(told).encode()
                self.send_response(status)
                self.send_header("X-Elastic-Product", "Elasticsearch")
                self.send_header("Content-Type", "application/vnd.elasticsearch+json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *args: object) -> None:
                """Nothing."""

        return Handler


@pytest.fixture
def write() -> Iterator[Callable[..., tuple[Outcome, Scripted, list[float]]]]:
    """Writes records to aliases on a server that judges so; how it went, and the pauses made."""
    servers: list[Scripted] = []
    analyser = Analyser(Fold.load())

    def writing(
        judge: Judge, names: list[str], targets: tuple[str, ...] = ("current",)
    ) -> tuple[Outcome, Scripted, list[float]]:
        servers.append(Scripted(judge))
        pauses: list[float] = []
        options = ElasticsearchOptions(hosts=(servers[-1].address,))
        with connect(options) as client:
            writer = BulkWriter(client, DocumentWriter(analyser), options, pause=pauses.append)
            changes: list[IndexChange] = [document(name, "甲") for name in names]
            return writer.write(changes, targets, shown=True), servers[-1], pauses

    yield writing
    for server in servers:
        server.close()


Write = Callable[..., tuple[Outcome, Scripted, list[float]]]


def test_what_was_turned_down_for_now_is_sent_again_by_itself(write: Write) -> None:
    outcome, server, pauses = write(
        lambda name, _, attempt: 429 if name == "b" and attempt < 4 else 201, ["a", "b", "c"]
    )
    assert (outcome.created, outcome.refused) == (3, {})
    assert [len(keys) for keys in server.requests] == [3, 1, 1, 1]
    assert pauses == [0.1, 0.2, 0.4]


@pytest.mark.parametrize("status", [429, 503])
def test_what_finds_no_room_for_long_is_named_while_the_others_are_in(
    write: Write, status: int
) -> None:
    outcome, _, pauses = write(lambda name, *_: status if name == "b" else 201, ["a", "b"])
    assert (outcome.accepted, list(outcome.refused)) == (1, ["b"])
    assert sum(pauses) < 10
    with pytest.raises(Unavailable, match="documents_refused"):
        outcome.settle()


def test_a_server_that_takes_nothing_at_all_is_busy(write: Write) -> None:
    with pytest.raises(Unavailable, match="index_busy"):
        write(lambda *_: -1, ["a", "b"])


def test_what_is_wrong_with_one_document_is_not_tried_again(write: Write) -> None:
    outcome, server, pauses = write(lambda name, *_: 400 if name == "b" else 201, ["a", "b"])
    assert (outcome.accepted, list(outcome.refused)) == (1, ["b"])
    assert (len(server.requests), pauses) == (1, [])


def test_an_older_revision_is_passed_over(write: Write) -> None:
    outcome, _, _ = write(lambda name, *_: 409 if name == "b" else 200, ["a", "b"])
    assert (outcome.accepted, outcome.created, outcome.refused) == (2, 0, {})


def test_a_request_that_is_too_large_is_halved_until_one_is_left(write: Write) -> None:
    outcome, _, _ = write(lambda name, *_: 0 if name == "r5" else 201, [f"r{n}" for n in range(8)])
    assert (outcome.created, list(outcome.refused)) == (7, ["r5"])


def test_what_was_meant_for_an_index_taken_into_use_goes_where_it_is_now(write: Write) -> None:
    outcome, server, _ = write(
        lambda _, alias, *__: 404 if alias == "building" else 201,
        ["a", "b"],
        ("building", "current"),
    )
    assert outcome.missing == {"building"}
    assert server.requests[0] == [(n, t) for n in "ab" for t in ("building", "current")]
    assert server.requests[1] == [("a", "current"), ("b", "current")]
