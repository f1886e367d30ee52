"""The texts that every integration is tried on, and what kayan alone says of them."""

import os
import random
import re
from pathlib import Path

import pytest

import kayan

# Set before a library reads them: no test connects to a server.
os.environ |= {
    "HF_HUB_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "MPLBACKEND": "Agg",
    "SPARK_LOCAL_IP": "127.0.0.1",
}

KINDS = [
    "سافر الوزير من بغـــداد إلى القاهره",  # stretched, and ه for ة
    None,
    "قدّمت المنظمة مساعدات للبنان والأردن",  # clitics
    "",
    "لا شيء هنا",
    "😀 عُمان 😀 وعمّان",  # beyond the BMP; two entries with one name
]


@pytest.fixture(scope="session")
def news():
    """Return two thousand texts in an order that no partition repeats."""
    return random.Random(0).choices(KINDS, k=2000)


@pytest.fixture(scope="session")
def places():
    return kayan.Matcher(kayan.Gazetteer.builtin("countries", "cities"))


@pytest.fixture(scope="session")
def answers(places, news):
    """Return the matches of each text as tuples."""
    return [[tuple(match) for match in row] for row in places.find_batch(news).by_row()]


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
    """Return the matches of each text as tuples; None for a null."""
    rows = matcher.find_batch(texts).by_row()
    found = [None if text is None else [tuple(m) for m in row] for text, row in zip(texts, rows, strict=True)]
    assert [len(row) if row is not None else None for row in found] == [1, None, 0, 3, 3, 0, None, 1]
    return found


@pytest.fixture
def guide(news, places, tmp_path):
    """Give the code of a section of docs/scaling.md, with its files in a folder of the test."""
    text = Path(__file__).parents[2].joinpath("docs", "scaling.md").read_text(encoding="utf-8")
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"article": range(len(news)), "text": news})
    frame.to_parquet(tmp_path / "articles.parquet", index=False)
    places.save(tmp_path / "names.kayan")

    def code(section):
        block = re.search(rf"^## {section}\n.*?^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)[1]
        return re.sub(r'"(\w+\.(kayan|parquet))"', rf'"{tmp_path}/\1"', block)

    return code
