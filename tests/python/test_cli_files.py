"""The command `kayan` on files of every kind: what is read, what is written, what can go wrong on the way."""

import csv
import json
import os
import signal
import subprocess
import sys
import time

import pandas
import pyarrow
import pyarrow.parquet
import pytest

import kayan
from command import run
from kayan.cli import _progress, _readers, _writers, main

TEXTS = ["سافر أحمد للقاهرة", None, "", "في القاهرة\nوالقاهرة أحمد", "لا شيء"]
# row, text_id, start, end, text, label, id, name, prefix
FOUND = [
    (0, "a", 5, 9, "أحمد", "PER", None, "أحمد", ""),
    (0, "a", 11, 17, "لقاهرة", "LOC", "Q85", "القاهرة", "ل"),
    (3, "d", 3, 10, "القاهرة", "LOC", "Q85", "القاهرة", ""),
    (3, "d", 12, 19, "القاهرة", "LOC", "Q85", "القاهرة", "و"),
    (3, "d", 20, 24, "أحمد", "PER", None, "أحمد", ""),
]
NAMES = ("row", "text_id", "start", "end", "text", "label", "id", "name", "prefix")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "names.csv").write_text("name,label,id\nالقاهرة,LOC,Q85\nأحمد,PER,\n", encoding="utf-8")
    table = {"key": list("abcde"), "text": TEXTS, "n": [1, 2, 3, 4, None]}
    records = [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]
    pyarrow.parquet.write_table(pyarrow.table(table), "t.parquet", row_group_size=2)
    (tmp_path / "t.jsonl").write_text(
        "\ufeff" + "".join(json.dumps(r, ensure_ascii=False) + "\n\n" for r in records), encoding="utf-8"
    )
    for name, delimiter in (("t.csv", ","), ("t.tsv", "\t")):
        with open(name, "w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=delimiter)
            writer.writerow(table)
            writer.writerows(record.values() for record in records)
    (tmp_path / "t.txt").write_bytes("سافر أحمد\r\nللقاهرة\nأحمد".encode())
    return tmp_path


def match(capsys, *arguments):
    return run(capsys, "match", "--gazetteer", "names.csv", *arguments)


def read(path):
    """Return the rows of a written table as tuples, those of CSV with their types again."""
    if path.suffix == ".parquet":
        return pyarrow.parquet.read_table(path).to_pylist()
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_bytes().decode().split("\n") if line]
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ","))
    numbers = {"row", "line", "start", "end"}
    return [
        {k: int(v) if k in numbers else (v or None) if k == "id" else v for k, v in row.items()}
        for row in rows
    ]


@pytest.mark.parametrize("source", ["t.csv", "t.tsv", "t.jsonl", "t.parquet"])
@pytest.mark.parametrize("output", ["o.csv", "o.tsv", "o.jsonl", "o.parquet"])
def test_tables_to_tables(folder, capsys, source, output):
    code, out, err = match(capsys, source, "--id-column", "key", "--output", output, "--threads", "1")
    assert (code, out, err) == (0, "", "5 matches in 5 texts\n")
    assert read(folder / output) == [{"file": source, **dict(zip(NAMES, row, strict=True))} for row in FOUND]
    # Nothing but the output is left in the folder.
    assert len(list(folder.iterdir())) == 7


@pytest.mark.parametrize("source", ["t.csv", "t.jsonl", "t.parquet"])
def test_small_batches(folder, capsys, monkeypatch, source):
    # Cut wherever a chunk may end, the results are the same.
    for size in (1, 7, 50):
        monkeypatch.setattr(_readers, "_CHUNK_BYTES", size)
        monkeypatch.setattr(_readers, "_PARQUET_ROWS", 1)
        monkeypatch.setattr(_writers, "_PARQUET_ROWS", 2)
        for output in ("o.jsonl", "o.parquet"):
            match(capsys, source, "--id-column", "key", "--output", output)
            assert [tuple(row[name] for name in NAMES) for row in read(folder / output)] == FOUND, size


def test_long_texts_make_small_batches(folder, monkeypatch):
    monkeypatch.setattr(_readers, "_CHUNK_BYTES", 1000)
    texts = [f"{number} " * 100 for number in range(1000)]  # all different, or Parquet keeps each but once
    pyarrow.parquet.write_table(pyarrow.table({"text": texts, "other": ["x" * 9000] * 1000}), "long.parquet")
    reader = _readers.Reader("text", [], None, False, _readers.Problems("strict"))
    batches = list(reader.read("long.parquet"))
    assert [text for batch in batches for text in batch.texts.to_pylist()] == texts
    assert 1000 < max(batch.texts.nbytes for batch in batches) < 6000


def test_table_of_a_table(folder, capsys):
    _, out, err = match(capsys, "t.csv", "t.jsonl")
    part = "5 matches\nLOC  3  Q85  القاهرة\nPER  2  -    أحمد\n"
    assert (out, err) == (f"t.csv: {part}t.jsonl: {part}", "10 matches in 10 texts\n")


def test_without_results(folder, capsys):
    (folder / "none.csv").write_text("text\n", encoding="utf-8")
    for output, empty in (("o.csv", "file,row,start,end,text,label,id,name,prefix\n"), ("o.jsonl", "")):
        assert match(capsys, "none.csv", "--output", output)[0] == 0
        assert (folder / output).read_text() == empty
    match(capsys, "none.csv", "--output", "o.parquet")
    assert pyarrow.parquet.read_table("o.parquet").column_names[:3] == ["file", "row", "start"]


def test_lines(folder, capsys):
    code, _, err = match(capsys, "t.txt", "--lines", "--output", "o.jsonl")
    assert (code, err) == (0, "3 matches in 3 texts\n")
    assert [(m["line"], m["start"], m["end"]) for m in read(folder / "o.jsonl")] == [
        (1, 5, 9),
        (2, 1, 7),
        (3, 0, 4),
    ]
    # Without --lines, the file is the text.
    match(capsys, "t.txt", "--output", "o.jsonl")
    assert [(m["line"], m["start"], m["end"]) for m in read(folder / "o.jsonl")] == [
        (1, 5, 9),
        (2, 12, 18),
        (3, 19, 23),
    ]


def test_types_of_ids_stay(folder, capsys):
    for source, expected in (
        ("t.parquet", [1, 1, 4, 4, 4]),
        ("t.jsonl", [1, 1, 4, 4, 4]),
        ("t.csv", list("11444")),
    ):
        for output in ("o.parquet", "o.jsonl"):
            match(capsys, source, "--id-column", "n", "--output", output)
            assert [row["text_id"] for row in read(folder / output)] == expected


def test_patterns(folder, capsys):
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "x.txt").write_text("أحمد", encoding="utf-8")
    (folder / "[x].txt").write_text("أحمد", encoding="utf-8")
    for pattern, files in (
        ("t.[jp]*", ["t.jsonl", "t.parquet"]),
        ("deep/**", [os.path.join("deep", "er", "x.txt")]),
        ("[x].txt", ["[x].txt"]),
    ):
        _, out, _ = match(
            capsys, pattern, "t.jsonl" if files[0] == "t.jsonl" else "t.txt", "--format", "jsonl"
        )
        assert (
            list(dict.fromkeys(json.loads(line)["file"] for line in out.splitlines()))[: len(files)] == files
        )
    assert match(capsys, "*.doc")[:2] == (2, "")


def test_standard_input():
    command = [sys.executable, "-m", "kayan", "normalize", "--input-format", "csv", "--column", "t"]
    result = subprocess.run(command, input="k,t\n1,أحمد\n".encode(), capture_output=True, check=True)
    assert result.stdout.decode() == "k,t\n1,احمد\n"


@pytest.mark.parametrize("source", ["t.csv", "t.jsonl", "t.parquet"])
@pytest.mark.parametrize("output", ["o.csv", "o.jsonl", "o.parquet"])
def test_normalize_keeps_the_other_columns(folder, capsys, source, output):
    assert run(capsys, "normalize", source, "--output", output)[0] == 0
    rows = read(folder / output)
    if source == "t.csv":
        assert rows[0] == {"key": "a", "text": "سافر احمد للقاهره", "n": "1"}
        assert [row["text"] for row in rows[1:3]] == ["", ""]
        return
    if output == "o.csv":
        assert rows[0] == {"key": "a", "text": "سافر احمد للقاهره", "n": "1"}
        return
    assert rows[0] == {"key": "a", "text": "سافر احمد للقاهره", "n": 1}
    assert [row["text"] for row in rows[1:4]] == [None, "", "في القاهره والقاهره احمد"]
    assert rows[4] == {"key": "e", "text": "لا شيء", "n": None}


def test_normalize_keeps_the_format(folder, capsys):
    _, out, _ = run(capsys, "normalize", "t.jsonl")
    assert json.loads(out.splitlines()[0]) == {"key": "a", "text": "سافر احمد للقاهره", "n": 1}
    assert (
        run(capsys, "normalize", "t.txt", "--profile", "none")[1].encode() == (folder / "t.txt").read_bytes()
    )
    assert run(capsys, "normalize", "t.txt", "--output", "o.txt")[:2] == (0, "")
    assert (folder / "o.txt").read_text(encoding="utf-8") == "سافر احمد\nللقاهره\nاحمد"
    (folder / "none.csv").write_text("k,text\n", encoding="utf-8")
    assert run(capsys, "normalize", "none.csv")[1] == "k,text\n"
    run(capsys, "normalize", "none.csv", "--output", "o.parquet")
    assert pyarrow.parquet.read_table("o.parquet").column_names == ["k", "text"]


def test_objects_with_other_keys(folder, capsys):
    lines = ['{"text": "أ", "a": [1, "%s"]}', '{"b": true, "text": "ب"}']
    (folder / "o.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert list(map(json.loads, run(capsys, "normalize", "o.jsonl")[1].splitlines())) == [
        {"text": "ا", "a": [1, "%s"]},
        {"b": True, "text": "ب"},
    ]
    assert run(capsys, "normalize", "o.jsonl", "--format", "csv")[1] == (
        'text,a,b\nا,"[1, ""%s""]",\nب,,true\n'
    )


def test_line_ends_in_cells(folder, capsys):
    texts = ["a\rb", "a\nb", "a\r\nb", "a\u2028b\x0bc\x85d", 'a"b']
    lines = (json.dumps({"text": text}) for text in texts)
    (folder / "ends.jsonl").write_text("\n".join(lines), encoding="utf-8")
    run(capsys, "normalize", "ends.jsonl", "--profile", "none", "--output", "ends.csv")
    run(capsys, "normalize", "ends.csv", "--profile", "none", "--output", "again.jsonl")
    assert [row["text"] for row in read(folder / "again.jsonl")] == texts


def test_output_may_be_the_input(folder, capsys):
    assert run(capsys, "normalize", "t.csv", "--output", "t.csv")[0] == 0
    assert read(folder / "t.csv")[0]["text"] == "سافر احمد للقاهره"


# name, bytes, message of strict, number of problems, texts by replace, texts by skip
BROKEN = [
    ("b.csv", b"text\nok\nab\xe9\n", "b.csv is not UTF-8: line 3, byte offset 10: bytes e9", 1, ["ok", "ab\ufffd"], ["ok"]),
    ("b.csv", b"text,n\nx\nok,1\n", "line 2 of b.csv: 1 cell where the header has 2", 1, [None, "ok"], ["ok"]),
    ("b.csv", b'text,n\n"x"y,1\nok,1\n', "line 2 of b.csv: ',' expected after '\"'", 1, [None, "ok"], ["ok"]),
    ("b.csv", b'text,n\nok,1\n"x,1\nz,2\n', "line 3 of b.csv: unexpected end of data", 1, ["ok", None], ["ok"]),
    ("b.csv", b'text,n\n"a\n\xe9",1\nok,1\n', "b.csv is not UTF-8: line 3", 1, ["a\n\ufffd", "ok"], ["ok"]),
    ("b.jsonl", b'{"text": "ok"}\n{"text"\n', "line 2 of b.jsonl is not JSON", 1, ["ok", None], ["ok"]),
    ("b.jsonl", b'["ok"]\n{"text": "ok"}', "line 1 of b.jsonl: expected an object", 1, [None, "ok"], ["ok"]),
    ("b.jsonl", b'{"txt": "x"}\n{"text": "ok"}', "line 1 of b.jsonl has no 'text'; its keys: txt", 1, [None, "ok"], ["ok"]),
    ("b.jsonl", b'{"text": 3}\n{"text": "ok"}', "line 1 of b.jsonl: 'text' isn't a text: 3", 1, [None, "ok"], ["ok"]),
    ("b.jsonl", b'{"text": "a\\ud800"}\n{"text": "ok"}', "line 1 of b.jsonl has a lone surrogate", 1, ["a\ufffd\ufffd\ufffd", "ok"], ["ok"]),
    ("b.jsonl", b'{"text": "\xe9"}\n{"text": "ok"}', "b.jsonl is not UTF-8: line 1, byte offset 10", 1, ["\ufffd", "ok"], ["ok"]),
    ("b.txt", b"\xef\xbb\xbfok\n\xe9\n\xe9", "b.txt is not UTF-8: line 2, byte offset 6", 2, ["ok", "\ufffd", "\ufffd"], ["ok"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "message", "times", "replaced", "kept"), BROKEN)
def test_what_cannot_be_read(folder, capsys, name, content, message, times, replaced, kept):
    (folder / name).write_bytes(content)
    base = ("normalize", name, "--profile", "none", "--output", "o.jsonl")
    code, out, err = run(capsys, *base)
    assert (code, out) == (2, "")
    assert message in err
    assert not (folder / "o.jsonl").exists()
    for errors, texts in (("replace", replaced), ("skip", kept)):
        code, _, err = run(capsys, *base, "--errors", errors, "--format", "jsonl")
        assert code == 0
        assert [row["text"] for row in read(folder / "o.jsonl")] == texts
        what = {"replace": "replaced", "skip": "left out"}[errors]
        counted = f"{times} time{'s' * (times > 1)}"
        assert err.startswith(f"kayan: {what} what couldn't be read, {counted}; first: ")
        assert message in err


def test_rows_keep_their_numbers(folder, capsys):
    (folder / "b.csv").write_bytes("text\nأحمد\n\nx,y\nأحمد\n".encode())
    for errors in ("skip", "replace"):
        match(capsys, "b.csv", "--errors", errors, "--output", "o.jsonl")
        # As pandas counts them: an empty line isn't a row.
        assert [row["row"] for row in read(folder / "o.jsonl")] == [0, 2]
    (folder / "b.txt").write_bytes(
        "أحمد\n\xe9\nأحمد".encode("latin-1", "ignore") + b"\n\xe9\n" + "أحمد".encode()
    )
    match(capsys, "b.txt", "--lines", "--errors", "skip", "--output", "o.jsonl")
    lines = (folder / "b.txt").read_bytes().split(b"\n")
    assert [row["line"] for row in read(folder / "o.jsonl")] == [lines.index("أحمد".encode()) + 1]


def test_a_document_with_bad_bytes(folder, capsys):
    (folder / "b.txt").write_bytes("أحمد ".encode() + b"\xe9")
    assert match(capsys, "b.txt", "--errors", "replace", "--format", "jsonl")[1].count("\n") == 1
    code, out, err = match(capsys, "b.txt", "--errors", "skip", "--format", "jsonl")
    assert (code, out) == (0, "")
    assert err.endswith("0 matches in 0 files\n")


@pytest.mark.parametrize("kind", ["string", "large_string", "dictionary", "string_view"])
def test_parquet_whose_text_is_not_utf8(folder, capsys, kind):
    types = {
        "string": pyarrow.string(),
        "large_string": pyarrow.large_string(),
        "dictionary": pyarrow.dictionary(pyarrow.int32(), pyarrow.string()),
        "string_view": pyarrow.string_view(),
    }
    good = pyarrow.array(["أحمد", None, "x"])
    pyarrow.parquet.write_table(pyarrow.table({"text": good.cast(types[kind])}), "good.parquet")
    match(capsys, "good.parquet", "--output", "o.jsonl")
    assert [row["row"] for row in read(folder / "o.jsonl")] == [0]
    if kind in ("string", "large_string"):
        raw = pyarrow.array(
            [b"\xe9", None, "أحمد".encode()], pyarrow.binary() if kind == "string" else pyarrow.large_binary()
        )
        pyarrow.parquet.write_table(pyarrow.table({"text": raw.view(types[kind])}), "bad.parquet")
        code, _, err = match(capsys, "bad.parquet", "--output", "o2.jsonl")
        assert code == 2
        assert "row 0 of bad.parquet is not UTF-8" in err
        for errors, texts in (("replace", 3), ("skip", 2)):
            _, _, err = match(capsys, "bad.parquet", "--errors", errors, "--output", "o.jsonl")
            assert err.endswith(f"1 match in {texts} texts\n")
            assert [row["row"] for row in read(folder / "o.jsonl")] == [2]


ERRORS = [
    # arguments, message, why
    (["match", "t.csv", "--column", "body"], "t.csv has no column 'body'; its columns: key, text, n", "a typo"),
    (["match", "t.parquet", "--column", "body"], "t.parquet has no column 'body'", "in Parquet"),
    (["match", "t.parquet", "--column", "n"], "t.parquet: the column 'n' is int64, not text", "no text"),
    (["match", "t.csv", "--id-column", "doc"], "t.csv has no column 'doc'", "an unknown id"),
    (["match", "t.txt", "--id-column", "doc"], "--id-column is for tables", "no columns at all"),
    (["match", "t.jsonl", "--id-column", "doc"], "line 1 of t.jsonl has no 'doc'", "an unknown id"),
    (["match", "twice.csv"], "twice.csv has the column 'text' more than once", "which one?"),
    (["match", "empty.csv"], "empty.csv has no column 'text'; its columns: none", "not even a header"),
    (["match", "fake.parquet"], "fake.parquet can't be read as Parquet", "another file"),
    (["match", "--input-format", "parquet"], "can't be read from standard input", "Parquet needs a file"),
    (["match", "t.csv", "--format", "parquet"], "can't be written to standard output", "Parquet needs a file"),
    (["match", "t.csv", "--output", "o.xls"], "can't tell the format of o.xls", "an unknown suffix"),
    (["match", "t.csv", "--output", "none/o.csv"], "none/o.csv: No such file or directory", "no folder"),
    (["match", "t.csv", "--threads", "0"], "threads must be a whole number of at least 1", "no thread"),
    (["match", "*.doc"], "no file matches '*.doc'", "an empty pattern"),
    (["normalize", "t.csv", "--format", "text"], "tables can't be written as text", "columns would be lost"),
    (["normalize", "t.csv", "t2.csv"], "the column 'other' isn't in what was written before: key, text, n", "two tables"),
    (["normalize", "mixed.jsonl", "--output", "o.parquet"], "a column's values are of several types", "Parquet has types"),
    (["describe", "none.txt"], "none.txt: No such file or directory", "a missing file"),
    (["lint", "none.csv"], "none.csv: No such file or directory", "a missing gazetteer"),
    (["evaluate", "--gold", "t.csv"], "t.csv: can't tell what kind of gold set it is", "no gold set"),
    (["evaluate"], "--gold", "no gold set at all"),
    (["evaluate", "--gold", "t.jsonl", "--labels", "x"], "expected coarse or A=B, got 'x'", "no mapping"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "message", "why"), ERRORS)
def test_error_is_one_line_and_code_2(folder, capsys, arguments, message, why):
    (folder / "twice.csv").write_text("text,text\na,b\n")
    (folder / "t2.csv").write_text("text,other\na,b\n")
    (folder / "empty.csv").write_text("")
    (folder / "fake.parquet").write_text("text\n")
    (folder / "mixed.jsonl").write_text('{"text": "a", "n": 1}\n{"text": "b", "n": "x"}\n')
    gazetteer = ["--gazetteer", "names.csv"] * (arguments[0] == "match")
    code, _, err = run(capsys, *arguments, *gazetteer)
    assert code == 2, why
    assert err.startswith("kayan: error: ")
    assert message in err
    assert err.count("\n") == 1
    assert not [path for path in folder.iterdir() if path.name.endswith(".part")]


def test_an_error_leaves_the_old_output(folder, capsys):
    (folder / "o.csv").write_text("old")
    (folder / "b.csv").write_bytes(b"text\nok\n\xe9\n")
    for arguments in (["match", "b.csv", "--gazetteer", "names.csv"], ["normalize", "b.csv"]):
        assert run(capsys, *arguments, "--output", "o.csv")[0] == 2
        assert (folder / "o.csv").read_text() == "old"


def test_missing_libraries_are_named(folder, capsys, monkeypatch):
    for name, arguments in (
        ("pyarrow", ["match", "t.parquet"]),
        ("pyarrow", ["match", "t.csv", "--output", "o.parquet"]),
        ("pandas", ["lint", "names.csv"]),
    ):
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, name, None)
            code, _, err = run(capsys, *arguments, *["--gazetteer", "names.csv"] * (arguments[0] == "match"))
        assert code == 2
        assert f"needs {name}: pip install" in err


def test_html_of_a_table(folder, capsys, monkeypatch):
    for source in ("t.csv", "t.parquet"):
        match(capsys, source, "--html", "out.html")
        page = (folder / "out.html").read_text(encoding="utf-8")
        assert page.count('<div class="kayan-row">') == 2  # the rows with a match
        assert f"<bdi>{source}</bdi></h2>" in page
        assert '<span class="kayan-number">3</span>' in page
        assert 'kayan-cut"' not in page
    monkeypatch.setattr("kayan.cli._commands._HTML_TEXTS", 1)
    match(capsys, "t.csv", "--html", "out.html")
    page = (folder / "out.html").read_text(encoding="utf-8")
    assert page.count('<div class="kayan-row">') == 1
    assert "The first 1 of 2 texts with a match." in page


def test_describe(folder, capsys):
    (folder / "p.txt").write_text("فى مُحَمَّد\nقال\n\n١٢", encoding="utf-8")
    expected = kayan.describe_texts(["فى مُحَمَّد", "قال", "", "١٢"])
    for output in ("o.csv", "o.jsonl", "o.parquet"):
        assert run(capsys, "describe", "p.txt", "--output", output)[0] == 0
        rows = read(folder / output)
        assert [row["property"] for row in rows] == list(expected["property"])
        assert [int(row["texts"]) for row in rows] == list(expected["texts"])
        assert [float(row["word_share"]) for row in rows] == list(expected["word_share"])
        assert [row["suggestion"] for row in rows] == list(expected["suggestion"])
        assert [row["example"] or None for row in rows] == [
            None if pandas.isna(example) else example for example in expected["example"]
        ]
    _, out, _ = run(capsys, "describe", "p.txt")
    assert out.splitlines()[0] == "4 texts, 4 words"
    assert [line.split()[:3] for line in out.splitlines()[2:]] == [
        ["vowelled", "1", "25.0%"],
        ["final_yeh", "1", "25.0%"],
        ["digits_arabic", "1", "25.0%"],
    ]
    for source in ("t.csv", "t.parquet"):
        assert run(capsys, "describe", source)[1].splitlines()[0].startswith(("5 texts", "4 texts"))


def test_lint(folder, capsys):
    (folder / "good.csv").write_text("name,label\nالقاهرة الجديدة,LOC\n", encoding="utf-8")
    assert run(capsys, "lint", "good.csv") == (0, "", "0 errors, 0 warnings, 0 infos\n")
    (folder / "bad.csv").write_text("name,label\nغزة,LOC\nبغزة,LOC\nعلي,PER\n", encoding="utf-8")
    code, out, err = run(capsys, "lint", "bad.csv")
    assert (code, err) == (1, "0 errors, 1 warning, 1 info\n")
    assert out.startswith("warning  clitic-form  line 3 of bad.csv  بغزة: ")
    (folder / "info.jsonl").write_text('{"name": "علي"}\n', encoding="utf-8")
    assert run(capsys, "lint", "info.jsonl")[0] == 0
    # A sample of texts adds what only texts can tell.
    (folder / "texts.csv").write_text("text\n" + "القاهرة الجديدة\n" * 6, encoding="utf-8")
    assert run(capsys, "lint", "good.csv", "texts.csv", "--output", "o.jsonl")[0] == 1
    assert [row["rule"] for row in read(folder / "o.jsonl")] == ["often"]
    assert read(folder / "o.jsonl")[0]["origin"] == "line 2 of good.csv"


def test_evaluate(folder, capsys):
    gold = {"text": "سافر أحمد للقاهرة", "entities": [[5, 9, "PERS"], [10, 17, "LOC"]]}
    (folder / "gold.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    base = ["evaluate", "--gold", "gold.jsonl", "--gazetteer", "names.csv"]
    expected = kayan.evaluate(
        kayan.Matcher(kayan.Gazetteer.from_csv("names.csv")), "gold.jsonl", labels="coarse"
    )
    code, out, err = run(capsys, *base, "--labels", "coarse", "--html", "out.html")
    assert (code, out, err) == (0, f"{expected}\n", "")
    assert "<mark>" not in (folder / "out.html").read_text(encoding="utf-8")
    assert run(capsys, *base, "--labels", "coarse", "--output", "o.json")[0] == 0
    assert json.loads((folder / "o.json").read_text(encoding="utf-8")) == expected.to_dict()

    def total(*arguments):
        rows = json.loads(run(capsys, *base, "--format", "json", *arguments)[1])["strict"]
        return [(row["label"], row["right"], row["gold"]) for row in rows]

    assert total() == [("LOC", 1, 1), ("PER", 0, 0), ("PERS", 0, 1), (None, 1, 2)]
    assert total("--labels", "PERS=PER,LOC=") == [("PER", 1, 1), (None, 1, 1)]
    assert total("--labels", "coarse,LOC=") == [("PER", 1, 1), (None, 1, 1)]
    assert total("--labels", "coarse", "--gold-clitics", "outside")[0] == ("LOC", 0, 1)


class Terminal:
    """What standard error is on a terminal."""

    def __init__(self):
        self.text = ""

    def isatty(self):
        return True

    def write(self, text):
        self.text += text

    def flush(self):
        pass

    def reconfigure(self, **_):
        pass


@pytest.mark.parametrize("with_tqdm", [True, False])
def test_progress_on_a_terminal(folder, monkeypatch, with_tqdm):
    monkeypatch.setattr(_progress, "_DELAY", 0)
    monkeypatch.setattr(_progress, "_INTERVAL", -1)
    monkeypatch.setattr(sys, "stderr", Terminal())
    if not with_tqdm:
        monkeypatch.setitem(sys.modules, "tqdm", None)
    for source in ("t.csv", "t.parquet"):
        sys.stderr.text = ""
        assert main(["match", source, "--gazetteer", "names.csv", "--output", "o.csv"]) == 0
        assert ("0%|" if with_tqdm else "100%") in sys.stderr.text
        assert "B/s" in sys.stderr.text
        # The line is gone when the result is printed.
        assert sys.stderr.text.replace("\x1b[A", "").endswith("\r5 matches in 5 texts\n")


def test_no_progress_in_a_pipe(folder, capsys, monkeypatch):
    monkeypatch.setattr(_progress, "_DELAY", 0)
    assert match(capsys, "t.csv", "--output", "o.csv")[2] == "5 matches in 5 texts\n"


def test_interrupt_removes_what_was_written(folder, capsys, monkeypatch):
    def interrupted(*_, **__):
        assert [path for path in folder.iterdir() if path.name.endswith(".part")]
        raise KeyboardInterrupt

    for output in ("o.csv", "o.parquet"):
        monkeypatch.setattr("kayan.Matcher.find_batch", interrupted)
        assert match(capsys, "t.csv", "--output", output) == (130, "", "")
        assert not [path for path in folder.iterdir() if path.name.startswith((".", "o."))]


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX signal")
def test_ctrl_c(folder):
    # The writing end of the pipe stays open: the command waits for more when the signal comes.
    command = [sys.executable, "-m", "kayan", "normalize", "--output", "o.txt"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdin.write(b"x\n" * 3_000_000)
        process.stdin.flush()
        deadline = time.monotonic() + 60
        while not [p for p in folder.iterdir() if p.name.endswith(".part") and p.stat().st_size]:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
        assert process.stderr.read() == b""
    assert not [path for path in folder.iterdir() if path.name.startswith((".", "o."))]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_output_files_have_the_usual_permissions(folder, capsys):
    (folder / "plain").write_text("")
    match(capsys, "t.csv", "--output", "o.csv")
    assert (folder / "o.csv").stat().st_mode == (folder / "plain").stat().st_mode
    # A link stays a link, and a device a device.
    os.symlink("real.csv", "link.csv")
    match(capsys, "t.csv", "--output", "link.csv")
    assert (folder / "link.csv").is_symlink()
    assert (folder / "real.csv").read_text(encoding="utf-8").startswith("file,row")
    assert match(capsys, "t.csv", "--output", "/dev/null", "--format", "csv")[0] == 0


def test_exit_codes_are_in_the_help(capsys):
    for command in ("match", "normalize", "describe", "lint", "evaluate"):
        _, out, _ = run(capsys, command, "--help")
        assert "exit codes:\n  0    done\n  1    kayan lint" in out
