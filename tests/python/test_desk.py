"""A day at the desk: a messy list from Excel against a folder of odd files, in 25 lines, as docs/how-to/messy-lists.md has it."""

import gzip
import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "messy-lists.md"
LINES = 25


def script():
    """Return the block of the page that begins with its imports."""
    return next(
        block
        for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
        if "from_excel" in block
    )


def test_the_script_does_what_the_page_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code = script()
    assert len([line for line in code.splitlines() if line.strip()]) <= LINES
    book = openpyxl.Workbook()
    for row in (
        ["name", "label", "aliases"],
        [" القاهرة", "CITY", "القاهرة الكبرى، قاهرة المعز"],
        ["القاهره", "CITY", None],
        [None, "CITY", None],
        ["أحمد سالم", "PERSON", "الدكتور سالم"],
        ["أحمد سالم ", "PERSON", ""],
    ):
        book.active.append(row)
    book.save("names.xlsx")
    Path("news").mkdir()
    Path("news/a.txt").write_text("وصل أحمد سالم إلى قاهرة المعز", encoding="utf-8")
    Path("news/b.txt").write_bytes("عاد الدكتور سالم للقاهرة".encode("windows-1256"))
    with gzip.open("news/c.csv.gz", "wt", encoding="utf-8") as file:
        pd.DataFrame({"text": ["لا أحد", None, "القاهرة"]}).to_csv(file, index=False)
    with pytest.warns(UserWarning, match="1 row without a name left out: 4"):
        exec(compile(code, str(PAGE), "exec"), {})
    found = pd.read_csv("found.csv")
    assert found[["source", "name"]].values.tolist() == [
        ["a.txt", "أحمد سالم"],
        ["a.txt", "القاهرة"],
        ["b.txt", "أحمد سالم"],
        ["b.txt", "القاهرة"],
        ["c.csv.gz", "القاهرة"],
    ]
    assert found["before"].iloc[1] == "وصل أحمد سالم إلى"
    masked = pd.read_csv("masked.csv")["text"].tolist()
    assert masked[:2] == ["وصل شخص-1 إلى قاهرة المعز", "عاد شخص-1 للقاهرة"]
