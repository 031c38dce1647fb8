"""From a server's answer to the text of a file as every route gives it."""

import time
from collections.abc import Iterator

from indexers.extraction.file_type import FileType
from indexers.extraction.limits import ReadingLimits
from indexers.extraction.unpacking import display_name, is_system_file, unique_path
from indexers.tika.answer import Answer, Part
from indexers.tika.faults import Unfit
from records.identity import Sha256
from records.text import ContainedPart, ExtractedText, ExtractionStatus

_Place = tuple[int, ...]
_UNTOLD_TYPES = frozenset({"application/octet-stream", "application/x-ole-storage"})
_OFD_ENTRY = "OFD.xml"


class Shaping:
    """Makes the parts of one answer: the file itself, then its members as a reader meets them."""

    def __init__(self, answer: Answer, *, sha256: Sha256, size_bytes: int, found: FileType) -> None:
        """Raises Unfit when the server makes no digests and there are members."""
        self._answer = answer
        self._sha256 = sha256
        self._size_bytes = size_bytes
        self._found = found
        self._members = _members(answer)
        if self._members and answer.parts[0].told.sha256 is None:
            raise Unfit("no_digests")

    def extracted(
        self, *, extractor: str, engine: str, limits: ReadingLimits, began: float
    ) -> ExtractedText:
        """The whole."""
        parts = (self._root(), *self._contained(limits))
        status, reason = parts[0].status, parts[0].reason
        if status is ExtractionStatus.OK and not any(part.pages for part in parts):
            status, reason = ExtractionStatus.EMPTY, "no_text"
        return ExtractedText(
            extractor=extractor,
            engine=engine,
            media_type=parts[0].media_type,
            status=status,
            reason=reason,
            parts=parts,
            elapsed_ms=int((time.monotonic() - began) * 1000),
        )

    def _root(self) -> ContainedPart:
        part = self._answer.parts[0]
        has_any = bool(part.pages or self._members)
        status, reason = part.told.ending(has_text=has_any)
        if self._answer.cut is not None:
            status, reason = ExtractionStatus.TRUNCATED, self._answer.cut
        elif part.told.parts_were_left_out:
            status, reason = ExtractionStatus.TRUNCATED, "too_many_parts"
        ours = self._found.media_type
        return ContainedPart(
            path="",
            media_type=part.told.media_type if ours in _UNTOLD_TYPES else ours,
            size_bytes=self._size_bytes,
            sha256=self._sha256,
            status=status,
            reason=reason,
            pages=part.pages,
        )

    def _contained(self, limits: ReadingLimits) -> Iterator[ContainedPart]:
        """Members in the order of their places: a container, then what it contains."""
        paths: dict[_Place, str] = {(): ""}
        taken: set[str] = set()
        packages = _ofd_packages(self._members)
        for place in sorted(self._members):
            part = self._members[place]
            deep = len(place) > limits.depth
            if len(place) > limits.depth + 1 or _is_inside(place, packages):
                continue
            inside = paths.get(place[:-1], "")
            name = display_name(part.told.name or f"part-{place[-1]}")
            paths[place] = unique_path(inside, name, taken)
            if part.told.accompanies and not part.pages:
                continue
            yield _member(part, paths[place], name, deep=deep, is_ofd=place in packages)


def _member(part: Part, path: str, name: str, *, deep: bool, is_ofd: bool) -> ContainedPart:
    told = part.told
    status, reason = told.ending(has_text=bool(part.pages))
    skipped = False
    if deep:
        status, reason, skipped = ExtractionStatus.FAILED, "nesting", True
    elif is_ofd:
        status, reason = ExtractionStatus.UNSUPPORTED, "not_by_server"
    elif is_system_file(name):
        status, reason, skipped = ExtractionStatus.EMPTY, "system_file", True
    told_sha256 = told.sha256
    return ContainedPart(
        path=path,
        media_type="application/ofd" if is_ofd else told.media_type,
        size_bytes=told.size_bytes,
        sha256=None if told_sha256 is None else Sha256(told_sha256),
        status=status,
        reason=reason,
        skipped=skipped,
        pages=() if skipped or is_ofd else part.pages,
    )


def _members(answer: Answer) -> dict[_Place, Part]:
    return {part.told.place: part for part in answer.parts[1:] if part.told.place}


def _ofd_packages(members: dict[_Place, Part]) -> frozenset[_Place]:
    """Members that are OFD: a server reads them as zips, and their XML is noise."""
    return frozenset(
        place[:-1] for place, part in members.items() if part.told.name == _OFD_ENTRY and place[:-1]
    )


def _is_inside(place: _Place, packages: frozenset[_Place]) -> bool:
    return any(place[:length] in packages for length in range(1, len(place)))
