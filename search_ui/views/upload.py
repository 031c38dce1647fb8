"""Files: handed in, and those of a record, part by part."""

from dataclasses import dataclass
from datetime import datetime

from search_ui.views.fields import FormField, GrantForm
from search_ui.views.shell import Badge, Choice, Crumb


@dataclass(frozen=True, slots=True)
class UploadOutcome:
    """What became of one file that was handed in."""

    name: str
    size_bytes: int
    status: Badge
    detail: str = ""
    href: str | None = None
    edit_href: str = ""
    """Where 文号, 成文日期 and what else the kind knows are filled in."""
    same: bool = False
    """One of this name is there: nothing was done, what to do is asked."""


@dataclass(frozen=True, slots=True)
class UploadPage:
    """Many files at once, each becoming a record."""

    action_href: str
    kinds: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    grants: GrantForm
    limit_bytes: int
    idempotency_key: str
    folder: str = ""
    """The folder into which they come; then the kind is decided, and there is a way back."""
    title: str = ""
    crumbs: tuple[Crumb, ...] = ()
    back_href: str = ""
    same: tuple[Choice, ...] = ()
    """What is to be done where a file of the name is there."""
    outcomes: tuple[UploadOutcome, ...] = ()
    problem: str = ""
    lost_files: tuple[str, ...] = ()
    """Names of files that came with what was refused: a browser does not keep them."""


@dataclass(frozen=True, slots=True)
class NewVersionPage:
    """A new version of one file of a record."""

    title: str
    file_name: str
    version: int
    revision: int
    action_href: str
    cancel_href: str
    crumbs: tuple[Crumb, ...]
    limit_bytes: int
    idempotency_key: str
    ending: str = ""
    """The type of the file: pdf."""
    problem: str = ""
    reason: str = ""
    other_type: str = ""
    """The type of what was handed in, where that is another one: to be confirmed."""
    lost_files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a record."""

    name: str
    href: str
    """Where its preview is."""
    download_href: str
    size_bytes: int
    icon: str
    added_at: datetime
    added_by: str
    version: int = 1
    status: Badge | None = None
    """What became of its text, when that is worth telling: encrypted, failed, waiting."""
    current: bool = False
    new_version_href: str | None = None
    step: str = ""
    """In what step it came, for who took part: 协办."""
    bring_back_href: str | None = None
    """Where this earlier version becomes the newest again."""
    newest: int = 0
    """The newest revision, on which that is done."""
    shown_revision: int = 0
    remove_href: str | None = None
    """Where one's own file of this step is taken out again."""
    recognise_href: str | None = None
    """Where its pages are recognised once more."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """The files of one part that the kind declares."""

    name: str
    label: str
    files: tuple[FileRow, ...]
    add_href: str | None = None
    """Where the reader may add files to it; None where he may not, or has the whole form."""

    @property
    def dialog(self) -> str:
        """The identifier of the dialog in which files are added."""
        return f"add-{self.name}"

    @property
    def drop(self) -> FormField:
        """The control of that dialog."""
        return FormField(f"part-{self.name}", self.label, "files", required=True, scope="add")
