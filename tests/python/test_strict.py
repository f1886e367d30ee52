"""Entries that ask to be matched more strictly than the matcher's options say."""

import io

import pytest

import kayan


@pytest.mark.parametrize(
    ("strict", "name", "text", "found", "why"),
    [
        ((), "أمل", "امل وأمل", ["امل", "أمل"], "by default, alef forms fold"),
        (("hamza",), "أمل", "امل وأمل وآمل", ["أمل"], "with its hamza only"),
        (("hamza",), "امل", "أمل امل", ["امل"], "and without one where it has none"),
        (("hamza",), "أمل", "أَمَـل", ["أَمَـل"], "marks and tatweel still don't matter"),
        (("hamza",), "أمل", "ا\u0654مل", ["ا\u0654مل"], "a decomposed hamza is one"),
        (("exact",), "علي", "علي عليّ على", ["علي"], "as written"),
        (("exact",), "أمل", "ا\u0654مل", ["ا\u0654مل"], "canonically equivalent is as written"),
        (("exact",), "القاهرة", "للقاهرة بالقاهرة", ["القاهرة"], "without its alef, it is not as written"),
        (("case",), "WHO", "who WHO Who", ["WHO"], "with its case"),
        (("no_clitics",), "بغداد", "بغداد وبغداد", ["بغداد"], "no clitics"),
        (("no_clitics", "hamza"), "أمل", "وأمل امل أمل", ["أمل"], "several at once"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else None,
)
def test_strict(strict, name, text, found, why):
    gazetteer = kayan.Gazetteer()
    gazetteer.add(name, strict=strict)
    assert [match.text for match in kayan.Matcher(gazetteer).find(text)] == found, why


def test_strict_is_the_entry_s_own():
    gazetteer = kayan.Gazetteer()
    gazetteer.add("أمل", label="STRICT", strict="hamza")
    gazetteer.add("أمل", label="FREE", aliases=["آمال"])
    assert [match.label for match in kayan.Matcher(gazetteer).find("امل")] == ["FREE"]
    assert [match.label for match in kayan.Matcher(gazetteer).find("أمل")] == ["STRICT", "FREE"]


def test_strict_is_read_from_files_and_kept_in_them(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("name,strict\nأمل,hamza|no_clitics\nبغداد,\n", encoding="utf-8")
    gazetteer = kayan.Gazetteer.from_csv(path)
    assert [entry.strict for entry in gazetteer] == [("hamza", "no_clitics"), ()]
    assert list(kayan.Gazetteer.from_jsonl(io.StringIO(gazetteer.to_jsonl()))) == list(gazetteer)
    matcher = kayan.Matcher(gazetteer)
    matcher.save(tmp_path / "m")
    assert kayan.Matcher.load(tmp_path / "m").find("امل وأمل") == matcher.find("امل وأمل") == []


def test_an_unknown_kind_names_its_line(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("name,strict\nأمل,strictly\n", encoding="utf-8")
    with pytest.raises(kayan.KayanError, match=r"line 2 of .*strict takes .exact., .*got .strictly."):
        kayan.Gazetteer.from_csv(path)
