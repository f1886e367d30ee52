"""The command ``kayan``: find entities in files, normalize them, look at texts and gazetteers."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from itertools import takewhile

from kayan._core import KayanError
from kayan._renamed import refuse_old
from kayan.cli._arguments import parser, summaries
from kayan.cli._commands import COMMANDS

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code.

    0: done. 1: ``kayan lint`` found errors or warnings. 2: wrong usage, input or output. 130: Ctrl-C.
    """
    try:
        given = list(sys.argv[1:] if arguments is None else arguments)
        refuse_old("command", given[:1])
        refuse_old("switch", takewhile(lambda argument: argument != "--", given))
        _open_streams()
        for stream in (sys.stdout, sys.stderr):
            # Names of files may hold bytes that aren't UTF-8.
            stream.reconfigure(encoding="utf-8", newline="\n", errors="backslashreplace")  # type: ignore[union-attr]
        if not given:
            print(summaries())
            return 0
        args = parser().parse_args(given)
        code = COMMANDS[args.command](args)
        sys.stdout.flush()
    except BrokenPipeError:
        # The other end of the pipe is closed: keep Python from failing again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except (KayanError, ImportError) as error:
        return _failed(str(error))
    except OSError as error:
        # Files are opened by name: what has none is a standard stream.
        return _failed(f"{error.filename or 'standard output'}: {error.strerror or error}")
    return code


class _Closed(io.TextIOWrapper):
    """Standard output that was closed by whoever started the command: an error if something is written."""

    def write(self, text: str) -> int:
        raise OSError(errno.EBADF, "it is closed", "standard output")


def _open_streams() -> None:
    """Put something in the place of standard streams that are closed, so that no file takes their numbers."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = _Closed(io.BytesIO())
    if sys.stderr is None:
        sys.stderr = open(os.devnull, mode="r+", encoding="utf-8")  # noqa: SIM115


def _failed(message: str) -> int:
    # One line, whatever a library says.
    line = " ".join(message.split()).encode(errors="backslashreplace").decode()
    print(f"kayan: error: {line}", file=sys.stderr)
    return 2
