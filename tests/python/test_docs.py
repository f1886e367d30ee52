"""The tables of NORMALIZATION.md and of the pages on options are true; the code blocks run in test_pages.py."""

import ast
import html
import re
from pathlib import Path

import pytest

import kayan

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT.joinpath("NORMALIZATION.md").read_text(encoding="utf-8")
MATCHER = ROOT.joinpath("docs/matcher-options.md").read_text(encoding="utf-8")
# The columns of the table of what is masked: the rule is before the last two.
ROWS = re.findall(r"^\| ?(link|e-mail|mention|hashtag|) \| .* \| (.*?) \| (.*?) \|$", DOCUMENT, re.MULTILINE)
KINDS = {"link": "urls", "e-mail": "emails", "mention": "mentions", "hashtag": "hashtags"}


def examples():
    kind = ""
    for name, good, bad in ROWS:
        kind = KINDS.get(name, kind)
        for column, found in ((good, True), (bad, False)):
            yield from ((kind, text, found) for text in re.findall(r"`(.+?)`", column))


@pytest.mark.parametrize(("kind", "text", "found"), list(examples()))
def test_examples_of_what_is_masked(kind, text, found):
    changed = kayan.normalize(text, "none", **{kind: "mask" if kind == "hashtags" else True}) != text
    assert changed == found


def test_every_option_and_profile_is_described():
    for name in [*kayan.profiles(), *kayan.Normalizer().options]:
        assert f"`{name}" in DOCUMENT, name


def test_the_table_of_profiles_is_true():
    (head, *rows) = re.findall(
        r"^\| (.*) \|$", DOCUMENT.split("## Profiles")[1].split("Never on")[0], re.MULTILINE
    )
    names = re.findall(r"`(\w+)`", head)
    assert names == ["none", "light", "classical", "social", "match", "search", "loose", "uthmani"]
    default = kayan.profiles()["none"]
    described = set()
    for row in rows:
        operations, *cells = (cell.strip() for cell in row.split("|"))
        for option in re.findall(r"`(\w+)`", operations):
            described.add(option)
            for profile, cell in zip(names, cells, strict=True):
                value = kayan.profiles()[profile][option]
                if option == "zwnj" and not cell:
                    continue
                assert (cell == "") == (value == default[option]) or option == "zwnj", (profile, option)
                if cell not in ("", "✓", "mask"):
                    assert str(value) == cell, (profile, option)
    named = re.search(r"^Never on by themselves: (.*)\.$", DOCUMENT, re.MULTILINE)[1]
    assert set(default) - described == {*re.findall(r"`(\w+)`", named)}


def test_the_named_entities_are_those_listed():
    listed = DOCUMENT.split("and by name:")[1].split(". The semicolon")[0].split()
    for name in listed:
        assert kayan.normalize(f"&{name};", "none", html=True) != f"&{name};", name
    assert len(listed) == 41


def table(document, heading):
    """Return the rows of the first table under a heading, as lists of cells."""
    lines = document.split(f"{heading}\n", 1)[1].partition("\n|")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


FOLDS = table(MATCHER, "### Folds")


@pytest.mark.parametrize("row", FOLDS, ids=[row[0] for row in FOLDS])
def test_folds_of_a_matcher(row):
    option, _, name, text, default = row
    option, text = option.strip("`"), html.unescape(text)
    assert kayan.Matcher([name], **{option: True}).contains(text)
    assert not kayan.Matcher([name], **{option: False}).contains(text)
    assert (kayan.Matcher([name]).options[option] is not False) == (default == "yes")


def test_every_option_of_a_matcher_is_described():
    described = {*re.findall(r"^### `(\w+)`$", MATCHER, re.MULTILINE), *(row[0].strip("`") for row in FOLDS)}
    assert described == {*kayan.Matcher(["x"]).options, "profile"}


def normalizer_rows():
    page = ROOT.joinpath("docs/normalizer-options.md").read_text(encoding="utf-8")
    return re.findall(r"^\| `(\w+=.+?)` \| `(.+?)` \| `(.+?)` \|", page, re.MULTILINE)


def unescaped(text):
    return re.sub(r"\\(?:u(\w{4})|n)", lambda m: chr(int(m[1], 16)) if m[1] else "\n", text)


@pytest.mark.parametrize(("options", "text", "becomes"), normalizer_rows(), ids=lambda value: value[:20])
def test_options_of_a_normalizer(options, text, becomes):
    call = ast.parse(f"f({options})").body[0].value
    keywords = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
    assert kayan.normalize(unescaped(text), "none", **keywords) == unescaped(becomes)


def test_every_option_of_a_normalizer_has_an_example():
    shown = {name for options, _, _ in normalizer_rows() for name in re.findall(r"(\w+)=", options)}
    assert shown == {*kayan.Normalizer().options}


def test_every_public_name_is_in_the_reference():
    pages = "\n".join(
        page.read_text(encoding="utf-8") for page in ROOT.joinpath("docs/reference").glob("*.md")
    )
    assert [name for name in kayan.__all__ if not re.search(rf"\bkayan\.{name}\b", pages)] == []


def test_every_page_is_in_the_navigation():
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in ROOT.joinpath("docs").rglob("*.md")}
    named = re.findall(r"- (?:.*: )?([\w/-]+\.md)$", ROOT.joinpath("mkdocs.yml").read_text(), re.MULTILINE)
    assert sorted(named) == sorted(pages)
