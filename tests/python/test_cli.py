"""The command `kayan`: output, errors in one line, exit codes."""

import csv
import json
import os
import subprocess
import sys

import pytest

import kayan
from command import run

TEXT = "\ufeffسافر أحمد للقاهرة\r\nثم عاد من القاهرة\r\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "latin.txt").write_bytes(b"ok\nab\xe9cd\n")
    (tmp_path / "names.csv").write_text("name,label,id\nالقاهرة,LOC,Q85\nأحمد,PER,\n", encoding="utf-8")
    (tmp_path / "bare").mkdir()
    (tmp_path / "bad.csv").write_text("nom\nx\n", encoding="utf-8")
    return tmp_path


def piped(arguments, stdin=b"", **options):
    command = [sys.executable, "-m", "kayan", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=60, check=False, **options)


EXPECTED = [
    {"file": "a.txt", "line": 1, "start": 5, "end": 9, "text": "أحمد", "label": "PER", "id": None, "name": "أحمد", "prefix": ""},
    {"file": "a.txt", "line": 1, "start": 11, "end": 17, "text": "لقاهرة", "label": "LOC", "id": "Q85", "name": "القاهرة", "prefix": "ل"},
    {"file": "a.txt", "line": 2, "start": 29, "end": 36, "text": "القاهرة", "label": "LOC", "id": "Q85", "name": "القاهرة", "prefix": ""},
]  # fmt: skip


def test_jsonl(folder, capsys):
    code, out, err = run(
        capsys, "match", "a.txt", "empty.txt", "--gazetteer", "names.csv", "--format", "jsonl"
    )
    assert (code, err) == (0, "3 matches in 2 files\n")
    assert [json.loads(line) for line in out.splitlines()] == EXPECTED
    # Positions count code points of the file as it is read, CR LF as two and no byte order mark.
    for row in EXPECTED:
        assert TEXT.removeprefix("\ufeff")[row["start"] : row["end"]] == row["text"]


def test_ambiguous_and_composed_names_are_switches(folder, capsys):
    # فاس is an axe too, and no gazetteer has محمد الزيدوني.
    (folder / "a.txt").write_text("قطعها محمد الزيدوني بفاس", encoding="utf-8")
    found = {}
    for switches in (
        (),
        ("--no-require-context",),
        ("--no-name-rules",),
        ("--no-require-context", "--no-name-rules"),
    ):
        _, out, _ = run(capsys, "match", "a.txt", "--format", "jsonl", *switches)
        found[switches] = [json.loads(line)["text"] for line in out.splitlines()]
    assert found == {
        (): ["محمد الزيدوني"],
        ("--no-require-context",): ["محمد الزيدوني", "فاس"],
        ("--no-name-rules",): [],
        ("--no-require-context", "--no-name-rules"): ["فاس"],
    }


def test_csv(folder, capsys):
    _, out, _ = run(capsys, "match", "a.txt", "--gazetteer", "names.csv", "--format", "csv", "--label", "LOC")
    rows = list(csv.DictReader(out.splitlines()))
    assert rows == [{key: str(value) for key, value in row.items()} for row in EXPECTED[1:]]


def test_table(folder, capsys):
    _, out, _ = run(capsys, "match", "a.txt", "--gazetteer", "names.csv")
    assert out == "LOC  2  Q85  القاهرة\nPER  1  -    أحمد\n"
    _, out, _ = run(capsys, "match", "a.txt", "empty.txt", "--gazetteer", "names.csv")
    assert out == "a.txt: 3 matches\nLOC  2  Q85  القاهرة\nPER  1  -    أحمد\nempty.txt: 0 matches\n"


def test_html(folder, capsys):
    code, _, _ = run(capsys, "match", "a.txt", "--gazetteer", "names.csv", "--html", "out.html")
    page = (folder / "out.html").read_text(encoding="utf-8")
    assert code == 0
    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<mark") == 3
    assert page.count('<label class="kayan-chip') == 2


def test_options_reach_the_matcher(folder, capsys):
    _, out, _ = run(
        capsys, "match", "a.txt", "--gazetteer", "names.csv", "--clitics", "off", "--format", "jsonl"
    )
    assert [json.loads(line)["start"] for line in out.splitlines()] == [5, 29]


def test_built_in_gazetteers_by_default(folder):
    for arguments in (["match"], ["match", "-", "--builtin", "countries"]):
        result = piped([*arguments, "--format", "jsonl"], "سافر إلى مصر".encode())
        assert result.returncode == 0, result.stderr
        assert "مصر" in [json.loads(line)["name"] for line in result.stdout.decode().splitlines()]


def test_normalize(folder, capsys):
    code, out, err = run(capsys, "normalize", "a.txt")
    assert (code, out, err) == (0, "سافر احمد للقاهره\nثم عاد من القاهره\n", "")
    _, out, _ = run(capsys, "normalize", "a.txt", "--profile", "none", "--set", "ta_marbuta=true")
    assert out == TEXT.removeprefix("\ufeff").replace("ة", "ه")
    result = piped(["normalize", "--set", "digits=arabic", "--set", "elongation=1"], "جميييل 12".encode())
    assert result.stdout.decode() == "جميل ١٢"


ERRORS = [
    # arguments, message, why
    (["match", "none.txt"], "none.txt: No such file or directory", "a missing file"),
    (["match", "none"], "none: No such file or directory", "no folder"),
    (["match", "bare"], "the folder 'bare' has no files that can be read", "an empty folder"),
    (["match", "latin.txt"], "latin.txt is not UTF-8: line 2, byte offset 5: bytes e9", "Latin-1"),
    (
        ["match", "a.txt", "--gazetteer", "bad.csv"],
        "bad.csv has no column 'name'; name= says which one it is; its columns: nom",
        "a bad file",
    ),
    (
        ["match", "a.txt", "--label", "ORG"],
        "no entry has the label 'ORG'; labels: LOC, PER",
        "an unknown label",
    ),
    (["match", "a.txt", "--builtin", "planets"], "no built-in gazetteer 'planets'", "an unknown name"),
    (["match", "a.txt", "--profile", "mach"], "mach", "an unknown profile"),
    (
        ["match", "a.txt", "--html", "none/out.html"],
        "none/out.html: No such file or directory",
        "can't be written",
    ),
    (["match", "a.txt", "--format", "xml"], "xml", "argparse's own errors look the same"),
    (["normalize", "a.txt", "--set", "alf=true"], "alf", "an unknown option"),
    (["normalize", "a.txt", "--set", "alef"], "expected OPTION=VALUE", "no value"),
    (["normalize", "a.txt", "--set", "digits=roman"], "digits", "an unknown value"),
]


@pytest.mark.parametrize(("arguments", "message", "why"), ERRORS)
def test_error_is_one_line_and_code_2(folder, capsys, arguments, message, why):
    if "match" in arguments and "bad.csv" not in arguments:
        arguments = [*arguments, "--gazetteer", "names.csv"]
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, ""), why
    assert err.startswith("kayan: error: ")
    assert message in err
    assert err.count("\n") == 1


def test_version_and_help(capsys):
    assert run(capsys, "--version")[:2] == (
        0,
        f"kayan {kayan.__version__} (Unicode {kayan.unicode_version})\n",
    )
    code, out, _ = run(capsys, "match", "--help")
    assert code == 0
    assert "code points" in out


def test_output_is_utf8_in_any_locale(folder):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    result = piped(["match", "a.txt", "--gazetteer", "names.csv"], env=environment)
    assert (result.returncode, "القاهرة" in result.stdout.decode()) == (0, True), result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX pipe")
def test_closed_pipe_is_quiet(folder):
    (folder / "long.txt").write_text("القاهرة\n" * 20_000, encoding="utf-8")
    command = [sys.executable, "-m", "kayan", "normalize", "long.txt"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


def test_interrupt(folder, capsys, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("kayan.cli._readers.Reader.read", interrupt)
    assert run(capsys, "normalize", "a.txt")[0] == 130
