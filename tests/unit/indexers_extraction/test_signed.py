"""Files that are wrapped with a signature."""

import zlib
from pathlib import Path

import pytest

from records.text import ExtractionStatus
from tests.reading import lines, read

SIGNED, ENVELOPED, DATA = "2a864886f70d010702", "2a864886f70d010703", "2a864886f70d010701"
STAMPED, COMPRESSED = "2a864886f70d010910011f", "2a864886f70d0109100109"


def of(tag: int, content: bytes, *, endless: bool = False) -> bytes:
    """A value of BER, with its length or with an end."""
    if endless:
        return bytes([tag, 0x80]) + content + b"\0\0"
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x82, size >> 8, size & 255])
    return bytes([tag]) + length + content


def oid(dotted: str) -> bytes:
    return of(6, bytes.fromhex(dotted))


def wrapped(kind: str, fields: bytes, *, endless: bool = False) -> bytes:
    inner = of(0xA0, of(0x30, fields, endless=endless), endless=endless)
    return of(0x30, oid(kind) + inner, endless=endless)


def held(octets: bytes | None, *, endless: bool = False) -> bytes:
    content = b"" if octets is None else of(0xA0, octets, endless=endless)
    return of(0x30, oid(DATA) + content, endless=endless)


VERSION, NO_SET = of(2, b"\1"), of(0x31, b"")
TEXT = "公文正文".encode()


def a_file(folder: Path, content: bytes, name: str = "通知.txt.p7m") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_what_was_signed_is_a_part_under_its_own_name(tmp_path: Path) -> None:
    content = wrapped(SIGNED, VERSION + NO_SET + held(of(4, TEXT)) + NO_SET)
    found = read(a_file(tmp_path, content))
    assert [(part.path, lines(part)) for part in found.parts] == [
        ("", []),
        ("通知.txt", ["公文正文"]),
    ]


def test_what_was_signed_may_come_in_pieces_without_lengths(tmp_path: Path) -> None:
    pieces = of(0x24, of(4, TEXT[:6]) + of(4, TEXT[6:]), endless=True)
    content = wrapped(SIGNED, VERSION + NO_SET + held(pieces, endless=True), endless=True)
    assert lines(read(a_file(tmp_path, content)).parts[1]) == ["公文正文"]


def test_a_signed_mail_is_read_as_a_mail(tmp_path: Path) -> None:
    mail = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + TEXT
    content = wrapped(SIGNED, VERSION + NO_SET + held(of(4, mail)))
    part = read(a_file(tmp_path, content, "smime.p7m")).parts[1]
    assert (part.path, part.media_type, lines(part)) == (
        "smime.eml",
        "message/rfc822",
        ["公文正文"],
    )


def test_what_carries_a_time_stamp_is_read(tmp_path: Path) -> None:
    content = wrapped(STAMPED, VERSION + of(4, TEXT) + of(0xA0, b""))
    assert lines(read(a_file(tmp_path, content, "a.txt.tsd")).parts[1]) == ["公文正文"]


def test_what_is_compressed_is_read(tmp_path: Path) -> None:
    packed = held(of(4, zlib.compress(TEXT)))
    content = wrapped(COMPRESSED, VERSION + of(0x30, oid(DATA)) + packed)
    assert lines(read(a_file(tmp_path, content, "a.txt.p7z")).parts[1]) == ["公文正文"]


def test_what_is_encrypted_is_told_as_such(tmp_path: Path) -> None:
    found = read(a_file(tmp_path, wrapped(ENVELOPED, VERSION + NO_SET + held(None))))
    assert (found.status, found.reason) == (ExtractionStatus.ENCRYPTED, "encrypted")


def test_a_signature_alone_has_no_text(tmp_path: Path) -> None:
    content = wrapped(SIGNED, VERSION + NO_SET + held(None) + NO_SET)
    found = read(a_file(tmp_path, content, "a.p7s"))
    assert (found.status, found.reason) == (ExtractionStatus.EMPTY, "no_text")


@pytest.mark.parametrize("cut", [30, 40, 50])
def test_a_wrapping_that_is_cut_off_is_broken(tmp_path: Path, cut: int) -> None:
    content = wrapped(SIGNED, VERSION + NO_SET + held(of(4, TEXT)))
    found = read(a_file(tmp_path, content[:cut]))
    assert (found.status, found.reason) == (ExtractionStatus.FAILED, "parse")


def test_wrappings_in_wrappings_without_end_come_to_one(tmp_path: Path) -> None:
    content = of(0x30, oid(SIGNED) + bytes([0xA0, 0x80]) + b"\x30\x80" * 5000)
    found = read(a_file(tmp_path, content))
    assert found.status is ExtractionStatus.FAILED
