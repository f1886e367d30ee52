"""Names of the built-in gazetteers, their English names in texts, and metadata as columns."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

import kayan

TEXTS = ["من مصر إلى الأردن", None, "زار السيد محمود سالم تونس"]


@pytest.fixture(scope="module")
def matches() -> kayan.Matches:
    return kayan.Matcher(kayan.Gazetteer.builtin("countries", "people")).find_batch(TEXTS)


def rows(table: Any) -> list[tuple[Any, ...]]:
    if hasattr(table, "to_pylist"):
        return [(row["name"], row["name_en"]) for row in table.to_pylist()]
    if hasattr(table, "rows"):
        return list(table.select("name", "name_en").rows())
    return [(name, english) for name, english in zip(table["name"], table["name_en"], strict=True)]


@pytest.mark.parametrize("method", ["to_pandas", "to_polars", "to_arrow"])
def test_metadata_are_columns(matches: kayan.Matches, method: str) -> None:
    table = getattr(matches, method)(metadata=["name_en", "name_en"])
    expected = {("مصر", "Egypt"), ("الأردن", "Jordan"), ("تونس", "Tunisia"), ("محمود سالم", None)}
    assert set(rows(table)) == expected
    assert (
        list(getattr(matches, method)().columns if method != "to_arrow" else matches.to_arrow().column_names)[
            -1
        ]
        != "name_en"
    )


@pytest.mark.parametrize("method", ["to_pandas", "to_polars", "to_arrow"])
@pytest.mark.parametrize(
    ("metadata", "error", "message"),
    [
        (["nothing"], kayan.KayanError, "no entry has metadata 'nothing'; there are: 'name_en'"),
        (["text"], kayan.KayanError, "'text' has the name of another column"),
        ("name_en", TypeError, "must be a list of str"),
        ([1], TypeError, "must be str, got int"),
    ],
)
def test_wrong_metadata(
    matches: kayan.Matches, method: str, metadata: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        getattr(matches, method)(metadata=metadata)


def test_names() -> None:
    names = kayan.Gazetteer.builtin_names()
    assert {"people", "countries", "offices"} <= set(names)
    assert names == sorted(names)
    assert len(kayan.Gazetteer.builtin(*names)) == len(kayan.Gazetteer.builtin())


LATIN = [
    ("visited Cairo yesterday", "cities", "geonames:360630", "a city"),
    ("met Saddam Hussein", "people", "person:saddam-hussein", "a person"),
    ("the UNITED NATIONS said", "organisations", "org:united-nations", "case is folded"),
]


@pytest.mark.parametrize(("text", "name", "id", "why"), LATIN)
def test_latin_names_are_found_on_demand(text: str, name: str, id: str, why: str) -> None:
    assert id in [m.id for m in kayan.Matcher(kayan.Gazetteer.builtin(name, latin=True)).find(text)], why
    assert kayan.Matcher(kayan.Gazetteer.builtin(name)).find(text) == []


def test_the_page_of_the_gazetteers_is_up_to_date() -> None:
    root = Path(__file__).resolve().parents[2]
    spec = spec_from_file_location("make_builtin_page", root / "scripts" / "make_builtin_page.py")
    assert spec is not None
    assert spec.loader is not None
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.PAGE.read_text(encoding="utf-8") == script.page(), "run scripts/make_builtin_page.py"
