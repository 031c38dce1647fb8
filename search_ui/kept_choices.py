"""How somebody likes something shown: what an address asks for, kept by his browser."""

from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import Response

_KEPT_S = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class KeptChoice:
    """One choice: its parameter, the cookie and its path, the values, the usual one first."""

    name: str
    cookie: str
    path: str
    values: tuple[str, ...]

    def of(self, request: Request, asked: str) -> str:
        """What is asked for, else what was chosen before, else the usual."""
        chosen = asked or request.cookies.get(self.cookie, "")
        return chosen if chosen in self.values else self.values[0]

    def remember(self, request: Request, answer: Response) -> Response:
        """The answer, which has the browser keep what its address asks for."""
        asked = request.query_params.get(self.name, "")
        if asked in self.values:
            answer.set_cookie(
                self.cookie,
                asked,
                max_age=_KEPT_S,
                path=self.path,
                httponly=True,
                samesite="lax",
                secure=request.url.scheme == "https",
            )
        return answer
