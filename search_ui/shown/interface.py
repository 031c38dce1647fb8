"""An OpenAPI description as a page: what programs may ask, in the order in which it is told."""

from collections.abc import Iterator, Mapping
from typing import Any

from search_ui.texts import Texts
from search_ui.views.person.interface import InterfacePage, Operation, OperationGroup, Parameter

_HIDDEN = frozenset({"authorization"})


def interface_page(told: Mapping[str, Any], t: Texts) -> InterfacePage:
    """The page of a description that `api.interface` made."""
    groups: dict[str, list[Operation]] = {tag["name"]: [] for tag in told["tags"]}
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            groups[operation["tags"][0]].append(_operation(path, method, operation, told, t))
    titles = {tag["name"]: tag["description"] for tag in told["tags"]}
    own = told["x-wenshu"]
    return InterfacePage(
        intro=tuple((part["title"], part["text"]) for part in own["intro"]),
        statuses=tuple((status, text) for status, text in own["statuses"]),
        groups=tuple(
            OperationGroup(f"group-{name}", titles[name], tuple(operations))
            for name, operations in groups.items()
            if operations
        ),
    )


def _operation(
    path: str, method: str, operation: Mapping[str, Any], told: Mapping[str, Any], t: Texts
) -> Operation:
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        title=operation["summary"],
        text=operation["description"] if operation["description"] != operation["summary"] else "",
        parameters=(*_parameters(operation, t), *_fields(operation, told, t)),
        sample=next((each["source"] for each in operation.get("x-codeSamples", ())), ""),
    )


def _parameters(operation: Mapping[str, Any], t: Texts) -> Iterator[Parameter]:
    for each in operation.get("parameters", ()):
        if each["name"].lower() not in _HIDDEN:
            required = each["in"] == "path" or each.get("required", False)
            where = t(f"interface.in_{each['in']}")
            name = "If-Match" if each["name"] == "if-match" else each["name"]
            yield Parameter(name, where, _type(each["schema"], t), required or name == "If-Match")


def _fields(operation: Mapping[str, Any], told: Mapping[str, Any], t: Texts) -> Iterator[Parameter]:
    """What the body takes, of the first of its media types."""
    content = operation.get("requestBody", {}).get("content", {})
    schema: Mapping[str, Any] = next((each["schema"] for each in content.values()), {})
    schema = _meant(schema, told)
    for name, each in schema.get("properties", {}).items():
        required = name in schema.get("required", ())
        yield Parameter(name, t("interface.in_body"), _type(each, t), required)


def _meant(schema: Mapping[str, Any], told: Mapping[str, Any]) -> Mapping[str, Any]:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    found: Mapping[str, Any] = told["components"]["schemas"].get(name, schema)
    return found


def _type(schema: Mapping[str, Any], t: Texts) -> str:
    """A type in a word; of several the first that is no null."""
    options = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    schema = options[0] if options else schema
    kind = schema.get("format") or schema.get("type") or "object"
    known = {"integer", "number", "boolean", "array", "object", "date", "date-time", "binary"}
    return t(f"interface.type_{kind.replace('-', '_') if kind in known else 'string'}")
