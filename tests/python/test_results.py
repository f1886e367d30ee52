"""What comes of matches: other units and spans, columns, replacement, tags for tokens, merged spans, tables."""

import sys

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kayan
from kayan import KayanError, Matcher, merge_spans

CAIRO = "سافر للقاهرة"
MATCHER = Matcher({"القاهرة": "LOC", "أحمد": "PER", "دبي": None})

# ---- Positions ------------------------------------------------------------------------------------------------------

POSITIONS = [
    # text, options, (start, end, text), why
    (CAIRO, {}, (6, 12, "لقاهرة"), "code points, without clitics"),
    (CAIRO, {"span": "token"}, (5, 12, "للقاهرة"), "the clitic is a part of the token"),
    (CAIRO, {"offsets": "byte"}, (11, 23, "لقاهرة"), "two bytes a letter, one the space"),
    (CAIRO, {"offsets": "byte", "span": "token"}, (9, 23, "للقاهرة"), "both"),
    (f"😀 {CAIRO}", {"offsets": "utf16"}, (9, 15, "لقاهرة"), "an emoji is two units"),
    (f"😀 {CAIRO}", {"offsets": "codepoint"}, (8, 14, "لقاهرة"), "an emoji is one code point"),
    (f"😀 {CAIRO}", {"offsets": "byte"}, (16, 28, "لقاهرة"), "an emoji is four bytes"),
    (f"\ud800{CAIRO}", {"offsets": "utf16"}, (7, 13, "لقاهرة"), "a lone surrogate is one unit"),
]


@pytest.mark.parametrize(("text", "options", "expected", "why"), POSITIONS)
def test_positions(text, options, expected, why):
    (match,) = MATCHER.find(text, **options)
    assert match[:3] == expected, why
    assert (match.prefix, match.suffix, match.label) == ("ل", "", "LOC")
    matches = MATCHER.find_batch([None, text, "", f"{text} {text}"], **options)
    assert matches[0] == (1, match), "a batch gives the same"
    assert [row for row, _ in matches] == [1, 3, 3]
    encoding = {"byte": "utf-8", "utf16": "utf-16-le"}.get(options.get("offsets"))
    if encoding:
        width = 1 if encoding == "utf-8" else 2
        data = f"{text} {text}".encode(encoding, "surrogatepass")
        for m in (matches[1][1], matches[2][1]):
            assert data[m.start * width : m.end * width].decode(encoding) == m.text
    assert matches.to_pandas()["start"].tolist() == [m.start for _, m in matches]


def test_suffixes_and_metadata_survive():
    gazetteer = kayan.Gazetteer()
    gazetteer.add("كتاب", rank=1)
    (match,) = Matcher(gazetteer, enclitics=True).find("وكتابها", span="token", offsets="byte")
    assert (match.start, match.end, match.text, match.prefix, match.suffix) == (0, 14, "وكتابها", "و", "ها")
    assert match.metadata == {"rank": 1}


@pytest.mark.parametrize("column", [pd.Series([CAIRO, None], dtype="string[pyarrow]"), pl.Series([CAIRO, None]),
                                    pa.array([CAIRO, None]), iter([CAIRO, None])])  # fmt: skip
def test_positions_in_any_column(column):
    matches = MATCHER.find_batch(column, offsets="byte", span="token")
    assert [(row, match.start, match.end) for row, match in matches] == [(0, 9, 23)]
    table = matches.to_arrow()
    assert table.select(["row", "start", "end", "text", "prefix"]).to_pylist() == [
        {"row": 0, "start": 9, "end": 23, "text": "للقاهرة", "prefix": "ل"}
    ]
    assert table.schema == MATCHER.find_batch([CAIRO]).to_arrow().schema
    assert matches.to_polars()["end"].to_list() == [23]


def test_no_matches_have_positions_too():
    matches = MATCHER.find_batch(["", None], offsets="utf16", span="token")
    assert (len(matches), matches.rows, matches.to_arrow().num_rows) == (0, 2, 0)


# ---- Columns of answers ---------------------------------------------------------------------------------------------

TEXTS = [CAIRO, None, "أحمد ودبي", "لا أحد"]
INDEX = [7, 3, 5, 1]
COLUMNS = [
    (list(TEXTS), list),
    (tuple(TEXTS), list),
    (np.array(TEXTS, dtype=object), lambda column: column.tolist()),
    (pd.Series(TEXTS, index=INDEX, name="t", dtype=object), lambda column: column.tolist()),
    (pd.Series(TEXTS, index=INDEX, name="t", dtype="string[pyarrow]"), lambda column: column.tolist()),
    (pd.Series(TEXTS, index=INDEX, name="t", dtype="category"), lambda column: column.tolist()),
    (pl.Series("t", TEXTS, dtype=pl.Categorical), lambda column: column.to_list()),
    (pl.Series("t", TEXTS), lambda column: column.to_list()),
    (pa.array(TEXTS, pa.large_string()), lambda column: column.to_pylist()),
    (pa.chunked_array([TEXTS[:1], TEXTS[1:]]), lambda column: column.to_pylist()),
    (pa.array(TEXTS).dictionary_encode(), lambda column: column.to_pylist()),
]


@pytest.mark.parametrize(("column", "listed"), COLUMNS)
def test_column_in_column_out(column, listed):
    answers = MATCHER.contains(column), MATCHER.count(column), MATCHER.mask(column)
    assert [listed(answer) for answer in answers[:2]] == [[True, False, True, False], [1, 0, 2, 0]]
    masked = [None if not isinstance(text, str) else text for text in listed(answers[2])]
    assert masked == ["سافر ل[LOC]", None, "[PER] و[ENTITY]", "لا أحد"]
    for answer in answers:
        assert type(answer) is type(column) or (isinstance(column, pa.Array) and isinstance(answer, pa.Array))
        if isinstance(answer, pd.Series):
            assert (answer.index.tolist(), answer.name) == (INDEX, "t")
        if isinstance(answer, pl.Series):
            assert answer.name == "t"
    if hasattr(column, "dtype"):
        assert [str(answers[i].dtype).lower() for i in (0, 1)] in (["bool", "int64"], ["boolean", "int64"])
    if hasattr(column, "dtype"):
        assert type(answers[2].dtype) is type(column.dtype)
    if isinstance(column, pd.Series):
        assert column[answers[0]].index.tolist() == [7, 5]
    assert listed(MATCHER.count(column, "PER")) == [0, 0, 1, 0]


def test_iterators_give_lists():
    assert MATCHER.contains(iter(TEXTS)) == [True, False, True, False]
    assert MATCHER.replace(iter(TEXTS), "x")[0] == "سافر لx"
    assert (MATCHER.count([]), MATCHER.mask([])) == ([], [])


# ---- Replacing ------------------------------------------------------------------------------------------------------

REPLACED = [
    # text, how, expected, why
    ("وللقاهرة", "[LOC]", "ول[LOC]", "clitics are kept"),
    ("وللقاهرة", "{label}", "ول{label}", "a str is written as it is"),
    ("أحمد في القاهرة", {"PER": "س"}, "س في القاهرة", "other labels stay"),
    ("دبي", {None: "مدينة"}, "مدينة", "None stands for no label"),
    ("سافر للقاهرة", {"LOC": "الإسكندرية"}, "سافر للإسكندرية", "the article loses its alef after ل"),
    ("سافر للقاهرة", {"LOC": "الليل"}, "سافر لليل", "three lams are two"),
    ("وبالقاهرة", {"LOC": "الإسكندرية"}, "وبالإسكندرية", "but not after ب"),
    ("لالقاهرة", {"PER": "س"}, "لالقاهرة", "what isn't replaced isn't respelled"),
    ("القاهرة", str.upper, None, "a function gets a Match, not a str"),
    ("القاهره، القَاهرة!", lambda m: m.name, "القاهرة، القاهرة!", "canonical names"),
    ("", "x", "", "no text"),
]


@pytest.mark.parametrize(("text", "how", "expected", "why"), REPLACED)
def test_replace(text, how, expected, why):
    if expected is None:
        with pytest.raises(TypeError):
            MATCHER.replace(text, how)
        return
    assert MATCHER.replace(text, how) == expected, why
    assert MATCHER.replace([text, None], how) == [expected, None]


def test_suffix_is_kept():
    assert Matcher(["كتاب"], enclitics=True).mask("وكتابها") == "و[ENTITY]ها"


def test_labels_limit_what_is_replaced():
    assert MATCHER.mask("أحمد في القاهرة", "PER") == "[PER] في القاهرة"


def test_of_entries_at_one_place_the_first_is_written():
    matcher = Matcher([("عُمان", "COUNTRY"), ("عَمّان", "CITY")])
    assert len(matcher.find("في عمان")) == 2
    assert matcher.mask("في عمان") == "في [COUNTRY]"


# ---- Tokens ---------------------------------------------------------------------------------------------------------

IOB = [
    # names, overlap, text, tags, why
    ({"القاهرة": "LOC"}, "longest", CAIRO, "سافر/O للقاهرة/B-LOC", "the token with its clitics is the entity's"),
    ({"القاهرة الجديدة": "LOC"}, "longest", "#القاهرة_الجديدة.",
     "#/O القاهرة/B-LOC _/I-LOC الجديدة/I-LOC ./O", "punctuation is a token, inside a name too"),
    ({"كتب": "X"}, "longest", "«كتَبَ» 3.5", "«/O كتَبَ/B-X »/O 3/O ./O 5/O", "marks belong to the word"),
    ({"دبي": None, "مصر": "L"}, "longest", "دبي مصر", "دبي/B-ENTITY مصر/B-L", "neighbours begin anew"),
    ({"البنك": "X", "البنك المركزي": "ORG"}, "all", "البنك المركزي", "البنك/B-ORG المركزي/I-ORG", "the longest"),
    ({"دبي": "L"}, "longest", "", "", "no text, no tokens"),
    ({"IBM": "ORG"}, "longest", "شركة IBMالعالمية", "شركة/O IBMالعالمية/B-ORG", "touching is enough"),
]  # fmt: skip


@pytest.mark.parametrize(("names", "overlap", "text", "tags", "why"), IOB)
def test_iob(names, overlap, text, tags, why):
    matcher = Matcher(names, overlap=overlap)
    for options in ({}, {"span": "token", "offsets": "byte"}):
        (pairs,) = matcher.find_batch([text], **options).to_iob([text])
        assert " ".join(map("/".join, pairs)) == tags, why
    lines = matcher.to_conll(text)
    assert lines == "".join(f"{token}\t{tag}\n" for token, tag in pairs) + "\n"


def test_conll_of_a_column():
    assert MATCHER.to_conll(pl.Series(["دبي", None, "من"])) == "دبي\tB-ENTITY\n\n\nمن\tO\n\n"
    assert MATCHER.to_conll("دبي القاهرة", "LOC") == "دبي\tO\nالقاهرة\tB-LOC\n\n"


def test_own_tokenizer():
    assert MATCHER.to_conll("زار دبي!", tokenize=str.split) == "زار\tO\nدبي!\tB-ENTITY\n\n"
    assert (
        MATCHER.to_conll("زار دبي", tokenize=lambda text: [(4, 6), (6, 7)]) == "دب\tB-ENTITY\nي\tI-ENTITY\n\n"
    )
    for tokens in (["دبي", "زار"], [""], [(4, 3)], [(0, 99)]):
        with pytest.raises(KayanError, match="the tokenizer's token"):
            MATCHER.to_conll("زار دبي", tokenize=lambda text, tokens=tokens: tokens)


def test_only_texts_that_were_searched():
    matches = MATCHER.find_batch(["دبي", "لا"])
    for call in (matches.to_iob, matches.show):
        with pytest.raises(KayanError, match="the 2 texts that were searched, got 1"):
            call(["دبي"])
        with pytest.raises(KayanError, match="row 0 isn't the text"):
            call(["مصر", "لا"])


# ---- Merging --------------------------------------------------------------------------------------------------------

MERGED = [
    # existing, matches, by policy: existing, matches, longest; why
    ([], [], [], [], [], "nothing"),
    ([(0, 2, "A")], [(2, 4, "B")], *[[(0, 2, "A"), (2, 4, "B")]] * 3, "touching is not overlapping"),
    ([(0, 4, "A")], [(0, 4, "B")], [(0, 4, "A")], [(0, 4, "B")], [(0, 4, "A")], "one place, two labels"),
    ([(0, 4, "A")], [(1, 3, "B")], [(0, 4, "A")], [(1, 3, "B")], [(0, 4, "A")], "a match inside"),
    ([(1, 3, "A")], [(0, 4, "B")], [(1, 3, "A")], [(0, 4, "B")], [(0, 4, "B")], "a match around"),
    ([(0, 3, "A")], [(2, 6, "B")], [(0, 3, "A")], [(2, 6, "B")], [(2, 6, "B")], "crossing"),
    ([(2, 5, "A")], [(0, 3, "B")], [(2, 5, "A")], [(0, 3, "B")], [(2, 5, "A")], "equally long: the existing one"),
    ([(0, 2, "A"), (3, 5, "A")], [(1, 4, "B"), (9, 11, "B")], [(0, 2, "A"), (3, 5, "A"), (9, 11, "B")],
     [(1, 4, "B"), (9, 11, "B")], [(1, 4, "B"), (9, 11, "B")], "one match over two spans"),
    ([(0, 9, "A"), (1, 2, "A")], [], *[[(0, 9, "A")]] * 3, "nested spans of one side: the longer"),
    ([(5, 6, None)], [(0, 1, "B")], *[[(0, 1, "B"), (5, 6, None)]] * 3, "in text order"),
]  # fmt: skip


@pytest.mark.parametrize(("existing", "matches", "by_existing", "by_matches", "by_length", "why"), MERGED)
def test_merge_spans(existing, matches, by_existing, by_matches, by_length, why):
    assert merge_spans(existing, matches) == by_existing, why
    assert merge_spans(iter(existing), iter(matches), policy="matches") == by_matches, why
    assert merge_spans(existing, matches, policy="longest") == by_length, why


def test_merge_takes_matches_and_lists():
    assert merge_spans([[5, 12, "GPE"]], MATCHER.find(CAIRO), "matches") == [(6, 12, "LOC")]
    assert merge_spans([], MATCHER.find(CAIRO, span="token")) == [(5, 12, "LOC")]


BAD = [
    (lambda: MATCHER.find(CAIRO, offsets="bytes"), KayanError, "'byte'", "a near miss"),
    (lambda: MATCHER.find_batch([CAIRO], span="word"), KayanError, "'token'", "an unknown span"),
    (lambda: MATCHER.replace("x", 5), TypeError, "got int", "nothing to write"),
    (lambda: MATCHER.replace("x", None), TypeError, "NoneType", "nothing to write"),
    (lambda: MATCHER.replace("دبي", {None: 5}), TypeError, "must be str, got int", "a value that isn't a str"),
    (lambda: Matcher(["x"], overlap="all").mask("y"), KayanError, "overlap", "even where none overlap"),
    (lambda: MATCHER.mask(["x", 5]), TypeError, "row 1", "not a text"),
    (lambda: MATCHER.contains(None), TypeError, "NoneType", "not a column"),
    (lambda: MATCHER.count(b"x"), TypeError, "bytes", "not a text"),
    (lambda: MATCHER.mask(pd.DataFrame()), TypeError, "one column", "a table"),
    (lambda: merge_spans([], [], "best"), KayanError, "'longest'", "an unknown policy"),
    (lambda: merge_spans([(3, 3, "A")], []), KayanError, "existing span 0", "an empty span"),
    (lambda: merge_spans([], [(-1, 3, "A")]), KayanError, "match 0", "before the text"),
    (lambda: merge_spans([(1, 2)], []), TypeError, "(start, end, label)", "no label"),
    (lambda: merge_spans(["abc"], []), TypeError, "'abc'", "not a span"),
    (lambda: MATCHER.find_batch(["x"]).timeline([]), KayanError, "each of 1 text, got 0", "too few dates"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "error", "message", "why"), BAD)
def test_errors(call, error, message, why):
    with pytest.raises(error) as raised:
        call()
    assert message in str(raised.value), why


# ---- Tables ---------------------------------------------------------------------------------------------------------


def test_cooccurrence():
    matches = MATCHER.find_batch(["دبي ودبي", "أحمد في دبي", None, "دبي القاهرة أحمد"])
    assert matches.cooccurrence().values.tolist() == [
        ["أحمد", "دبي", 2], ["أحمد", "القاهرة", 1], ["القاهرة", "دبي", 1],
    ]  # fmt: skip
    assert list(MATCHER.find_batch([""]).cooccurrence().columns) == ["left", "right", "count"]


def test_timeline():
    texts = ["دبي ودبي", "أحمد", None, "دبي", "دبي"]
    dates = ["2024-01-01T10:00", "2024-01-03T23:00", "2024-01-04T00:00", None, "2024-01-03T01:00"]
    for given in (dates, pd.Series(pd.to_datetime(dates), index=[9, 8, 7, 6, 5]),
                  pd.to_datetime(dates).tz_localize("Asia/Riyadh"),
                  pl.Series(dates).str.to_datetime(strict=False)):  # fmt: skip
        days = MATCHER.find_batch(texts).timeline(given)
        assert days.columns.tolist() == ["دبي", "أحمد"]
        assert [str(day) for day in days.index] == ["2024-01-01", "2024-01-02", "2024-01-03"]
        assert days.values.tolist() == [[2, 0], [0, 0], [1, 1]]
    assert MATCHER.find_batch(texts).timeline(dates, "M").values.tolist() == [[3, 1]]
    assert MATCHER.find_batch(["لا"]).timeline(["2024-01-01"]).empty


# ---- Showing --------------------------------------------------------------------------------------------------------


def test_show_in_a_terminal():
    assert str(MATCHER.show(CAIRO)) == f"{CAIRO}\n  6-12  ل+لقاهرة  LOC  القاهرة"
    assert repr(MATCHER.show("لا")) == "لا"
    texts = ["لا", "دبي", None, "أحمد"]
    matches = MATCHER.find_batch(texts, offsets="byte", span="token")
    assert str(matches.show(texts)) == "1: دبي\n  0-3  دبي  دبي\n\n3: أحمد\n  0-4  أحمد  PER  أحمد"
    assert str(matches.show(texts, rows=[0])) == "0: لا"
    assert str(matches.show(texts, rows=1)).startswith("1: ")
    with pytest.raises(IndexError):
        matches.show(texts, rows=[4])


def test_show_in_a_notebook():
    texts = ["كتابها", CAIRO]
    html = (
        Matcher({"كتاب": "X", "القاهرة": "LOC"}, enclitics=True).find_batch(texts).show(texts)._repr_html_()
    )
    assert html.count("<style>") == 1
    assert html.count('<div class="kayan-text" dir="rtl" lang="ar">') == 2
    assert "</mark><u>ها</u><bdi" in html, "the pronoun is underlined, and the label stands behind it"
    assert "<u>ل</u><mark" in html


@pytest.mark.parametrize("call", [lambda m: m.cooccurrence(), lambda m: m.timeline([])])
def test_tables_need_pandas(call, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r'pip install "kayan\[pandas\]"'):
        call(MATCHER.find_batch([]))


def test_to_iob_takes_the_longest_first():
    # By their start, the first would be taken, and the longer one be left out.
    text = "مجلس الأمن القومي الأعلى"
    matcher = kayan.Matcher({"مجلس الأمن": "A", "الأمن القومي الأعلى": "B"}, overlap="all")
    tags = [tag for _, tag in matcher.find_batch([text]).to_iob([text])[0]]
    assert tags == ["O", "B-B", "I-B", "I-B"]
