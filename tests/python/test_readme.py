"""The table of examples in README.md is what happens; its code blocks run in test_pages.py."""

from pathlib import Path

import pytest

import kayan

README = Path(__file__).parents[2].joinpath("README.md").read_text(encoding="utf-8")
EXAMPLES = [
    [cell.strip(" `").replace(r"\n", "\n") for cell in line.strip("|").split("|")]
    for line in README.partition("| in the text |")[2].partition("\n\n")[0].splitlines()[2:]
]


@pytest.mark.parametrize("row", EXAMPLES, ids=[row[0] for row in EXAMPLES])
def test_table_of_examples(row):
    _, text, name, found, place = row
    matches = [(m.text, f"{m.start}, {m.end}") for m in kayan.Matcher([name]).find(text)]
    assert matches == ([] if found == "nothing" else [(found, place)])
