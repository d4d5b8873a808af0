"""Reads PNG pictures, to see whether something is drawn at a place."""

import struct
import zlib
from collections.abc import Iterator, Sequence


def ink(rows: Sequence[bytes], left: int, top: int, right: int, bottom: int) -> int:
    """How many pixels of this part are not of the colour of the first one."""
    ground = rows[0][0:4]
    return sum(rows[y][4 * x : 4 * x + 4] != ground for y in range(top, bottom) for x in range(left, right))


def pixels(picture: bytes) -> list[bytes]:
    """The rows of the picture, four bytes a pixel."""
    return list(_rows(picture))


def _rows(picture: bytes) -> Iterator[bytes]:
    """The rows of a picture of eight bits and four channels (PNG specification, 9: filtering)."""
    width, _, depth, colour = struct.unpack(">IIBB", picture[16:26])
    assert (depth, colour) == (8, 6)
    data, at = b"", 8
    while at < len(picture):
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        data += picture[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    raw = zlib.decompress(data)
    before = bytearray(4 * width)
    for start in range(0, len(raw), 4 * width + 1):
        before = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + 4 * width]), before)
        yield bytes(before)


def _unfiltered(kind: int, row: bytearray, above: bytearray) -> bytearray:
    if kind == 0:
        return row
    if kind == 2:
        return bytearray((value + up) & 255 for value, up in zip(row, above, strict=True))
    for at, value in enumerate(row):
        left = row[at - 4] if at >= 4 else 0
        if kind == 1:
            guess = left
        elif kind == 3:
            guess = (left + above[at]) // 2
        else:
            guess = _paeth(left, above[at], above[at - 4] if at >= 4 else 0)
        row[at] = (value + guess) & 255
    return row


def _paeth(left: int, above: int, corner: int) -> int:
    by_left, by_above, by_corner = abs(above - corner), abs(left - corner), abs(left + above - 2 * corner)
    if by_left <= by_above and by_left <= by_corner:
        return left
    return above if by_above <= by_corner else corner
