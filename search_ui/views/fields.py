"""Fields of a record, to read and to fill in, as the kind declares them."""

from dataclasses import dataclass

from search_ui.views.shell import Choice


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of a value; with an address where it names another record."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field to read; `lines` has several entries for lists and long texts."""

    name: str
    label: str
    lines: tuple[ShownLine, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Picked:
    """A unit, role or person that was chosen, by its token."""

    token: str
    label: str


@dataclass(frozen=True, slots=True)
class FormField:
    """A field to fill in. `type` is a word of records.schema.kind_fields.FieldType."""

    name: str
    label: str
    type: str
    value: str = ""
    """Of a picker: what was typed into it and names nobody."""
    required: bool = False
    max: int | None = None
    help: str = ""
    error: str = ""
    choices: tuple[Choice, ...] = ()
    picked: tuple[Picked, ...] = ()
    """Chosen entries of a field of units, people, an audience or records."""
    rows: int = 4
    lines: tuple[tuple["FormField", ...], ...] = ()
    """Of a field of rows: the cells of each, those that are still empty at the end."""
    wide: bool = False
    scope: str = "field"
    """Stands before the identifier: a page may ask for one field in several dialogs."""
    handled_href: str = ""
    """Where what the user has handled can be picked from (查询关联); empty for nowhere."""
    roster_href: str = ""
    """Where people or units are asked for in their tree, lately chosen, in groups; else empty."""
    code: str | None = None
    """Of a name in a row: what it stands for while it is left as it is, sent as ``NAME.code``."""
    from_tree: bool = False
    """Units may be picked from their tree, into a picker or, as names, into a text."""

    @property
    def single(self) -> bool:
        """Whether a picker keeps but one entry."""
        return self.type in {"unit", "person", "record"}

    @property
    def suggest_href(self) -> str:
        """Where a picker asks for suggestions."""
        words = {"unit": "units", "person": "people"}
        if self.type in {"record", "records"}:
            return "/suggest"
        return f"/people/suggest/{words.get(self.type, self.type)}"

    @property
    def control(self) -> str:
        """The identifier of the control in the page."""
        return f"{self.scope}-{self.name}"

    @property
    def described_by(self) -> str:
        """Identifiers of the texts that explain the control."""
        told = [f"{self.control}-help"] if self.help else []
        return " ".join([*told, f"{self.control}-error"] if self.error else told)


@dataclass(frozen=True, slots=True)
class GrantForm:
    """Who may see a record, to be filled in; and what was typed there and names nobody."""

    rows: tuple["GrantRow", ...] = ()
    typed: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class GrantRow:
    """Who may see a record: to whom, how much, until when."""

    token: str
    label: str
    icon: str
    right: str
    until: str = ""
