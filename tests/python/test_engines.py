"""Whatever finds the names, and whatever they were built from, the matches are the same."""

import random

import pytest

import kayan

WORDS = "محمد بن علي القاهرة قاهرة لبنان الليبي بغداد عبد الله على و في U.S CIA مصر3 أ ٣ سان-مارينو ـ"
TATWEEL = "\u0640"  # ARABIC TATWEEL
LETTERS = "اأإلوبفكيىةه نمع.,3٣-CI\u064e\u0640\u200c\n"  # ARABIC FATHA, ARABIC TATWEEL, ZERO WIDTH NON-JOINER


def some_text(random_numbers, length):
    pieces = [random_numbers.choice([*WORDS.split(), " ", " ", " ", *LETTERS]) for _ in range(length)]
    return "".join(pieces)


@pytest.mark.parametrize("overlap", ["longest", "all", "priority"])
@pytest.mark.parametrize(
    "options",
    [
        pytest.param({}, id="defaults"),
        pytest.param({"clitics": "all", "article": True}, id="every clitic"),
        pytest.param({"script_boundary": False, "stop_words": False, "common_words": False}, id="no rules"),
        pytest.param({"diacritics": False, "tatweel": False, "whitespace": "inline"}, id="marks are letters"),
        pytest.param({"name_variants": ["compound", "kunya", "ibn"]}, id="variants of names"),
    ],
)
def test_the_table_of_words_finds_what_the_automaton_finds(options, overlap):
    numbers = random.Random(7)
    for _ in range(60):
        names = {some_text(numbers, numbers.randint(1, 5)) for _ in range(12)}
        names = sorted(name for name in names if any(c.isalnum() and c != TATWEEL for c in name))
        texts = [some_text(numbers, numbers.randint(0, 40)) for _ in range(12)]
        fast = kayan.Matcher(names, overlap=overlap, **options)
        sure = kayan.Matcher(names, overlap=overlap, engine="aho-corasick", **options)
        assert list(fast.find_batch(texts)) == list(sure.find_batch(texts)), names


def test_on_the_built_in_gazetteers():
    gazetteer = kayan.Gazetteer.builtin()
    names = [name for entry in gazetteer for name in (entry.name, *entry.aliases)]
    numbers = random.Random(8)
    texts = [
        " ".join("وبلفك"[at % 6 : at % 6 + 1] + numbers.choice(names) for at in range(40)) for _ in range(200)
    ]
    fast, sure = kayan.Matcher(gazetteer), kayan.Matcher(gazetteer, engine="aho-corasick")
    found = list(fast.find_batch(texts))
    assert len(found) > len(texts)
    assert found == list(sure.find_batch(texts))


def test_columns_and_entries_make_the_same_matcher():
    pa = pytest.importorskip("pyarrow")
    table = pa.table(
        {
            "name": ["القاهرة", "بغداد", "دبي"],
            "label": ["CITY", None, ""],
            "id": pa.array(["c1", "", None], pa.large_string()),
        }
    )
    of_columns, of_entries = kayan.Matcher(table), kayan.Matcher(kayan.Gazetteer.from_dataframe(table))
    text = "من القاهرة إلى بغداد ودبي"
    assert of_columns.find(text) == of_entries.find(text) != []
    assert (repr(of_columns), of_columns.labels) == (repr(of_entries), of_entries.labels)
    assert of_columns.to_bytes() == of_entries.to_bytes()


@pytest.mark.parametrize(
    ("names", "said"),
    [
        pytest.param(["القاهرة", None], "row 1 of the DataFrame", id="missing"),
        pytest.param(["القاهرة", " "], "row 1 of the DataFrame", id="blank"),
        pytest.param(["\u064e"], "row 0 of the DataFrame", id="ARABIC FATHA alone"),
    ],
)
def test_a_refused_name_in_a_column_is_named(names, said):
    pa = pytest.importorskip("pyarrow")
    with pytest.raises(kayan.KayanError, match=said):
        kayan.Matcher(pa.table({"name": names}))
