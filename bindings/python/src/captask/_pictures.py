"""Pictures and sounds in a task: whatever holds bytes is sent as base64."""

from __future__ import annotations

import base64
import contextlib
import io
import os
import re
import sys
from typing import Any, Optional, Protocol, Union


class Readable(Protocol):
    """A file that was opened for reading bytes."""

    def read(self, size: int = ..., /) -> bytes:
        """What is left in it."""


class Image(Protocol):
    """A picture of Pillow."""

    def save(self, fp: Any, format: Optional[str] = ...) -> None:
        """Writes it."""

    def tobytes(self) -> bytes:
        """Its pixels."""


#: What may stand for a picture or a sound: base64 text, bytes, the path of a file, an open file, a picture of Pillow.
Picture = Union[str, bytes, bytearray, memoryview, "os.PathLike[str]", Readable, Image]


def as_base64(value: object) -> Optional[str]:
    """A picture as base64; None for what is none.

    A path's file is read; an open file from where it is, and put back there, since a task may be checked, refused and
    sent again; a Pillow image is written as PNG. Bytes that are base64 of a picture already are taken as they are, as
    ``base64.b64encode`` returns them. Text is not looked at here.
    """
    if isinstance(value, (bytes, bytearray, memoryview)):
        return _encoded(value)
    if isinstance(value, os.PathLike):
        with open(value, "rb") as file:
            return _encoded(file.read())
    if _is_pillow(value):
        return _encoded(_png(value))
    read = getattr(value, "read", None)
    if not callable(read):
        return None
    content = _rest(value, read)
    if not isinstance(content, (bytes, bytearray, memoryview)):
        raise TypeError(f"{value!r} is not a binary file: open it with mode 'rb'")
    return _encoded(content)


def _rest(file: Any, read: Any) -> object:
    """What is left in an open file, which stays where it is if it can."""
    place = None
    with contextlib.suppress(AttributeError, OSError, ValueError):
        place = file.tell()
    content: object = read()
    if place is not None:
        with contextlib.suppress(AttributeError, OSError, ValueError):
            file.seek(place)
    return content


# How pictures and sounds begin: PNG, JPEG, GIF, WebP and WAV, MP3, Ogg, FLAC.
_BEGINNINGS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"ID3", b"OggS", b"fLaC")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]+={0,2}")


def _as_it_is(content: Union[bytes, bytearray, memoryview]) -> Optional[str]:
    """The base64 text that the bytes are, if it is that of a picture or a sound."""
    text = bytes(content)
    if len(text) % 4 or not _BASE64.fullmatch(text) or not base64.b64decode(text[:16]).startswith(_BEGINNINGS):
        return None
    return text.decode("ascii")


def _encoded(content: Union[bytes, bytearray, memoryview]) -> str:
    return _as_it_is(content) or base64.b64encode(content).decode("ascii")


def _is_pillow(value: object) -> bool:
    pillow = sys.modules.get("PIL.Image")
    return pillow is not None and isinstance(value, pillow.Image)


def _png(image: Any) -> bytes:
    file = io.BytesIO()
    if image.mode not in ("1", "L", "LA", "P", "RGB", "RGBA", "I", "I;16"):
        image = image.convert("RGB")
    image.save(file, "PNG")
    return file.getvalue()
