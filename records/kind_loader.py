"""Reads kind files: YAML in, checked kinds out, every fault with its file and line."""

from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import ValidationError

from records.errors import Invalid
from records.kind import Kind, Kinds
from records.kind_check import faults_of


def load_kinds(folder: Path) -> Kinds:
    """All kinds of the folder's ``*.yaml`` files, in order of file name.

    Raises Invalid (``bad_kind``) with ``file``, ``line``, ``key`` and ``fault`` for the first
    file that is not YAML, has an unknown or wrong key, or fails the check as a whole.
    """
    return Kinds(tuple(load_kind(path) for path in sorted(folder.glob("*.yaml"))))


def load_kind(path: Path) -> Kind:
    """The kind of one file. Raises Invalid (``bad_kind``), as load_kinds."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise Invalid("bad_kind", file=path.name, line=line, key="", fault=str(error)) from error
    if not isinstance(root, yaml.MappingNode):
        raise Invalid("bad_kind", file=path.name, line=1, key="", fault="not a mapping")
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        kind = Kind.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        raise _fault(path, root, first["loc"], first["msg"]) from error
    for place, fault in faults_of(kind):
        raise _fault(path, root, place, fault)
    return kind


def _fault(path: Path, root: yaml.Node, place: tuple[int | str, ...], fault: str) -> Invalid:
    key = ".".join(str(step) for step in place)
    return Invalid("bad_kind", file=path.name, line=_line(root, place), key=key, fault=fault)


def _line(root: yaml.Node, place: tuple[int | str, ...]) -> int:
    """The line, counted from 1, of the deepest node on the way to `place` that exists."""
    node, line = root, root.start_mark.line
    for step in place:
        found = _child(node, step)
        if found is None:
            break
        node, line = found
    return line + 1


def _child(node: yaml.Node, step: int | str) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        keys: Mapping[str, tuple[yaml.Node, int]] = {
            key.value: (value, key.start_mark.line) for key, value in node.value
        }
        return keys.get(str(step))
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark.line
    return None
