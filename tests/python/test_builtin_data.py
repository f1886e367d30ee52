"""The shipped gazetteers as data: what every row keeps to, and facts that a reader of Arabic knows."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

import kayan

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
    "offices": ({"MINISTRY", "GOVERNMENT", "OFFICE"}, rf"(?:gov|office):{SLUG}(?:\.[A-Z]{{2}})?", COMMON),
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
SHORT_NAMES = {
    name
    for line in (TABLES / "short_names.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for name in line.split("\t")[1].split("|")
}


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


RULES = ROOT / "python" / "kayan" / "rules"


def read_rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("name", [*FILES, "people"])
def test_builtin_reads_what_from_csv_reads(name: str) -> None:
    builtin = kayan.Gazetteer.builtin(name)
    read = kayan.Gazetteer.from_csv(DATA / f"{name}.csv")
    assert [entry._replace(priority=0) for entry in builtin] == list(read)
    assert builtin.origin(0) == f"line 2 of the built-in {name}.csv"


def test_every_file_is_tested() -> None:
    assert {path.stem for path in DATA.glob("*.csv")} == {*FILES, "people"}


def test_notice_has_each_part_once() -> None:
    notice = (DATA / "NOTICE.md").read_text(encoding="utf-8")
    headings = re.findall("^## .*", notice, re.MULTILINE)
    assert headings == ["## Our tables", "## GeoNames", "## Unicode CLDR", "## Names of people"]


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


@pytest.mark.parametrize("name", sorted(set(FILES) - {"cities"}))
def test_no_surface_is_claimed_twice(name: str) -> None:
    claimed: dict[str, set[str]] = defaultdict(set)
    for row in ROWS[name]:
        for surface in surfaces(row):
            if surface not in row["ambiguous"].split("|"):
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
    # Our own towns have none.
    known = [row["population"] for row in ROWS["cities"] if row["id"].startswith("geonames:")]
    assert all(re.fullmatch("0|[1-9][0-9]*", population) for population in known)


def test_capitals_are_one_for_each_country() -> None:
    capitals = Counter(row["capital_of"] for row in ROWS["cities"] if row["capital_of"])
    assert set(capitals.values()) == {1}
    assert len(capitals) > 200
    assert all(row["capital_of"] in ("", row["country"]) for row in ROWS["cities"])


@pytest.mark.parametrize("name", FILES)
def test_ambiguous_names_are_single_words_of_the_row_or_short_forms(name: str) -> None:
    for row in ROWS[name]:
        flagged = row["ambiguous"].split("|") if row["ambiguous"] else []
        assert set(flagged) <= set(surfaces(row)), row
        assert [word for word in flagged if " " in word and word not in SHORT_NAMES] == [], row
        assert len(flagged) == len(set(flagged)), row


def test_entries_by_hand_are_many() -> None:
    # Of tables alone, without what bodies.tsv makes for each nation ("gov:army.EG").
    assert sum("." not in row["id"] for name in BY_HAND for row in ROWS[name]) >= 1900


def test_calendar_is_complete() -> None:
    sets = Counter(row["id"].rpartition("-")[0] for row in ROWS["months"])
    assert sets == {"month:gregorian": 12, "month:levantine": 12, "month:hijri": 12, "month:maghrebi": 7}
    assert len(ROWS["weekdays"]) == 7


def table_lines() -> list[tuple[str, list[str]]]:
    return [
        (path.name, line.split("\t"))
        for path in sorted(TABLES.glob("*.tsv"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]


def test_tables_have_as_many_cells_in_each_line_as_in_the_header() -> None:
    header: dict[str, int] = {}
    bad = [
        (name, cells) for name, cells in table_lines() if header.setdefault(name, len(cells)) != len(cells)
    ]
    assert bad == []


def test_tables_have_no_stray_blanks_or_bars() -> None:
    bad = [
        (name, cell)
        for name, cells in table_lines()
        for cell in cells
        if cell != " ".join(cell.split()) or re.search(r"\|\||\| | \||^\||\|$", cell)
    ]
    assert bad == []


def test_short_names_need_the_full_name() -> None:
    matcher = kayan.Matcher(kayan.Gazetteer.builtin("armed_groups_parties"))
    assert [m.text for m in matcher.find("قوات الحشد الشعبي، وقال الحشد")] == ["قوات الحشد الشعبي", "الحشد"]
    assert matcher.find("قال الحشد") == []


def test_places_are_read_in_one_way() -> None:
    matcher = kayan.Matcher(kayan.Gazetteer.builtin("countries", "nationalities", "languages", "regions"))

    def labels(text: str, label: str | None = None) -> list[str | None]:
        return [match.label for match in matcher.find(text, label)]

    for text, expected in [
        ("زار السعودية", ["COUNTRY"]),
        ("في السعودية", ["COUNTRY"]),
        ("السيدة السعودية", ["NATIONALITY"]),
        ("للسيدة السعودية في السعودية", ["NATIONALITY", "COUNTRY"]),
        ("زار سورية", ["COUNTRY"]),
        ("السيدة السورية في سورية", ["NATIONALITY", "COUNTRY"]),
        ("السيدة المغربية", ["NATIONALITY"]),
        ("كتب اللغة الفرنسية", ["LANGUAGE"]),
        ("السيدة الفرنسية", ["NATIONALITY"]),
        ("بين الكوريتين", ["REGION"]),
    ]:
        assert labels(text) == expected, text
        for label in ("COUNTRY", "NATIONALITY"):
            assert labels(text, label) == [other for other in expected if other == label], text


def test_triggers_are_words_with_known_labels() -> None:
    with (ROOT / "python" / "kayan" / "rules" / "triggers.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert set(rows[0]) == {"word", "labels"}
    assert [
        row for row in rows if not re.fullmatch("[\u0621-\u063a\u0641-\u064a]{2,}|ال[*]", row["word"])
    ] == []
    repeated = [word for word, count in Counter(fold(row["word"]) for row in rows).items() if count > 1]
    assert repeated == []
    known = {label for labels, _, _ in FILES.values() for label in labels} | {"PERSON"}
    announced = {label for row in rows for label in row["labels"].split("|")}
    # An office or a body that is described is announced by no word: its name begins with one.
    assert announced == known - {"OFFICE", "GOVERNMENT"}


AMBIGUOUS = [
    # file, surface, flagged, why
    ("cities", "العين", True, "the eye"),
    ("cities", "قنا", False, "keep us from, but the city in news"),
    ("companies", "قنا", True, "keep us from; a city"),
    ("companies", "الأهرام", True, "the pyramids"),
    ("cities", "جرادة", True, "a locust"),
    ("cities", "فاس", True, "an axe"),
    ("cities", "الرياض", False, "the gardens, but the city in news"),
    ("cities", "القاهرة", False, "the victorious, but the city"),
    ("cities", "بغداد", False, "nothing else"),
    ("countries", "مالي", True, "financial"),
    ("countries", "قطر", False, "a diameter, but counted words are overruled by hand"),
    ("regions", "الصعيد", True, "the level"),
    ("regions", "الخليج", False, "the Gulf"),
    ("armed_groups_parties", "الوفد", True, "the delegation"),
    ("armed_groups_parties", "حماس", False, "enthusiasm, but the movement in news"),
    ("organisations", "الناتو", False, "nothing else"),
    ("companies", "أودي", True, "it killed, folded"),
    ("football", "الأهلي", True, "the national"),
    ("football", "الهلال", True, "the crescent"),
    ("months", "رجب", True, "a given name"),
    ("languages", "الفرنسية", True, "an adjective too"),
]


@pytest.mark.parametrize(("name", "surface", "flagged", "why"), AMBIGUOUS)
def test_ambiguity(name: str, surface: str, flagged: bool, why: str) -> None:
    rows = [row for row in ROWS[name] if surface in surfaces(row)]
    assert rows, why
    assert [surface in row["ambiguous"].split("|") for row in rows] == [flagged] * len(rows), why


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
    ("cities", "مدينة الخبر", "geonames:109323", "الخبر is the news: both are shipped, the word flagged"),
    ("cities", "مدينة كان", "geonames:3028808", "كان is he was"),
    ("cities", "نطنز", "geonames:122491", "in our table, smaller than others"),
    ("cities", "بنت جبيل", "geonames:276592", "of no known population"),
    ("cities", "مارون الراس", "city:lb-maroun-al-ras", "not in GeoNames' list of places"),
    ("regions", "محافظة البصرة", "region:iq-basra", "the city has the bare name"),
    ("regions", "نينوى", "region:iq-nineveh", "no city has the name"),
    ("regions", "الشرق الأوسط", "region:middle-east", "a part of the world"),
    ("regions", "كاليفورنيا", "US-CA", "ISO 3166-2"),
    ("regions", "الاتحاد السوفييتي", "region:soviet-union", "spelled in three ways"),
    ("languages", "اللغة العربية", "ar", "with the word for language"),
    ("currencies", "الدينار العراقي", "IQD", "definite"),
    ("currencies", "الدولار", "USD", "alone, mostly the American one"),
    ("months", "غشت", "month:gregorian-08", "August in Morocco, from CLDR"),
    ("months", "كانون الثاني", "month:levantine-01", "January in Iraq and the Levant"),
    ("months", "جويلية", "month:maghrebi-07", "July in Algeria and Tunisia"),
    ("months", "ذي الحجة", "month:hijri-12", "oblique"),
    ("weekdays", "الجمعة", "weekday:5", "Friday: the week begins on Monday"),
    ("organisations", "الناتو", "org:nato", "abbreviation with the article"),
    ("organisations", "حلف شمال الأطلسي", "org:nato", "full name"),
    ("organisations", "المجلس الأوربي", "org:european-council", "spelling by spellings.tsv"),
    ("organisations", "الاتحاد المصري لكرة القدم", "org:football-federation.EG", "made of bodies.tsv"),
    ("armed_groups_parties", "داعش", "group:isis", "acronym"),
    (
        "armed_groups_parties",
        "حزب العدالة والتنمية",
        "party:akp",
        "two parties have it: the first of the table",
    ),
    ("offices", "البنتاغون", "gov:us-dod", "by its building"),
    ("offices", "وزارة الخارجية", "gov:ministry-of-foreign-affairs", "of any country"),
    ("offices", "وزارة الخارجية العراقية", "gov:ministry-of-foreign-affairs.IQ", "made of bodies.tsv"),
    ("offices", "وزير الخارجية الأميركي", "office:foreign-minister.US", "both spellings"),
    ("offices", "البرلمان الكوري الجنوبي", "gov:parliament.KR", "both words of the adjective inflect"),
    ("companies", "فرانس برس", "media:afp", "short name"),
    ("companies", "فرانس 24", "media:france24", "with a number"),
    ("companies", "مصرف الرافدين", "bank:rafidain", "a bank"),
    ("universities", "جامعة القاهرة", "university:cairo", "a university"),
    ("football", "ريال مدريد", "club:real-madrid", "a club"),
    ("football", "منتخب أمريكا", "club:national-team.US", "not by the country's long name"),
    ("football", "كأس العالم", "cup:world-cup", "a tournament"),
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
    ("cities", "الجديد", "a town of Libya: the new, shipped as مدينة الجديد"),
    ("regions", "القاهرة", "the city; the province is محافظة القاهرة"),
    ("currencies", "أفغاني", "Afghan, the nationality"),
    ("football", "النادي", "the club, any"),
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
