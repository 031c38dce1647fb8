"""What somebody asks for who takes an action, and how the attempt is told from others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from records.identity import Login
from services.flow.change import Attempt, NewFile

Chosen = Sequence[str] | Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class ActionRequest:
    """What the actor gives along with an action; `revision` is the one he has before his eyes.

    `handwriting` is what was written by pen, as records.flow.handwriting takes it.
    """

    revision: int
    opinion: str = ""
    chosen: Chosen = ()
    fields: Mapping[str, object] = field(default_factory=dict)
    files: Sequence[NewFile] = ()
    task: int | None = None
    straight: bool = False
    signer: Login | None = None
    signed_on: date | None = None
    handwriting: str = ""
    idempotency_key: str | None = None


def attempt_of(name: str, request: ActionRequest) -> Attempt:
    """The attempt as it is remembered: what tells it from others with the same key."""
    return Attempt(
        name, request.idempotency_key, inputs=_inputs(request), reason=request.opinion or None
    )


def _inputs(request: ActionRequest) -> dict[str, object]:
    chosen = request.chosen
    return {
        "opinion": request.opinion,
        "chosen": {k: list(v) for k, v in chosen.items()}
        if isinstance(chosen, Mapping)
        else list(chosen),
        "fields": dict(request.fields),
        "files": [(file.part, file.name, file.staged.sha256) for file in request.files],
        "revision": request.revision,
        "task": request.task,
        "straight": request.straight,
        "signer": request.signer,
        "signed_on": str(request.signed_on or ""),
        **({"handwriting": request.handwriting} if request.handwriting else {}),
    }
