#!/usr/bin/env python3
"""Draws tests/demo/captcha.png: a picture of a few characters, made for this project with the standard library alone.

Usage: make_png.py [FILE]. The same picture every time.
"""

import math
import random
import struct
import sys
import zlib
from pathlib import Path

WIDTH, HEIGHT, SCALE = 200, 64, 6
TEXT = "C4PT7"

# Five columns by seven rows, a bit for each dot, the left one highest.
GLYPHS = {
    "C": (0b01110, 0b10001, 0b10000, 0b10000, 0b10000, 0b10001, 0b01110),
    "4": (0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010),
    "P": (0b11110, 0b10001, 0b10001, 0b11110, 0b10000, 0b10000, 0b10000),
    "T": (0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100),
    "7": (0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000),
}


def ink(x: float, y: float) -> bool:
    """Whether the undistorted line of text has ink at this point."""
    row, column = int(y // SCALE), int(x // SCALE)
    place, dot = divmod(column, 6)
    if x < 0 or not 0 <= row < 7 or place >= len(TEXT) or dot == 5:
        return False
    return bool(GLYPHS[TEXT[place]][row] >> (4 - dot) & 1)


def pixel(x: int, y: int, noise: random.Random) -> int:
    """The grey of one pixel: paper or ink on a wavy line, with grain."""
    wavy_x = x - 14 + 3.5 * math.sin(y / 9.0)
    wavy_y = y - 12 + 5.0 * math.sin(x / 21.0)
    grey = 52 if ink(wavy_x, wavy_y) else 226
    if abs(y - HEIGHT / 2 - 16 * math.sin(x / 34.0)) < 1.2:
        grey = 96
    return max(0, min(255, grey + noise.randint(-14, 14)))


def chunk(kind: bytes, data: bytes) -> bytes:
    """One PNG chunk: length, kind, data, checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture() -> bytes:
    """The PNG file: 8 bits of grey, not interlaced, every line unfiltered."""
    noise = random.Random(20260101)
    lines = b"".join(b"\0" + bytes(pixel(x, y, noise) for x in range(WIDTH)) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b"")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("captcha.png")
    target.write_bytes(picture())
    print(f"{target}: {target.stat().st_size} bytes")
