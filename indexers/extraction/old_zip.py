"""Two methods of PKZIP 1 that zipfile lacks: shrink and implode (APPNOTE.TXT 5.1 and 5.3)."""

from collections.abc import Iterator, Mapping

SHRUNK, IMPLODED = 1, 6
_CONTROL, _WIDER, _CLEAR = 256, 1, 2
_FIRST_FREE, _CODES = 257, 1 << 13
_LARGE_WINDOW, _LITERAL_TREE = 0x02, 0x04
_PIECE_BYTES = 1 << 16
_WINDOW_BYTES = 1 << 13

Tree = Mapping[int, int]
"""A code with a one before its first bit → its value."""


class _Bits:
    """Bits of a text, the lowest of each byte first. Raises EOFError behind the last."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._held = 0
        self._count = 0

    def take(self, count: int) -> int:
        """A number of so many bits."""
        while self._count < count:
            if self._at >= len(self._data):
                raise EOFError
            self._held |= self._data[self._at] << self._count
            self._at += 1
            self._count += 8
        value = self._held & ((1 << count) - 1)
        self._held >>= count
        self._count -= count
        return value

    def symbol(self, tree: Tree) -> int:
        """The value of the next code. Raises ValueError when there is none."""
        code = 1
        for _ in range(16):
            code = code << 1 | self.take(1)
            if (value := tree.get(code)) is not None:
                return value
        raise ValueError("no such code")


def exploded(data: bytes, size_bytes: int, *, flags: int) -> Iterator[bytes]:
    """What was imploded, in pieces; `flags` are those of the member."""
    bits = _Bits(data)
    literals = _tree(bits, 256) if flags & _LITERAL_TREE else None
    lengths, distances = _tree(bits, 64), _tree(bits, 64)
    low_bits = 7 if flags & _LARGE_WINDOW else 6
    shortest = 3 if literals is not None else 2
    window, given = bytearray(_WINDOW_BYTES), 0
    while given < size_bytes:
        if bits.take(1):
            window.append(bits.take(8) if literals is None else bits.symbol(literals))
            given += 1
        else:
            distance = bits.take(low_bits) | bits.symbol(distances) << low_bits
            length = bits.symbol(lengths)
            length += shortest + (bits.take(8) if length == 63 else 0)
            length = min(length, size_bytes - given)
            _repeat(window, distance + 1, length)
            given += length
        if len(window) >= _PIECE_BYTES:
            yield bytes(window[_WINDOW_BYTES:])
            del window[:-_WINDOW_BYTES]
    yield bytes(window[_WINDOW_BYTES:])


def _repeat(window: bytearray, distance: int, length: int) -> None:
    start = len(window) - distance
    if distance >= length:
        window += window[start : start + length]
    else:
        unit = window[start:]
        window += (unit * (length // distance + 1))[:length]


def _tree(bits: _Bits, count: int) -> Tree:
    """Codes by their lengths: the longest come first, counted from nought."""
    lengths: list[int] = []
    for _ in range(bits.take(8) + 1):
        length = bits.take(4) + 1
        lengths += [length] * (bits.take(4) + 1)
    if len(lengths) != count:
        raise ValueError("not so many codes")
    tree: dict[int, int] = {}
    code = step = last = 0
    for length, value in sorted(zip(lengths, range(count), strict=True), reverse=True):
        code += step
        if length != last:
            last, step = length, 1 << (16 - length)
        tree[1 << length | code >> (16 - length)] = value
    return tree


def unshrunk(data: bytes, size_bytes: int) -> Iterator[bytes]:
    """What was shrunk, in pieces."""
    bits, width = _Bits(data), 9
    strings: dict[int, bytes] = {code: bytes([code]) for code in range(256)}
    parents: dict[int, int] = {}
    free = _FIRST_FREE
    previous = bits.take(width)
    text = strings[previous]
    out = bytearray(text)
    given = 0
    while given + len(out) < size_bytes:
        code = bits.take(width)
        if code == _CONTROL:
            if (order := bits.take(width)) == _WIDER:
                width += 1
            elif order == _CLEAR:
                _forget_leaves(strings, parents)
                free = _FIRST_FREE
            continue
        before = text
        text = strings.get(code) or before + before[:1]
        out += text
        while free < _CODES and free in strings:
            free += 1
        if free < _CODES:
            strings[free], parents[free] = before + text[:1], previous
        previous = code
        if len(out) >= _PIECE_BYTES:
            given += len(out)
            yield bytes(out)
            out.clear()
    yield bytes(out[: size_bytes - given])


def _forget_leaves(strings: dict[int, bytes], parents: dict[int, int]) -> None:
    """Free the codes that no other code begins with."""
    for code in set(parents) - set(parents.values()):
        del strings[code], parents[code]
