"""Wrong calls with their messages: what the user called, what is wrong, what to do.

``KAYAN_UPDATE=1 pytest tests/python/test_messages.py`` writes the messages of now into ``tests/data/messages.jsonl``.
Read the difference before you commit it. A message of more than 200 characters is compared up to there.
"""

import io
import json
import os
from pathlib import Path

import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kayan
import kayan.arrow
import kayan.pandas
import kayan.polars
from kayan import Gazetteer, KayanError, Matcher, Normalizer

# Of pandas, about dates that are none.
pytestmark = pytest.mark.filterwarnings("ignore:Could not infer format")
TABLE = Path(__file__).parent.parent / "data" / "messages.jsonl"
UPDATE = os.environ.get("KAYAN_UPDATE") == "1"
LONGEST = 200
CASES = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
TEXTS = ["من دبي", "دبي"]


def csv(*lines):
    return io.StringIO("\n".join(lines) + "\n")


def names():
    """Return what the calls use, anew for each."""
    gazetteer = Gazetteer.from_records(
        [{"name": "دبي", "label": "LOC", "id": "Q612", "aliases": ["إمارة دبي"]}]
    )
    matcher = Matcher(gazetteer)
    workbook = io.BytesIO()
    openpyxl.Workbook().save(workbook)
    return {
        **{"kayan": kayan, "Gazetteer": Gazetteer, "Matcher": Matcher, "Normalizer": Normalizer},
        **{"pd": pd, "pl": pl, "pa": pa, "io": io, "csv": csv, "TEXTS": TEXTS},
        "GAZETTEER": gazetteer,
        "MATCHER": matcher,
        "MATCHES": matcher.find_batch(TEXTS),
        "FRAME": pd.DataFrame({"text": TEXTS}),
        "POLARS": pl.DataFrame({"text": TEXTS}),
        "WORKBOOK": workbook,
    }


def message_of(call):
    try:
        eval(call, names())
    except (KayanError, TypeError, OSError, LookupError, AttributeError) as error:
        return {"call": call, "error": type(error).__name__, "message": str(error)[:LONGEST]}
    return {"call": call, "error": None, "message": None}


def test_the_table_is_written_anew():
    if UPDATE:
        lines = [json.dumps(message_of(case["call"]), ensure_ascii=False) + "\n" for case in CASES]
        TABLE.write_text("".join(lines), encoding="utf-8")


@pytest.mark.skipif(UPDATE, reason="the table is being written")
@pytest.mark.parametrize("case", CASES, ids=[case["call"] for case in CASES])
def test_message(case):
    found = message_of(case["call"])
    assert found == case


def test_there_are_enough_and_each_once():
    assert len({case["call"] for case in CASES}) == len(CASES) >= 80
    assert [case["call"] for case in CASES if case["error"] is None] == []


@pytest.mark.parametrize("case", CASES, ids=[case["call"] for case in CASES])
def test_no_message_is_that_of_something_below(case):
    """A message of Python, numpy or the core about a thing that the user doesn't know."""
    for foreign in (
        "has no attribute '_",
        "object is not callable",
        "not iterable",
        "is not an instance of",
        "unhashable",
    ):
        assert foreign not in case["message"]
