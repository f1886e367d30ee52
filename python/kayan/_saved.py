"""Matchers as files: the core's bytes, with the profile and the metadata inside them."""

from __future__ import annotations

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
        If metadata hold something that JSON has no form for.
    """
    known = {"profile": profile, "metadata": dict(metadata)}
    try:
        return json.dumps(known, ensure_ascii=False).encode()
    except (TypeError, ValueError) as error:
        raise KayanError(f"metadata can be saved only as text, numbers, lists and dicts: {error}") from None


def unpack(extra: bytes) -> tuple[str, dict[str, list[object]]]:
    """Return what `pack` was given."""
    known = json.loads(extra)
    return known["profile"], known["metadata"]


def write(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file that is either whole or not there, even if the process is stopped meanwhile."""
    target = Path(path)
    handle, part = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.replace(part, target)
    except BaseException:
        os.unlink(part)
        raise
