"""Reads kind files: YAML in, checked kinds out, every fault with its file and line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from records.errors import Invalid
from records.faults import Fault, Place, validation_fault
from records.kind import Kind, Kinds
from records.kind_check import faults_of
from records.yaml_text import YamlFault, read_yaml


def load_kinds(folder: Path) -> Kinds:
    """All kinds of the folder's ``*.yaml`` files, in order of file name.

    Raises Invalid (``bad_kind``) with ``file``, ``line``, ``key`` and ``fault`` for the first
    file that cannot be read, is not YAML, has an unknown, wrong or repeated key, or fails the
    check as a whole.
    """
    return Kinds(tuple(load_kind(path) for path in sorted(folder.glob("*.yaml"))))


def load_kind(path: Path) -> Kind:
    """The kind of one file. Raises Invalid (``bad_kind``), as load_kinds."""
    root, content = _read(path)
    if not isinstance(root, yaml.MappingNode):
        raise _bad_kind(path, 1, Fault((), "not_mapping"))
    try:
        kind = Kind.model_validate(content)
    except ValidationError as error:
        fault = validation_fault(error.errors()[0])
        raise _bad_kind(path, _line(root, fault.place), fault) from error
    for fault in faults_of(kind):
        raise _bad_kind(path, _line(root, fault.place), fault)
    return kind


def _read(path: Path) -> tuple[yaml.Node | None, Any]:
    try:
        return read_yaml(path.read_text(encoding="utf-8"))
    except YamlFault as error:
        raise _bad_kind(path, error.line, error.fault) from error
    except UnicodeDecodeError as error:
        raise _bad_kind(path, 1, Fault((), "not_text")) from error
    except OSError as error:
        raise _bad_kind(path, 1, Fault((), "unreadable")) from error


def _bad_kind(path: Path, line: int, fault: Fault) -> Invalid:
    """Without a place it is the file as such."""
    key = fault.key or "YAML"
    return Invalid("bad_kind", file=path.name, line=line, key=key, **fault.facts)


def _line(root: yaml.Node, place: Place) -> int:
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
