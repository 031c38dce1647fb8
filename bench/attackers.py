"""Attackers over HTTP, each row by itself: ``python -m bench.attackers ROW PORT SECONDS TOKEN…``.

The rows are those of a penetration test (memory and time of the server for a handful of requests)
and worse ones. Each runs until its time is over, as eight people or as strangers.
"""

# ruff: noqa: ARG001 - every attack has the same shape

import contextlib
import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from string import ascii_lowercase
from urllib.parse import quote

PEOPLE = 8
_JSON = "Content-Type: application/json"
_FORM = "Content-Type: multipart/form-data; boundary=b"
_PREFIXES = quote(" OR ".join(f"{letter}*" for letter in ascii_lowercase))

Attack = Callable[[int, str, int], None]
"""One thread of one attacker: port, token (with ``|`` and a record of his), number of the thread.
Called again until the time is over."""


def request(method: str, path: str, *headers: str, token: str = "", body: bytes = b"") -> bytes:
    """The bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: a", *headers]
    if token:
        lines.append(f"Authorization: Bearer {token.partition('|')[0]}")
    if body or method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def send(port: int, pieces: Iterator[bytes] | Sequence[bytes], *, wait_s: float = 30) -> bytes:
    """What the server says first; empty when it hung up."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)) as line:
        line.settimeout(wait_s)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for piece in pieces:
                line.sendall(piece)
        return line.recv(65_536)
    return b""


def slow_pictures(port: int, token: str, number: int) -> None:
    """A page that takes 20 s to draw, asked for and left after 15 s."""
    path = f"/records/{token.partition('|')[2]}/page-picture?file=slow.pdf&page=1&n={number}"
    secret = token.partition("|")[0]
    cookie = f"Cookie: wenshu_session={secret}"
    send(port, [request("GET", path, cookie)], wait_s=15)


def sign_ins(port: int, token: str, number: int) -> None:
    """A login that nobody has."""
    body = json.dumps({"login": f"nobody{number}", "password": "Abc#12345"}).encode()
    send(port, [request("POST", "/api/v1/session", _JSON, body=body)])


def header_lines(port: int, token: str, number: int) -> None:
    """300 MB of short header lines."""
    lines = b"x: y\r\n" * 10_000
    send(port, [b"GET /healthz HTTP/1.1\r\nHost: a\r\n", *([lines] * 5_000)])


def header_line(port: int, token: str, number: int) -> None:
    """One header line of 236 MB."""
    send(port, [b"GET /healthz HTTP/1.1\r\nHost: a\r\nx: ", *([b"y" * 59_000] * 4_000)])


def many_keys(port: int, token: str, number: int) -> None:
    """7 MB of JSON with 500,000 unknown keys."""
    body = ("{" + ",".join(f'"k{n}":1' for n in range(500_000)) + "}").encode()
    send(port, [request("POST", "/api/v1/session", _JSON, body=body)])


def many_keys_of_a_person(port: int, token: str, number: int) -> None:
    """As much JSON as a person may send, of nothing but keys and brackets."""
    body = ('{"fields":{' + ",".join(f'"{n}":[[]]' for n in range(80_000)) + "}}").encode()
    send(port, [request("POST", "/api/v1/records", _JSON, token=token, body=body[:1_000_000])])


def bad_grants(port: int, token: str, number: int) -> None:
    """6 MB of grants that are none."""
    body = ('{"kind":"notice","grants":[' + ",".join(['{"x":1}'] * 600_000) + "]}").encode()
    send(port, [request("POST", "/api/v1/records", _JSON, token=token, body=body)])


def unfinished_bodies(port: int, token: str, number: int) -> None:
    """A body of 8 MB of which the last byte never comes."""
    head = request("POST", "/api/v1/session", _JSON, "Content-Length: 8000001")
    send(port, [head.replace(b"Content-Length: 0\r\n", b""), b" " * 8_000_000], wait_s=20)


def long_fields(port: int, token: str, number: int) -> None:
    """A form of 300 fields of 1 MB."""
    field = b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n' + b"x" * 1_000_000 + b"\r\n"
    head = request("POST", "/api/v1/files", _FORM, "Transfer-Encoding: chunked", token=token)
    chunk = b"%x\r\n%b\r\n" % (len(field), field)
    send(port, [head.replace(b"Content-Length: 0\r\n", b""), *([chunk] * 300)])


def prefixes(port: int, token: str, number: int) -> None:
    """The dearest search: 26 prefixes, 100 hits."""
    path = f"/api/v1/search?q={_PREFIXES}&size=100"
    send(port, [request("GET", path, token=token)])


def half_requests(port: int, token: str, number: int) -> None:
    """Half of a request, and then silence."""
    send(port, [b"GET / HTTP/1.1\r\nHost: a\r\nx: "], wait_s=20)


def ahead(port: int, token: str, number: int) -> None:
    """8,000 requests without reading an answer."""
    send(port, [request("GET", "/api/v1/search?q=a", token=token) * 8_000], wait_s=20)


def uploads(port: int, token: str, number: int) -> None:
    """A file of 20 MB."""
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'
    body = head + bytes([number % 256]) * 20_000_000 + b"\r\n--b--\r\n"
    send(port, [request("POST", "/api/v1/files", _FORM, token=token, body=body)])


def trickles(port: int, token: str, number: int) -> None:
    """An upload that brings a byte a second."""

    def pieces() -> Iterator[bytes]:
        yield request(
            "POST", "/api/v1/files", _FORM, "Content-Length: 900000", token=token
        ).replace(b"Content-Length: 0\r\n", b"")
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'
        for _ in range(60):
            time.sleep(1)
            yield b"x"

    send(port, pieces(), wait_s=5)


def tiny_chunks(port: int, token: str, number: int) -> None:
    """A body of 900 KB in chunks of a byte, each in a packet of its own."""
    head = request("POST", "/api/v1/records", _JSON, "Transfer-Encoding: chunked", token=token)
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.sendall(head.replace(b"Content-Length: 0\r\n", b""))
        for _ in range(900_000):
            line.send(b"1\r\n \r\n")


def many_small_files(port: int, token: str, number: int) -> None:
    """A form of 900 files of just under a megabyte."""
    part = (
        b'--b\r\nContent-Disposition: form-data; name="x"; filename="x"\r\n\r\n' + b"x" * 1_000_000
    )
    head = request("POST", "/api/v1/files", _FORM, "Transfer-Encoding: chunked", token=token)
    chunk = b"%x\r\n%b\r\n\r\n" % (len(part) + 2, part)
    send(port, [head.replace(b"Content-Length: 0\r\n", b""), *([chunk] * 900)])


def bodies_of_people(port: int, token: str, number: int) -> None:
    """A list of people of 8 MB of which the last byte never comes."""
    head = request("POST", "/api/v1/people", _JSON, "Content-Length: 8000001", token=token)
    send(port, [head.replace(b"Content-Length: 0\r\n", b""), b" " * 8_000_000], wait_s=20)


def lists_of_people(port: int, token: str, number: int) -> None:
    """A list of people as long as may be, from somebody who keeps none."""
    body = ('{"people":[' + ",".join(['{"a":[]}'] * 120_000) + "]}").encode()
    send(port, [request("POST", "/api/v1/people", _JSON, token=token, body=body)])


def bodies_of_reads(port: int, token: str, number: int) -> None:
    """A megabyte behind a GET, without its last byte."""
    path = ("/api/v1/search?q=a", "/api/v1/me", "/records/x/picture")[number % 3]
    head = request("GET", path, "Content-Length: 1000001", token=token)
    send(port, [head, b" " * 1_000_000], wait_s=20)


def forms_behind_reads(port: int, token: str, number: int) -> None:
    """A form of 100 MB behind a GET."""
    head = request("GET", "/api/v1/me", _FORM, "Content-Length: 100000001", token=token)
    send(port, [head, *([b" " * 1_000_000] * 100)], wait_s=20)


def unread_answers(port: int, token: str, number: int) -> None:
    """An answer as large as may be, of which nothing is read."""
    path = f"/api/v1/search?q={_PREFIXES}&size=100"
    head = request("GET", path, token=token)
    with contextlib.suppress(OSError), socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(("127.0.0.1", port))
        line.sendall(head * 10)
        time.sleep(25)


def bare_requests(port: int, token: str, number: int) -> None:
    """Requests of nobody: what comes of a mere flood, to compare others with."""
    send(port, [request("GET", "/api/v1/me")])


def invented_sessions(port: int, token: str, number: int) -> None:
    """Secrets of sessions that nobody has."""
    send(port, [request("GET", "/api/v1/me", token=f"{number}-{time.monotonic_ns()}")])


def readiness(port: int, token: str, number: int) -> None:
    """Looks at the readiness and the figures."""
    send(port, [request("GET", ("/readyz", "/metrics")[number % 2])])


def suggestions(port: int, token: str, number: int) -> None:
    """A suggestion for each letter."""
    send(port, [request("GET", f"/api/v1/suggest?q={ascii_lowercase[number % 26]}", token=token)])


def new_pages(port: int, token: str, number: int) -> None:
    """The page of a new record."""
    secret = token.partition("|")[0]
    send(port, [request("GET", "/records/new/notice", f"Cookie: wenshu_session={secret}")])


def cookies(port: int, token: str, number: int) -> None:
    """60 KB of cookies with escapes."""
    value = "Cookie: " + ";".join(f'a{n}="\\101\\102"' for n in range(3_000))
    send(port, [request("GET", "/api/v1/me", value)])


def from_many_addresses(port: int, token: str, number: int) -> None:
    """Half a sign-in from each of 200 addresses, 60 KB of body sent."""
    head = request("POST", "/api/v1/session", _JSON, "Content-Length: 64000")
    with contextlib.suppress(OSError), socket.socket() as line:
        line.bind((f"127.0.{1 + number % 4}.{1 + number % 200}", 0))
        line.connect(("127.0.0.1", port))
        line.sendall(head.replace(b"Content-Length: 0\r\n", b"") + b" " * 63_000)
        time.sleep(15)


ROWS: dict[str, tuple[Attack, int]] = {
    "slow pictures": (slow_pictures, 45),
    "sign-ins": (sign_ins, 100),
    "header lines": (header_lines, 8),
    "header line": (header_line, 8),
    "many keys": (many_keys, 8),
    "many keys, signed in": (many_keys_of_a_person, 8),
    "bad grants, signed in": (bad_grants, 8),
    "unfinished bodies": (unfinished_bodies, 150),
    "long fields, signed in": (long_fields, 8),
    "26 prefixes, signed in": (prefixes, 32),
    "half requests": (half_requests, 1_500),
    "requests ahead, signed in": (ahead, 32),
    "uploads of 20 MB": (uploads, 24),
    "trickles, signed in": (trickles, 200),
    "tiny chunks": (tiny_chunks, 32),
    "many small files": (many_small_files, 16),
    "bodies of people": (bodies_of_people, 160),
    "lists of people": (lists_of_people, 32),
    "bodies of reads": (bodies_of_reads, 240),
    "forms behind reads": (forms_behind_reads, 24),
    "unread answers": (unread_answers, 240),
    "bare requests": (bare_requests, 100),
    "invented sessions": (invented_sessions, 100),
    "readiness": (readiness, 100),
    "suggestions": (suggestions, 64),
    "new pages": (new_pages, 64),
    "cookies": (cookies, 32),
    "many addresses": (from_many_addresses, 800),
}
"""What they do, and in how many threads at once."""


def main() -> None:
    """Run one row."""
    row, port, seconds, tokens = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4:]
    attack, threads = ROWS[row]
    threading.stack_size(256 << 10)
    until = time.monotonic() + seconds

    def attacking(number: int) -> None:
        while time.monotonic() < until:
            attack(port, tokens[number % len(tokens)], number)
            time.sleep(0.01)

    for number in range(threads):
        threading.Thread(target=attacking, args=(number,), daemon=True).start()
    time.sleep(max(0.0, until - time.monotonic()))


if __name__ == "__main__":
    main()
