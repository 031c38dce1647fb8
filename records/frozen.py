"""The base of stored shapes, and the types that sets are written as."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainSerializer

from records.identity import Token

Names = Annotated[frozenset[str], PlainSerializer(sorted, return_type=list[str])]
Tokens = Annotated[frozenset[Token], PlainSerializer(sorted, return_type=list[Token])]
"""Sets are written sorted: the same revision has the same bytes in every process."""


class Frozen(BaseModel):
    """Base of all stored shapes: frozen, and no unknown key is taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")
