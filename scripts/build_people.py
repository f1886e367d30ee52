"""Build the people that kayan ships, and the words and rules of which it composes names that no list holds.

Writes ``people.csv`` and its part of ``NOTICE.md`` into ``python/kayan/gazetteers``, ``word_lists.csv`` and
``name_rules.csv`` into ``python/kayan/rules``. They come from the tables ``people_*.tsv`` and
``name_*.tsv`` in ``scripts/gazetteer_tables`` and three packages: given and family names from Faker's Arabic
providers, transliterated names from arabnamer, given and family names of Wikidata as arabic-name-romanizer
ships them. The same inputs give the same bytes.

Usage
-----
In a virtual environment::

    pip install faker==40.54.0
    pip install --no-deps arabnamer==0.1.3 arabic-name-romanizer==0.2.0
    python scripts/build_people.py
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from importlib import import_module
from importlib.metadata import distribution, version
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "scripts" / "gazetteer_tables"
PACKAGE = ROOT / "python" / "kayan"
PINNED = {"faker": "40.54.0", "arabnamer": "0.1.3", "arabic-name-romanizer": "0.2.0"}

PEOPLE = ("people_arab.tsv", "people_world.tsv", "people_culture.tsv")
KINDS = (
    *("given", "family", "foreign", "particle", "link", "kunya", "house", "servant", "divine"),
    *("title", "attribute", "loose", "royal", "nationality", "weak", "word", "thing", "formula"),
)
# Where the family name comes first.
FAMILY_FIRST = frozenset({"CN", "HK", "KH", "KP", "KR", "MM", "SG", "TW", "VN"})
# Their names hold titles, epithets and names of fathers.
NO_FAMILY_NAME = frozenset({"historical", "monarch", "religious"})
# What ministers are called before the name of their ministry.
MINISTERS = ("وزير", "وزيرة", "وزيرا", "نائب وزير", "نائبة وزير", "وكيل وزارة")
# Transliterated names of fewer letters are too often Arabic words.
MIN_LETTERS = 4
ARABIC_NAME = re.compile("[\u0621-\u063a\u0641-\u064a]+(?: [\u0621-\u063a\u0641-\u064a]+)*")
# U+064B to U+065F are vowel marks and the like, U+0670 is the superscript alef, U+0640 is tatweel.
MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")
FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"})

# Sounds as classes, for comparing a name in Latin letters with its transliteration.
SOUNDS_LATIN = str.maketrans("bpfvtdszxcjkgqlmnr", "bbffttkkkkkkkklmnr", "aeiouwyh'’- ")
SOUNDS_ARABIC = str.maketrans("بفتطدضثذظسصزشجغقكخلمنر", "bftttttttkkkkkkkkklmnr", "اأإآىويهةحعءئؤ")


# For the notice that goes with the data; ``notice`` completes it.
NOTICE = """\
## Names of people

`people.csv`, `name_rules.csv` and most of `word_lists.csv` are our tables. `word_lists.csv` has besides:

- given and family names from the Arabic providers of Faker {faker} (PyPI), under the licence below; marks are
  removed, and names of several words, of tribes and ordinary words are left out;
- transliterated names from the dictionary of arabnamer {arabnamer} (PyPI; Elsayed Yousef,
  <https://github.com/sayedyousef/arabnamer>), licensed under the Creative Commons Attribution 4.0
  International licence (<https://creativecommons.org/licenses/by/4.0/>). It was changed: only single words
  that sound like their Latin spelling are included; names of places and ordinary words are left out. Its code
  and model are not part of kayan;
- given and family names of people in Wikidata (<https://www.wikidata.org>, CC0 1.0), from the index of
  arabic-name-romanizer {arabic-name-romanizer} (PyPI, MIT): only its rows from Wikidata, single words,
  without ordinary words and names of places. Its code and models are not part of kayan.

```
{faker_licence}
```
"""


def notice() -> str:
    """Return the part of ``NOTICE.md`` about these files, with the licence of Faker as it ships it."""
    path = next(f for f in distribution("faker").files or () if f.name == "LICENSE.txt")
    licence = Path(str(path.locate())).read_text(encoding="utf-8").strip()
    return NOTICE.format(faker_licence=licence, **PINNED)


def fold(text: str) -> str:
    """Fold what a matcher folds by default in names: the hamza of alef, final yeh, ta marbuta."""
    return text.translate(FOLD)


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a hand-written table; lines that start with ``#`` are comments."""
    text = (TABLES / name).read_text(encoding="utf-8")
    if text != unicodedata.normalize("NFC", text) or MARKS.search(text):
        raise SystemExit(f"{name}: expected composed letters without marks")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(header):
            raise SystemExit(f"{name}: expected {len(header)} columns, found {len(cells)}: {line!r}")
        yield dict(zip(header, (cell.strip() for cell in cells), strict=True))


def spellings(phrase: str) -> list[list[str]]:
    """Return the words of each spelling of a name in which ``/`` divides spellings of a word."""
    return [
        " ".join(words).replace("_", " ").split()
        for words in product(*(word.split("/") for word in phrase.split()))
    ]


def slug(name_en: str) -> str:
    """Return the English name in small ASCII letters, words joined by hyphens."""
    ascii_only = unicodedata.normalize("NFKD", name_en).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_only.lower().replace("'", "")))


def joined_servants(name: str) -> list[str]:
    """Return the name with عبد written together with the word after it, if it has one."""
    joined = re.sub(r"\bعبد (?=ال|رب)", "عبد", name)
    return [joined] if joined != name else []


def build_people() -> list[dict[str, str]]:
    """Return the rows of ``people.csv``.

    Two people don't share a name: a second claim on one is refused. One that means others too is marked
    ambiguous.
    """
    rows, problems = [], []
    claimed: dict[str, str] = {}
    for row in (row for table in PEOPLE for row in read_table(table)):
        key = f"person:{slug(row['name_en'])}"
        forms = spellings(row["name"].rstrip("?"))
        names = [" ".join(words) for words in forms]
        ambiguous = {fold(names[0])} if row["name"].endswith("?") else set()
        if row["short"]:
            # Alternatives may have several words, so the last ones are counted where they are one word yet.
            last = " ".join(row["name"].split()[-int(row["short"].rstrip("?")) :])
            short = [" ".join(words) for words in spellings(last)]
            names += short
            if row["short"].endswith("?"):
                ambiguous |= {fold(name) for name in short}
        for alias in filter(None, row["aliases"].split("|")):
            if fold(alias.rstrip("?")) in {fold(name) for name in names}:
                problems.append(f"{key}: {alias} is there already")
            names.append(alias.rstrip("?"))
            if alias.endswith("?"):
                ambiguous.add(fold(names[-1]))
        names += [joined for name in names for joined in joined_servants(name)]
        distinct: dict[str, str] = {}
        for name in names:
            distinct.setdefault(fold(name), name)
        for folded, name in distinct.items():
            if not ARABIC_NAME.fullmatch(name):
                problems.append(f"{key}: {name!r} isn't of Arabic letters")
            if claimed.setdefault(folded, key) != key:
                problems.append(f"{key}: {name} is a name of {claimed[folded]}")
        name, *aliases = distinct.values()
        rows.append(
            {
                "name": name,
                "label": "PERSON",
                "id": key,
                "aliases": "|".join(aliases),
                "name_en": row["name_en"],
                "role": row["role"],
                "country": row["country"],
                "ambiguous": "|".join(name for folded, name in distinct.items() if folded in ambiguous),
                "source": "kayan",
            }
        )
    ids = [row["id"] for row in rows]
    problems += [f"{key}: twice" for key in sorted({key for key in ids if ids.count(key) > 1})]
    if problems:
        raise SystemExit("people: " + "\n".join(problems))
    return rows


class WordLists:
    """The words of names with their kinds; spellings that fold alike are one."""

    def __init__(self) -> None:
        self.spelled: dict[str, str] = {}
        self.kinds: dict[str, set[str]] = {}
        # A word that isn't a name by itself isn't one after a name either.
        no_names = [word for row in read_table("name_drop.tsv") for word in row["words"].split()]
        self.add(no_names, "word")
        self.dropped = {fold(word) for word in no_names} | places()

    def add(self, words: Iterable[str], *kinds: str) -> None:
        """Add words, or kinds to words that are there."""
        for word in words:
            if not ARABIC_NAME.fullmatch(word):
                raise SystemExit(f"names: {word!r} isn't of Arabic letters")
            self.spelled.setdefault(fold(word), word)
            self.kinds.setdefault(fold(word), set()).update(kinds)

    def add_family(self, words: Iterable[str], *kinds: str) -> None:
        """Add family names; one that is a sure given name isn't made weak."""
        for word in words:
            sure = "given" in (known := self.kinds.get(fold(word), set())) and "weak" not in known
            self.add([word], "family", *(kind for kind in kinds if not (sure and kind == "weak")))

    def add_new(self, words: Iterable[str], *kinds: str) -> int:
        """Add words that aren't in a table, dropped by one, or places; return how many."""
        new = {word for word in words if fold(word) not in self.kinds and fold(word) not in self.dropped}
        self.add(sorted(new), *kinds)
        return len(new)


def add_tables(lists: WordLists) -> None:
    tables = (
        "name_given.tsv",
        "name_family.tsv",
        "name_foreign.tsv",
        "name_titles.tsv",
        "name_ordinary.tsv",
        "name_formulas.tsv",
    )
    for table in tables:
        for row in read_table(table):
            words = [word.replace("_", " ") for word in row["words"].split()]
            match row["kinds"].split("|"):
                case ["nisba", *kinds]:
                    lists.add_family(("ال" + word for word in words), *kinds)
                    lists.add_family(words, "weak")
                case ["family", *kinds]:
                    lists.add_family(words, *kinds)
                case ["portfolio"]:
                    lists.add((f"{office} {word}" for word in words for office in MINISTERS), "title")
                case kinds:
                    lists.add(words, *kinds)
    for row in read_table("name_verbs.tsv"):
        past, present = row["past"], row["present"]
        feminine = (past[:-1] if past[-1] in "اى" else past) + "ت"
        forms = [past, feminine, present, "ت" + present[1:], "س" + present, "ست" + present[1:]]
        lists.add(forms, "word")
    for row in read_table("nationalities.tsv"):
        for stem in row["stems"].split("|"):
            parts = [part.replace("_", " ") for part in stem.split(" ")]
            for ending in ("", "ة"):
                lists.add([" ".join("ال" + part + ending for part in parts)], "nationality")


def add_people(lists: WordLists) -> int:
    """Add the first and last words of the people whose names have a given and a family name."""
    added = 0
    for table in PEOPLE:
        for row in read_table(table):
            forms = [words for words in spellings(row["name"].rstrip("?")) if len(words) > 1]
            if row["role"] in NO_FAMILY_NAME or not forms:
                continue
            first, last = ({words[at] for words in forms} for at in (0, -1))
            kinds = ("given",) if table == "people_arab.tsv" else ("given", "foreign")
            added += lists.add_new((word for word in first if len(word) >= MIN_LETTERS), *kinds)
            if row["country"] not in FAMILY_FIRST:
                added += lists.add_new((word for word in last if len(word) >= MIN_LETTERS), "family")
    return added


def add_faker(lists: WordLists) -> int:
    """Add the names of Faker's Arabic providers. They count as weak: many are ordinary adjectives."""
    added = 0
    for locale in ("ar_AA", "ar_DZ", "ar_PS", "ar_SA"):
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for attribute, kind in (("first_names", "given"), ("last_names", "family")):
            names = (MARKS.sub("", name) for name in vars(provider).get(attribute, ()))
            words = {name for name in names if ARABIC_NAME.fullmatch(name) and " " not in name}
            if (locale, kind) == ("ar_AA", "family"):
                # Most are tribes.
                words = {word for word in words if word.startswith("ال") and word.endswith("ي")}
            added += lists.add_new(words, kind, "weak")
    return added


def places() -> set[str]:
    """Return the one-word names of the places and nationalities that kayan ships, folded."""
    found = set()
    for name in ("countries", "cities", "nationalities"):
        with (PACKAGE / "gazetteers" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                found |= {fold(form) for form in (row["name"], *row["aliases"].split("|"))}
    return found


def sounds_alike(latin: str, arabic: str) -> bool:
    """Tell a transliteration from a translation, by consonants."""
    heard = re.sub(r"(.)\1+", r"\1", latin.lower().translate(SOUNDS_LATIN))
    written = re.sub(r"(.)\1+", r"\1", arabic.translate(SOUNDS_ARABIC))
    return SequenceMatcher(None, heard, written, autojunk=False).ratio() >= 0.8


def add_arabnamer(lists: WordLists) -> int:
    """Add the names of arabnamer that are one word, and neither a translation nor a known Arabic word."""
    path = next(f for f in distribution("arabnamer").files or () if f.name == "dict_FINAL.json")
    names: dict[str, str] = json.loads(Path(str(path.locate())).read_text(encoding="utf-8"))
    words = {
        arabic
        for latin, arabic in names.items()
        if ARABIC_NAME.fullmatch(arabic)
        and " " not in arabic
        and len(arabic) > MIN_LETTERS
        and not arabic.startswith("ال")
        and sounds_alike(latin, arabic)
    }
    return lists.add_new(words, "family")


def add_wikidata(lists: WordLists) -> int:
    """Add the given and family names of people in Wikidata.

    Those of ``name_weak.tsv`` and short ones count as weak. Short ones of one person only are left out.
    """
    path = next(f for f in distribution("arabic-name-romanizer").files or () if f.name == "names.sqlite3")
    weak = {fold(word) for row in read_table("name_weak.tsv") for word in row["words"].split()}
    people: dict[str, dict[str, int]] = {}
    with sqlite3.connect(f"file:{path.locate()}?mode=ro", uri=True) as index:
        query = "SELECT arabic_key, role, SUM(count) FROM units WHERE source = 'wikidata' GROUP BY 1, 2"
        for word, role, count in index.execute(query):
            if ARABIC_NAME.fullmatch(word) and " " not in word:
                roles = people.setdefault(word, {})
                roles[role] = roles.get(role, 0) + count
    added = 0
    for word, roles in sorted(people.items()):
        total = sum(roles.values())
        if len(word) <= 2 or (len(word) < MIN_LETTERS and total == 1):
            continue
        # A given name is one that is borne as such by more than a few of those who have the name.
        kinds = [
            kind
            for kind, role in (("given", "given"), ("family", "surname"))
            if 4 * roles.get(role, 0) > total
        ]
        if not kinds or fold(word) in weak or len(word) < MIN_LETTERS:
            kinds = [*(kinds or ["family"]), "weak"]
        added += lists.add_new([word], *kinds)
    return added


def build_rules() -> list[dict[str, str]]:
    """Return the rules, with ``<more>`` and ``<end>`` written out."""
    lines = (TABLES / "name_rules.tsv").read_text(encoding="utf-8").splitlines()
    parts = dict(line[2:].split("\t") for line in lines if line.startswith("# <") and "\t" in line)
    rules = list(read_table("name_rules.tsv"))
    for rule in rules:
        for part, items in parts.items():
            rule["pattern"] = rule["pattern"].replace(part, items)
    return rules


def write_csv(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{path.name}: {len(rows)} rows, {path.stat().st_size} bytes")


def main() -> None:
    for package, pinned in PINNED.items():
        if version(package) != pinned:
            raise SystemExit(f"expected {package} {pinned}, found {version(package)}")
    people = build_people()
    lists = WordLists()
    add_tables(lists)
    print(f"names of the tables: {len(lists.kinds)}")
    for add in (add_people, add_faker, add_arabnamer, add_wikidata):
        print(f"{add.__name__}: {add(lists)} more")
    rows = [
        {"word": lists.spelled[key], "kinds": "|".join(k for k in KINDS if k in lists.kinds[key])}
        for key in sorted(lists.kinds)
    ]
    write_csv(PACKAGE / "gazetteers" / "people.csv", people)
    write_csv(PACKAGE / "rules" / "word_lists.csv", rows)
    write_csv(PACKAGE / "rules" / "name_rules.csv", build_rules())
    path = PACKAGE / "gazetteers" / "NOTICE.md"
    part = notice()
    others = path.read_text(encoding="utf-8").partition(f"\n{part.splitlines()[0]}\n")[0]
    path.write_text(f"{others}\n{part}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
