"""Matchers as files: the core's bytes, with the profile and the metadata inside them."""

from __future__ import annotations

import errno
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kayan._core import KayanError


def pack(profile: str, metadata: Mapping[str, list[object]]) -> bytes:
    """Return what a loaded matcher needs besides the core's part.

    Raises
    ------
    KayanError
        If metadata hold something that JSON has no form for, or would give back as something else.
    """
    for key, values in metadata.items():
        for entry, value in enumerate(values):
            if type(value) in _SCALARS:
                continue
            if problem := _problem(value):
                raise KayanError(
                    f"entry {entry}: metadata can be saved only as text, numbers, lists and dicts: "
                    f"{key!r} {problem}"
                )
    known = {"profile": profile, "metadata": dict(metadata)}
    return json.dumps(known, ensure_ascii=False).encode()


# A str is looked at, since it may hold lone surrogates.
_SCALARS = frozenset((int, float, bool, type(None)))


def _problem(value: object) -> str | None:
    """Return what keeps a value from coming back from JSON as it is."""
    outside: list[object] = [value]
    holders: set[int] = set()
    while outside:
        part = outside.pop()
        if isinstance(part, str):
            if not _is_encodable(part):
                return f"has a lone surrogate in {part!r:.80}"
        elif isinstance(part, (list, dict)):
            if id(part) in holders:
                continue
            holders.add(id(part))
            if isinstance(part, dict):
                if odd := [key for key in part if not isinstance(key, str)]:
                    return f"has a dict with the key {odd[0]!r:.80}"
                outside += part
                outside += part.values()
            else:
                outside += part
        elif not isinstance(part, (int, float, type(None))):
            return f"is or holds a {type(part).__name__}: {part!r:.80}"
    try:
        json.dumps(value)
    except (ValueError, RecursionError):
        return "holds itself, or is nested too deeply"
    return None


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def unpack(extra: bytes) -> tuple[str, dict[str, list[object]]]:
    """Return what `pack` was given."""
    known = json.loads(extra)
    return known["profile"], known["metadata"]


def write(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file that is either whole or not there, even if the process is stopped meanwhile."""
    target = Path(path)
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "save(): there is no such folder", str(target.parent))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "save() takes a file, and this is a directory", str(target))
    handle, part = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.replace(part, target)
    except BaseException:
        os.unlink(part)
        raise
