"""Files as they lie on a disk: folders, compressed files, and encodings other than UTF-8."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, Any, cast

from kayan._core import KayanError
from kayan._matches import plural

COMPRESSED = (".gz", ".zst")
AUTO = "auto"
_BLOCK = 1 << 20
# What takes the place of bytes that an encoding doesn't have: written as the byte FF, which UTF-8 never has.
_BAD = "\udcff"
# How many letters in a row are Arabic by chance, in bytes of another encoding: fewer than these.
_RUN = 3
_ARTICLE = re.compile(r"\b[وبفك]?ال")


def plain_name(file: str) -> str:
    """Return the name of a file without what says that it is compressed."""
    root, suffix = os.path.splitext(file)
    return root if suffix.lower() in COMPRESSED else file


def compression(file: str | None) -> str | None:
    """Return ``"gz"``, ``"zst"`` or None."""
    suffix = os.path.splitext(file or "")[1].lower()
    return suffix[1:] if suffix in COMPRESSED else None


def files_below(folder: str, known: Callable[[str], bool]) -> tuple[list[str], Counter[str]]:
    """Return the files below a folder that are known by their names, and the suffixes of the others.

    What begins with a dot is hidden, and not among either.
    """
    found: list[str] = []
    others: Counter[str] = Counter()
    for place, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith("."):
                continue
            if known(name):
                found.append(os.path.join(place, name))
            else:
                others[os.path.splitext(name)[1].lower() or name] += 1
    return found, others


def _raise(error: OSError) -> None:
    raise error


def left_out(folder: str, others: Counter[str]) -> str:
    """Say which files of a folder weren't read."""
    kinds = ", ".join(sorted(others)[:5]) + ", ..." * (len(others) > 5)
    return f"{plural(others.total(), 'file', 'files')} of {folder} not read, by their names: {kinds}"


@contextmanager
def opened(
    file: str, stdin: IO[bytes] | None, encoding: str, advance: Callable[[int], object]
) -> Iterator[tuple[IO[bytes], bool]]:
    """Open a file as UTF-8: decompressed and decoded.

    Gives the stream, and whether `advance` is called here with the bytes that were read; otherwise the reader
    of the stream should. `stdin` is read instead of the file if it is given.
    """
    packed = None if stdin else compression(file)
    is_plain = packed is None and encoding == "utf-8"
    with ExitStack() as stack:
        raw: IO[bytes] = stdin or stack.enter_context(open(file, "rb"))
        if is_plain:
            yield raw, False
            return
        source = "standard input" if stdin else file
        stream = _buffered(_Pieces(_counted(raw, advance)))
        if packed == "gz":
            stream = _buffered(_Pieces(_unpacked(cast("IO[bytes]", gzip.GzipFile(fileobj=stream)), source)))
        elif packed == "zst":
            pa = pyarrow_for("Zstandard (.zst)")
            unzip = pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd")
            stream = _buffered(_Pieces(_unpacked(unzip, source)))
        if encoding != "utf-8":
            stream = _buffered(_Pieces(_as_utf8(stream, encoding)))
        yield stream, True


def pyarrow_for(caller: str) -> Any:
    """Import pyarrow, or say what to install."""
    try:
        import pyarrow
    except ImportError:
        raise ImportError(f'{caller} needs pyarrow: pip install "kayan[cli]"') from None
    return pyarrow


class _Pieces(io.RawIOBase):
    """A stream of bytes made of pieces of any length."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def _buffered(raw: io.RawIOBase) -> IO[bytes]:
    return io.BufferedReader(raw, _BLOCK)


def _counted(stream: IO[bytes], advance: Callable[[int], object]) -> Iterator[bytes]:
    while piece := stream.read1(_BLOCK):  # type: ignore[attr-defined]
        advance(len(piece))
        yield piece


def _unpacked(stream: IO[bytes], source: str) -> Iterator[bytes]:
    while True:
        try:
            piece = stream.read(_BLOCK)
        except (OSError, EOFError, zlib.error) as error:
            raise KayanError(f"{source} can't be decompressed: {error}") from None
        if not piece:
            return
        yield piece


def _as_utf8(stream: IO[bytes], encoding: str) -> Iterator[bytes]:
    first = stream.read(_BLOCK)
    if encoding == AUTO:
        encoding = guessed(first) or "utf-8"
    if encoding == "utf-8":
        while first:
            yield first
            first = stream.read(_BLOCK)
        return
    decoder = codecs.getincrementaldecoder(encoding)("kayan-marked")
    while first:
        yield decoder.decode(first).encode("utf-8", "surrogateescape")
        first = stream.read(_BLOCK)
    yield decoder.decode(b"", final=True).encode("utf-8", "surrogateescape")


def _marked(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _BAD, error.end


codecs.register_error("kayan-marked", _marked)


def known_encoding(name: str) -> str:
    """Return the name of a text encoding as Python has it, or `AUTO`.

    Raises
    ------
    ValueError
        If there is none of this name.
    """
    if name.lower() == AUTO:
        return AUTO
    try:
        b"ab".decode(name, errors="replace")
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise ValueError(
            f"no encoding {name!r}; among those there are: auto, utf-8, utf-16, windows-1256, iso-8859-6, "
            "windows-1252"
        ) from None


def guessed(data: bytes) -> str | None:
    """Guess which encoding the beginning of a file has; None if nothing speaks for one, or for UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
        return None
    except UnicodeDecodeError:
        pass
    # What isn't ASCII is Arabic letters, with few exceptions; and the article is the most frequent pair.
    scores = {name: _arabic(data.decode(name, errors="replace")) for name in ("windows-1256", "iso-8859-6")}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= 0 else None


def _arabic(text: str) -> int:
    """Return how many words of a text begin with the article, or -1 if it doesn't look Arabic."""
    other = letters = run = longest = 0
    for char in text:
        is_letter = "\u0621" <= char <= "\u064a"
        run = run + 1 if is_letter else 0
        longest = max(longest, run)
        letters += is_letter
        other += char > "\x7f" and not is_letter
    return len(_ARTICLE.findall(text)) if longest >= _RUN and letters >= 4 * other else -1


def hint(data: bytes) -> str:
    """Return what to say after the error that bytes are not UTF-8."""
    encoding = guessed(data[:_BLOCK])
    if encoding is None:
        return ""
    name = encoding.replace("w", "W", 1) if encoding[0] == "w" else encoding.upper()
    return f"; it looks like {name}: try --encoding {encoding}"


@contextmanager
def packed(file: IO[bytes], kind: str | None) -> Iterator[IO[bytes]]:
    """Give a stream whose bytes are written to a file, compressed as ``"gz"``, ``"zst"`` or not at all."""
    if kind is None:
        yield file
    elif kind == "gz":
        # No name and no time inside: the same table is the same file.
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0, compresslevel=6) as stream:
            yield cast("IO[bytes]", stream)
    else:
        pa = pyarrow_for("Zstandard (.zst)")
        with pa.CompressedOutputStream(pa.PythonFile(file, mode="w"), "zstd") as stream:
            yield stream
