"""Old names are refused with the new one: as arguments, columns, keys, attributes, commands and switches."""

import io
import re

import pandas as pd
import pytest

import kayan
from kayan import Gazetteer, KayanError, Matcher, _core
from kayan._renamed import RENAMED
from kayan.cli import main


def gazetteer_with(**fields):
    Gazetteer().add("أمل", **fields)


def entry():
    gazetteer = Gazetteer()
    gazetteer.add("أمل")
    return next(iter(gazetteer))


CASES = [
    # call, error, message, why
    (lambda: Matcher(["x"], guard=False), KayanError, "option 'guard' is called 'stop_words'", "an option"),
    (lambda: Matcher(["x"], protect=["y"]), KayanError, "option 'protect' is called 'never_split'", "a list"),
    (
        lambda: Matcher(["x"], background=pd.Series(["text"])),
        KayanError,
        "option 'background' is called 'common_words'",
        "whatever its value",
    ),
    (
        lambda: Matcher(["x"], evidence=None),
        KayanError,
        "option 'evidence' is called 'require_context'",
        "None too, which would be the default",
    ),
    (
        lambda: Matcher(["x"], compose=False),
        KayanError,
        "option 'compose' is called 'name_rules'",
        "a switch",
    ),
    (
        lambda: Gazetteer().lint(guard=False),
        KayanError,
        "option 'guard' is called 'stop_words'",
        "options that are handed on",
    ),
    (
        lambda: gazetteer_with(care=["exact"]),
        KayanError,
        "field 'care' is called 'strict'",
        "would become metadata",
    ),
    (
        lambda: Gazetteer.from_records([{"name": "دبي"}, {"name": "أمل", "care": ["exact"]}]),
        KayanError,
        "entry 1: field 'care' is called 'strict'",
        "a key of a record",
    ),
    (
        lambda: Gazetteer.from_csv(io.StringIO("name,care\nأمل,\n")),
        KayanError,
        "the file: field 'care' is called 'strict'",
        "a column of a file, empty or not",
    ),
    (
        lambda: Gazetteer.from_jsonl(io.StringIO('{"name": "أمل", "care": "exact"}\n')),
        KayanError,
        "line 1 of the file: field 'care' is called 'strict'",
        "a key of a JSON object",
    ),
    (
        lambda: Gazetteer.from_dataframe(pd.DataFrame({"name": ["أمل"], "care": ["exact"]})),
        KayanError,
        "the DataFrame: field 'care' is called 'strict'",
        "a column of a table",
    ),
    (
        lambda: Matcher(pd.DataFrame({"name": ["أمل"], "care": ["exact"]})),
        KayanError,
        "the DataFrame: field 'care' is called 'strict'",
        "a table that a matcher is built from",
    ),
    (
        lambda: Gazetteer.from_csv(io.StringIO("name\nأمل\n"), care=None),
        KayanError,
        "field 'care' is called 'strict'",
        "an argument that names a column",
    ),
    (
        lambda: Gazetteer.from_dataframe(pd.DataFrame({"name": ["أمل"]}), care="c"),
        KayanError,
        "field 'care' is called 'strict'",
        "and that of a table",
    ),
    (
        lambda: Gazetteer().add_tokens("given", []),
        AttributeError,
        "method 'add_tokens' is called 'add_word_list'",
        "a method",
    ),
    (
        lambda: kayan.profile_text(["x"]),
        AttributeError,
        "name 'profile_text' is called 'describe_texts'",
        "a function",
    ),
    (lambda: kayan.Considered, AttributeError, "name 'Considered' is called 'Decision'", "a class"),
    (lambda: entry().care, AttributeError, "attribute 'care' is called 'strict'", "a field of an entry"),
    (
        lambda: Matcher(["x"]).explain("x")[0].form,
        AttributeError,
        "attribute 'form' is called 'surface'",
        "a field of a decision",
    ),
]
SWITCHES = [
    (["profile", "a.txt"], "command 'profile' is called 'describe'"),
    (["match", "--no-evidence", "a.txt"], "switch '--no-evidence' is called '--no-require-context'"),
    (["evaluate", "--gold", "g.jsonl", "--no-compose"], "switch '--no-compose' is called '--no-name-rules'"),
]


@pytest.mark.parametrize(("call", "error", "message", "why"), CASES)
def test_an_old_name_is_refused_with_the_new_one(call, error, message, why):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        call()


@pytest.mark.parametrize(("arguments", "message"), SWITCHES)
def test_the_command_line_refuses_old_names(arguments, message, capsys):
    assert main(arguments) == 2
    assert capsys.readouterr().err == f"kayan: error: {message}\n"


def test_every_renamed_thing_has_a_case():
    messages = "\n".join([message for _, _, message, _ in CASES] + [message for _, message in SWITCHES])
    for kind, names in RENAMED.items():
        for old, new in names.items():
            assert f"{kind} {old!r} is called {new!r}" in messages


def test_the_core_knows_the_same_options():
    for old, new in RENAMED["option"].items():
        with pytest.raises(KayanError, match=f"^option '{old}' is called '{new}'$"):
            _core.Matcher([], [], [], [], [], [], [], ([], [], [], [], []), "match", {old: True}, str)
        assert new in Matcher(["x"]).options


def test_a_column_with_an_old_name_may_be_named():
    file = io.StringIO("name,care\nأمل,exact\n")
    assert [entry.strict for entry in Gazetteer.from_csv(file, strict="care")] == [("exact",)]


@pytest.mark.parametrize("thing", [kayan, Gazetteer(), entry(), Matcher(["x"]).explain("x")[0]])
def test_what_never_had_a_name_says_so(thing):
    assert not hasattr(thing, "no_such_name")
    with pytest.raises(AttributeError, match="has no attribute 'no_such_name'"):
        thing.no_such_name  # noqa: B018


def test_a_file_may_be_called_like_a_switch(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath("--no-evidence").write_text("دبي", encoding="utf-8")
    assert main(["describe", "--", "--no-evidence"]) == 0
    assert capsys.readouterr().out.startswith("1 text")
