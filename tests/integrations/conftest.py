"""The texts that every integration is tried on, and what kayan alone says of them."""

import pytest

import kayan


@pytest.fixture(scope="session")
def matcher():
    entries = [
        ("القاهرة", "LOC", "Q85"),
        ("دبي", "LOC", None),
        ("الأمم المتحدة", "ORG", "Q1065"),
        ("😀", None, None),
    ]
    return kayan.Matcher([{"name": name, "label": label, "id": id} for name, label, id in entries])


@pytest.fixture(scope="session")
def texts():
    return [
        "سافر للقاهرة",  # a clitic
        None,
        "",
        "دبي ثم وَدُبَي ثم القاهره",  # marks and another spelling; three in a text
        "😀 𝒳 في الأمم المتحدة، دبي",  # outside of the BMP: code points are not UTF-16 units, nor bytes
        "لا شيء هنا",
        None,
        "hello دبي",
    ]


@pytest.fixture(scope="session")
def found(matcher, texts):
    """For each text, its matches as tuples; None for a null."""
    rows = matcher.find_batch(texts).by_row()
    found = [None if text is None else [tuple(m) for m in row] for text, row in zip(texts, rows, strict=True)]
    assert [len(row) if row is not None else None for row in found] == [1, None, 0, 3, 3, 0, None, 1]
    return found
