"""Matchers as files: the core's bytes, with what only Python knows of a matcher inside them."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kayan._core import KayanError


def pack(labels: Mapping[str | None, int], profile: str, metadata: Mapping[str, list[object]]) -> bytes:
    """Return what a loaded matcher needs besides the core's part.

    Raises
    ------
    KayanError
        If metadata hold something that JSON has no form for.
    """
    known = {"labels": list(labels.items()), "profile": profile, "metadata": dict(metadata)}
    try:
        return json.dumps(known, ensure_ascii=False).encode()
    except (TypeError, ValueError) as error:
        raise KayanError(f"metadata can be saved only as text, numbers, lists and dicts: {error}") from None


def unpack(extra: bytes) -> dict[str, Any]:
    """Return what `pack` was given."""
    known = json.loads(extra)
    known["labels"] = dict(known["labels"])
    return dict(known)


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
