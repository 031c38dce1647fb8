"""Fragments: fields, states, actions … that several kinds share, each written once (``uses``).

They are merged as nodes of YAML, before the closed check, so that every fault is told with file
and line of where the words stand. A kind says ``uses: [routed, archived]``; what it says itself
wins, and its own names come first. Anchor: ``extends`` of followthemoney, without its hierarchy:
a fragment uses no other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from records.errors import Invalid
from records.faults import Fault, Place
from records.yaml_text import YamlFault, read_yaml

_OF_A_KIND = frozenset({"kind", "title", "version", "schema", "source", "uses"})
"""What makes a kind this one: nothing to share."""

_USES = "uses"


@dataclass(frozen=True, slots=True)
class Declarations:
    """One file of declarations, read: its nodes, whose marks carry its name, and its content."""

    name: str
    root: yaml.MappingNode
    content: Mapping[str, Any]

    def line(self, place: Place) -> int:
        """The line, counted from 1, of the deepest node on the way to `place` that exists."""
        return mark_at(self.root, place).line + 1


def read_declarations(path: Path, name: str) -> Declarations:
    """The declarations of a file that errors call `name`. Raises Invalid (``bad_kind``)."""
    try:
        root, content = read_yaml(path.read_text(encoding="utf-8"), name=name)
    except YamlFault as error:
        raise bad_kind(name, error.line, error.fault) from error
    except UnicodeDecodeError as error:
        raise bad_kind(name, 1, Fault((), "not_text")) from error
    except OSError as error:
        raise bad_kind(name, 1, Fault((), "unreadable")) from error
    if not isinstance(root, yaml.MappingNode):
        raise bad_kind(name, 1, Fault((), "not_mapping"))
    return Declarations(name, root, content)


def bad_kind(name: str, line: int, fault: Fault) -> Invalid:
    """The error of one fault; without a place it is the file as such."""
    return Invalid("bad_kind", file=name, line=line, key=fault.key or "YAML", **fault.facts)


@dataclass(frozen=True, slots=True)
class Fragments:
    """All fragments that kinds may use, by name."""

    by_name: Mapping[str, Declarations] = field(default_factory=dict)

    def and_that_of(self, path: Path) -> "Fragments":
        """These and the one of a file.

        Raises Invalid (``bad_kind``): a name that is taken, a key that only a kind has, and what
        `read_declarations` raises.
        """
        fragment = read_declarations(path, f"{path.parent.name}/{path.name}")
        if path.stem in self.by_name:
            raise bad_kind(fragment.name, 1, Fault((), "fragment_twice", {"name": path.stem}))
        for key in fragment.content:
            if key in _OF_A_KIND:
                fault = Fault((key,), "not_in_fragment", {"name": key})
                raise bad_kind(fragment.name, fragment.line(fault.place), fault)
        return Fragments({**self.by_name, path.stem: fragment})

    def put_into(self, kind: Declarations) -> yaml.MappingNode:
        """The nodes of a kind with all that it uses.

        Raises Invalid (``bad_kind``): ``unknown_fragment``; ``unlike`` where a mapping, a list and
        a word meet, or two types of one field; ``fragments_differ`` where two fragments say
        different things and the kind does not decide.
        """
        used = [self._named(kind, place, name) for place, name in _uses(kind)]
        own = [(key, value) for key, value in kind.root.value if key.value != _USES]
        merged = yaml.MappingNode(
            kind.root.tag, own, start_mark=kind.root.start_mark, end_mark=kind.root.end_mark
        )
        shared: yaml.Node | None = None
        for fragment in used:
            shared = fragment.root if shared is None else _agreed(shared, fragment.root, ())
        whole = merged if shared is None else _over(merged, shared, ())
        assert isinstance(whole, yaml.MappingNode)  # noqa: S101 - two mappings make one
        return whole

    def _named(self, kind: Declarations, place: Place, name: str) -> Declarations:
        if name not in self.by_name:
            fault = Fault(place, "unknown_fragment", {"name": name})
            raise bad_kind(kind.name, kind.line(place), fault)
        return self.by_name[name]


def _uses(kind: Declarations) -> Iterator[tuple[Place, str]]:
    given = kind.content.get(_USES, [])
    if not isinstance(given, list):
        raise bad_kind(kind.name, kind.line((_USES,)), Fault((_USES,), "list_type"))
    for index, name in enumerate(given):
        if not isinstance(name, str):
            place: Place = (_USES, index)
            raise bad_kind(kind.name, kind.line(place), Fault(place, "string_type"))
        yield (_USES, index), name


def _over(own: yaml.Node, shared: yaml.Node, place: Place) -> yaml.Node:
    """What is said by a kind, with what is shared below it."""
    if isinstance(own, yaml.MappingNode) and isinstance(shared, yaml.MappingNode):
        return _joined(own, shared, place, _over)
    if type(own) is not type(shared) or (_is_type(place) and own.value != shared.value):
        raise _clash(own, place, "unlike", shared)
    return own


def _agreed(one: yaml.Node, other: yaml.Node, place: Place) -> yaml.Node:
    """What two fragments say; neither is above the other."""
    if isinstance(one, yaml.MappingNode) and isinstance(other, yaml.MappingNode):
        return _joined(one, other, place, _agreed)
    if type(one) is not type(other):
        raise _clash(other, place, "unlike", one)
    if _written(one) != _written(other):
        raise _clash(other, place, "fragments_differ", one)
    return one


def _joined(
    first: yaml.MappingNode, second: yaml.MappingNode, place: Place, meet: Any
) -> yaml.MappingNode:
    values: dict[str, tuple[yaml.Node, yaml.Node]] = {
        key.value: (key, value) for key, value in first.value
    }
    for key, value in second.value:
        if key.value in values:
            at, own = values[key.value]
            if meet is _over and _is_nothing(own):
                del values[key.value]
                continue
            values[key.value] = (at, meet(own, value, (*place, key.value)))
        else:
            values[key.value] = (key, value)
    return yaml.MappingNode(
        first.tag, list(values.values()), start_mark=first.start_mark, end_mark=first.end_mark
    )


def _is_nothing(node: yaml.Node) -> bool:
    """``~``: the kind takes away what a fragment says."""
    return isinstance(node, yaml.ScalarNode) and node.value in {"~", "null"} and not node.style


def _is_type(place: Place) -> bool:
    """``fields.NAME.type``: what stands in the field cannot be two things."""
    return len(place) == 3 and place[0] == "fields" and place[2] == "type"


def _written(node: yaml.Node) -> str:
    return str(yaml.serialize(node))


def _clash(node: yaml.Node, place: Place, word: str, other: yaml.Node) -> Invalid:
    where = f"{other.start_mark.name}:{other.start_mark.line + 1}"
    fault = Fault(place, word, {"other": where})
    return bad_kind(node.start_mark.name, node.start_mark.line + 1, fault)


def mark_at(root: yaml.Node, place: Place) -> yaml.Mark:
    """Where the deepest node on the way to `place` begins, in the file it was read from."""
    node, mark = root, root.start_mark
    for step in place:
        found = _child(node, step)
        if found is None:
            break
        node, mark = found
    return mark


def _child(node: yaml.Node, step: int | str) -> tuple[yaml.Node, yaml.Mark] | None:
    if isinstance(node, yaml.MappingNode):
        keys: Mapping[str, tuple[yaml.Node, yaml.Mark]] = {
            key.value: (value, key.start_mark) for key, value in node.value
        }
        return keys.get(str(step))
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark
    return None
