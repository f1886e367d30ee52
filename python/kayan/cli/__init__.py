"""The command ``kayan``: find entities in files, normalize them, look at texts and gazetteers."""

from __future__ import annotations

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
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
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
        return _failed(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    return code


def _failed(message: str) -> int:
    print(f"kayan: error: {message}", file=sys.stderr)
    return 2
