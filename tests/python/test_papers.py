"""What comes with the code: addresses, licences, versions and links agree with each other."""

import csv
import importlib.util
import re
from pathlib import Path

import pytest

import kayan

ROOT = Path(__file__).parents[2]
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
CARGO = (ROOT / "Cargo.toml").read_text(encoding="utf-8")


def urls():
    spec = importlib.util.spec_from_file_location("urls", ROOT / "scripts" / "urls.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", urls().PAGES)
def test_links_of_pages_shown_elsewhere_are_absolute_and_lead_somewhere(page):
    base = urls().address()
    text = (ROOT / page).read_text(encoding="utf-8")
    assert urls().absolute(text, base) == text, "run: python scripts/urls.py"
    links = re.findall(rf"\]\({re.escape(base)}/(?:blob|raw)/main/([^)#]+)", text)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_relative_links_become_absolute():
    page = "[a](docs/a.md) ![b](b.png) [c](#part) [d](https://elsewhere.org/d.md)"
    assert urls().absolute(page, "U") == (
        "[a](U/blob/main/docs/a.md) ![b](U/raw/main/b.png) [c](#part) [d](https://elsewhere.org/d.md)"
    )


def test_the_address_is_the_same_everywhere():
    base = urls().address()
    for name in urls().FILES:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert base in text, name
        # An address of the project that the script would not move.
        other = [link for link in re.findall(r"https://[^\s\"')>]+/kayan\b", text) if link != base]
        assert [link for link in other if "docs.rs" not in link] == [], name


def test_the_version_is_the_same_everywhere():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (\S+)$", citation, re.MULTILINE)[1] == kayan.__version__
    assert f"## {kayan.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_licences_of_the_data_are_declared():
    declared = set(
        re.findall(
            r"[A-Za-z]+[A-Za-z-]*-[\d.]+|MIT", re.search(r'^license = "(.+)"', PROJECT, re.MULTILINE)[1]
        )
    )
    notice = (ROOT / "python/kayan/gazetteers/NOTICE.md").read_text(encoding="utf-8")
    told = {
        "CC-BY-4.0": "Attribution 4.0",
        "Unicode-3.0": "UNICODE LICENSE V3",
        "MIT": "Permission is hereby granted, free of charge",
        "Apache-2.0": "Apache-2.0",
    }
    assert declared == set(told)
    assert [name for name, words in told.items() if words not in notice] == []
    # A source that the notice doesn't have would need a licence here.
    sources = set()
    for table in ROOT.glob("python/kayan/gazetteers/*.csv"):
        with table.open(encoding="utf-8", newline="") as file:
            sources |= {row["source"] for row in csv.DictReader(file) if row.get("source")}
    assert sources <= {"cldr", "geonames", "kayan", "arabnamer", "faker"}, sources


def test_only_pythons_that_are_tested_are_declared():
    declared = set(re.findall(r"Python :: (3\.\d+)", PROJECT))
    tested = re.search(r"Tested on CPython ([\d., and]+)", (ROOT / "README.md").read_text(encoding="utf-8"))[
        1
    ]
    assert declared == set(re.findall(r"3\.\d+", tested))


def test_the_crate_has_no_python():
    included = re.search(r"^include = \[(.+)\]", CARGO, re.MULTILINE)[1]
    for pattern in re.findall(r'"/([^"]+)"', included):
        assert not [path for path in ROOT.glob(pattern) if path.suffix == ".py"], pattern
    assert 'readme = "CRATE.md"' in CARGO
