"""Text extraction by Tika servers, with the embedded routes beside and behind them."""

import hashlib
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexers.extraction.file_type import FileType
from indexers.tika.asking import Asking
from indexers.tika.client import checked_address
from indexers.tika.faults import CRASH, FileFault, ServerFault, Unfit
from indexers.tika.health import ServerHealth, look
from indexers.tika.options import TikaOptions
from indexers.tika.routes import Via, choose, sent_name
from indexers.tika.servers import Server, Servers
from indexers.tika.shaping import Shaping
from records.errors import Invalid, Unavailable
from records.identity import Sha256
from records.ports.text_extractor import TextExtractor
from records.text import ContainedPart, ExtractedText, ExtractionStatus

_LOG = logging.getLogger(__name__)

_SHAPE = 1
"""Counted up whenever routes or shaping give other text."""

MOST_DEATHS = 2
"""So many servers may be lost over one file; then it is quarantined."""

_UNDECIDED = frozenset({ExtractionStatus.FAILED, ExtractionStatus.UNSUPPORTED})
"""Answers of the embedded route that a server might better."""


class TikaTextExtractor:
    """Reads files on Tika servers; see `records.ports.text_extractor.TextExtractor`.

    A table of types says what the servers read (`routes.ROUTES`); the rest, and all when no server
    answers, is read by `embedded`, under this extractor's version and with its own name as
    `ExtractedText.engine`. Raises Unavailable (``no_text_server``) for a file that the embedded
    route cannot read either while no server answers: that is not for ever.
    """

    def __init__(
        self,
        addresses: Sequence[str],
        *,
        embedded: TextExtractor,
        options: TikaOptions | None = None,
    ) -> None:
        """`addresses` are URLs, such as ``http://tika-1:9998``. Raises Invalid."""
        if not addresses:
            raise Invalid("bad_server_address", address="")
        self._options = options or TikaOptions()
        self._servers = Servers([checked_address(each) for each in addresses], self._options)
        self._asking = Asking(self._options)
        self._embedded = embedded
        self._engine = f"tika-{self._options.server_version}"

    @property
    def version(self) -> str:
        """Version of the servers, of the routes and shapes here, and of the embedded routes."""
        return f"{self._engine}-{_SHAPE}+{self._embedded.version}"

    def extract(self, path: Path, *, name: str) -> ExtractedText:
        """As the port says."""
        began = time.monotonic()
        found, via = choose(
            path, name, routes=self._options.routes, upload_bytes=self._options.upload_bytes
        )
        if found is None or via is Via.EMBEDDED:
            return self._embed(path, name)
        try:
            text = self._by_servers(_file(path, name, found, began))
        except Unfit as lacking:
            _LOG.warning("servers lack what %s needs: %s", found.media_type, lacking)
            return self._embed(path, name)
        if text is not None:
            return text
        text = self._embed(path, name)
        if text.status in _UNDECIDED:
            raise Unavailable("no_text_server", servers=len(self._servers.addresses))
        return text

    def health(self) -> tuple[ServerHealth, ...]:
        """One look at every server, in the order of the addresses; takes 5 s at most."""
        return look(self._asking, self._servers.addresses, wanted=self._options.server_version)

    def close(self) -> None:
        """As the port says; what is being read is given up."""
        self._servers.close()
        self._asking.close()
        self._embedded.close()

    def _embed(self, path: Path, name: str) -> ExtractedText:
        text = self._embedded.extract(path, name=name)
        return text.model_copy(update={"extractor": self.version, "engine": text.extractor})

    def _by_servers(self, file: "_File") -> ExtractedText | None:
        """The text, or None when no server answers. Raises Unfit."""
        deaths: list[str] = []
        while len(deaths) < MOST_DEATHS:
            with self._servers.lend(alone=bool(deaths)) as server:
                if server is None:
                    return None
                try:
                    return self._ask(server, file)
                except ServerFault as fault:
                    _LOG.info("%s: %s", server.address, fault.reason)
                    self._servers.failed(server, answered=False)
                except FileFault as fault:
                    _LOG.warning(
                        "%s was lost over %s: %s", server.address, file.sha256, fault.reason
                    )
                    self._servers.failed(server, answered=True)
                    deaths.append(fault.reason)
        return self._quarantined(file, _telling(deaths))

    def _ask(self, server: Server, file: "_File") -> ExtractedText:
        answer = self._asking.read(server.address, file.path, name=sent_name(file.found, file.name))
        told = answer.parts[0].told.sha256
        if told is not None and told != file.sha256:
            raise ServerFault("other_bytes")  # the file was changed on its way
        self._servers.well(server)
        shaping = Shaping(answer, sha256=file.sha256, size_bytes=file.size_bytes, found=file.found)
        return shaping.extracted(
            extractor=self.version,
            engine=self._engine,
            limits=self._options.reading,
            began=file.began,
        )

    def _quarantined(self, file: "_File", reason: str) -> ExtractedText:
        """Told as failed, which is kept: it is read again when somebody asks for it."""
        part = ContainedPart(
            path="",
            media_type=file.found.media_type,
            size_bytes=file.size_bytes,
            sha256=file.sha256,
            status=ExtractionStatus.FAILED,
            reason=reason,
        )
        return ExtractedText(
            extractor=self.version,
            engine=self._engine,
            media_type=file.found.media_type,
            status=ExtractionStatus.FAILED,
            reason=reason,
            parts=(part,),
            elapsed_ms=int((time.monotonic() - file.began) * 1000),
        )


def _telling(deaths: Sequence[str]) -> str:
    """The reason that says most: a server out of memory often ends before it can say so."""
    return next((reason for reason in reversed(deaths) if reason != CRASH), CRASH)


@dataclass(frozen=True, slots=True)
class _File:
    """A file on its way to a server."""

    path: Path
    name: str
    found: FileType
    sha256: Sha256
    size_bytes: int
    began: float
    """On the monotonic clock."""


def _file(path: Path, name: str, found: FileType, began: float) -> _File:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return _File(path, name, found, Sha256(digest), path.stat().st_size, began)
