"""One page of a PDF, written operator by operator (ISO 32000-1, 8 and 11)."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

from PIL import Image

from documents.ofd.geometry import Matrix

_MOST_CHARACTERS = 16_000_000
_MOST_PICTURES = 500
_FIRST_PICTURE = 5
"""The number of its object: those before are the file, its pages, the page, what is drawn."""

Colour = tuple[float, float, float] | None
"""Red, green and blue from 0 to 1; None paints nothing."""


class PdfPage:
    """Collects what is drawn. Sizes are points; y grows upwards until `transform` turns it."""

    def __init__(self, width: float, height: float) -> None:
        self._size = width, height
        self._operators: list[str] = []
        self._characters = 0
        self._alphas: dict[str, str] = {}
        self._pictures: list[tuple[bytes, bytes]] = []

    @property
    def is_full(self) -> bool:
        """Whether nothing more is worth drawing: it has grown beyond what one looks at."""
        return self._characters > _MOST_CHARACTERS or len(self._pictures) >= _MOST_PICTURES

    @contextmanager
    def state(self) -> Iterator[None]:
        """What is set within holds within."""
        self._put("q")
        yield
        self._put("Q")

    def transform(self, matrix: Matrix) -> None:
        """Coordinates that follow are those of `matrix`."""
        values = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
        self._put(" ".join(f"{value:.6f}" for value in values) + " cm")

    def clip(self, path: str) -> None:
        """What follows shows within the path alone; nothing within an empty one."""
        self._put(f"{path or '0 0 0 0 re'} W n")

    def path(
        self,
        path: str,
        *,
        fill: Colour,
        stroke: Colour,
        width: float,
        alpha: float,
        even_odd: bool = False,
    ) -> None:
        """Paint a path, given as its operators; a `width` of 0 is the thinnest line there is."""
        if not path or (fill is None and stroke is None):
            return
        painted = ("f" if stroke is None else "B") + ("*" if even_odd else "")
        looks = [f"/{self._alpha(alpha)} gs"]
        looks += [f"{' '.join(f'{each:.3f}' for each in fill)} rg"] if fill else []
        if stroke:
            looks.append(f"{' '.join(f'{each:.3f}' for each in stroke)} RG {width:.4f} w")
        self._put(f"{' '.join(looks)} {path} {painted if fill else 'S'}")

    def picture(self, picture: Image.Image, *, alpha: float) -> None:
        """Put a picture into the unit square, its top at y = 0."""
        number = len(self._pictures)
        name, mask = f"I{number}", _FIRST_PICTURE + 2 * number + 1
        self._pictures.append((_coloured(picture, mask), _covering(picture)))
        self._put(f"q /{self._alpha(alpha)} gs 1 0 0 -1 0 1 cm /{name} Do Q")

    def pdf(self) -> bytes:
        """The whole file."""
        width, height = self._size
        states = " ".join(f"/{name} <</ca {a} /CA {a}>>" for a, name in self._alphas.items())
        drawn = " ".join(f"/I{n} {_FIRST_PICTURE + 2 * n} 0 R" for n in range(len(self._pictures)))
        objects = [
            b"<</Type /Catalog /Pages 2 0 R>>",
            b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
            f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.3f} {height:.3f}] /Contents 4 0 R "
            f"/Resources <</ExtGState <<{states}>> /XObject <<{drawn}>>>>>>".encode(),
            _stream("", "\n".join(self._operators).encode("ascii")),
        ]
        return _file([*objects, *chain.from_iterable(self._pictures)])

    def _alpha(self, alpha: float) -> str:
        return self._alphas.setdefault(f"{alpha:.2f}", f"A{len(self._alphas)}")

    def _put(self, operators: str) -> None:
        self._characters += len(operators)
        self._operators.append(operators)


def _coloured(picture: Image.Image, mask: int) -> bytes:
    masked = f" /SMask {mask} 0 R" if "A" in picture.getbands() else ""
    return _pixels("DeviceRGB", picture.convert("RGB"), masked)


def _covering(picture: Image.Image) -> bytes:
    """How much each pixel of it covers; nothing where it has none that is clear."""
    return _pixels("DeviceGray", picture.getchannel("A")) if "A" in picture.getbands() else b"null"


def _pixels(space: str, picture: Image.Image, more: str = "") -> bytes:
    size = f"/Width {picture.width} /Height {picture.height} /BitsPerComponent 8"
    kind = f"/Type /XObject /Subtype /Image /ColorSpace /{space} {size}{more}"
    return _stream(kind, picture.tobytes())


def _stream(kind: str, body: bytes) -> bytes:
    packed = zlib.compress(body, 1)
    head = f"<<{kind} /Filter /FlateDecode /Length {len(packed)}>>"
    return head.encode() + b"\nstream\n" + packed + b"\nendstream"


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table)
    return bytes(out)
