"""Build the words and rules of which kayan composes names of bodies that no list holds.

Writes ``institution_words.csv`` and ``institution_rules.csv`` into ``python/kayan/rules``, of the tables
``institution_*.tsv`` in ``scripts/gazetteer_tables`` and the places in ``python/kayan/gazetteers``: run it
after ``build_gazetteers.py`` and ``build_people.py``. The same inputs give the same bytes.

Usage: ``python scripts/build_institutions.py``, in the virtual environment of ``build_people.py``.
"""

from __future__ import annotations

import csv

from build_people import PACKAGE, fold, read_table, write_csv

PLACES = ("countries", "cities", "regions")


class Words:
    """The words of names of bodies with their kinds; spellings that fold alike are one."""

    def __init__(self) -> None:
        self.spelled: dict[str, str] = {}
        self.kinds: dict[str, dict[str, None]] = {}

    def add(self, word: str, kind: str) -> None:
        """Add a word, or a kind to one that is there."""
        self.spelled.setdefault(fold(word), word)
        self.kinds.setdefault(fold(word), {})[kind] = None


def after_lam(word: str) -> str:
    """Return a word or phrase behind the preposition ل."""
    return "لل" + word[2:] if word.startswith("ال") else "ل" + word


def add_table(words: Words) -> None:
    """Add the table, with the forms that it stands for."""
    for row in read_table("institution_words.tsv"):
        for word in (word.replace("_", " ") for word in row["words"].split()):
            match row["kind"]:
                case "manner":
                    parts = word.split(" ")
                    feminine = {"أعلى": "عليا"}.get(word, " ".join(part + "ة" for part in parts))
                    for form in (word, feminine):
                        words.add(" ".join("ال" + part for part in form.split(" ")), "manner")
                case "field":
                    words.add(word, "field")
                    words.add("و" + word, "field")
                    words.add(after_lam(word), "for")
                case "for":
                    words.add(after_lam(word), "for")
                case kind:
                    words.add(word, kind)


def add_places(words: Words) -> None:
    """Add the names of countries, cities and regions that aren't ordinary words."""
    for name in PLACES:
        with (PACKAGE / "gazetteers" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                ambiguous = row["ambiguous"].split("|")
                for form in (row["name"], *row["aliases"].split("|")):
                    if form and form not in ambiguous:
                        words.add(form, "place")


def add_nationalities(words: Words) -> None:
    """Add the definite forms of the nationalities; the singular ones are in ``word_lists.csv``, too."""
    with (PACKAGE / "gazetteers" / "nationalities.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for form in row["aliases"].split("|"):
                if form.startswith("ال") and form.endswith(("ون", "ين", "ات")):
                    words.add(form, "nationality")


def main() -> None:
    words = Words()
    add_table(words)
    add_nationalities(words)
    add_places(words)
    rows = [{"word": words.spelled[key], "kinds": "|".join(words.kinds[key])} for key in sorted(words.kinds)]
    write_csv(PACKAGE / "rules" / "institution_words.csv", rows)
    rules = [
        {key: rule[key] for key in ("id", "pattern", "label", "description")}
        for rule in read_table("institution_rules.tsv")
    ]
    write_csv(PACKAGE / "rules" / "institution_rules.csv", rules)


if __name__ == "__main__":
    main()
