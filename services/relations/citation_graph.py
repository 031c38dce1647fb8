"""A record amid what it cites and what cites it, two steps at most (SS-08).

Steps go on in one direction: what those cite that it cites, what cites those that cite it. Each
record is one that the caller may read, and nothing tells of others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from records.identity import RecordId
from records.queries.relations import Relation
from records.revision import Revision
from services.finding.browse import OpenRecord
from services.people.caller import Caller
from services.relations.citations import CitationFinder, Cited

MOST = 40
"""Records of one picture, the one in the middle among them."""

FIRST = 12
"""Of the first step in each direction; the second step has what they leave."""

_FOLLOWED = 8
"""Of these whose own citations are asked for: each is one search."""

_OF_ONE = 20
"""Records that are looked at of those that may cite one of the first step."""


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A record; `step` is negative where it cites towards the middle, positive where it is cited.

    `beside` is the record a step nearer by which it was found.
    """

    revision: Revision
    step: int
    beside: RecordId | None


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """One record cites another one."""

    citing: RecordId
    cited: RecordId
    relation: Relation


@dataclass(slots=True)
class CitationGraph:
    """The records, the one in the middle first, and how they cite each other."""

    nodes: dict[RecordId, GraphNode] = field(default_factory=dict)
    edges: dict[tuple[RecordId, RecordId], GraphEdge] = field(default_factory=dict)
    is_cut: bool = False
    """Whether there are more of them."""

    def add(self, edge: GraphEdge, node: GraphNode, *, most: int = MOST) -> None:
        """Take an edge, and the record at its end unless the picture is full."""
        record = node.revision.record
        if record not in self.nodes and len(self.nodes) >= most:
            self.is_cut = True
            return
        self.nodes.setdefault(record, node)
        self.edges.setdefault((edge.citing, edge.cited), edge)


class GraphFinder:
    """Follows citations."""

    def __init__(self, citations: CitationFinder) -> None:
        self._citations = citations

    def of(self, caller: Caller, opened: OpenRecord) -> CitationGraph:
        """The picture of a record. Raises Unavailable."""
        middle = opened.revision
        graph = CitationGraph({middle.record: GraphNode(middle, 0, None)})
        self._step(graph, middle, 1, self._citations.cited(caller, middle), most=1 + FIRST)
        up = self._citations.citing(caller, middle)
        self._step(graph, middle, -1, up, most=len(graph.nodes) + FIRST)
        for node in [each for each in graph.nodes.values() if each.step == 1][:_FOLLOWED]:
            further = self._citations.cited(caller, node.revision)
            self._step(graph, node.revision, 2, further, most=MOST)
        for node in [each for each in graph.nodes.values() if each.step == -1][:_FOLLOWED]:
            further = self._citations.citing(caller, node.revision, most=_OF_ONE)
            self._step(graph, node.revision, -2, further, most=MOST)
        return graph

    def _step(
        self, graph: CitationGraph, near: Revision, step: int, ends: tuple[Cited, ...], *, most: int
    ) -> None:
        for edge, revision in _edges(near.record, step, ends):
            graph.add(edge, GraphNode(revision, step, near.record), most=most)


def _edges(
    near: RecordId, step: int, ends: tuple[Cited, ...]
) -> Iterator[tuple[GraphEdge, Revision]]:
    for each in ends:
        if each.revision is not None:
            far = each.revision.record
            citing, cited = (near, far) if step > 0 else (far, near)
            yield GraphEdge(citing, cited, each.relation), each.revision
