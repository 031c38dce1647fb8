"""Signs in, begins a notice and sends it on its way: an example with the standard library alone."""

import json
import sys
import uuid
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen


class Wenshu:
    """The interface of one server, for one person or one token."""

    def __init__(self, server: str, token: str = "") -> None:
        self._server = server.rstrip("/")
        self.token = token

    def sign_in(self, login: str, password: str) -> None:
        """Take a session; what follows is asked in its name."""
        body = {"login": login, "password": password}
        self.token = self.ask("POST", "/api/v1/session", body)["token"]

    def ask(
        self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> Any:
        """The answer; None where there is none. Raises RuntimeError with why it was refused."""
        sent = {"Content-Type": "application/json", **(headers or {})}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        request = Request(self._server + path, data, sent, method=method)  # noqa: S310
        try:
            with urlopen(request, timeout=60) as answer:  # noqa: S310 - the server that was named
                content = answer.read()
        except HTTPError as error:
            told = json.load(error)
            message = f"{told['reason']}: {told['title']}{told['detail']}"
            raise RuntimeError(message) from error
        return json.loads(content) if content else None


def main(server: str, login: str, password: str) -> None:
    """A notice from its draft to its first reviewer, and how it is found again."""
    wenshu = Wenshu(server)
    wenshu.sign_in(login, password)
    fields = {"title": "关于更新通讯录的通知", "body": "请核对。", "audience": ["everyone"]}
    made = wenshu.ask(
        "POST",
        "/api/v1/records",
        {"kind": "notice", "fields": fields},
        {"Idempotency-Key": str(uuid.uuid4())},
    )
    record = f"/api/v1/records/{made['id']}"
    offers = [each for each in wenshu.ask("GET", f"{record}/actions") if each["allowed"]]
    print("可以：", "、".join(each["label"] for each in offers))
    wenshu.ask("POST", f"{record}/actions/submit", {"revision": made["revision"]})
    print("现在：", wenshu.ask("GET", record)["state"])
    query = urlencode({"q": "更新通讯录"})
    found = wenshu.ask("GET", f"/api/v1/search?{query}")
    print("检索到", found["total"], "条")


if __name__ == "__main__":
    main(*sys.argv[1:4])
