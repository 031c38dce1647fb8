"""The parts of an OFD document that drawing needs: pages, templates, resources, annotations."""

import posixpath
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from documents.failing import Unshowable
from documents.ofd.geometry import Area
from documents.ofd.package import OfdPackage, child, children, is_true, text_of

_A4 = Area(0, 0, 210, 297)
_SHARED = ("Font", "MultiMedia", "ColorSpace", "DrawParam", "CompositeGraphicUnit")
_MOST_TEMPLATES = 20


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that objects refer to by its identifier, and where its files are sought."""

    element: Any
    folders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfdPage:
    """One page: its box, and what is drawn on it, from the ground up."""

    box: Area
    layers: tuple[Any, ...]
    annotations: tuple[Any, ...]
    resources: dict[tuple[str, str], Resource]


class OfdDocument:
    """The first document of a package. Raises Unshowable for a file that holds none."""

    def __init__(self, source: Path | BinaryIO) -> None:
        self.package = OfdPackage(source)
        try:
            self._load()
        except BaseException:
            self.package.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self.package.close()

    def page(self, number: int) -> OfdPage:
        """One page, counted from 1."""
        entry = self.pages[number - 1]
        name = self.package.find(entry.get("BaseLoc"), self.folder)
        root = self.package.xml(name) if name else None
        resources = dict(self._resources)
        for place in children(root, "PageRes"):
            self._load_resources(place.text, posixpath.dirname(name or ""), resources)
        box = _box(child(root, "Area")) or self._box
        ground: list[Any] = []
        front: list[Any] = []
        for reference in children(root, "Template")[:_MOST_TEMPLATES]:
            layers = self._template(reference.get("TemplateID"))
            (front if reference.get("ZOrder") == "Foreground" else ground).extend(layers)
        return OfdPage(
            box=box,
            layers=(*ground, *_layers(root), *front),
            annotations=tuple(self._annotations(entry.get("ID"))),
            resources=resources,
        )

    def _load(self) -> None:
        entry = self.package.find("OFD.xml")
        body = child(self.package.xml(entry), "DocBody") if entry else None
        location = self.package.find(text_of(body, "DocRoot"))
        if location is None:
            raise Unshowable("parse")
        self.folder = posixpath.dirname(location)
        self.signatures = text_of(body, "Signatures")
        self.root = self.package.xml(location)
        common = child(self.root, "CommonData")
        self._box = _box(child(common, "PageArea")) or _A4
        self._resources: dict[tuple[str, str], Resource] = {}
        for place in children(common, "PublicRes", "DocumentRes"):
            self._load_resources(place.text, self.folder, self._resources)
        self._templates = {t.get("ID"): t for t in children(common, "TemplatePage")}
        self.pages = children(child(self.root, "Pages"), "Page")

    def _load_resources(
        self, location: str | None, folder: str, found: dict[tuple[str, str], Resource]
    ) -> None:
        name = self.package.find(location, folder, self.folder)
        if name is None:
            return
        try:
            root = self.package.xml(name)
        except Unshowable:
            return  # the page is worth showing without its fonts and pictures
        here = posixpath.dirname(name)
        base = (root.get("BaseLoc") or "").replace("\\", "/")
        of_base = base.lstrip("/") if base.startswith("/") else posixpath.join(here, base)
        folders = (of_base, here, self.folder, posixpath.join(self.folder, "Res"))
        for element in root.iter(*_SHARED):
            if element.get("ID"):
                found[element.tag, element.get("ID")] = Resource(element, folders)

    def _template(self, identifier: str | None) -> list[Any]:
        template = self._templates.get(identifier)
        name = None
        if template is not None:
            name = self.package.find(template.get("BaseLoc"), self.folder)
        try:
            return _layers(self.package.xml(name)) if name else []
        except Unshowable:
            return []

    def _annotations(self, page: str | None) -> list[Any]:
        """Appearances of the visible annotations of a page."""
        index = self.package.find(text_of(self.root, "Annotations"), self.folder)
        if index is None:
            return []
        here = posixpath.dirname(index)
        try:
            files = [
                self.package.find(text_of(entry, "FileLoc"), here, self.folder)
                for entry in self.package.xml(index).iter("Page")
                if entry.get("PageID") == page
            ]
            found = [a for f in files if f for a in self.package.xml(f).iter("Annot")]
        except Unshowable:
            return []
        shown = [annotation for annotation in found if is_true(annotation, "Visible", default=True)]
        return [a for annotation in shown for a in children(annotation, "Appearance")]


def _layers(root: Any) -> list[Any]:
    return children(child(root, "Content"), "Layer")


def _box(area: Any) -> Area | None:
    for name in ("PhysicalBox", "ApplicationBox", "CropBox", "ContentBox"):
        box = Area.read(text_of(area, name))
        if box and 0 < box.width <= 5000 and 0 < box.height <= 5000:
            return box
    return None
