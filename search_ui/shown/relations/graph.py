"""Lays out the picture of citations: each record a card in a row of its own, its line at its left.

So it is as wide as a telephone, and reads from above in the order of time: what cites the record
stands above it, what it cites below. What belongs to a record a step nearer stands beside that,
further to the right. A record that is tied to others as well has a line at the right for each.
"""

from collections import defaultdict
from collections.abc import Iterator
from unicodedata import east_asian_width

from languages.citing import RELATIONS
from records.identity import RecordId
from records.meaning import dated_on, number_of, title_of
from records.queries.relations import Relation
from records.revision import Revision
from records.schema.kind import Kinds
from search_ui.formats import day
from search_ui.shown.words import record_href
from search_ui.texts import Texts
from search_ui.views.relations.graph import DrawnGraph, DrawnLine, DrawnNode
from services.relations.citation_graph import CitationGraph, GraphEdge, GraphNode

WIDTH = 304
_HEIGHT, _LINE, _GAP = 30, 16, 12
"""Of a card without its title, of a line of that, and between two cards."""
_LINES = 2
_INDENT = 24
_TRUNK = 12
"""Where the line of its neighbours stands, from the left edge of a card."""
_RIGHT = 22
"""Room for lines at the right, where there are any."""
_SIGN = 13
"""Width of a Chinese sign of a title; others are half as wide."""
_PADDING = 20

_Rows = dict[RecordId, DrawnNode]


def drawn(graph: CitationGraph, kinds: Kinds, t: Texts) -> DrawnGraph:
    """The picture; the first node is the one in the middle."""
    middle, *others = graph.nodes.values()
    order = [*_above(others), middle, *_below(others)]
    tree = {_tie(node) for node in others}
    extra = [edge for ends, edge in graph.edges.items() if ends not in tree]
    right = WIDTH - (_RIGHT if extra else 0)
    rows: _Rows = {}
    top = 0
    for node in order:
        card = _card(node, graph, kinds, t, top=top, right=right)
        rows[node.revision.record] = card
        top += card.height + _GAP
    told = dict.fromkeys(edge.relation for edge in graph.edges.values())
    return DrawnGraph(
        name=t("graph.name", title=_named(middle.revision, kinds)),
        width=WIDTH,
        height=top - _GAP,
        nodes=tuple(rows.values()),
        lines=(
            *_trunks(others, rows),
            *(_branch(node, graph.edges[_tie(node)], rows) for node in others),
            *(_bow(edge, rows, right, at) for at, edge in enumerate(extra)),
        ),
        kinds=tuple((each, RELATIONS[each]) for each in Relation if each in told),
        cut=t("graph.cut", n=len(order)) if graph.is_cut else "",
    )


def _tie(node: GraphNode) -> tuple[RecordId, RecordId]:
    """The edge by which a record was found: what cites, and what is cited."""
    near, far = node.beside or node.revision.record, node.revision.record
    return (near, far) if node.step > 0 else (far, near)


def _above(nodes: list[GraphNode]) -> Iterator[GraphNode]:
    """What cites, each below those that cite it."""
    behind = _behind(nodes, -2)
    for node in (each for each in nodes if each.step == -1):
        yield from behind[node.revision.record]
        yield node


def _below(nodes: list[GraphNode]) -> Iterator[GraphNode]:
    """What is cited, each above those that it cites."""
    behind = _behind(nodes, 2)
    for node in (each for each in nodes if each.step == 1):
        yield node
        yield from behind[node.revision.record]


def _behind(nodes: list[GraphNode], step: int) -> dict[RecordId | None, list[GraphNode]]:
    found = defaultdict[RecordId | None, list[GraphNode]](list)
    for node in nodes:
        if node.step == step:
            found[node.beside].append(node)
    return found


def _trunks(nodes: list[GraphNode], rows: _Rows) -> Iterator[DrawnLine]:
    """Along the left of each record that has neighbours further off: where their lines meet."""
    for near in dict.fromkeys((node.beside, node.step > 0) for node in nodes):
        beside, is_below = near
        assert beside is not None  # noqa: S101 - of all but the one in the middle
        levels = [
            _level(rows[node.revision.record])
            for node in nodes
            if (node.beside, node.step > 0) == near
        ]
        card = rows[beside]
        x = card.x + _TRUNK
        if is_below:
            yield DrawnLine(f"M{x} {card.y + card.height}V{max(levels)}", "trunk", ends=False)
        else:
            yield DrawnLine(f"M{x} {min(levels)}V{card.y - 2}", "trunk")


def _branch(node: GraphNode, edge: GraphEdge, rows: _Rows) -> DrawnLine:
    """Between a card and the trunk beside it."""
    assert node.beside is not None  # noqa: S101 - of all but the one in the middle
    card, trunk = rows[node.revision.record], rows[node.beside].x + _TRUNK
    if node.step > 0:
        return DrawnLine(f"M{trunk} {_level(card)}H{card.x - 2}", edge.relation)
    return DrawnLine(f"M{card.x} {_level(card)}H{trunk}", edge.relation, ends=False)


def _bow(edge: GraphEdge, rows: _Rows, right: int, at: int) -> DrawnLine:
    """Along the right, from one card to another one."""
    begin, end = (_level(rows[each]) for each in (edge.citing, edge.cited))
    out = right + 6 + at % 3 * 5
    return DrawnLine(f"M{right} {begin}H{out}V{end + 4}H{right + 2}", edge.relation)


def _level(card: DrawnNode) -> int:
    return card.y + card.height // 2


def _card(
    node: GraphNode, graph: CitationGraph, kinds: Kinds, t: Texts, *, top: int, right: int
) -> DrawnNode:
    revision, x = node.revision, abs(node.step) * _INDENT
    edge = graph.edges.get(_tie(node))
    title = _named(revision, kinds)
    way = RELATIONS[edge.relation] if edge else t("graph.this")
    ways = [
        t("graph.cites", relation=RELATIONS[each.relation], title=_named(other.revision, kinds))
        for (citing, cited), each in graph.edges.items()
        if citing == revision.record and (other := graph.nodes[cited])
    ]
    kind = kinds.of(revision)
    lines = _lines(title, right - x - _PADDING)
    note = number_of(kind, revision) or day(dated_on(kind, revision))
    return DrawnNode(
        href=record_href(revision.record),
        label="；".join([f"《{title}》{number_of(kind, revision)}", *ways]),
        lines=lines,
        way=way,
        note=_fitting(note, right - x - _PADDING - 40),
        relation=edge.relation if edge else "",
        x=x,
        y=top,
        width=right - x,
        height=_HEIGHT + _LINE * len(lines),
    )


def _named(revision: Revision, kinds: Kinds) -> str:
    return title_of(kinds.of(revision), revision)


def _lines(text: str, width: int) -> tuple[str, ...]:
    """A text in so many lines, cut where it is longer."""
    lines: list[str] = []
    while text and len(lines) < _LINES:
        held = text[: _fit(text, width)]
        lines.append(held)
        text = text[len(held) :]
    if text:
        lines[-1] = lines[-1][:-1] + "…"
    return tuple(lines)


def _fitting(text: str, width: int) -> str:
    """As much of a text as so many pixels hold."""
    fit = _fit(text, width)
    return text if fit == len(text) else text[: fit - 1] + "…"


def _fit(text: str, width: int) -> int:
    """Signs of a text that so many pixels hold, one at least."""
    left = width
    for at, sign in enumerate(text):
        left -= _SIGN if east_asian_width(sign) in "WFA" else _SIGN // 2 + 1
        if left < 0:
            return max(1, at)
    return len(text)
