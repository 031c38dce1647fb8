"""Reads kind files: YAML in, checked kinds out, every fault with its file and line.

A folder of kinds holds ``NAME.yaml``, earlier versions of a kind as ``NAME@1.yaml``, and the
folders ``fragments`` and ``dictionaries``. An installation has such a folder of its own beside
those of the program, and ``roles`` in it: what is broken there is named, and the rest works.

Those of the program are read once a process: they change with nothing but the program, and are
frozen, so that whoever is handed them can change them for nobody else.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml
from pydantic import ValidationError

from records.consequences.effect_check import child_faults
from records.errors import Invalid
from records.faults import Fault, Place, validation_fault
from records.people.roles import OwnRole, Roles
from records.schema.check import faults_of
from records.schema.dictionaries import Dictionaries, Dictionary
from records.schema.fragments import (
    Declarations,
    Fragments,
    bad_kind,
    mark_at,
    read_declarations,
)
from records.schema.kind import Kind, Kinds
from records.schema.known_keys import with_known_keys
from records.schema.related_check import related_faults
from records.schema.vocabulary import Vocabulary, vocabulary_faults
from records.yaml_text import content_of

FRAGMENTS = "fragments"
DICTIONARIES = "dictionaries"
ROLES = "roles"


def product_kinds() -> Path:
    """The folder of the kinds that come with the program."""
    return Path(str(files("records") / "kinds"))


@dataclass(frozen=True, slots=True)
class LoadedKinds:
    """The kinds and dictionaries of an installation, and what is wrong with its own files."""

    kinds: Kinds
    dictionaries: Dictionaries
    faults: tuple[Invalid, ...] = ()
    roles: tuple[OwnRole, ...] = ()
    """Those that the installation declares."""


def load_installation(own: Path | None) -> LoadedKinds:
    """The kinds of the program and those of an installation's folder, which need not be there.

    A broken file of the installation is one of the `faults`; so is one that would take the place
    of a kind or a fragment of the program. Raises Invalid (``bad_kind``) for the program's own.
    """
    product = _product()
    if own is None:
        return LoadedKinds(product.kinds, product.shelf.dictionaries)
    added = _loaded(own, product.shelf, taken=product.kinds)
    kinds = Kinds((*product.kinds, *added.kinds), (*product.kinds.earlier, *added.kinds.earlier))
    return LoadedKinds(kinds, added.shelf.dictionaries, added.faults, added.shelf.roles)


def load_kinds(folder: Path) -> Kinds:
    """All kinds of a folder, in order of file name; they may use what the program shares.

    Raises Invalid (``bad_kind``) with ``file``, ``line``, ``key`` and ``fault`` for the first
    file that cannot be read, is not YAML, has an unknown, wrong or repeated key, or fails the
    check as a whole; ``bad_fragment`` when the words stand in a fragment.
    """
    loaded = _loaded(folder, _shelf_above(folder))
    for fault in loaded.faults:
        raise fault
    return loaded.kinds


def load_kind(path: Path) -> Kind:
    """The kind of one file. Raises Invalid (``bad_kind``), as load_kinds."""
    shelf = _shelf_above(path.parent)
    shelf, faults = shelf.with_those_of(path.parent)
    for fault in faults:
        raise fault
    return _kind(path, shelf)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What kinds may use while they are read."""

    fragments: Fragments
    dictionaries: Dictionaries
    roles: tuple[OwnRole, ...] = ()

    def with_those_of(self, folder: Path) -> tuple["_Shelf", tuple[Invalid, ...]]:
        """A shelf with the sound files of a folder too, and what is wrong with the others."""
        shelf, faults = self, []
        for name, put in (
            (FRAGMENTS, _Shelf._with_fragment),
            (DICTIONARIES, _Shelf._with_dictionary),
            (ROLES, _Shelf._with_role),
        ):
            for path in sorted((folder / name).glob("*.yaml")):
                try:
                    shelf = put(shelf, path)
                except Invalid as error:
                    faults.append(error)
        return shelf, tuple(faults)

    def _with_fragment(self, path: Path) -> "_Shelf":
        return replace(self, fragments=self.fragments.and_that_of(path))

    def _with_dictionary(self, path: Path) -> "_Shelf":
        return replace(self, dictionaries=_with_dictionary(self.dictionaries, path))

    def _with_role(self, path: Path) -> "_Shelf":
        return replace(self, roles=(*self.roles, _role(path)))


@dataclass(frozen=True, slots=True)
class _Loaded:
    kinds: Kinds
    shelf: _Shelf
    faults: tuple[Invalid, ...]


@cache
def _product() -> _Loaded:
    """What comes with the program, read once a process. Raises Invalid (``bad_kind``)."""
    loaded = _loaded(product_kinds(), _Shelf(Fragments(), Dictionaries()))
    for fault in loaded.faults:
        raise fault
    return loaded


def _shelf_above(folder: Path) -> _Shelf:
    """The shelf of the program, empty for its own folder."""
    if folder.resolve() == product_kinds().resolve():
        return _Shelf(Fragments(), Dictionaries())
    return _product().shelf


def _loaded(folder: Path, above: _Shelf, *, taken: Kinds | None = None) -> _Loaded:
    """Everything of a folder, over a shelf that stays as it is."""
    shelf, found = above.with_those_of(folder)
    faults = list(found)
    current: list[Kind] = []
    earlier: list[Kind] = []
    for path in sorted(folder.glob("*.yaml"), key=lambda path: path.stem.partition("@")):
        try:
            kind = _kind(path, shelf)
            _refuse_taken(path, kind, taken)
            if "@" in path.stem:
                _refuse_newer(path, kind, current)
        except Invalid as error:
            faults.append(error)
        else:
            (earlier if "@" in path.stem else current).append(kind)
    known = Kinds((*(taken or ()), *current))
    for kind in tuple(current):  # what it says of other kinds, once all are known
        for fault in (*child_faults(kind, known), *related_faults(kind, known)):
            declared = read_declarations(folder / f"{kind.kind}.yaml", f"{kind.kind}.yaml")
            faults.append(_fault_of(declared, shelf.fragments.put_into(declared), fault))
            current.remove(kind)
            break
    return _Loaded(Kinds(tuple(current), tuple(earlier)), shelf, tuple(faults))


def _kind(path: Path, shelf: _Shelf) -> Kind:
    declared = read_declarations(path, path.name)
    root = shelf.fragments.put_into(declared)
    content = content_of(root)
    try:
        kind = Kind.model_validate(content)
    except ValidationError as error:
        fault = with_known_keys(validation_fault(error.errors()[0]), Kind)
        raise _fault_of(declared, root, fault) from error
    for fault in (*_file_faults(path, kind), *faults_of(kind)):
        raise _fault_of(declared, root, fault)
    known = Vocabulary(shelf.dictionaries, Roles(shelf.roles))
    for fault in vocabulary_faults(content, known):
        raise _fault_of(declared, root, fault)
    return kind


def _file_faults(path: Path, kind: Kind) -> Iterator[Fault]:
    """A file bears the name of its kind, and one of an earlier version its number."""
    name, _, number = path.stem.partition("@")
    if kind.kind != name:
        yield Fault(("kind",), "name_of_file", {"name": kind.kind})
    if "@" in path.stem and str(kind.version) != number:
        yield Fault(("version",), "version_of_file", {"name": str(kind.version)})


def _refuse_taken(path: Path, kind: Kind, taken: Kinds | None) -> None:
    if taken is not None and taken.find(kind.kind) is not None:
        raise bad_kind(path.name, 1, Fault(("kind",), "kind_of_product", {"name": kind.kind}))


def _refuse_newer(path: Path, kind: Kind, current: list[Kind]) -> None:
    newest = next((each for each in current if each.kind == kind.kind), None)
    if newest is None or kind.version >= newest.version:
        raise bad_kind(path.name, 1, Fault(("version",), "not_earlier", {"name": kind.kind}))


def _fault_of(declared: Declarations, root: yaml.Node, fault: Fault) -> Invalid:
    """Where the words stand: in the kind's own file, or in a fragment that it uses."""
    mark = mark_at(root, fault.place)
    error = bad_kind(mark.name, mark.line + 1, fault)
    if mark.name == declared.name:
        return error
    return Invalid("bad_fragment", kind_file=declared.name, **error.facts)


def _role(path: Path) -> OwnRole:
    declared = read_declarations(path, f"{path.parent.name}/{path.name}")
    try:
        role = OwnRole.model_validate(declared.content)
    except ValidationError as error:
        fault = with_known_keys(validation_fault(error.errors()[0]), OwnRole)
        raise bad_kind(declared.name, declared.line(fault.place), fault) from error
    if role.role != path.stem:
        fault = Fault(("role",), "name_of_file", {"name": role.role})
        raise bad_kind(declared.name, declared.line(fault.place), fault)
    return role


def _with_dictionary(dictionaries: Dictionaries, path: Path) -> Dictionaries:
    declared = read_declarations(path, f"{path.parent.name}/{path.name}")
    try:
        dictionary = Dictionary.model_validate(declared.content)
        if dictionary.dictionary != path.stem:
            fault = Fault(("dictionary",), "name_of_file", {"name": dictionary.dictionary})
            raise bad_kind(declared.name, declared.line(fault.place), fault)
        return dictionaries.and_more(dictionary)
    except ValidationError as error:
        fault = validation_fault(error.errors()[0])
        raise bad_kind(declared.name, declared.line(fault.place), fault) from error
    except Invalid as error:
        if error.reason != "repeated_entry":
            raise
        place: Place = ("entries",)
        fault = Fault(place, "repeated_key", {"name": str(error.facts["given"])})
        raise bad_kind(declared.name, declared.line(place), fault) from error
