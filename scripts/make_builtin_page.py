"""Write ``docs/reference/built-in-gazetteers.md`` from the gazetteers that come with the package.

Usage: ``python scripts/make_builtin_page.py``
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "python" / "kayan" / "gazetteers"
RULES = ROOT / "python" / "kayan" / "rules"
PAGE = ROOT / "docs" / "reference" / "built-in-gazetteers.md"
FIELDS = ("name", "label", "id", "aliases", "ambiguous")

ABOUT = {
    "armed_groups_parties": "Armed groups and political parties that are named in the news.",
    "cities": "Cities: Arab ones of 15,000 people or more, others of 100,000, capitals, towns in the news.",
    "companies": "Companies, banks, news agencies, newspapers, broadcasters.",
    "countries": "Countries and territories of ISO 3166-1, and Kosovo.",
    "currencies": "Currencies, with and without the article, plurals and duals.",
    "football": "Football clubs, national teams, competitions in football and other sports.",
    "languages": "Languages, with and without لغة.",
    "months": "Gregorian, Levantine, Maghrebi and Hijri months.",
    "nationalities": "Nationalities with all regular forms and broken plurals.",
    "offices": "Ministries, parliaments and armies, and the offices that people hold.",
    "organisations": "International organisations, their agencies, courts, alliances.",
    "people": "People of politics, culture, sports, science and history; with rules for names of others.",
    "regions": "Regions, seas, rivers, mountains, provinces of Arab states, states of the United States.",
    "universities": "Universities and academies.",
    "weekdays": "The days of the week.",
}
IDS = {
    "cities": "`geonames:` and the number in GeoNames; `city:` and a slug where GeoNames has none",
    "countries": "ISO 3166-1 alpha-2, `XK` for Kosovo",
    "currencies": "ISO 4217",
    "languages": "ISO 639, as in CLDR",
    "nationalities": "the code of the country, ISO 3166-1 alpha-2",
    "regions": "`region:` and a slug; ISO 3166-2 for the states of the United States",
    "weekdays": "`weekday:` and 1 (Sunday) to 7",
}
METADATA = {
    "name_en": "the name in English",
    "country": "ISO 3166-1 alpha-2",
    "population": "people, as GeoNames has it",
    "capital_of": "the country whose capital it is",
    "namesakes": "ids of cities of the same name that are not in the list, by `|`",
    "role": "what the person is known as",
    "source": "`cldr`, `geonames` or `kayan` (tables of the project)",
}
HEAD = """\
# The built-in gazetteers, one by one

`kayan.Gazetteer.builtin_names()` lists them, `kayan.Gazetteer.builtin("cities")` loads one. What an entry
has beside names, label and id is metadata: `match.metadata["name_en"]`, and in tables
`matches.to_pandas(metadata=["name_en", "population"])`. `builtin(..., latin=True)` finds the English names.
Ambiguous names count only where something in the text shows that they are meant. Sources and licences are in
`kayan/gazetteers/NOTICE.md`. How to use them is on the page [Built-in gazetteers](../built-ins.md).
"""


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def counted(values: list[str]) -> str:
    """Return the values with how often each occurs, the most frequent first."""
    return ", ".join(f"{value} {count:,}" for value, count in Counter(values).most_common())


def section(name: str, rows: list[dict[str, str]]) -> str:
    """Return what the page says of one gazetteer."""
    aliases = sum(len(row["aliases"].split("|")) for row in rows if row["aliases"])
    ambiguous = sum(len(row["ambiguous"].split("|")) for row in rows if row["ambiguous"])
    prefixes = ", ".join(f"`{prefix}:`" for prefix in sorted({row["id"].split(":")[0] for row in rows}))
    ids = IDS.get(name, f"{prefixes} and a slug")
    lines = [
        f"## `{name}`",
        ABOUT[name],
        "\n".join(
            [
                f"- {len(rows):,} entries, {len(rows) + aliases:,} names, {ambiguous:,} of them ambiguous",
                f"- labels: {counted([row['label'] for row in rows])}",
                f"- ids: {ids}; such as `{rows[0]['id']}`, {rows[0]['name']}",
                f"- sources: {counted([row['source'] for row in rows])}",
            ]
        ),
        "\n".join(
            [
                "| metadata | what it is | entries with it | such as |",
                "|---|---|---|---|",
                *(
                    f"| `{key}` | {METADATA[key]} | {len(filled):,} | {filled[0].replace('|', ', ')} |"
                    for key in rows[0]
                    if key not in FIELDS and (filled := [row[key] for row in rows if row[key]])
                ),
            ]
        ),
    ]
    return "\n\n".join(lines)


def rules() -> str:
    """Return what the page says of the words and rules."""
    kinds: Counter[str] = Counter()
    for file in ("word_lists", "institution_words"):
        for row in read(RULES / f"{file}.csv"):
            kinds.update(row["kinds"].split("|"))
    bodies = read(RULES / "institution_rules.csv")
    names = read(RULES / "name_rules.csv")
    lines = [
        "## Words and rules",
        f"`people` brings {len(names)} rules that compose names of people, and `people` with `organisations` "
        f"{len(bodies)} rules that compose names of bodies, of words in lists: "
        + ", ".join(f"`{kind}` {count:,}" for kind, count in kinds.most_common())
        + ".",
        "\n".join(
            [
                "| rule | what it composes |",
                "|---|---|",
                *(f"| `{rule['id']}` | {rule['description']} |" for rule in (*names, *bodies)),
            ]
        ),
    ]
    return "\n\n".join(lines)


def page() -> str:
    """Return the page."""
    parts = [section(path.stem, read(path)) for path in sorted(DATA.glob("*.csv"))]
    return "\n\n".join([HEAD.rstrip(), *parts, rules()]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
