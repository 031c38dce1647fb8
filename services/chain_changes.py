"""A change of the newest value of a chain, made again on what came in between."""

from collections.abc import Callable

from records.errors import Conflict, WenshuError
from records.ports.chains import Chains

_TRIES = 20


def change_newest(
    chains: Chains,
    name: str,
    change: Callable[[bytes | None], bytes | None],
    *,
    busy: WenshuError,
) -> None:
    """Append what `change` makes of the newest value (None: the chain has not begun).

    `change` gives None where nothing is to be appended. Raises what it raises, and `busy` where
    others were faster twenty times.
    """
    for _ in range(_TRIES):
        link = chains.latest(name)
        value = change(link.value if link else None)
        if value is None:
            return
        try:
            chains.append(name, link.number + 1 if link else 1, value)
        except Conflict:
            continue
        return
    raise busy
