"""帮助: the tools, the parts of the interface, and the modules that this person has (GT-10)."""

from dataclasses import dataclass

from search_ui.views.shell import NavigationGroup


@dataclass(frozen=True, slots=True)
class HelpTool:
    """A button; its words stand in the catalogue (`help.tool.NAME`, `help.does.NAME`)."""

    name: str
    icon: str


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The page; `steps` are those of the tour (`tour.title.NAME`, `tour.text.NAME`)."""

    tools: tuple[HelpTool, ...]
    steps: tuple[str, ...]
    modules: tuple[NavigationGroup, ...]
