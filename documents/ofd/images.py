"""Pictures on pages, made anew and put into the drawing."""

import base64
import re
from typing import Any

from documents.failing import Unshowable
from documents.ofd.canvas import Canvas
from documents.ofd.document import Resource
from documents.ofd.geometry import Matrix
from documents.ofd.jbig2 import JBIG2_HEADS, jbig2_png
from documents.ofd.package import OfdPackage, text_of
from documents.pictures import remake

_MOST_SIDE = 2_500
_MOST_PICTURES = 500
_UNIT = 'width="1" height="1" preserveAspectRatio="none"'


class Images:
    """Draws picture objects; each picture is read once."""

    def __init__(self, package: OfdPackage) -> None:
        self._package = package
        self._addresses: dict[str, str | None] = {}

    def put(
        self,
        element: Any,
        matrix: Matrix,
        shared: dict[tuple[str, str], Resource],
        canvas: Canvas,
    ) -> None:
        """Draw a picture in the unit square under `matrix` (GB/T 33190, 10)."""
        for identifier in (element.get("ResourceID"), element.get("Substitution")):
            address = self._address(identifier, shared)
            if address:
                name = f"image{re.sub(r'[^A-Za-z0-9]', '', identifier or '')}"
                canvas.define(name, f'<image id="{name}" {_UNIT} href="{address}"/>')
                masked = self._mask(element.get("ImageMask"), shared, canvas)
                canvas.put(f'<use href="#{name}" transform="{matrix.svg()}"{masked}/>')
                return

    def _mask(
        self, identifier: str | None, shared: dict[tuple[str, str], Resource], canvas: Canvas
    ) -> str:
        address = self._address(identifier, shared)
        if not address:
            return ""
        name = canvas.new_name("mask")
        square = 'maskContentUnits="userSpaceOnUse" x="0" y="0" width="1" height="1"'
        canvas.define(name, f'<mask id="{name}" {square}><image {_UNIT} href="{address}"/></mask>')
        return f' mask="url(#{name})"'

    def _address(
        self, identifier: str | None, shared: dict[tuple[str, str], Resource]
    ) -> str | None:
        if not identifier:
            return None
        if identifier not in self._addresses:
            if len(self._addresses) >= _MOST_PICTURES:
                raise Unshowable("bomb")
            self._addresses[identifier] = self._load(shared.get(("MultiMedia", identifier)))
        return self._addresses[identifier]

    def _load(self, resource: Resource | None) -> str | None:
        """None for what is no picture: the page is worth showing without it."""
        location = text_of(resource.element, "MediaFile") if resource else None
        member = self._package.find(location, *resource.folders) if resource else None
        if member is None:
            return None
        try:
            return _data(self._package.read(member))
        except Unshowable:
            return None


def address_of(media_type: str, body: bytes) -> str:
    """A ``data:`` address that holds the bytes."""
    return f"data:{media_type};base64,{base64.b64encode(body).decode('ascii')}"


def _data(body: bytes) -> str:
    if body.startswith(JBIG2_HEADS):
        body = jbig2_png(body)
    made = remake(body, most_side=_MOST_SIDE)
    return address_of(made.media_type, made.body)
