"""What goes into a dictionary, what is refused, and where an entry says it came from."""

import io
import json

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kayan
from kayan import Gazetteer, KayanError


def rows(gazetteer):
    return [tuple(entry[:6]) for entry in gazetteer]


# ---- Adding ---------------------------------------------------------------------------------------------------------


def test_entry_has_every_field():
    gazetteer = Gazetteer()
    assert (
        gazetteer.add("دبي", "LOC", id=7, aliases=["إمارة دبي"], priority=2, country="AE", note=None) is None
    )
    assert rows(gazetteer) == [("دبي", "LOC", "7", ("إمارة دبي",), 2, {"country": "AE"})]


REFUSED = [
    # arguments, error, part of the message, why
    ({"name": ""}, KayanError, "entry 1: name is empty", "nothing to look for"),
    ({"name": " \n"}, KayanError, "U+0020 U+000A", "blanks can't be seen, so their code points are named"),
    ({"name": "\u0640\u0640"}, KayanError, "U+0640 U+0640", "ARABIC TATWEEL only: folding leaves nothing"),
    ({"name": "\u200f\u064e"}, KayanError, "U+200F U+064E", "a direction mark and ARABIC FATHA"),
    (
        {"name": "دب\ud800ي"},
        KayanError,
        "U+062F U+0628 U+D800 U+064A",
        "a lone surrogate is in no valid text",
    ),
    ({"name": "x", "label": "\udc00"}, KayanError, "label", "labels reach Arrow, which is UTF-8"),
    ({"name": "x", "aliases": ["y", "\u0640"]}, KayanError, "alias", "an alias is looked for like a name"),
    ({"name": "x", "priority": 2**31}, KayanError, "32 bits", "the core keeps 32 bits"),
    ({"name": None}, TypeError, "entry 1: name must be str, got NoneType", "wrong type"),
    ({"name": b"x"}, TypeError, "bytes", "wrong type"),
    ({"name": "x", "label": 5}, TypeError, "label must be str, got int", "wrong type"),
    ({"name": "x", "id": 1.5}, TypeError, "id must be int or str, got float", "1.5 isn't an id"),
    ({"name": "x", "id": True}, TypeError, "bool", "a flag in the wrong column"),
    (
        {"name": "x", "aliases": "yz"},
        TypeError,
        "aliases must be a list",
        "else each letter would be an alias",
    ),
    ({"name": "x", "aliases": [None]}, TypeError, "alias must be str", "wrong type"),
    ({"name": "x", "priority": "1"}, TypeError, "priority must be int", "wrong type"),
]


@pytest.mark.parametrize(("arguments", "error", "message", "why"), REFUSED)
def test_refused_entry_leaves_nothing_behind(arguments, error, message, why):
    gazetteer = Gazetteer.from_dict({"دبي": "LOC"})
    with pytest.raises(error) as raised:
        gazetteer.add(**{"country": "AE", **arguments})
    assert message in str(raised.value), why
    assert rows(gazetteer) == [("دبي", "LOC", None, (), 0, {})]
    assert list(gazetteer.to_dataframe().columns) == [
        "name",
        "label",
        "id",
        "aliases",
        "priority",
        "strict",
        "ambiguous",
    ]


@pytest.mark.parametrize("name", ["\u0640دبي", "C++", "٢٢", "☪"])
def test_visible_names_are_taken(name):
    assert Gazetteer.from_records([name])._names == [name]


# ---- Reading --------------------------------------------------------------------------------------------------------

FILES = [
    # bytes, arguments, entries, why
    ("name,label\nدبي,LOC\n", {}, [("دبي", "LOC", None, (), 0, {})], "the plain case"),
    ("\ufeffname\r\nدبي\r\n", {}, [("دبي", None, None, (), 0, {})], "byte order mark and CR LF, from Excel"),
    ("id,name\n007,دبي", {}, [("دبي", None, "007", (), 0, {})], "ids keep their zeros; no newline at the end"),
    ("name,aliases\nدبي, إمارة دبي | |دبيّ\n", {}, [("دبي", None, None, ("إمارة دبي", "دبيّ"), 0, {})], "aliases"),
    ('name,note\n"دبي\nالجديدة","a, ""b"""\n', {}, [("دبي\nالجديدة", None, None, (), 0, {"note": 'a, "b"'})], "quotes"),
    ("name,priority,note\nدبي,-3,\n\n", {}, [("دبي", None, None, (), -3, {})], "empty cell, empty line"),
    ("الاسم,name\nدبي,x\n", {"name": "الاسم"}, [("دبي", None, None, (), 0, {"name": "x"})], "columns by name"),
    ("name,label\nدبي,x\n", {"label": None}, [("دبي", None, None, (), 0, {"label": "x"})], "a field left out"),
    ("name,label\nدبي,\nأحمد,PER\n", {"default_label": "LOC"},
     [("دبي", "LOC", None, (), 0, {}), ("أحمد", "PER", None, (), 0, {})], "default label only where none is"),
    ("name;label\nدبي;LOC\n", {"delimiter": ";"}, [("دبي", "LOC", None, (), 0, {})], "another delimiter"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "arguments", "entries", "why"), FILES)
def test_csv(tmp_path, content, arguments, entries, why):
    path = tmp_path / "names.csv"
    path.write_bytes(content.encode())
    for file in (path, str(path), io.BytesIO(content.encode()), io.StringIO(content)):
        assert rows(Gazetteer.from_csv(file, **arguments)) == entries, why


def test_tsv_by_its_name(tmp_path):
    path = tmp_path / "names.TSV"
    path.write_text("name\tlabel\nدبي\tLOC\n", encoding="utf-8")
    assert rows(Gazetteer.from_csv(path)) == [("دبي", "LOC", None, (), 0, {})]


BROKEN = [
    # bytes, arguments, message after the file's name or before it, why
    (b"", {}, "FILE has no column 'name'; its columns: none", "an empty file"),
    (
        b"nom,label\n",
        {},
        "FILE has no column 'name'; name= says which one it is; its columns: nom, label",
        "what there is helps",
    ),
    (
        b"name\n",
        {"label": "type"},
        "FILE has no column 'type'; label= says which one it is; its columns: name",
        "asked for by name",
    ),
    (b"name,x,x\n", {}, "FILE has the column 'x' more than once", "one of them would be lost"),
    (
        b"name\nx\n\xd8\xa7\xff\n",
        {},
        "FILE is not UTF-8: line 3, byte offset 9: bytes ff",
        "Windows-1256 files",
    ),
    (
        b"\xef\xbb\xbfname\n\xff",
        {},
        "FILE is not UTF-8: line 2, byte offset 8: bytes ff",
        "offsets count the BOM",
    ),
    (b"name,label\nx,LOC\n,LOC\n", {}, "line 3 of FILE: name is empty or missing", "no name"),
    (
        b'name,label\n"a\nb",LOC\nc\n',
        {},
        "line 4 of FILE: 1 cell where the header has 2",
        "lines, not records",
    ),
    (b'name\n"a\nb\n', {}, "line 2 of FILE: unexpected end of data", "a quote left open would eat the rest"),
    (b"name,priority\nx,high\n", {}, "line 2 of FILE: priority 'high' isn't a whole number", "not 0"),
    (
        "name\n\u0640\u0640\n".encode(),
        {},
        "line 2 of FILE: name 'ـــ' has".replace("ـــ", "\u0640\u0640"),
        "tatweel",
    ),
]


@pytest.mark.parametrize(("content", "arguments", "message", "why"), BROKEN)
def test_broken_csv_names_file_and_line(tmp_path, content, arguments, message, why):
    path = tmp_path / "names.csv"
    path.write_bytes(content)
    with pytest.raises(KayanError) as raised:
        Gazetteer.from_csv(path, **arguments)
    assert message.replace("FILE", str(path)) in str(raised.value), why


def test_missing_file_is_an_oserror(tmp_path):
    with pytest.raises(FileNotFoundError):
        Gazetteer.from_csv(tmp_path / "none.csv")


COLUMNS = {
    "name": ["دبي", "أحمد"],
    "label": ["LOC", None],
    "id": [5, None],
    "aliases": ["أ|ب", None],
    "rank": [None, 1],
}
EXPECTED = [("دبي", "LOC", "5", ("أ", "ب"), 0, {}), ("أحمد", None, None, (), 0, {"rank": 1})]


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(COLUMNS),  # ids become float: 5.0
        pd.DataFrame(COLUMNS, dtype=object),
        pd.DataFrame(COLUMNS).astype({"name": "string", "label": "category", "id": "Int64"}),
        pl.DataFrame(COLUMNS),
        pa.table(COLUMNS),
    ],
    ids=["pandas", "object", "extension", "polars", "pyarrow"],
)
def test_dataframe(frame):
    assert rows(Gazetteer.from_dataframe(frame)) == EXPECTED


def test_dataframe_with_lists_of_aliases():
    for aliases in (["أ", "ب"], np.array(["أ", "ب"], dtype=object)):
        frame = pd.DataFrame({"name": ["دبي"], "aliases": [aliases]})
        assert next(iter(Gazetteer.from_dataframe(frame))).aliases == ("أ", "ب")


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
def test_missing_name_names_the_row(missing):
    with pytest.raises(KayanError, match="row 1 of the DataFrame: name is empty or missing"):
        Gazetteer.from_dataframe(pd.DataFrame({"name": pd.Series(["دبي", missing], dtype=object)}))


@pytest.mark.parametrize("wrong", [[1], {"name": ["x"]}, pl.LazyFrame({"name": ["x"]}), pd.Series(["x"])])
def test_from_dataframe_takes_tables_only(wrong):
    with pytest.raises(TypeError, match="expected a pandas or polars DataFrame"):
        Gazetteer.from_dataframe(wrong)


def test_records():
    records = [
        "دبي",
        ("أحمد", "PER"),
        ("مصر", None, 79),
        {"name": "قطر", "aliases": "أ|ب", "rank": float("nan")},
    ]
    assert rows(Gazetteer.from_records(records)) == [
        ("دبي", None, None, (), 0, {}),
        ("أحمد", "PER", None, (), 0, {}),
        ("مصر", None, "79", (), 0, {}),
        ("قطر", None, None, ("أ", "ب"), 0, {}),
    ]
    with pytest.raises(TypeError, match=r"entry 1: expected a dict, a name or a tuple.*got \['x'\]"):
        Gazetteer.from_records(["دبي", ["x"]])
    with pytest.raises(KayanError, match="entry 0: name is empty or missing"):
        Gazetteer.from_records([{"label": "LOC"}])


def test_builtin():
    countries = Gazetteer.builtin("countries")
    assert "مصر" in countries
    assert len(Gazetteer.builtin()) >= len(countries)
    with pytest.raises(KayanError, match=r"no built-in gazetteer 'planets'; there are: .*countries"):
        Gazetteer.builtin("planets")


# ---- Together -------------------------------------------------------------------------------------------------------


def test_union_keeps_entries_metadata_and_origins(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text('name,rank\n"a\nb",1\nc,2\n', encoding="utf-8")
    left = Gazetteer()
    left.add("x", country="AE")
    union = left | Gazetteer.from_csv(path) | Gazetteer.from_dataframe(pd.DataFrame({"name": ["d"]}))
    union.add("e", rank=9)
    assert [entry.metadata for entry in union] == [
        {"country": "AE"},
        {"rank": "1"},
        {"rank": "2"},
        {},
        {"rank": 9},
    ]
    assert [union.origin(i) for i in range(5)] == [
        "entry 0",
        f"line 2 of {path}",
        f"line 4 of {path}",
        "row 0 of the DataFrame",
        "entry 4",
    ]
    assert len(left) == 1
    with pytest.raises(TypeError):
        left | ["x"]


def test_contains_follows_additions():
    gazetteer = Gazetteer.from_records([{"name": "دبي", "aliases": ["إمارة دبي"]}])
    assert "إمارة دبي" in gazetteer
    assert "مصر" not in gazetteer
    gazetteer.add("مصر")
    assert "مصر" in gazetteer
    assert None not in gazetteer


def test_labels_repr_and_dataframe():
    gazetteer = Gazetteer.from_records(
        [("أ", "LOC"), ("ب", None), ("ت", "PER"), ("ث", "PER"), ("ج", "PER"), ("ح", "PER")]
    )
    assert gazetteer.labels == ["LOC", "PER"]
    assert repr(gazetteer) == "Gazetteer: 6 entries (PER 4, LOC 1, no label 1): أ, ب, ت, ث, ج, …"
    assert repr(Gazetteer()) == "Gazetteer: 0 entries"
    gazetteer.add("خ", rank=1)
    frame = gazetteer.to_dataframe()
    assert frame["rank"].isna().tolist() == [True] * 6 + [False]
    assert rows(Gazetteer.from_dataframe(frame)) == rows(gazetteer)


def test_error_at_build_names_the_line(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("name\nدبي\n_\n", encoding="utf-8")
    gazetteer = Gazetteer.from_csv(path)
    assert kayan.Matcher(gazetteer, underscore_is_space=False)
    with pytest.raises(KayanError) as raised:
        kayan.Matcher(gazetteer)
    assert f"line 3 of {path}" in str(raised.value)


def test_difference_and_filter():
    gazetteer = Gazetteer.from_records(
        [("دبي", "LOC"), ("علي", "PER"), ("علي", "LOC"), {"name": "مصر", "aliases": ["أم الدنيا"], "rank": 1}]
    )
    assert rows(gazetteer - Gazetteer.from_dict({"علي": "PER"})) == [rows(gazetteer)[i] for i in (0, 2, 3)], (
        "a label takes away only entries with that label"
    )
    assert [e.name for e in gazetteer - Gazetteer.from_records(["علي", "أم الدنيا"])] == ["دبي", "مصر"], (
        "no label takes all of that name, and aliases aren't names"
    )
    with pytest.raises(TypeError):
        gazetteer - ["علي"]
    assert [e.label for e in gazetteer.filter(["PER", None])] == ["PER", None]
    assert rows(gazetteer.filter(predicate=lambda entry: "rank" in entry.metadata)) == [rows(gazetteer)[3]]
    assert len(gazetteer.filter("LOC", lambda entry: entry.name == "علي")) == 1
    assert len(gazetteer.filter([])) == 0
    with pytest.raises(
        KayanError, match=r"no entry has the label 'loc': did you mean 'LOC'\? labels: LOC, PER"
    ):
        gazetteer.filter("loc")


def test_origins_survive_filter(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("name\nأ\nب\nت\n", encoding="utf-8")
    kept = (Gazetteer.from_csv(path) | Gazetteer.from_dataframe(pd.DataFrame({"name": ["ث", "ج"]}))).filter(
        predicate=lambda entry: entry.name in "بتج"
    )
    assert [kept.origin(i) for i in range(3)] == [
        f"line 3 of {path}",
        f"line 4 of {path}",
        "row 1 of the DataFrame",
    ]


def test_several_labels_on_one_form():
    matcher = kayan.Matcher([("عمان", "COUNTRY", "Q842"), ("عمان", "CITY", "Q3805")])
    assert [(m.label, m.id) for m in matcher.find("في عمان")] == [("COUNTRY", "Q842"), ("CITY", "Q3805")]
    assert [m.id for m in matcher.find("في عمان", "CITY")] == ["Q3805"]


def test_several_aliases_are_one_entity():
    gazetteer = Gazetteer()
    gazetteer.add("الأمم المتحدة", "ORG", id="Q1065", aliases=["هيئة الأمم", "UN"])
    found = kayan.Matcher(gazetteer).find("الأمم المتحدة أو هيئة الأمم أو UN")
    assert {(m.name, m.id) for m in found} == {("الأمم المتحدة", "Q1065")}
    assert [m.text for m in found] == ["الأمم المتحدة", "هيئة الأمم", "UN"]


# ---- JSONL, spaCy, flashtext ----------------------------------------------------------------------------------------

JSONL = [
    # text, entries or message, why
    ('{"name": "دبي", "label": "LOC", "id": 7, "aliases": ["إمارة دبي"], "priority": 2, "x": [1]}\n',
     [("دبي", "LOC", "7", ("إمارة دبي",), 2, {"x": [1]})], "every field"),
    ('\ufeff{"name": "دبي", "aliases": "أ | ب"}\r\n\r\n{"name": "مصر", "label": null}',
     [("دبي", None, None, ("أ", "ب"), 0, {}), ("مصر", None, None, (), 0, {})], "Windows, and no end of line"),
    ('{"name": "دبي", "note": "a\u2028b"}', [("دبي", None, None, (), 0, {"note": "a\u2028b"})], "LINE SEPARATOR"),
    ("", [], "nothing"),
    ('{"name": "دبي"}\n\n{"name": }', "line 3 of names.jsonl: not JSON", "the line is named"),
    ('["دبي"]', "line 1 of names.jsonl: expected a JSON object", "not an object"),
    ('{"label": "LOC"}', "line 1 of names.jsonl: name is empty or missing", "no name"),
    ('{"name": "x", "priority": "high"}', "line 1 of names.jsonl: priority 'high'", "not a number"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), JSONL)
def test_jsonl(text, expected, why, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "names.jsonl").write_bytes(text.encode())
    if isinstance(expected, str):
        with pytest.raises(KayanError) as raised:
            Gazetteer.from_jsonl("names.jsonl")
        assert str(raised.value).startswith(expected), why
        return
    assert rows(Gazetteer.from_jsonl("names.jsonl")) == expected, why
    assert rows(Gazetteer.from_jsonl(io.StringIO(text))) == expected
    assert rows(Gazetteer.from_jsonl(io.BytesIO(text.encode()))) == expected


RULER = [
    # patterns, entries or message, why
    ([{"label": "LOC", "pattern": "دبي"}], [("دبي", "LOC", None, (), 0, {})], "a phrase"),
    ([{"label": "LOC", "pattern": [{"LOWER": "new"}, {"orth": "York"}], "id": "nyc"}],
     [("new York", "LOC", "nyc", (), 0, {})], "plain tokens; spaCy takes keys in any case"),
    ([{"label": "L", "pattern": "أ", "id": "1"}, {"label": "M", "pattern": "ب", "id": "1"},
      {"label": "L", "pattern": "ت", "id": "1", "rank": 2}],
     [("أ", "L", "1", ("ت",), 0, {}), ("ب", "M", "1", (), 0, {})], "one label and id, one entry"),
    ([{"label": "L", "pattern": "أ"}, {"label": "L", "pattern": "أ"}],
     [("أ", "L", None, (), 0, {})] * 2, "no id joins nothing"),
    ([{"label": "L", "pattern": "أ"}, {"label": "L", "pattern": [{"POS": "NOUN"}]}],
     "pattern 1: token {'POS': 'NOUN'} isn't supported", "no tagger here"),
    ([{"label": "L", "pattern": [{"LOWER": {"REGEX": "x"}}]}], "pattern 0: token", "no regular expressions"),
    ([{"label": "L", "pattern": [{"LOWER": "x", "OP": "+"}]}], "pattern 0: token", "no quantifiers"),
    ([{"label": "L", "pattern": [{"ORTH": "-"}]}], "pattern 0: token", "marks aren't words"),
    ([{"label": "L", "pattern": []}], "pattern 0: pattern must be", "no tokens"),
    ([{"label": "L"}], "pattern 0: pattern must be", "no pattern"),
    ([{"label": "L", "pattern": " "}], "pattern 0: pattern ' ' has nothing but blanks", "blank"),
]  # fmt: skip


@pytest.mark.parametrize(("patterns", "expected", "why"), RULER)
def test_entity_ruler(patterns, expected, why, tmp_path):
    path = tmp_path / "patterns.jsonl"
    path.write_text("".join(json.dumps(pattern) + "\n" for pattern in patterns), encoding="utf-8")
    if isinstance(expected, str):
        with pytest.raises(KayanError) as raised:
            Gazetteer.from_entity_ruler(patterns)
        assert str(raised.value).startswith(expected), why
        with pytest.raises(KayanError, match=rf"line {len(patterns)} of .*patterns.jsonl: "):
            Gazetteer.from_entity_ruler(path)
        return
    assert rows(Gazetteer.from_entity_ruler(iter(patterns))) == expected, why
    assert rows(Gazetteer.from_entity_ruler(path)) == expected


def test_entity_ruler_takes_dicts():
    with pytest.raises(TypeError, match="pattern 0: expected a dict, got 'دبي'"):
        Gazetteer.from_entity_ruler(["دبي"])


def test_flashtext():
    gazetteer = Gazetteer.from_flashtext({"دبي": ("إمارة دبي", "دبي"), "مصر": []}, label="LOC")
    assert rows(gazetteer) == [("دبي", "LOC", None, ("إمارة دبي",), 0, {}), ("مصر", "LOC", None, (), 0, {})]
    with pytest.raises(TypeError, match="entry 0: aliases must be a list"):
        Gazetteer.from_flashtext({"دبي": "إمارة دبي"})


def test_flashtext_without_its_canonical_names():
    keywords = {"UN": ["الأمم المتحدة", "هيئة الأمم"], "دبي": []}
    gazetteer = Gazetteer.from_flashtext(keywords, "ORG", canonical=False)
    assert rows(gazetteer) == [("الأمم المتحدة", "ORG", "UN", ("هيئة الأمم",), 0, {})]
    with pytest.raises(TypeError, match="entry 0: aliases must be a list"):
        Gazetteer.from_flashtext({"دبي": "إمارة دبي"}, canonical=False)


@pytest.mark.parametrize(
    ("pattern", "found", "why"),
    [
        ([{"ORTH": "WHO"}], ["WHO"], "ORTH is the letters"),
        ([{"text": "WHO"}], ["WHO"], "so is TEXT, in any case"),
        ([{"LOWER": "who"}], ["WHO", "who", "Who"], "LOWER is any case"),
        ([{"NORM": "who"}], ["WHO", "who", "Who"], "so is NORM"),
        ("WHO", ["WHO", "who", "Who"], "a phrase is compared as the matcher says"),
    ],
)
def test_entity_ruler_tells_orth_from_lower(pattern, found, why):
    gazetteer = Gazetteer.from_entity_ruler([{"label": "ORG", "pattern": pattern}])
    assert [match.text for match in kayan.Matcher(gazetteer).find("WHO who Who")] == found, why


def test_entity_ruler_keeps_orth_and_lower_of_one_id_apart():
    patterns = [{"label": "ORG", "pattern": [{kind: word}], "id": "w"} for kind, word in WORDS]
    gazetteer = Gazetteer.from_entity_ruler(patterns)
    assert [(entry.name, entry.aliases) for entry in gazetteer] == [("WHO", ("OMS",)), ("منظمة", ("agency",))]
    found = kayan.Matcher(gazetteer).find("WHO who oms OMS Agency")
    assert [match.text for match in found] == ["WHO", "OMS", "Agency"]


WORDS = [("ORTH", "WHO"), ("LOWER", "منظمة"), ("TEXT", "OMS"), ("LOWER", "agency")]


# ---- Writing --------------------------------------------------------------------------------------------------------


def full():
    gazetteer = Gazetteer.from_records([("دبي", "LOC"), 'x,"y"\nz'])
    gazetteer.add("مصر", id=79, aliases=["أم الدنيا", "القطر المصري"], priority=-1, country="EG")
    return gazetteer


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_round_trip(kind, tmp_path):
    write, read = getattr(full(), f"to_{kind}"), getattr(Gazetteer, f"from_{kind}")
    path = tmp_path / f"names.{kind}"
    assert write(path) is None
    assert rows(read(path)) == rows(full())
    text = write()
    assert path.read_bytes().decode() == text
    assert rows(read(io.StringIO(text))) == rows(full())
    buffer = io.StringIO()
    write(buffer)
    assert buffer.getvalue() == text
    assert len(read(io.StringIO(getattr(Gazetteer(), f"to_{kind}")()))) == 0


def test_jsonl_keeps_types():
    gazetteer = Gazetteer()
    gazetteer.add(" دبي ", aliases=["a|b"], rank=np.int64(3), tags=["x"], share=np.float64(0.5))
    again = Gazetteer.from_jsonl(io.StringIO(gazetteer.to_jsonl()))
    assert rows(again) == [("دبي", None, None, ("a|b",), 0, {"rank": 3, "tags": ["x"], "share": 0.5})]
    gazetteer.add("x", when=object())
    with pytest.raises(TypeError, match="entry 1: JSON has no type"):
        gazetteer.to_jsonl()


def test_what_cannot_be_written_is_refused():
    gazetteer = Gazetteer.from_records([{"name": "x", "aliases": ["a|b"]}])
    with pytest.raises(KayanError, match=r"entry 0: alias 'a\|b'"):
        gazetteer.to_csv()
    clash = Gazetteer.from_csv(io.StringIO("title,name\nدبي,x\n"), name="title")
    for write in (clash.to_csv, clash.to_jsonl):
        with pytest.raises(KayanError, match="the metadata key 'name'"):
            write()


# ---- Ambiguous names, triggers, word lists and rules --------------------------------------------------------------


def ambiguous_of(gazetteer):
    return [entry.ambiguous for entry in gazetteer]


def test_ambiguous_names_go_through_every_form():
    gazetteer = kayan.Gazetteer()
    gazetteer.add("فاس", label="CITY", aliases=["مدينة فاس", "فأس"], ambiguous=True)
    gazetteer.add("سلام", aliases=["نور"], ambiguous=["نور"])
    gazetteer.add("دبي")
    expected = [("فاس", "فأس"), ("نور",), ()]
    assert ambiguous_of(gazetteer) == expected
    for again in (
        kayan.Gazetteer.from_csv(io.StringIO(gazetteer.to_csv())),
        kayan.Gazetteer.from_jsonl(io.StringIO(gazetteer.to_jsonl())),
        kayan.Gazetteer.from_dataframe(gazetteer.to_dataframe()),
        kayan.Gazetteer() | gazetteer,
        gazetteer.filter(predicate=lambda entry: True),
        kayan.Gazetteer.from_records(entry._asdict() for entry in gazetteer),
    ):
        assert ambiguous_of(again) == expected


@pytest.mark.parametrize(
    ("ambiguous", "error", "said"),
    [
        (["فاس", "مراكش"], kayan.KayanError, "entry 0: ambiguous 'مراكش' is neither the name nor an alias"),
        ("فاس", TypeError, "ambiguous must be a list of str or True, got str"),
        ([1], TypeError, "ambiguous name must be str, got int"),
        (3, TypeError, "ambiguous must be a list of str or True, got int"),
    ],
)
def test_wrong_ambiguous_names_are_refused(ambiguous, error, said):
    gazetteer = kayan.Gazetteer()
    with pytest.raises(error, match=said):
        gazetteer.add("فاس", ambiguous=ambiguous)
    assert len(gazetteer) == 0


def with_rules():
    gazetteer = kayan.Gazetteer()
    gazetteer.add("فاس", label="CITY", ambiguous=True)
    gazetteer.add_triggers(["مدينة"], labels=["CITY"])
    gazetteer.add_word_list("given", ["محمد", "حسن"])
    gazetteer.add_rule("two", "given given")
    return gazetteer


def test_unions_and_parts_keep_triggers_tokens_and_rules():
    text = "محمد حسن في مدينة فاس"
    for gazetteer in (
        with_rules() | with_rules(),
        with_rules().filter("CITY"),
        with_rules() - kayan.Gazetteer(),
    ):
        found = kayan.Matcher(gazetteer, duplicates="first").find(text)
        assert [(m.text, m.label, m.id) for m in found] == [
            ("محمد حسن", "PERSON", "name:محمد حسن"),
            ("فاس", "CITY", None),
        ]


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        (lambda g: g.add_triggers("مدينة"), TypeError, "triggers must be a list of str, got str"),
        (lambda g: g.add_triggers(["\u064e"]), kayan.KayanError, r"trigger .* \(U\+064E\)"),
        (lambda g: g.add_triggers(["مدينة"], [1]), TypeError, "label must be str, got int"),
        (lambda g: g.add_word_list("given", [""]), kayan.KayanError, "word is empty"),
        (
            lambda g: g.add_word_list("any", ["محمد"]),
            kayan.KayanError,
            "and not 'any', 'nisba' or 'loan'; got 'any'",
        ),
        (lambda g: g.add_word_list("nisba", ["الخطيب"]), kayan.KayanError, "got 'nisba'"),
        (lambda g: g.add_word_list("first name", ["محمد"]), kayan.KayanError, "got 'first name'"),
        (lambda g: g.add_rule("x", "given ++"), kayan.KayanError, r"rule 'x': expected items .* got '\+\+'"),
        (lambda g: g.add_rule("x", "given?"), kayan.KayanError, "needs an item that is not optional"),
        (
            lambda g: g.add_rule("two", "given"),
            kayan.KayanError,
            "there is another rule 'two': 'given given'",
        ),
        (lambda g: g.add_rule("x", "given", priority=2**31), kayan.KayanError, "doesn't fit into 32 bits"),
    ],
)
def test_wrong_words_and_rules_are_refused(change, error, said):
    gazetteer = with_rules()
    with pytest.raises(error, match=said):
        change(gazetteer)
    assert len(kayan.Matcher(gazetteer).find("محمد حسن")) == 1


def test_a_matcher_refuses_what_it_cannot_compose_of():
    gazetteer = with_rules()
    gazetteer.add_rule("x", "given tribe")
    with pytest.raises(kayan.KayanError, match="rule 'x': no word list of the kind 'tribe'; kinds: given"):
        kayan.Matcher(gazetteer)
    assert kayan.Matcher(gazetteer, name_rules=False).labels == ["CITY"]
    gazetteer = kayan.Gazetteer()
    for kind in range(57):
        gazetteer.add_word_list(f"kind{kind}", ["محمد"])
    with pytest.raises(kayan.KayanError, match="at most 56 kinds; 'kind56' is one more"):
        kayan.Matcher(gazetteer)


def test_builtin_gazetteers_come_with_triggers_and_people_with_rules():
    part, whole = kayan.Gazetteer.builtin("countries"), kayan.Gazetteer.builtin()
    assert part._triggers
    assert whole._triggers == part._triggers
    assert not part._rules
    assert not part._word_lists
    assert whole._rules
    assert "NAME" not in kayan.Matcher(whole).labels


def test_composed_names_in_tables():
    gazetteer = with_rules()
    matches = kayan.Matcher(gazetteer).find_batch(["محمد حسن", None, "حسن محمد ومحمد حسن"])
    assert matches.counts().values.tolist() == [
        ["محمد حسن", "PERSON", "name:محمد حسن", 2],
        ["حسن محمد", "PERSON", "name:حسن محمد", 1],
    ]
    expected = ["محمد حسن", "حسن محمد", "محمد حسن"]
    assert matches.to_arrow().column("name").to_pylist() == expected
    assert matches.to_pandas()["name"].tolist() == expected
    assert matches.to_polars()["rule"].to_list() == ["two"] * 3
    assert [match.name for _, match in matches] == expected
    gazetteer.add("دبي", emirate=True)
    assert kayan.Matcher(gazetteer).find("محمد حسن")[0].metadata == {}
