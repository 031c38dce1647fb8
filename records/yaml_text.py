"""YAML as people write it: read strictly, and every fault with its line.

The library takes the last of two equal keys, gives up on a deep nesting by ending the recursion,
and on some tagged scalars by whatever error comes of it; none of that is told to anybody.
"""

import io
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.resolver import Resolver
from yaml.scanner import Scanner

from records.faults import Fault

_DEEPEST = 50
"""Collections in each other; a kind has 6."""

_KEYS = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"})


class YamlFault(ValueError):
    """The text is not YAML, or not such as we take."""

    def __init__(self, line: int, fault: Fault) -> None:
        """`line` counts from 1."""
        super().__init__(f"line {line}: {fault.word}")
        self.line = line
        self.fault = fault


def read_yaml(text: str, *, name: str = "") -> tuple[yaml.Node | None, Any]:
    """The nodes of the only document, and its content; None and None for an empty text.

    Keys are text, and each stands once. The marks of the nodes carry `name`. Raises YamlFault:
    ``not_yaml``, ``repeated_key`` (with ``name``), ``invalid_key``, ``too_deep``.
    """
    if found := Reader.NON_PRINTABLE.search(text):
        raise _fault(text.count("\n", 0, found.start()), "not_yaml")
    try:
        loader = _Strict(_Named(text, name))
        root = loader.get_single_node()
        return root, None if root is None else loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        last = text.rstrip().count("\n")
        raise _fault(min(mark.line, last) if mark else 0, "not_yaml") from error


def content_of(node: yaml.Node) -> Any:
    """The content of nodes that `read_yaml` gave, put together anew perhaps."""
    return _Strict(_Named("", "")).construct_document(node)


class _Named(io.StringIO):
    """A text with the name that its marks carry."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.name = name


class _PythonEvents(Reader, Scanner, Parser):
    """What a text holds piece by piece, where the library was built without libyaml."""

    def __init__(self, stream: _Named) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)


_Events: Any = yaml.cyaml.CParser if yaml.__with_libyaml__ else _PythonEvents  # type: ignore[attr-defined]
"""libyaml scans ten times as fast; what it finds is put together here, where depth is watched."""


class _Strict(Composer, _Events, SafeConstructor, Resolver):  # type: ignore[misc]
    """Faults of the library become marked errors of YAML."""

    def __init__(self, stream: _Named) -> None:
        self._depth = 0
        _Events.__init__(self, stream)
        Composer.__init__(self)
        SafeConstructor.__init__(self)
        Resolver.__init__(self)

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """As the library's, to a depth at which nothing that follows it runs out of stack."""
        if self._depth > _DEEPEST:
            raise _fault(self.peek_event().start_mark.line, "too_deep")
        self._depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self._depth -= 1

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:
        """As the library's; what is merged into a mapping comes later, and may be said anew."""
        node = super().compose_mapping_node(anchor)
        seen: set[str] = set()
        for key, _ in node.value:
            if key.tag not in _KEYS:
                raise _fault(key.start_mark.line, "invalid_key")
            if key.value in seen:
                raise _fault(key.start_mark.line, "repeated_key", name=key.value)
            seen.add(key.value)
        return node

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT001, FBT002
        """As the library's: a date such as 2026-13-01 or an empty ``!!int`` says where it is."""
        try:
            return super().construct_object(node, deep)
        except (ValueError, LookupError, AttributeError, TypeError) as error:
            told = "no value of its type"
            raise yaml.constructor.ConstructorError(None, None, told, node.start_mark) from error


def _fault(line: int, word: str, **named: str) -> YamlFault:
    """`line` counts from 0, as marks do."""
    return YamlFault(line + 1, Fault((), word, named))
