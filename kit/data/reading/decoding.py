"""The text of a file as UTF-8, whatever its bytes are."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kit.data.reading.encoding import Encoding

_BLOCK = 1 << 20
_LOST = "\ufffd"  # stands for bytes that are no character


class Recoded(io.RawIOBase):
    """A file's text as UTF-8, without its empty bytes; what is no character is replaced and counted."""

    def __init__(self, path: Path, encoding: Encoding) -> None:
        super().__init__()
        self._file = path.open("rb")
        self._decoder = codecs.getincrementaldecoder(encoding.name)(errors="replace")
        self._ready = b""
        self.lost = 0  # characters replaced

    def readable(self) -> bool:
        """As any stream of bytes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes of the text; none at its end."""
        while not self._ready:
            block = self._file.read(_BLOCK)
            text = self._decoder.decode(block, final=not block)
            self.lost += text.count(_LOST)
            self._ready = text.replace("\0", "").encode("utf-8", errors="replace")
            if not block:
                break
        taken = self._ready[: len(buffer)]
        self._ready = self._ready[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)

    def close(self) -> None:
        """Close the file, too."""
        self._file.close()
        super().close()


@contextmanager
def utf8_of(path: Path, encoding: Encoding, *, start: int = 0) -> Iterator[io.BufferedReader]:
    """The file's text as a stream of UTF-8 bytes, from the byte of them that is asked for on."""
    raw: Any = path.open("rb", buffering=0) if encoding.clean else Recoded(path, encoding)
    with io.BufferedReader(raw, _BLOCK) as stream:
        if encoding.clean and encoding.name == "utf-8-sig":
            stream.read(len(codecs.BOM_UTF8))
        while start:
            start -= len(stream.read(min(start, _BLOCK)))
        yield stream


def lost_in(stream: io.BufferedReader) -> int:
    """How many characters of what was read so far could not be told."""
    return stream.raw.lost if isinstance(stream.raw, Recoded) else 0


def first_text(path: Path, encoding: Encoding, size: int) -> str:
    """The beginning of a file's text: so many bytes of UTF-8, or all."""
    with utf8_of(path, encoding) as stream:
        return stream.read(size).decode("utf-8", errors="ignore")
