"""The case tables of `tests/data`, read and checked before any code of the package runs."""

import json
from functools import cache
from pathlib import Path
from typing import Any

Case = dict[str, Any]

DATA = Path(__file__).parent.parent / "data"
FIELDS = {
    "matching": {"id", "entries", "text", "options", "expected", "why"},
    "normalization": {"id", "op", "params", "input", "expected", "why"},
    "alignment": {"id", "profile", "options", "text", "normalized", "to_original", "to_normalized", "why"},
}
OPTIONAL = {
    "expect_error",
    "source",
    "triggers",
    "word_lists",
    "rules",
    "coreferences",
    "labels",
    "overruled",
}


@cache
def load(kind: str) -> list[Case]:
    """All cases of a kind (`matching`, `normalization`, `alignment`); the file's name is in `behaviour`."""
    paths = sorted((DATA / kind).glob("*.jsonl")) or [DATA / f"{kind}.jsonl"]
    cases = [
        {"behaviour": path.stem, **json.loads(line)}
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    ids = [case["id"] for case in cases]
    twice = {id for id in ids if ids.count(id) > 1}
    assert not twice, f"{kind}: ids occur twice: {sorted(twice)}"
    for case in cases:
        where = f"{kind}/{case['behaviour']} {case['id']}"
        assert case.keys() - OPTIONAL - {"behaviour"} == FIELDS[kind], f"{where}: fields"
        assert case["why"], f"{where}: no reason is given"
        if kind == "matching":
            _check_spans(case, where)
        if kind == "alignment":
            _check_positions(case, where)
    return cases


def _check_spans(case: Case, where: str) -> None:
    for span in case["expected"]:
        surface = case["text"][span["start"] : span["end"]]
        assert surface == span["surface"], f"{where}: {span} is not what the text has there: {surface!r}"
        assert case["text"][: span["start"]].endswith(span["prefix"]), (
            f"{where}: {span['prefix']!r} is not before it"
        )


def _check_positions(case: Case, where: str) -> None:
    lengths = {"original": len(case["text"]), "normalized": len(case["normalized"])}
    for pair in case["to_original"] + case["to_normalized"]:
        for side, length in lengths.items():
            start, end = pair[side]
            assert 0 <= start <= end <= length, f"{where}: {side} {start}..{end} of {length}"


def normalizer_options(case: Case) -> tuple[str, dict[str, Any]]:
    """The profile and the options that a normalization case stands for."""
    op, params = case["op"], case["params"]
    if op.startswith("preset:"):
        return op.removeprefix("preset:"), {}
    return "none", options_of(op, params)


def options_of(op: str, params: Case) -> dict[str, Any]:
    """The options of one operation: its only parameter is its value, but ZWNJ has an option of its own."""
    if op == "invisibles":
        return {"invisibles": True, **params}
    if not params:
        return {op: True}
    (value,) = params.values()
    return {op: tuple(value) if isinstance(value, list) else value}
