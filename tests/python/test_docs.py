"""What NORMALIZATION.md says is what the package does."""

import re
from pathlib import Path

import pytest

import kayan

DOCUMENT = Path(__file__).parents[2].joinpath("NORMALIZATION.md").read_text(encoding="utf-8")
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
    assert names == ["none", "light", "classical", "social", "match", "search", "loose"]
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
    assert set(default) - described == {"html", "emoji", "word_ligatures", "dagger", "separators"}


def test_the_named_entities_are_those_listed():
    listed = DOCUMENT.split("and by name:")[1].split(". The semicolon")[0].split()
    for name in listed:
        assert kayan.normalize(f"&{name};", "none", html=True) != f"&{name};", name
    assert len(listed) == 41
