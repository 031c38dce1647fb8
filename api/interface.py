"""The interface described for those who write programs: in Chinese, with examples that are run.

`interface.yaml` holds the words and one example of each address; what is exact (types, what is
required) comes from the routes themselves. tests/api/test_examples.py runs every example.
"""

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

import yaml
from fastapi import FastAPI

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "reason", "facts", "request"],
    "properties": {
        "type": {"type": "string", "example": "urn:wenshu:problem:stale_revision"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "reason": {"type": "string", "example": "stale_revision"},
        "facts": {"type": "object"},
        "request": {"type": "string"},
    },
}
_OPEN = frozenset(
    {
        "POST /api/v1/session",
        "POST /api/v1/session/codes",
        "POST /api/v1/session/by-code",
        "POST /api/v1/session/recovery",
        "POST /api/v1/session/recovery/code",
        "POST /api/v1/applications",
        "POST /api/v1/applications/state",
        "GET /healthz",
        "GET /readyz",
    }
)
"""What takes no token."""


@dataclass(frozen=True, slots=True)
class Example:
    """One call as it is run: `as_` signs in, `keeps` takes values of the answer for later ones."""

    call: str
    title: str = ""
    text: str = ""
    as_: str = ""
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: object = None
    form: Mapping[str, str] = field(default_factory=dict)
    file: Sequence[str] = ()
    """Name and text of a file that is sent."""
    status: int = 200
    keeps: Mapping[str, str] = field(default_factory=dict)
    only_run: bool = False
    waits: bool = False
    """Whether it may take a moment until it answers as told."""

    @property
    def method(self) -> str:
        """GET, POST and so on."""
        return self.call.partition(" ")[0]

    def address(self, known: Mapping[str, str]) -> str:
        """Path and query, with what is known in the place of names in braces."""
        path = self.call.partition(" ")[2]
        given = {**known, **{name: fill(value, known) for name, value in self.path.items()}}
        for name, value in given.items():
            path = path.replace(f"{{{name}}}", quote(str(value), safe="{}"))
        query = {name: fill(value, known) for name, value in self.query.items()}
        return f"{path}?{urlencode(query)}" if query else path

    def curl(self) -> str:
        """The call as a command; ``$WENSHU`` is the server and ``$TOKEN`` the token."""
        parts = ["curl"]
        if self.method != "GET":
            parts.append(f"-X {self.method}")
        if self.call not in _OPEN:
            parts.append('-H "Authorization: Bearer $TOKEN"')
        parts += [f"-H {shlex.quote(f'{name}: {told}')}" for name, told in self.headers.items()]
        if self.body is not None:
            parts.append("-H 'Content-Type: application/json'")
            parts.append(f"-d {shlex.quote(json.dumps(self.body, ensure_ascii=False))}")
        parts += [f"-F {shlex.quote(f'{name}={value}')}" for name, value in self.form.items()]
        if self.file:
            parts.append(f"-F {shlex.quote(f'file=@{self.file[0]}')}")
        parts.append(f'"$WENSHU{self.address({})}"')
        return " \\\n  ".join(parts)


@cache
def _read() -> Mapping[str, Any]:
    text = (files("api") / "interface.yaml").read_text(encoding="utf-8")
    read: Mapping[str, Any] = yaml.safe_load(text)
    return read


def examples() -> Iterator[Example]:
    """All examples in the order in which they are run."""
    for told in _read()["operations"]:
        yield Example(**{("as_" if name == "as" else name): each for name, each in told.items()})


def fill(value: object, known: Mapping[str, str]) -> Any:
    """The value with what is known in the place of names in braces."""
    if isinstance(value, str):
        for name, each in known.items():
            value = value.replace(f"{{{name}}}", each)
        return value
    if isinstance(value, Mapping):
        return {name: fill(each, known) for name, each in value.items()}
    if isinstance(value, list):
        return [fill(each, known) for each in value]
    return value


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description of the application, with these words and examples."""
    told: dict[str, Any] = app.openapi()
    if "x-wenshu" in told:
        return told
    words = _read()
    intro = "\n\n".join(f"**{part['title']}** {part['text']}" for part in words["intro"])
    told["info"]["description"] = intro
    told["x-wenshu"] = {"intro": words["intro"], "statuses": words["statuses"]}
    told["tags"] = [{"name": name, "description": title} for name, title in words["tags"].items()]
    told["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    told["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "会话令牌或应用令牌"}
    }
    told["security"] = [{"token": []}]
    for example in examples():
        if not example.only_run:
            method, path = example.call.lower().partition(" ")[0], example.call.partition(" ")[2]
            _tell(told["paths"][path][method], example)
    return told


def _tell(operation: dict[str, Any], example: Example) -> None:
    operation["summary"] = example.title
    operation["description"] = example.text or example.title
    operation["x-codeSamples"] = [{"lang": "Shell", "label": "curl", "source": example.curl()}]
    if example.call in _OPEN:
        operation["security"] = []
    for kind in operation.get("requestBody", {}).get("content", {}).values():
        if example.body is not None:
            kind["example"] = example.body
    operation["responses"]["default"] = {
        "description": "出错",
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
