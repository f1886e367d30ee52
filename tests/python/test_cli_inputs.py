"""The command `kayan` on files as they are found: compressed, in other encodings, in folders, on terminals."""

import gzip
import io
import json
import os
import subprocess
import sys

import pytest

import kayan
from command import run
from kayan.cli import _files, _terminal, main

pa = pytest.importorskip("pyarrow")

TEXTS = ["سافر أحمد للقاهرة", "ثم عاد من القاهرة"]
PLAIN = "\n".join(TEXTS) + "\n"
TABLE = "id,text\n" + "".join(f"{at},{text}\n" for at, text in enumerate(TEXTS))
NAMES = ["--gazetteer", "names.csv"]


def zstandard(data):
    out = pa.BufferOutputStream()
    with pa.CompressedOutputStream(out, "zstd") as stream:
        stream.write(data)
        stream.flush()
    return out.getvalue().to_pybytes()


def from_zstandard(data):
    return pa.CompressedInputStream(pa.BufferReader(data), "zstd").read()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "names.csv").write_text("name,label,id\nالقاهرة,LOC,Q85\nأحمد,PER,\n", encoding="utf-8")
    return tmp_path


def found(capsys, *arguments):
    code, out, err = run(capsys, "match", *arguments, *NAMES, "--format", "jsonl")
    assert code == 0, err
    return [json.loads(line) for line in out.splitlines()]


INPUTS = [
    # name, its bytes, arguments, why
    ("a.txt.gz", gzip.compress(PLAIN.encode()), [], "gzip"),
    ("a.txt.GZ", gzip.compress(PLAIN.encode()), [], "in capitals"),
    ("a.csv.gz", gzip.compress(TABLE.encode()), [], "the suffix inside says what it is"),
    ("a.tsv.gz", gzip.compress(TABLE.replace(",", "\t").encode()), [], "and what separates cells"),
    ("a.txt.gz", gzip.compress(PLAIN.encode()[:30]) + gzip.compress(PLAIN.encode()[30:]), [], "two members"),
    ("a.txt.zst", zstandard(PLAIN.encode()), [], "Zstandard"),
    ("a.csv.zst", zstandard(TABLE.encode()), [], "a table in it"),
    ("a.txt", PLAIN.encode("cp1256"), ["--encoding", "windows-1256"], "a page of Windows"),
    ("a.txt", PLAIN.encode("cp1256"), ["--encoding", "auto"], "and found out"),
    ("a.txt", PLAIN.encode("iso-8859-6"), ["--encoding", "auto"], "its neighbour, where lam is another byte"),
    ("a.txt", PLAIN.encode("utf-16"), ["--encoding", "auto"], "with a byte order mark"),
    ("a.txt", PLAIN.encode("utf-16-le"), ["--encoding", "utf-16-le"], "two bytes each"),
    ("a.txt", PLAIN.encode(), ["--encoding", "auto"], "UTF-8 is found out too"),
    ("a.txt", PLAIN.encode("utf-8-sig"), ["--encoding", "UTF8"], "another name of it"),
    ("a.csv.gz", gzip.compress(TABLE.encode("cp1256")), ["--encoding", "cp1256"], "both"),
]


@pytest.mark.parametrize(("name", "data", "arguments", "why"), INPUTS)
def test_inputs(folder, capsys, name, data, arguments, why):
    (folder / name).write_bytes(data)
    rows = found(capsys, name, *arguments)
    assert [row["text"] for row in rows] == ["أحمد", "لقاهرة", "القاهرة"], why


@pytest.mark.parametrize("size", [1, 7, 64])
def test_an_encoding_in_small_blocks(folder, capsys, monkeypatch, size):
    monkeypatch.setattr(_files, "_BLOCK", size)
    (folder / "a.txt").write_bytes((PLAIN * 20).encode("utf-16"))
    assert len(found(capsys, "a.txt", "--encoding", "utf-16")) == 60


ERRORS = [
    # name, its bytes, arguments, message, why
    (
        "a.txt",
        PLAIN.encode("cp1256"),
        [],
        "it looks like Windows-1256: try --encoding windows-1256",
        "Windows",
    ),
    ("a.txt", PLAIN.encode("iso-8859-6"), [], "it looks like ISO-8859-6: try --encoding iso-8859-6", "ISO"),
    ("a.txt", PLAIN.encode("utf-16"), [], "it looks like UTF-16: try --encoding utf-16", "UTF-16"),
    ("a.txt", "caf\u00e9 na\u00efve".encode("latin-1"), [], "bytes e9", "not Arabic: no guess"),
    ("a.txt", PLAIN.encode() + b"\xff", [], "bytes ff", "UTF-8 with one bad byte: no guess"),
    ("a.txt", b"ok\n\x81\n", ["--encoding", "iso8859-7"], None, "has every byte"),
    (
        "a.txt",
        b"ok\nab\xff\n",
        ["--encoding", "iso-8859-6"],
        "a.txt is not iso8859-6: line 2",
        "a byte it lacks",
    ),
    (
        "a.txt",
        PLAIN.encode(),
        ["--encoding", "windows1256x"],
        "no encoding 'windows1256x'; among",
        "no encoding",
    ),
    ("a.txt", PLAIN.encode(), ["--encoding", "hex"], "no encoding 'hex'", "not of text"),
    ("a.txt.gz", PLAIN.encode(), [], "a.txt.gz can't be decompressed: Not a gzipped file", "not compressed"),
    ("a.txt.gz", gzip.compress(PLAIN.encode())[:-9], [], "a.txt.gz can't be decompressed", "cut"),
    ("a.txt.zst", PLAIN.encode(), [], "a.txt.zst can't be decompressed", "not compressed"),
    ("a.txt.zst", zstandard(PLAIN.encode())[:-9], [], "a.txt.zst can't be decompressed", "cut"),
    ("a.parquet.gz", b"", [], "a.parquet.gz: a Parquet file is compressed inside", "Parquet"),
    ("a.txt", b"", ["--output", "b.parquet.gz"], "leave out the last suffix", "Parquet out"),
    ("a.txt", b"", ["--output", "b.gz"], "can't tell the format of b.gz", "a suffix that says nothing"),
    ("a.txt", b"", ["--output", "no/b.csv.gz"], "no/b.csv.gz: No such file or directory", "no folder"),
    ("a.txt", b"", ["--set", "boundry=none"], "unknown option 'boundry': did you mean 'boundary'?", "a typo"),
    ("a.txt", b"", ["--set", "boundary=none", "--boundary", "word"], "boundary is given twice", "both ways"),
    ("a.txt", b"", ["--matcher", "names.csv"], "--matcher has its names and options already", "names twice"),
]


@pytest.mark.parametrize(("name", "data", "arguments", "message", "why"), ERRORS)
def test_errors(folder, capsys, name, data, arguments, message, why):
    (folder / name).write_bytes(data)
    arguments = ["match", name, *NAMES, "--format", "jsonl", *arguments]
    if "--output" in arguments:
        arguments.remove("--format"), arguments.remove("jsonl")
    code, out, err = run(capsys, *arguments)
    if message is None:
        assert code == 0, why
        return
    assert (code, out) == (2, ""), why
    assert err.startswith("kayan: error: ")
    assert message in err, why
    assert err.count("\n") == 1
    assert not list(folder.glob(".*")), "nothing is left behind"


def test_bytes_that_an_encoding_lacks(folder, capsys):
    (folder / "a.txt").write_bytes("القاهرة\n".encode("iso-8859-6") + b"x\xff\xfe\n")
    for errors, expected in (("replace", "القاهره\nx\ufffd\ufffd\n"), ("skip", "القاهره\n")):
        code, out, err = run(capsys, "normalize", "a.txt", "--encoding", "iso-8859-6", "--errors", errors)
        assert (code, out) == (0, expected)
        assert "a.txt is not iso8859-6: line 2" in err


@pytest.mark.parametrize(("suffix", "unpack"), [("gz", gzip.decompress), ("zst", from_zstandard)])
@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl"])
def test_compressed_output(folder, capsys, suffix, unpack, kind):
    (folder / "a.csv").write_text(TABLE, encoding="utf-8")
    written = {}
    for name in (f"out.{kind}", f"out.{kind}.{suffix}"):
        code, _, err = run(capsys, "normalize", "a.csv", "--output", name)
        assert code == 0, err
        written[name] = (folder / name).read_bytes()
    plain, packed = written.values()
    assert unpack(packed) == plain
    run(capsys, "normalize", "a.csv", "--output", f"again.{kind}.{suffix}")
    assert (folder / f"again.{kind}.{suffix}").read_bytes() == packed, "the same table is the same file"


def test_text_out_and_a_page(folder, capsys):
    (folder / "a.txt").write_text(PLAIN, encoding="utf-8")
    assert run(capsys, "normalize", "a.txt", "--output", "b.txt.gz")[0] == 0
    assert gzip.decompress((folder / "b.txt.gz").read_bytes()).decode().splitlines()[0] == "سافر احمد للقاهره"
    assert run(capsys, "match", "a.txt", *NAMES, "--html", "page.html.gz")[0] == 0
    assert gzip.decompress((folder / "page.html.gz").read_bytes()).startswith(b"<!DOCTYPE html>")


def test_folders(folder, capsys):
    for name, data in {
        "news/a.txt": PLAIN.encode(),
        "news/deep/b.csv.gz": gzip.compress(TABLE.encode()),
        "news/deep/c.txt": PLAIN.encode("cp1256"),
        "news/picture.png": b"\x89PNG",
        "news/.hidden.txt": b"\xff",
        "news/.git/x.txt": b"\xff",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    arguments = ["match", "news", *NAMES, "--encoding", "auto", "--format", "jsonl"]
    code, out, err = run(capsys, *arguments)
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert err == "kayan: 1 file of news not read, by their names: .png\n9 matches in 4 texts\n"
    # Text files are counted by line, tables by row.
    assert [(row["file"].replace(os.sep, "/"), row["line"], row["row"]) for row in rows[::3]] == [
        ("news/a.txt", 1, None),
        ("news/deep/b.csv.gz", None, 0),
        ("news/deep/c.txt", 1, None),
    ]
    assert run(capsys, *arguments, "--quiet")[2] == ""
    code, _, err = run(capsys, *arguments[:-2], "--output", "out.parquet", "--id-column", "id")
    assert code == 0, err


def test_text_and_tables_as_parquet(folder, capsys):
    import pyarrow.parquet as pq

    (folder / "a.txt").write_text(PLAIN, encoding="utf-8")
    (folder / "b.csv").write_text(TABLE, encoding="utf-8")
    code, _, err = run(
        capsys, "match", "a.txt", "b.csv", *NAMES, "--id-column", "id", "--output", "out.parquet"
    )
    assert code == 0, err
    table = pq.read_table("out.parquet")
    assert table["line"].to_pylist() == [1, 1, 2, None, None, None]
    assert table["row"].to_pylist() == [None, None, None, 0, 0, 1]
    assert table["text_id"].to_pylist() == [None, None, None, "0", "0", "1"]


def test_set_has_every_option(folder, capsys):
    (folder / "a.txt").write_text(PLAIN, encoding="utf-8")

    def texts(*arguments):
        return [row["text"] for row in found(capsys, "a.txt", *arguments)]

    assert texts() == ["أحمد", "لقاهرة", "القاهرة"]
    assert texts("--set", "clitics=off") == ["أحمد", "القاهرة"]
    assert texts("--set", "never_split=للقاهرة") == ["أحمد", "القاهرة"], "a list of one"
    assert texts("--set", "stop-words=أحمد,القاهرة", "--set", "alef=false") != [], "a list, with a hyphen"
    (folder / "a.txt").write_text("وأحمد والقاهرة", encoding="utf-8")
    assert texts("--set", "min_stem=5") == ["القاهرة"], "a number"
    for options in (kayan._options.MatcherOptions, kayan._options.NormalizerOptions):
        command = ["match", "a.txt", *NAMES]
        if options is kayan._options.NormalizerOptions:
            command = ["normalize", "a.txt"]
        for name in options.__annotations__:
            code, _, err = run(capsys, *command, "--set", f"{name}=no such value")
            assert "unknown option" not in err, name
            assert code in (0, 2)


def test_saved_matchers(folder, capsys):
    (folder / "a.txt").write_text(PLAIN, encoding="utf-8")
    code, out, err = run(capsys, "compile", *NAMES, "--clitics", "off", "--output", "names.kayan")
    assert (code, out) == (0, "")
    assert err.startswith("names.kayan: 2 entries, ")
    code, out, err = run(capsys, "match", "a.txt", "--matcher", "names.kayan")
    assert (code, out) == (0, "LOC  1  Q85  القاهرة\nPER  1  -    أحمد\n")
    code, out, _ = run(capsys, "mask", "a.txt", "--matcher", "names.kayan")
    assert (code, out) == (0, "سافر [PER] للقاهرة\nثم عاد من [LOC]\n")
    code, _, err = run(capsys, "match", "a.txt", "--matcher", "a.txt")
    assert code == 2
    assert "a.txt" in err
    assert run(capsys, "compile", *NAMES, "--output", "-")[0] == 2
    assert run(capsys, "compile", *NAMES)[0] == 2


def test_mask(folder, capsys):
    (folder / "a.txt").write_text(PLAIN, encoding="utf-8")
    (folder / "a.csv").write_text(TABLE, encoding="utf-8")
    code, out, err = run(capsys, "mask", "a.txt", *NAMES)
    assert (code, out, err) == (0, "سافر [PER] لل[LOC]\nثم عاد من [LOC]\n".replace("لل[", "ل["), "")
    code, out, _ = run(capsys, "mask", "a.csv", *NAMES, "--label", "PER")
    assert out == TABLE.replace("أحمد", "[PER]")


def test_explain(folder, capsys):
    code, out, err = run(capsys, "explain", "قال أحمد على الطريق", *NAMES)
    assert (code, err) == (0, "")
    assert out == "+  4-8  PER  -  accepted  a match  أحمد\n"
    code, out, _ = run(capsys, "explain", "عاد أحمدٌ", *NAMES, "--format", "jsonl")
    (row,) = map(json.loads, out.splitlines())
    assert (row["text"], row["surface"], row["accepted"], row["rule"]) == ("أحمدٌ", "أحمد", True, "accepted")
    assert run(capsys, "explain", "لا أحد", *NAMES) == (0, "", "no name stands in this text\n")
    command = [sys.executable, "-m", "kayan", "explain", *NAMES]
    for data, code in ((PLAIN.encode(), 0), (b"\xff", 2)):
        done = subprocess.run(command, input=data, capture_output=True, timeout=60, check=False)
        assert (done.returncode, done.stderr.count(b"\n")) == (code, code // 2), done.stderr


def test_bare_and_short_switches(capsys):
    code, out, err = run(capsys)
    assert (code, err) == (0, "")
    for command in ("match", "normalize", "mask", "explain", "compile", "describe", "lint", "evaluate"):
        assert f"\n  {command} " in out
    assert out.count("\n") < 20
    assert run(capsys, "-V") == run(capsys, "--version")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script(folder, capsys, shell):
    code, out, _ = run(capsys, "completion", shell)
    assert code == 0
    for word in ("match", "explain", "no-require-context", "countries", "windows-1256", "min_stem="):
        assert word in out, word
    try:
        done = subprocess.run([shell, "-n"], input=out.encode(), capture_output=True, timeout=60, check=False)
    except FileNotFoundError:
        pytest.skip(f"no {shell} here")
    assert (done.returncode, done.stderr) == (0, b"")


COMPLETIONS = [
    # what is typed, some of what is offered, why
    ("kayan ma", {"match", "mask"}, "commands"),
    ("kayan match --no", {"--no-require-context", "--no-name-rules"}, "options"),
    ("kayan match --clitics ", {"off", "safe", "all"}, "values"),
    ("kayan normalize --profile so", {"social"}, "profiles"),
    ("kayan match --builtin cou", {"countries"}, "gazetteers"),
    ("kayan match na", {"names.csv"}, "files"),
    ("kayan completion z", {"zsh"}, "shells"),
]


@pytest.mark.parametrize(("typed", "offered", "why"), COMPLETIONS)
def test_completion_in_bash(folder, capsys, typed, offered, why):
    (folder / "kayan.bash").write_text(run(capsys, "completion", "bash")[1], encoding="utf-8")
    words = typed.split(" ")
    ask = f'. ./kayan.bash; COMP_WORDS=({typed} ""); COMP_CWORD={len(words) - 1}; _kayan 2>/dev/null; printf "%s\\n" "${{COMPREPLY[@]}}"'
    try:
        done = subprocess.run(["bash", "-c", ask], capture_output=True, timeout=60, check=True)
    except FileNotFoundError:
        pytest.skip("no bash here")
    assert set(done.stdout.decode().split()) == offered, why


@pytest.mark.parametrize(("typed", "offered", "why"), COMPLETIONS)
def test_completion_in_fish(folder, capsys, typed, offered, why):
    (folder / "kayan.fish").write_text(run(capsys, "completion", "fish")[1], encoding="utf-8")
    ask = f"source kayan.fish; complete -C '{typed}'"
    try:
        done = subprocess.run(["fish", "--no-config", "-c", ask], capture_output=True, timeout=60, check=True)
    except FileNotFoundError:
        pytest.skip("no fish here")
    assert {line.split("\t")[0] for line in done.stdout.decode().splitlines()} >= offered, why


class _Terminal(io.StringIO):
    def isatty(self):
        return True

    def reconfigure(self, **_):
        pass


def test_bars_on_a_terminal(folder, monkeypatch):
    (folder / "names.csv").write_text("name,label\nالقاهرة,مكان\nأحمد,شخص\n", encoding="utf-8")
    (folder / "a.txt").write_text("القاهرة " * 8 + "أحمد", encoding="utf-8")
    monkeypatch.setenv("COLUMNS", "32")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdout", _Terminal())
    assert main(["match", "a.txt", *NAMES, "-q"]) == 0
    # A mark after what is Arabic keeps the columns where they are.
    assert sys.stdout.getvalue() == (
        "شخص\N{LEFT-TO-RIGHT MARK}   █         1  -  أحمد\nمكان\N{LEFT-TO-RIGHT MARK}  ████████  8  -  القاهرة\n"
    )
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(sys, "stdout", _Terminal())
    main(["match", "a.txt", *NAMES, "-q"])
    assert "█" not in sys.stdout.getvalue()


@pytest.mark.parametrize(
    ("text", "cells", "why"),
    [
        ("LOC", 3, "a cell each"),
        ("مَدرسة", 5, "a mark has none"),
        ("東京", 4, "two each"),
        ("a\N{LEFT-TO-RIGHT MARK}", 1, "a direction mark has none"),
        ("", 0, "empty"),
    ],
)
def test_width(text, cells, why):
    assert _terminal.width(text) == cells, why
