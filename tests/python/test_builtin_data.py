"""The shipped gazetteers as data: what every row keeps to, and facts that a reader of Arabic knows."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "python" / "kayan" / "gazetteers"
TABLES = ROOT / "scripts" / "gazetteer_tables"
COMMON = ["name", "label", "id", "aliases", "name_en", "ambiguous", "source"]
SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
FILES = {
    # file: labels, form of an id, columns
    "countries": ({"COUNTRY"}, r"[A-Z]{2}", COMMON),
    "cities": (
        {"CITY"},
        rf"geonames:[1-9][0-9]*|city:{SLUG}",
        [*COMMON[:5], "country", "population", "capital_of", "namesakes", "ambiguous", "source"],
    ),
    "nationalities": ({"NATIONALITY"}, r"[A-Z]{2}", COMMON),
    "regions": ({"REGION"}, rf"region:{SLUG}|US-[A-Z]{{2}}", COMMON),
    "languages": ({"LANGUAGE"}, "[a-z]{2,3}", COMMON),
    "currencies": ({"CURRENCY"}, "[A-Z]{3}", COMMON),
    "months": ({"MONTH"}, "month:(?:gregorian|levantine|maghrebi|hijri)-(?:0[1-9]|1[0-2])", COMMON),
    "weekdays": ({"WEEKDAY"}, "weekday:[1-7]", COMMON),
    "organisations": ({"ORG"}, rf"org:{SLUG}(?:\.[A-Z]{{2}})?", COMMON),
    "armed_groups_parties": ({"ARMED_GROUP", "PARTY"}, rf"(?:group|party):{SLUG}", COMMON),
    "offices": ({"MINISTRY", "OFFICE"}, rf"(?:gov|office):{SLUG}(?:\.[A-Z]{{2}})?", COMMON),
    "companies": ({"COMPANY", "BANK", "MEDIA"}, rf"(?:company|bank|media):{SLUG}", COMMON),
    "universities": ({"UNIVERSITY"}, rf"university:{SLUG}", COMMON),
    "football": ({"CLUB", "TOURNAMENT"}, rf"(?:club|cup):{SLUG}(?:\.[A-Z]{{2}})?", COMMON),
}
BY_HAND = ("organisations", "armed_groups_parties", "offices", "companies", "universities", "football")
# Words of the letters hamza to ghain, feh to yeh; no marks (U+064B...), no tatweel (U+0640), no Persian letters (U+06CC, U+06A9, ...).
NAME = re.compile("[\u0621-\u063a\u0641-\u064a]+(?: (?:[\u0621-\u063a\u0641-\u064a]+|[0-9]+))*")
LIGHT_FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"})


def fold(text: str) -> str:
    return text.translate(LIGHT_FOLD)


def read(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def surfaces(row: dict[str, str]) -> list[str]:
    return [row["name"], *filter(None, row["aliases"].split("|"))]


ROWS = {name: read(name) for name in FILES}


def ids_by_surface(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in ROWS[name]:
        for surface in surfaces(row):
            found[surface].add(row["id"])
    return found


@pytest.mark.parametrize("name", FILES)
def test_file_is_utf8_without_mark_and_with_lf(name: str) -> None:
    data = (DATA / f"{name}.csv").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert data.decode("utf-8")


def test_files_together_are_under_two_megabytes() -> None:
    assert sum((DATA / f"{name}.csv").stat().st_size for name in FILES) < 2_000_000


@pytest.mark.parametrize("name", FILES)
def test_header(name: str) -> None:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        assert next(csv.reader(stream)) == FILES[name][2]


@pytest.mark.parametrize("name", FILES)
def test_rows_are_complete(name: str) -> None:
    labels, _, header = FILES[name]
    for row in ROWS[name]:
        assert list(row) == header, row
        assert None not in row.values(), row
        assert row["label"] in labels, row
        assert row["name_en"], row
        assert row["source"] in {"cldr", "geonames", "kayan"}, row


@pytest.mark.parametrize("name", FILES)
def test_ids_are_unique_and_well_formed(name: str) -> None:
    ids = [row["id"] for row in ROWS[name]]
    assert [i for i, count in Counter(ids).items() if count > 1] == []
    assert [i for i in ids if not re.fullmatch(FILES[name][1], i)] == []


@pytest.mark.parametrize("name", FILES)
def test_names_are_of_arabic_letters(name: str) -> None:
    bad = [(row["id"], s) for row in ROWS[name] for s in surfaces(row) if not NAME.fullmatch(s) or len(s) < 2]
    assert bad == []


@pytest.mark.parametrize("name", FILES)
def test_aliases_are_new_names(name: str) -> None:
    bad = [row["id"] for row in ROWS[name] if len(set(map(fold, surfaces(row)))) != len(surfaces(row))]
    assert bad == []
    assert [
        row["id"]
        for row in ROWS[name]
        if "||" in row["aliases"] or row["aliases"] != row["aliases"].strip("| ")
    ] == []


@pytest.mark.parametrize("name", ["countries", "nationalities"])
def test_no_surface_is_claimed_twice(name: str) -> None:
    claimed: dict[str, set[str]] = defaultdict(set)
    for row in ROWS[name]:
        for surface in surfaces(row):
            claimed[fold(surface)].add(row["id"])
    assert {surface: ids for surface, ids in claimed.items() if len(ids) > 1} == {}


def test_cities_share_a_surface_between_countries_only() -> None:
    country = {row["id"]: row["country"] for row in ROWS["cities"]}
    shared = {s: ids for s, ids in ids_by_surface("cities").items() if len(ids) > 1}
    assert {s: ids for s, ids in shared.items() if len({country[i] for i in ids}) != len(ids)} == {}


def test_cities_are_not_spelled_like_countries_or_nationalities() -> None:
    others = {fold(s) for name in ("countries", "nationalities") for s in ids_by_surface(name)}
    # Amman and Oman differ in their vowel marks only.
    assert {s for s in ids_by_surface("cities") if fold(s) in others} == {"عمان"}


def test_nationalities_and_cities_are_of_known_countries() -> None:
    known = {row["id"] for row in ROWS["countries"]}
    assert {row["id"] for row in ROWS["nationalities"]} <= known
    assert {row["country"] for row in ROWS["cities"]} <= known


def test_namesakes_are_cities_that_are_not_shipped() -> None:
    shipped = {row["id"] for row in ROWS["cities"]}
    namesakes = [i for row in ROWS["cities"] for i in row["namesakes"].split("|") if i]
    assert namesakes
    assert shipped.isdisjoint(namesakes)
    assert all(re.fullmatch(FILES["cities"][1], i) for i in namesakes)


def test_populations_are_numbers() -> None:
    assert all(re.fullmatch("0|[1-9][0-9]*", row["population"]) for row in ROWS["cities"])


FACTS = [
    # file, surface, id, why
    ("countries", "العراق", "IQ", "CLDR's name, with its article"),
    ("countries", "السعودية", "SA", "the short name of المملكة العربية السعودية"),
    ("countries", "المملكة العربية السعودية", "SA", "CLDR's name is the official one"),
    ("countries", "سوريا", "SY", "the commoner spelling"),
    ("countries", "سورية", "SY", "the official spelling"),
    ("countries", "أمريكا", "US", "everyday name, Egyptian spelling"),
    ("countries", "أميركا", "US", "everyday name, Levantine spelling"),
    ("countries", "الولايات المتحدة الأميركية", "US", "full name, Levantine spelling"),
    ("countries", "روسيا الاتحادية", "RU", "the federation"),
    ("countries", "بريطانيا", "GB", "everyday name of المملكة المتحدة"),
    ("countries", "ساحل العاج", "CI", "CLDR's name, a translation"),
    ("countries", "كوت ديفوار", "CI", "the French name, as the state asks for"),
    ("countries", "فلسطين", "PS", "the state; CLDR has the territories"),
    ("countries", "الإمارات", "AE", "short name"),
    ("countries", "عمان", "OM", "CLDR's name without its vowel mark"),
    ("countries", "الكونغو الديمقراطية", "CD", "not CLDR's label with a dash"),
    ("countries", "هونغ كونغ", "HK", "not CLDR's label with the status in parentheses"),
    ("countries", "تونس", "TN", "the country, not the capital"),
    ("countries", "كوسوفو", "XK", "user-assigned code of ISO 3166-1"),
    ("cities", "بغداد", "geonames:98182", "capital of Iraq"),
    ("cities", "القاهرة", "geonames:360630", "capital of Egypt"),
    ("cities", "أبوظبي", "geonames:292968", "written as one word"),
    ("cities", "أبو ظبي", "geonames:292968", "written as two words"),
    ("cities", "نيويورك", "geonames:5128581", "the city"),
    ("cities", "واشنطن", "geonames:4140963", "Washington, D.C., not the state or a borough"),
    ("cities", "موسكو", "geonames:524901", "Moscow; GeoNames also gives it to Mesquite in Texas"),
    ("cities", "باريس", "geonames:2988507", "capital of France"),
    ("cities", "لندن", "geonames:2643743", "London in England, not in Ontario"),
    ("cities", "طرابلس", "geonames:2210247", "capital of Libya"),
    ("cities", "طرابلس", "geonames:266826", "Tripoli of Lebanon has the same name"),
    ("cities", "عمان", "geonames:250441", "Amman, spelled as Oman without marks"),
    ("cities", "تونس العاصمة", "geonames:2464470", "تونس alone is the country"),
    ("cities", "البصرة", "geonames:99532", "with its article, unlike GeoNames"),
    ("cities", "المدينة المنورة", "geonames:109223", "المدينة alone is the city"),
    ("cities", "إسطنبول", "geonames:745044", "with hamza"),
    ("cities", "شرم الشيخ", "geonames:349340", "below the size for other countries, shipped as Arab"),
    ("nationalities", "عراقي", "IQ", "masculine singular"),
    ("nationalities", "عراقية", "IQ", "feminine singular"),
    ("nationalities", "العراقيين", "IQ", "plural, definite, oblique"),
    ("nationalities", "أتراك", "TR", "broken plural"),
    ("nationalities", "المغاربة", "MA", "broken plural, definite"),
    ("nationalities", "إنجليز", "GB", "broken plural of another stem"),
    ("nationalities", "أميركيون", "US", "Levantine stem"),
    ("nationalities", "الكورية الجنوبية", "KR", "both words inflect"),
    ("nationalities", "جنوب أفريقيين", "ZA", "only the second word inflects"),
    ("nationalities", "السعودية", "SA", "the adjective as well as the country"),
    ("nationalities", "هايتي الجنسية", "HT", "هايتي alone is the country"),
]


@pytest.mark.parametrize(("name", "surface", "id", "why"), FACTS)
def test_fact(name: str, surface: str, id: str, why: str) -> None:
    assert id in ids_by_surface(name)[surface], why


CITY_COUNTRIES = [
    ("بغداد", "IQ"),
    ("حلب", "SY"),
    ("جدة", "SA"),
    ("الدار البيضاء", "MA"),
    ("الرباط", "MA"),
    ("صنعاء", "YE"),
]


@pytest.mark.parametrize(("surface", "country"), CITY_COUNTRIES)
def test_city_is_of_country(surface: str, country: str) -> None:
    ids = ids_by_surface("cities")[surface]
    assert [row["country"] for row in ROWS["cities"] if row["id"] in ids] == [country]


ABSENT = [
    # file, surface, why
    ("cities", "كان", "Cannes: he was"),
    ("cities", "وان", "Van: and that"),
    ("cities", "بان", "Ban: it appeared"),
    ("cities", "ليل", "Lille: night"),
    ("cities", "الخبر", "Khobar: the news, shipped as مدينة الخبر"),
    ("cities", "سالم", "Salem: a given name"),
    ("cities", "المدينة", "Medina: the city"),
    ("cities", "الكويت", "the country"),
    ("countries", "الاتحاد الأوروبي", "not a country"),
    ("countries", "العالم", "not a country"),
    ("countries", "كوريا", "either of two countries"),
    ("nationalities", "سوريا", "the country, though an accusative too"),
    ("nationalities", "مالي", "financial"),
    ("nationalities", "المالية", "finance"),
    ("nationalities", "ألبان", "dairy products"),
    ("nationalities", "المجري", "by folding, the course"),
    ("nationalities", "قمري", "lunar"),
    ("nationalities", "والعراقي", "proclitics are the matcher's work"),
]


@pytest.mark.parametrize(("name", "surface", "why"), ABSENT)
def test_absent(name: str, surface: str, why: str) -> None:
    assert surface not in ids_by_surface(name), why


def test_notice_names_every_source() -> None:
    text = (DATA / "NOTICE.md").read_text(encoding="utf-8")
    for needed in ("UNICODE LICENSE V3", "Unicode-3.0", "GeoNames", "Attribution 4.0", "MIT OR Apache-2.0"):
        assert needed in text
