"""The kinds of one installation: the program's, and its own as far as they are sound."""

import logging

from records.schema.loader import LoadedKinds, load_installation
from wenshu.settings import Settings

_LOG = logging.getLogger(__name__)


def known_kinds(settings: Settings) -> LoadedKinds:
    """What is known; files of the installation that are broken are named in the log.

    Raises Invalid (``bad_kind``) for the program's own.
    """
    loaded = load_installation(settings.kinds)
    for fault in loaded.faults:
        _LOG.error("a file of this installation's kinds is left out: %s", fault)
    return loaded
