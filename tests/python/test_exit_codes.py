"""The command's exit codes, each with what it prints: nothing that is wrong with a file is a traceback."""

import contextlib
import os
import signal
import subprocess
import sys

import pytest

TABLES = {
    "t.txt": "إلى دبي\n",
    "t.csv": "text\nإلى دبي\n",
    "short.csv": "text,b\nإلى دبي\n",
    "t.jsonl": '{"text": "إلى دبي"}\n',
    "number.jsonl": '{"text": 3}\n',
    "long.jsonl": '{"text": "دبي", "x": ' + "1" * 5000 + "}\n",
    "g.csv": "name,label\nدبي,CITY\n",
    "bad.csv": "label\nCITY\n",
    "warn.csv": "name\nعلى\n",
    "info.csv": "name\nبن\n",
    "latin.txt": b"\xe9\xe9\n",
    "zero.parquet": b"",
    "noise.parquet": bytes(range(256)),
    "gold.jsonl": '{"text": "إلى دبي", "entities": [[4, 7, "CITY"]]}\n',
    "wrong.jsonl": '{"text": "إلى دبي", "entities": [[4, 70, "CITY"]]}\n',
    "deep.jsonl": '{"text": "x", "entities": ' + "[" * 100_000 + "\n",
}
# Lines of a gazetteer in JSON Lines that are wrong.
LINES = {
    "name": '{"name": 3}',
    "aliases": '{"name": "دبي", "aliases": 3}',
    "priority": '{"name": "دبي", "priority": 1e400}',
    "label": '{"name": "دبي", "label": [1]}',
    "strict": '{"name": "دبي", "strict": 5}',
    "id": '{"name": "دبي", "id": {}}',
    "surrogate": '{"name": "\\ud800"}',
    "no object": '"x"',
    "no JSON": "{",
    "deep": '{"name": "دبي", "x": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "long number": '{"name": "دبي", "x": ' + "1" * 5000 + "}",
}
MATCH = ["match", "--gazetteer", "g.csv"]


@pytest.fixture
def folder(tmp_path):
    for name, content in TABLES.items():
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
    return tmp_path


def kayan(folder, *arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "kayan", *arguments],
        cwd=folder,
        check=False,
        capture_output="stdout" not in options and "preexec_fn" not in options,
        timeout=60,
        **options,
    )


def check(result, code, said):
    """One line of an error, and the code."""
    printed = result.stderr.decode()
    assert (result.returncode, "Traceback" in printed) == (code, False), printed
    assert said in printed
    if code == 2:
        assert printed.startswith("kayan: error: "), printed
        assert printed.count("\n") == 1, printed


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["--version"], 0, "", id="version"),
        pytest.param([*MATCH, "t.txt"], 0, "1 match in 1 file", id="match"),
        pytest.param(["normalize", "t.csv"], 0, "", id="normalize"),
        pytest.param(["describe", "t.jsonl"], 0, "", id="describe"),
        pytest.param(["evaluate", "--gold", "gold.jsonl", "--gazetteer", "g.csv"], 0, "", id="evaluate"),
        pytest.param(["lint", "g.csv"], 0, "0 errors", id="lint without findings"),
        pytest.param(["lint", "info.csv"], 0, "0 errors", id="lint with infos"),
        pytest.param(["lint", "warn.csv"], 1, "1 warning", id="lint with a warning"),
        pytest.param([], 0, "", id="no command"),
        pytest.param(["march"], 2, "invalid choice", id="unknown command"),
        pytest.param([*MATCH, "--what"], 2, "--what", id="unknown switch"),
        pytest.param([*MATCH, "--threads", "x"], 2, "--threads", id="a number that is none"),
        pytest.param([*MATCH, "--threads", "100000", "t.txt"], 2, "at most 4,096", id="absurd threads"),
        pytest.param([*MATCH, "no.txt"], 2, "no.txt: No such file", id="no such file"),
        pytest.param([*MATCH, "no*.txt"], 2, "no file matches 'no*.txt'", id="no file matches"),
        pytest.param([*MATCH, "."], 2, "bad.csv has no column 'text'", id="a folder with other tables"),
        pytest.param(["match", "--gazetteer", ".", "t.txt"], 2, ".: ", id="gazetteer is a directory"),
        pytest.param(["match", "--gazetteer", "bad.csv", "t.txt"], 2, "bad.csv has no column", id="no names"),
        pytest.param([*MATCH, "--label", "X", "t.txt"], 2, "'X'", id="unknown label"),
        pytest.param([*MATCH, "--profile", "x", "t.txt"], 2, "'x'", id="unknown profile"),
        pytest.param([*MATCH, "latin.txt"], 2, "latin.txt is not UTF-8: line 1", id="not UTF-8"),
        pytest.param([*MATCH, "number.jsonl"], 2, "line 1 of number.jsonl", id="text is a number"),
        pytest.param(["normalize", "long.jsonl"], 2, "line 1 of long.jsonl", id="a very long number"),
        pytest.param(["normalize", "short.csv"], 2, "line 2 of short.csv: 1 cell", id="a cell too few"),
        pytest.param(["normalize", "t.csv", "--column", "x"], 2, "t.csv has no column 'x'", id="no column"),
        pytest.param(["normalize", "t.txt", "--set", "x=1"], 2, "'x'", id="unknown option"),
        pytest.param(["normalize", "t.txt", "--output", "no/t.txt"], 2, "no/t.txt: No such", id="no folder"),
        pytest.param(
            ["normalize", "zero.parquet", "--output", "o.csv"], 2, "zero.parquet", id="empty Parquet"
        ),
        pytest.param(
            ["normalize", "noise.parquet", "--output", "o.csv"], 2, "noise.parquet", id="no Parquet"
        ),
        pytest.param(["evaluate", "--gold", "wrong.jsonl"], 2, "line 1 of wrong.jsonl", id="wrong gold set"),
        pytest.param(["evaluate", "--gold", "deep.jsonl"], 2, "line 1 of deep.jsonl", id="deep gold set"),
    ],
)
def test_exit_codes(arguments, code, said, folder):
    if any(name.endswith(".parquet") for name in arguments):
        pytest.importorskip("pyarrow")
    if "lint" in arguments:
        pytest.importorskip("pandas")
    check(kayan(folder, *arguments), code, said)
    assert not list(folder.glob(".*")), "a part file is left"


@pytest.mark.parametrize("line", LINES)
def test_wrong_lines_of_a_gazetteer_are_named(line, folder):
    (folder / "g.jsonl").write_text('{"name": "مصر"}\n' + LINES[line] + "\n", encoding="utf-8")
    check(kayan(folder, "match", "--gazetteer", "g.jsonl", "t.txt"), 2, "line 2 of g.jsonl")


@pytest.mark.parametrize("cut", ["pages", "footer"])
def test_a_damaged_parquet_file_is_named(cut, folder):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"text": ["إلى دبي"] * 1000}), folder / "t.parquet")
    data = (folder / "t.parquet").read_bytes()
    damaged = data[:4] + b"\xff" * 56 + data[60:] if cut == "pages" else data[:-50] + data[-8:]
    (folder / "t.parquet").write_bytes(damaged)
    check(kayan(folder, "normalize", "t.parquet", "--output", "o.jsonl"), 2, "t.parquet can't be read")
    assert not (folder / "o.jsonl").exists()


posix = pytest.mark.skipif(os.name != "posix", reason="descriptors and names of POSIX")


@posix
@pytest.mark.parametrize(
    ("closed", "arguments", "code"),
    [
        ([0], ["t.txt"], 0),
        ([0], [], 0),  # nothing to read
        ([1], ["t.txt"], 2),
        ([1], ["t.txt", "--output", "o.csv"], 0),
        ([2], ["t.txt"], 0),
        ([0, 1, 2], ["t.txt", "--output", "o.csv"], 0),
        ([0, 1, 2], ["t.txt"], 2),
    ],
)
def test_closed_streams(closed, arguments, code, folder):
    shut = " ".join(f"{number}>&-" for number in closed)
    command = " ".join([sys.executable, "-m", "kayan", *MATCH, *arguments, "2>err", shut])
    result = subprocess.run(["sh", "-c", command], cwd=folder, check=False, timeout=60)
    printed = (folder / "err").read_text(encoding="utf-8")
    assert (result.returncode, "Traceback" in printed) == (code, False), printed
    if "--output" in arguments:
        assert "دبي" in (folder / "o.csv").read_text(encoding="utf-8")
    if code == 2 and 2 not in closed:
        assert printed == "kayan: error: standard output: it is closed\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device")
def test_a_full_standard_output(folder):
    with open("/dev/full", "wb") as full:
        result = kayan(folder, *MATCH, "t.txt", stdout=full, stderr=subprocess.PIPE)
    check(result, 2, "standard output: No space left on device")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize("output", [None, "o.csv", "o.jsonl", "o.parquet"])
def test_names_that_are_not_utf8(output, folder):
    if output == "o.parquet":
        pytest.importorskip("pyarrow")
    name = b"n\xff.txt"
    (folder / "t.txt").rename(os.path.join(os.fsencode(folder), name).decode(errors="surrogateescape"))
    to = [] if output is None else ["--output", output]
    result = kayan(folder, *MATCH, name, name, *to)
    check(result, 0, "2 matches")
    shown = "n\\xff.txt"
    if output in ("o.csv", None):
        printed = result.stdout.decode() if output is None else (folder / output).read_text(encoding="utf-8")
        assert shown.replace("\\xff", "\\udcff") in printed or shown in printed
    check(kayan(folder, *MATCH, b"no\xff.txt"), 2, "No such file")


@posix
@pytest.mark.parametrize(("number", "code"), [("SIGINT", 130), ("SIGTERM", -15), ("SIGHUP", -1)])
def test_signals(number, code, folder):
    command = [sys.executable, "-m", "kayan", "normalize", "--output", "o.txt"]
    if signal.getsignal(getattr(signal, number)) == signal.SIG_IGN:
        pytest.skip("whoever runs the tests has the signal ignored")
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        while not list(folder.glob(".*.part")):
            assert child.poll() is None
        # More than once: one that comes between Python's check for signals and a read is heard after the read.
        for _ in range(40):
            child.send_signal(getattr(signal, number))
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(0.5)
                break
    assert child.returncode == code
    assert not list(folder.glob(".*"))
    assert not (folder / "o.txt").exists()
