"""Which share of the house a request takes up, and how large each share is."""

import re
from collections.abc import Mapping
from enum import StrEnum

from services.turns import Share


class Lane(StrEnum):
    """A share of the house."""

    SIGN_IN = "sign_in"
    SEARCH = "search"
    PREVIEW = "preview"
    UPLOAD = "upload"
    CHANGE = "change"
    DOWNLOAD = "download"
    OUTSIDE = "outside"
    PEOPLE = "people"
    READ = "read"


def shares_of(cores: int) -> Mapping[Lane, Share]:
    """The shares of a process on a machine with so many cores.

    What keeps a core busy has few at work; what waits for others has more. All together stay below
    the 40 threads that the framework answers with, so that no share ever waits for another; what
    is left serves the files of the pages themselves. Measured with eight attackers at once
    (docs/reliability.md).
    """
    hashing, searching = min(2, max(1, cores // 2)), min(6, max(2, cores))
    return {
        # Each hashes one password: 64 MiB and 0.14 s of a core, on a machine of any size.
        Lane.SIGN_IN: Share(hashing, hashing, present=96, present_each=24),
        # Each keeps a core busy for 5 to 500 ms.
        Lane.SEARCH: Share(searching, searching // 2, present=120, present_each=24),
        # Each may wait for a drawing, which has a queue of its own (services.finding.drawings), or
        # keep a core busy for 1.5 s (services.finding.comparing), or wait for what is taken out of
        # an archive, by turns of its own too (services.finding.members).
        # A page asks for many small ones at once.
        Lane.PREVIEW: Share(at_work=4, at_work_each=2, present=96, present_each=24),
        # Present while it is sent; at work once it is there.
        Lane.UPLOAD: Share(at_work=4, at_work_each=2, present=64, present_each=8),
        # Each may wait up to 3 s for the index (services.after_commit.settling).
        Lane.CHANGE: Share(at_work=8, at_work_each=4, present=160, present_each=24),
        # Each waits for a provider of identities or a directory, and for no core: up to 5 s for an
        # answer, and what it holds up is nobody who has no need of them.
        Lane.OUTSIDE: Share(at_work=4, at_work_each=3, present=80, present_each=24),
        # Each is held in memory whole, and as objects: 8 MB, then 100.
        Lane.PEOPLE: Share(at_work=1, at_work_each=1, present=4, present_each=1),
        # Present while it is read, with one piece of 1 MiB in memory.
        Lane.DOWNLOAD: Share(at_work=4, at_work_each=2, present=60, present_each=6),
        Lane.READ: Share(at_work=6, at_work_each=3, present=120, present_each=16),
    }


PEOPLE_PATH = "/api/v1/people"

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FREE = re.compile(r"/(static/.*|healthz|readyz|metrics)")
_SIGN_IN = re.compile(
    r"/(api/v1/session(/password|/codes|/by-code)?|sign-in(/code(/enter)?)?|set-password|account/(password|bind|release)"
    r"|forgot(/code)?|apply|api/v1/session/recovery(/code)?|api/v1/account/addresses)"
)
_READ = (
    # A sign-in by the password of a directory comes into this lane while the directory is asked
    # (`services.asker.Asker.outside`).
    (Lane.OUTSIDE, re.compile(r"/sign-in/unified(/back)?")),
    (
        Lane.PREVIEW,
        re.compile(
            r"/records/[^/]+/((page-)?picture|thumbnail)|/(api/v1/)?records/[^/]+/comparison"
            r"|/records/[^/]+/member|/api/v1/records/[^/]+/files/[^/]+/members/.+"
        ),
    ),
    (
        Lane.DOWNLOAD,
        re.compile(
            r"/records/[^/]+/download|/api/v1/records/[^/]+/files/[^/]+"
            r"|/(api/v1/lists|kinds)/[^/]+/export|/search/export|/(api/v1/)?exports/[^/]+/file"
        ),
    ),
    (
        Lane.SEARCH,
        re.compile(
            r"/(api/v1/(search|suggest|tasks|lists/[^/]+)"
            r"|search(/facet)?|suggest|tasks|notices|drive|kinds/[^/]+|)"
        ),
    ),
)


def lane_of(method: str, path: str, content_type: str) -> Lane | None:
    """The share that a request takes up; None for what costs nothing or must never wait."""
    if _FREE.fullmatch(path):
        return None
    if method in _SAFE:
        return next((lane for lane, found in _READ if found.fullmatch(path)), Lane.READ)
    if method == "POST" and _SIGN_IN.fullmatch(path):
        return Lane.SIGN_IN
    if path == PEOPLE_PATH:
        return Lane.PEOPLE
    return Lane.UPLOAD if is_upload(content_type) else Lane.CHANGE


def is_upload(content_type: str) -> bool:
    """Whether a body goes to the disk as it comes; any other is held in memory whole."""
    return content_type.lower().startswith("multipart/form-data")
