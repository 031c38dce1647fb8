"""Turns a view into a page: the Jinja2 environment of the templates, and one renderer.

Texts, templates and the digests of static files are read once a process: they change with nothing
but the program, and a compiled template serves every application.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from search_ui import formats
from search_ui.texts import Texts, read_texts
from search_ui.views.shell import Shell

HERE = Path(__file__).parent
STATIC = HERE / "static"
STATIC_ADDRESS = "/static"


class Pages:
    """All templates in one language. Markup is escaped everywhere; an unset name is an error."""

    def __init__(self, texts: Texts, static: Path = STATIC) -> None:
        self.texts = texts
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(t=texts, asset=_asset_address(static))
        self._environment.filters.update(
            {
                function.__name__: function
                for function in (
                    formats.day,
                    formats.short_day,
                    formats.long_day,
                    formats.moment,
                    formats.brief,
                    formats.part_of_day,
                    formats.count,
                    formats.size,
                    formats.bracket,
                )
            }
        )

    def render(self, name: str, page: object, *, shell: Shell | None = None) -> str:
        """The page `name` of templates/pages. Pages of the shell need `shell`, bare ones do not.

        Raises jinja2.UndefinedError when the view lacks what the template shows.
        """
        template = self._environment.get_template(f"pages/{name}.html")
        given = {"page": page} if shell is None else {"page": page, "shell": shell}
        return template.render(given)

    def part(self, component: str, name: str, *given: object) -> str:
        """The macro `name` of a component, to take a place in a page that stands."""
        module = self._environment.get_template(f"components/{component}.html").module
        return str(getattr(module, name)(*given))


@cache
def read_pages() -> Pages:
    """The pages of this program, read once a process; a template is compiled when first shown."""
    return Pages(read_texts())


def _asset_address(static: Path) -> Callable[[str], str]:
    """Addresses that change with the file, so that a browser may keep it for ever."""
    versions = {
        path.relative_to(static).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in sorted(static.rglob("*"))
        if path.is_file()
    }

    def asset(name: str) -> str:
        return f"{STATIC_ADDRESS}/{name}?v={versions.get(name, 'missing')}"

    return asset
