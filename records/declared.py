"""The base of what a kind file declares."""

from pydantic import BaseModel, ConfigDict


class Declared(BaseModel):
    """Frozen, unknown keys refused: a typing error in a kind file is found when it is read."""

    model_config = ConfigDict(frozen=True, extra="forbid")
