"""Files that are written as a whole or not at all: the one place where the package writes to a file."""

from __future__ import annotations

import os
import secrets
import signal
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO, Any

from kayan._core import KayanError

# What is being written in this process, to be removed when a signal ends it.
_parts: set[Path] = set()
_ENDS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def whole_file(path: str | os.PathLike[str], binary: bool = False) -> Iterator[IO[Any]]:
    """Open a file that is there, under its name, only once everything is written.

    Until then it is a hidden file beside it, which is removed if anything goes wrong, and if SIGTERM or
    SIGHUP ends the process. It has the mode of what it replaces, or that of a new file; a symbolic link
    stays one. A device or a pipe is written to as it is.
    """
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"expected the path of a file, got {type(path).__name__}")
    how: dict[str, Any] = {} if binary else {"encoding": "utf-8", "newline": ""}
    target = Path(os.path.realpath(path))
    try:
        before: os.stat_result | None = target.stat()
    except OSError:
        before = None
    if before and not stat.S_ISREG(before.st_mode):
        with open(target, "wb" if binary else "w", **how) as file:
            yield file
        return
    # Names may be as long as the system takes them, so that of the part is not made of it.
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    with _removed_by_signals(part):
        try:
            with open(part, "xb" if binary else "x", **how) as file:
                yield file
            if before:
                os.chmod(part, stat.S_IMODE(before.st_mode))
            os.replace(part, target)
        except BaseException as error:
            part.unlink(missing_ok=True)
            if isinstance(error, OSError) and error.filename == str(part):
                raise type(error)(error.errno, error.strerror, str(path)) from None
            raise


@contextmanager
def _removed_by_signals(part: Path) -> Iterator[None]:
    """Remove a file when a signal ends the process meanwhile; handlers that are there are left alone."""
    _parts.add(part)
    before: list[tuple[signal.Signals, Callable[[int, FrameType | None], Any] | int | None]] = []
    if threading.current_thread() is threading.main_thread():
        for number in _ENDS:
            if signal.getsignal(number) == signal.SIG_DFL:
                before.append((number, signal.signal(number, _end)))
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
        _parts.discard(part)


def _end(number: int, frame: FrameType | None) -> None:
    """Remove what is half written, and end the process as the signal would have."""
    for part in _parts:
        with suppress(OSError):
            part.unlink()
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def write(path: str | os.PathLike[str], data: bytes | str) -> None:
    """Write a whole file; a text in UTF-8, with its newlines as they are."""
    with whole_file(path, binary=isinstance(data, bytes)) as file:
        file.write(data)


def check_regular(path: str | os.PathLike[str], what: str) -> int:
    """Return the size of a file.

    Raises
    ------
    KayanError
        If it is a directory, a pipe or a device, which may block.
    OSError
        If it isn't there.
    TypeError
        If `path` isn't a path, but for example the number of an open file.
    """
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"expected the path of {what}, got {type(path).__name__}")
    found = os.stat(path)
    if not stat.S_ISREG(found.st_mode):
        kind = "a directory" if stat.S_ISDIR(found.st_mode) else "a pipe or a device"
        raise KayanError(f"{os.fspath(path)}: expected {what}, got {kind}")
    return found.st_size
