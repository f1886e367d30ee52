"""Files: a writer leaves the whole file or what was there before; a reader says what is wrong with one."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kayan
from kayan import _files
from kayan.compat import pyahocorasick


@pytest.fixture
def gazetteer():
    gazetteer = kayan.Gazetteer()
    gazetteer.add("دبي", label="CITY")
    return gazetteer


def automaton():
    made = pyahocorasick.Automaton()
    made.add_word("دبي", 1)
    return made


TEXTS = ["إلى دبي"]
GOLD = [{"text": "إلى دبي", "entities": [[4, 7, "CITY"]]}]
# Every method that writes a file.
WRITERS = {
    "Matcher.save": lambda g, path: kayan.Matcher(g).save(path),
    "Gazetteer.to_csv": lambda g, path: g.to_csv(path),
    "Gazetteer.to_jsonl": lambda g, path: g.to_jsonl(path),
    "Shown.to_html": lambda g, path: kayan.Matcher(g).show(TEXTS[0]).to_html(path),
    "Concordance.to_html": lambda g, path: (
        kayan.Matcher(g).find_batch(TEXTS).concordance(TEXTS).to_html(path)
    ),
    "Evaluation.to_html": lambda g, path: kayan.evaluate(kayan.Matcher(g), GOLD).to_html(path),
    "Automaton.save": lambda g, path: automaton().save(path, lambda value: str(value).encode()),
}
posix = pytest.mark.skipif(os.name != "posix", reason="modes, links and pipes are those of POSIX")


@posix
@pytest.mark.parametrize("writer", WRITERS)
def test_a_new_file_obeys_the_umask_and_a_replaced_one_keeps_its_mode(writer, gazetteer, tmp_path):
    before = os.umask(0o027)
    try:
        WRITERS[writer](gazetteer, tmp_path / "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o640
    (tmp_path / "x").chmod(0o604)
    WRITERS[writer](gazetteer, tmp_path / "x")
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o604
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


@posix
@pytest.mark.parametrize("writer", WRITERS)
def test_a_link_stays_one(writer, gazetteer, tmp_path):
    (tmp_path / "real").write_text("before")
    (tmp_path / "link").symlink_to("real")
    WRITERS[writer](gazetteer, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() != b"before"


@pytest.mark.parametrize("writer", WRITERS)
def test_a_full_disk_leaves_what_was_there(writer, gazetteer, tmp_path, monkeypatch):
    path = tmp_path / "x"
    path.write_text("before")

    def full(part, target):
        raise OSError(28, "No space left on device", str(part))

    monkeypatch.setattr(_files.os, "replace", full)
    with pytest.raises(OSError, match="No space left") as error:
        WRITERS[writer](gazetteer, path)
    assert error.value.filename == str(path)
    assert path.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


@posix
@pytest.mark.parametrize("writer", WRITERS)
def test_the_number_of_an_open_file_is_no_path(writer, gazetteer):
    with pytest.raises(TypeError, match="expected"):
        WRITERS[writer](gazetteer, 1)


# Whoever runs the tests may have signals ignored, and a child inherits that.
WRITING = """
import signal, sys, time
for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
    signal.signal(number, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)
from kayan._files import whole_file
with whole_file(sys.argv[1]) as file:
    file.write("half")
    file.flush()
    print("writing", flush=True)
    time.sleep(30)
"""


@posix
@pytest.mark.parametrize("number", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_signals_remove_the_part(number, tmp_path):
    (tmp_path / "x").write_text("before")
    command = [sys.executable, "-c", WRITING, str(tmp_path / "x")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        child.stdout.readline()
        assert len(list(tmp_path.iterdir())) == 2
        child.send_signal(getattr(signal, number))
        assert child.wait(20) == -getattr(signal, number)
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert (tmp_path / "x").read_text() == "before"


def test_handlers_of_others_are_left_alone(tmp_path):
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        _files.write(tmp_path / "x", "text")
        handler = signal.getsignal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert handler not in (signal.SIG_DFL, _files._end)
    with _files.whole_file(tmp_path / "x") as file:
        file.write("text")
        assert signal.getsignal(signal.SIGTERM) is _files._end
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def pipe(path):
    os.mkfifo(path)


@pytest.mark.parametrize("mmap", [False, True])
@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(lambda path: path.mkdir(), "got a directory", id="directory"),
        pytest.param(pipe, "got a pipe or a device", id="pipe", marks=posix),
        pytest.param(lambda path: path.touch(), "does not begin as one", id="empty"),
        pytest.param(lambda path: path.write_text("x"), "does not begin as one", id="text"),
    ],
)
def test_what_is_no_saved_matcher_is_named(make, said, mmap, tmp_path):
    path = tmp_path / "x.kayan"
    make(path)
    start = time.monotonic()
    with pytest.raises(kayan.KayanError, match=said) as error:
        kayan.Matcher.load(path, mmap=mmap)
    assert "x.kayan" in str(error.value)
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("path", [0, 3, True, None])
def test_what_is_no_path_is_not_opened(path):
    with pytest.raises(TypeError, match="takes a path"):
        kayan.Matcher.load(path)


@pytest.mark.parametrize(
    "extra",
    [
        b"",
        b"note",
        b"\xff",
        b"[]",
        b"null",
        b"[" * 100_000,
        json.dumps({"profile": 3, "metadata": {}}).encode(),
        json.dumps({"profile": "match", "metadata": []}).encode(),
        json.dumps({"profile": "match", "metadata": {"a": 1}}).encode(),
        json.dumps({"profile": "match"}).encode(),
    ],
)
def test_a_file_of_another_program_is_refused(extra, gazetteer, tmp_path):
    data = kayan.Matcher(gazetteer)._native.to_bytes(extra)
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(kayan.KayanError, match="its profile and metadata can't be read"):
        kayan.Matcher.load(tmp_path / "x")
    with pytest.raises(kayan.KayanError, match="its profile and metadata can't be read"):
        kayan.Matcher.from_bytes(data)


def test_nothing_else_in_the_package_writes_files():
    package = Path(kayan.__file__).parent
    writes = re.compile(r'open\([^)\n]*"[wxa]b?"|write_text|write_bytes|mkstemp|NamedTemporaryFile\(')
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if writes.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"_files.py"}
