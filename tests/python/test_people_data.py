"""The shipped people, words of names and rules as data: what every row keeps to, and facts about them."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "python" / "kayan"
PEOPLE = PACKAGE / "gazetteers" / "people.csv"
WORD_LISTS = PACKAGE / "rules" / "word_lists.csv"
RULES = PACKAGE / "rules" / "name_rules.csv"

NAME = re.compile("[\u0621-\u063a\u0641-\u064a]+(?: [\u0621-\u063a\u0641-\u064a]+)*")
FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"})
ROLES = {
    *("activist", "actor", "artist", "athlete", "business", "coach", "diplomat", "filmmaker", "footballer"),
    *(
        "historical",
        "journalist",
        "judge",
        "militant",
        "military",
        "monarch",
        "musician",
        "official",
        "politician",
    ),
    *("religious", "scientist", "singer", "thinker", "writer"),
}
NAMING = {"given", "family", "foreign", "particle", "link", "kunya", "house", "servant", "divine"}
KINDS = NAMING | {"title", "loose", "royal", "attribute", "nationality", "weak", "word", "thing", "formula"}
KIND = r"[a-z]+(?:![a-z]+)*"
ITEM = re.compile(rf"{KIND}(?:\|{KIND})*[?*+]?")


def fold(text: str) -> str:
    return text.translate(FOLD)


def read(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    return list(csv.DictReader(data.decode("utf-8").splitlines()))


def surfaces(row: dict[str, str]) -> list[str]:
    return [row["name"], *filter(None, row["aliases"].split("|"))]


ROWS = read(PEOPLE)
BY_ID = {row["id"]: row for row in ROWS}
KINDS_OF = {row["word"]: set(row["kinds"].split("|")) for row in read(WORD_LISTS)}
# Their kinds, with those that formulas.csv adds.
ALL_KINDS = {word: set(kinds) for word, kinds in KINDS_OF.items()}
for row in read(WORD_LISTS.with_name("formulas.csv")):
    ALL_KINDS.setdefault(row["word"], set()).update(row["kinds"].split("|"))
PATTERNS = {row["id"]: row["pattern"] for row in read(RULES)}


def test_people_have_all_columns() -> None:
    columns = ["name", "label", "id", "aliases", "name_en", "role", "country", "ambiguous", "source"]
    assert [row for row in ROWS if list(row) != columns or None in row.values()] == []
    assert [row["id"] for row in ROWS if any(cell != cell.strip() for cell in row.values())] == []
    assert {row["label"] for row in ROWS} == {"PERSON"}
    assert {row["source"] for row in ROWS} == {"kayan"}
    assert [row["id"] for row in ROWS if not row["name"] or not row["name_en"]] == []


def test_people_are_as_many_as_promised() -> None:
    assert len(ROWS) >= 900
    assert sum(len(surfaces(row)) for row in ROWS) >= 3000


def test_ids_are_unique_slugs() -> None:
    assert len(BY_ID) == len(ROWS)
    assert [i for i in BY_ID if not re.fullmatch(r"person:[a-z0-9]+(?:-[a-z0-9]+)*", i)] == []


def test_roles_and_countries_are_known() -> None:
    with (PACKAGE / "gazetteers" / "countries.csv").open(encoding="utf-8", newline="") as stream:
        codes = {row["id"] for row in csv.DictReader(stream)}
    assert {row["role"] for row in ROWS} <= ROLES
    assert {row["country"] for row in ROWS} <= codes | {"", "VA"}


def test_names_are_of_arabic_letters() -> None:
    assert [(row["id"], s) for row in ROWS for s in surfaces(row) if not NAME.fullmatch(s)] == []


def test_no_two_names_fold_alike() -> None:
    claimed: dict[str, list[str]] = defaultdict(list)
    for row in ROWS:
        for surface in surfaces(row):
            claimed[fold(surface)].append(row["id"])
    assert {surface: ids for surface, ids in claimed.items() if len(ids) > 1} == {}


def test_ambiguous_names_are_names_of_the_row() -> None:
    bad = [row["id"] for row in ROWS if set(filter(None, row["ambiguous"].split("|"))) - set(surfaces(row))]
    assert bad == []


def test_names_of_one_word_are_long_or_ambiguous() -> None:
    short = [s for row in ROWS for s in surfaces(row) if len(s) < 4 and s not in row["ambiguous"].split("|")]
    # Bush and Pelé-like names are all that a reader takes for one person.
    assert set(short) <= {"بوش"}


def test_names_are_no_countries_or_cities() -> None:
    elsewhere = set()
    for name in ("countries", "cities", "nationalities"):
        with (PACKAGE / "gazetteers" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            elsewhere |= {fold(surface) for row in csv.DictReader(stream) for surface in surfaces(row)}
    sure = {s for row in ROWS for s in surfaces(row) if s not in row["ambiguous"].split("|")}
    assert {surface for surface in sure if fold(surface) in elsewhere} == set()


PERSONS = [
    # surface, id, ambiguous, why
    ("باراك أوباما", "barack-obama", False, "a full name"),
    ("أوباما", "barack-obama", False, "the family name is his"),
    ("نتانياهو", "benjamin-netanyahu", False, "another transliteration"),
    ("علي خامنه اي", "ali-khamenei", False, "another transliteration, of two words"),
    ("دونالد ترمب", "donald-trump", False, "as Saudi papers write"),
    ("أنطونيو غوتيريس", "antonio-guterres", False, "after the Spanish"),
    ("عبدالفتاح السيسي", "abdel-fattah-el-sisi", False, "عبد written together"),
    ("السيسي", "abdel-fattah-el-sisi", False, "no ordinary word"),
    ("الأسد", "bashar-al-assad", True, "the lion"),
    ("عون", "michel-aoun", True, "help"),
    ("بوش", "george-w-bush", False, "the younger"),
    ("جورج بوش الأب", "george-h-w-bush", False, "the elder"),
    ("صدام", "saddam-hussein", True, "a clash"),
    ("مغنية", "imad-mughniyeh", True, "a singer"),
    ("صلاح الدين الأيوبي", "saladin", False, "history"),
    ("جمال عبد الناصر", "gamal-abdel-nasser", False, "history"),
    ("ابن خلدون", "ibn-khaldun", False, "known by his lineage"),
    ("محمد صلاح", "mohamed-salah", False, "a footballer"),
    ("أم كلثوم", "umm-kulthum", False, "a singer with a kunya"),
    ("نجيب محفوظ", "naguib-mahfouz", False, "a writer"),
]


@pytest.mark.parametrize(("surface", "slug", "ambiguous", "why"), PERSONS)
def test_person(surface: str, slug: str, ambiguous: bool, why: str) -> None:
    row = BY_ID[f"person:{slug}"]
    assert surface in surfaces(row), why
    assert (surface in row["ambiguous"].split("|")) is ambiguous, why


def test_words_are_arabic_and_fold_apart() -> None:
    assert [word for word in KINDS_OF if not NAME.fullmatch(word)] == []
    rows = read(WORD_LISTS)
    assert len({fold(row["word"]) for row in rows}) == len(rows)


def test_kinds_are_known() -> None:
    assert {kind for kinds in KINDS_OF.values() for kind in kinds} == KINDS
    # Being an ordinary word or foreign is said of something.
    assert [word for word, kinds in KINDS_OF.items() if kinds <= {"weak", "foreign"}] == []


@pytest.mark.parametrize(("kind", "least"), [("given", 1500), ("family", 2000), ("title", 300)])
def test_words_are_as_many_as_promised(kind: str, least: int) -> None:
    assert sum(kind in kinds for kinds in KINDS_OF.values()) >= least


WORDS = [
    # word, kinds it has, kinds it hasn't, why
    ("محمد", {"given"}, {"weak", "foreign"}, "the commonest given name"),
    ("مصطفى", {"given"}, {"weak"}, "no ordinary word"),
    ("كريم", {"given", "weak"}, set(), "generous"),
    ("أمل", {"given", "weak"}, set(), "hope"),
    ("جورج", {"given", "foreign"}, {"weak"}, "what follows is a name, though unlisted"),
    ("المالكي", {"family"}, {"weak"}, "a nisba with its article"),
    ("مالكي", {"family", "weak"}, set(), "the same without it"),
    ("المصري", {"family", "weak", "nationality"}, set(), "a nisba and a nationality"),
    ("عبد", {"servant"}, {"link"}, "before a divine name"),
    ("الله", {"divine"}, {"family"}, "after عبد"),
    ("بن", {"link"}, {"weak"}, "between names"),
    ("أبو", {"kunya"}, {"weak"}, "before a name"),
    ("أم", {"kunya", "weak"}, set(), "or"),
    ("آل", {"house"}, set(), "before a family"),
    ("وزير الخارجية", {"title"}, {"loose"}, "a title of two words"),
    ("السيد", {"title", "loose"}, set(), "a title, and a noun"),
    ("السابق", {"attribute"}, NAMING, "between title and name"),
    ("الأمريكية", {"nationality"}, {"family"}, "between title and name"),
    ("أضاف", {"word"}, NAMING, "follows names"),
]


@pytest.mark.parametrize(("word", "has", "lacks", "why"), WORDS)
def test_word(word: str, has: set[str], lacks: set[str], why: str) -> None:
    assert has <= KINDS_OF[word], why
    assert not lacks & KINDS_OF[word], why


NO_NAMES = [
    # word, why
    ("كان", "he was; Kahn"),
    ("الآن", "now; by folding Alain"),
    ("أفضل", "better; a given name in Pakistan"),
    ("سوريا", "a country in arabnamer"),
    ("باريس", "a city"),
    ("يناير", "a month"),
    ("يشار", "it is pointed out; Yaşar"),
    ("صباح", "in the morning"),
    ("وعد", "he promised"),
    ("مساعدة", "a translation in arabnamer"),
]


@pytest.mark.parametrize(("word", "why"), NO_NAMES)
def test_is_no_name(word: str, why: str) -> None:
    spelled = {fold(word): kinds for word, kinds in KINDS_OF.items()}
    assert not spelled.get(fold(word), set()) & NAMING, why


def test_rules_are_few_and_described() -> None:
    rows = read(RULES)
    assert 1 <= len(rows) <= 15
    assert len(PATTERNS) == len(rows)
    assert [row["id"] for row in rows if not re.fullmatch("[a-z]+(?:-[a-z]+)*", row["id"])] == []
    assert [row["id"] for row in rows if not row["description"].endswith(".")] == []


@pytest.mark.parametrize("rule", PATTERNS)
def test_rule_is_well_formed(rule: str) -> None:
    before, bracket, rest = PATTERNS[rule].partition("[ ")
    inside, end, after = rest.rpartition(" ]")
    assert (bracket, end, after) == ("[ ", " ]", "")
    items = [*before.split(), *inside.split()]
    assert [item for item in items if not ITEM.fullmatch(item)] == []
    assert set(re.findall("[a-z]+", PATTERNS[rule])) <= KINDS | {
        "any",
        "nisba",
        "loan",
        "formula",
        "office",
        "preposition",
    }
    assert len(items) <= 16


def as_regex(pattern: str) -> re.Pattern[str]:
    """Return the rule as an expression over words like ``<given,weak>``."""

    def one(kind: str) -> str:
        wanted, *not_these = kind.split("!")
        return "<" + "".join(rf"(?!\S*\b{n}\b)" for n in not_these) + rf"\S*\b{wanted}\b\S*> "

    parts = []
    for item in pattern.split():
        quantifier = item[-1] if item[-1] in "?*+" else ""
        choices = "|".join(one(kind) for kind in item.rstrip("?*+").split("|"))
        parts.append({"[": "(?P<name>", "]": ")"}.get(item, f"(?:{choices}){quantifier}"))
    return re.compile("".join(parts))


def composed(text: str) -> dict[str, str]:
    """Return the name that each rule finds at the start of a text, with the longest words."""
    words, read_as, at = text.split(), [], 0
    spelled = {fold(word): kinds for word, kinds in ALL_KINDS.items()}
    while at < len(words):
        end = next((e for e in range(len(words), at, -1) if fold(" ".join(words[at:e])) in spelled), at + 1)
        word = " ".join(words[at:end])
        read_as.append((word, f"<{','.join(sorted(spelled.get(fold(word), {'any', 'loan'})))}> "))
        at = end
    found = {}
    for rule, pattern in PATTERNS.items():
        if match := as_regex(pattern).match("".join(kinds for _, kinds in read_as)):
            first, last = (match.string[:side].count(">") for side in match.span("name"))
            found[rule] = " ".join(word for word, _ in read_as[first:last])
    return found


COMPOSED = [
    # text, rule, name, why
    ("الرئيس حسن روحاني أمس", "title-names", "حسن روحاني", "a title and two names"),
    ("رئيس الوزراء العراقي السابق نوري جبار في", "title-names", "نوري جبار", "adjectives in between"),
    ("الشيخ حمد بن خليفة آل ثاني", "title-names", "حمد بن خليفة آل ثاني", "a lineage and a house"),
    ("وزير الدفاع عبد العزيز محمود", "title-names", "عبد العزيز محمود", "عبد with a divine name"),
    ("السيد محمود قال", "title-name", "محمود", "a weak title, a sure name"),
    ("الدكتورة أمل قالت", "title-weak-name", "أمل", "a sure title, a weak name"),
    ("الوزير كاكائيي المالكي", "title-unlisted-family", "كاكائيي المالكي", "the first word is unlisted"),
    ("الدكتور محمود نافعتي قال", "title-unlisted", "محمود نافعتي", "the second word is unlisted"),
    ("محمد شكري الجابري قال", "names", "محمد شكري الجابري", "known words alone"),
    ("عادل محمود الجابري قال", "weak-names", "عادل محمود الجابري", "a weak word before a sure one"),
    ("عادل المالكي قال", "weak-name", "عادل المالكي", "a weak word before a sure one"),
    ("تركي بن فيصل", "lineage", "تركي بن فيصل", "a weak word with بن"),
    ("أسامة بن لادخن", "lineage-unlisted", "أسامة بن لادخن", "an unlisted word with بن"),
    ("أبو مصعب الحلبي", "kunya", "أبو مصعب الحلبي", "a kunya and a nisba"),
    ("جورج غالاووي", "foreign-unlisted", "جورج غالاووي", "an unlisted family name"),
]


@pytest.mark.parametrize(("text", "rule", "name", "why"), COMPOSED)
def test_rule_composes(text: str, rule: str, name: str, why: str) -> None:
    assert composed(text).get(rule) == name, why


NOT_COMPOSED = [
    # text, why
    ("عادل كريم", "two weak words without a title are as well adjectives"),
    ("الرئيس السابق قال", "an attribute isn't a name"),
    ("الوزير المصري قال", "a nationality isn't a name"),
    ("أبو ظبي", "a place"),
    ("جورج قال", "a verb of saying is listed"),
    ("محمد أمس", "one name alone"),
    ("النائب العام طالب", "an office and a verb"),
    ("محمد يستقبل", "a name and a verb"),
    ("لو نايمه", "if; no particle of French names"),
    ("سئل ابن شبرمتي", "ابن begins a name here"),
    ("متى بن", "a question"),
]


@pytest.mark.parametrize(("text", "why"), NOT_COMPOSED)
def test_nothing_is_composed(text: str, why: str) -> None:
    assert composed(text) == {}, why
