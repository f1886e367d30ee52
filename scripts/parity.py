"""Compare `kayan.compat` with the tools themselves and write `docs/parity.md`.

Usage: ``make parity``, or ``python scripts/parity.py`` where kayan is installed.

The tools are installed into an environment of their own, `.venv-parity`, and imported there beside the
kayan of the Python that runs this. Lucene is Java: it is compared with a slow implementation of its
published tables.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import os
import platform
import random
import subprocess
import sys
import unicodedata
import venv
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "parity.md"
ENVIRONMENT = ROOT / ".venv-parity"
TOOLS = [
    *("pyarabic==0.6.15", "flashtext==2.7", "pyahocorasick==2.3.1"),
    *("six", "emoji", "unicodedata2==18.0.0"),
]
# All that CAMeL Tools declares would be a gigabyte of machine learning; its `utils` import `six` and `emoji`.
# AraBERT declares Farasa, which is for other models.
TOOLS_ALONE = ["camel-tools==1.6.0", "arabert==1.0.1"]

RANDOM_TEXTS = 40_000
LONG_TEXTS = 2_000  # some rules of PyArabic end after a number of places
DICTIONARIES = 4_000
TWO_WORDS = ("joint", "shaddalike", "vocalized_similarity", "vocalizedlike", "waznlike")
LETTERS = "اآأؤئىيهةوبلکی"
# What some function treats in its own way, and what may come between.
HOT = (
    LETTERS + "إٱءکےہۀ ٠۳3aé½.!\n"
    "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0670"  # marks
    "\u0640\u06e5\u06e6\u06dc\u06de\u0610"  # TATWEEL, SMALL WAW, SMALL YEH, Quranic signs
    "\ufef5\ufef7\ufef9\ufefb\ufefc\ufdf2\ufdfa\ufdfc\ufdfd\ufe70\ufe77"  # presentation forms
    "\u200c\u200d\u200f\ufeff\u0301\ud800😀\u1100\u1161\u11a8"  # joiners, marks, a surrogate, Hangul
)
# They decompose to one beyond U+FFFF; kayan lets them stand, so that no text changes its width.
# Mostly marks that depend on their neighbours.
MARKED = "اىةبوييإ ب.1" + "\u064b\u064e\u064f\u0650\u0651\u0652" * 2
# What a preprocessor of posts looks for.
FRAGMENTS = [
    *("http", "https", "://", "www", ".", ".com", "com", "org", "t.co", "/", "@", "user", "اسم", "99"),
    *("<", ">", "<br />", "</p>", '<a href="x">', "&amp;", "&lt;", "&#1603;", "&copy", " ", "  ", "\n", "a"),
    *("جمييييل", "aaaa", "!!!!", "11111", "[", "]", "[رابط]", '"', "’", "'", "`", "—", "-", "_", "#", "?"),
    *("\u064e", "\u0651", "\u0640\u0640\u0640", "\u200c", "\u0670", "\ufe0f", "😀", "ک", "ی", "\ufefb"),
    *("&", "%", "!", "(", ")", "+", "2.5", " . ", " - ", ' "', "x@y.com", "ftp://", "\u0966", "\x00", "\xa0"),
    *("=", "é", ":", "٣", "1", "b"),
]
WIDENING = set("\ufa6c\ufacf\ufad0\ufad1\ufad5\ufad6\ufad7")


class Pair(NamedTuple):
    """A function of a tool and ours."""

    name: str
    tool: str
    theirs: Callable[[str], object]
    profile: str
    ours: Callable[[str], object]
    note: str = ""
    unicode: bool = False
    # The kinds of texts of `inputs`, by the heading of the table.
    kinds: tuple[str, ...] = ("single", "pairs", "random")


def install() -> Path:
    python = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *TOOLS], check=True)
    subprocess.run([*pip, "--no-deps", *TOOLS_ALONE], check=True)
    return python


def pairs() -> list[Pair]:
    from camel_tools.utils.charmap import CharMapper
    from camel_tools.utils.dediac import dediac_ar
    from camel_tools.utils.normalize import (
        normalize_alef_ar,
        normalize_alef_maksura_ar,
        normalize_teh_marbuta_ar,
        normalize_unicode,
    )
    from pyarabic import araby, normalize

    from kayan.compat import camel, lucene, pyarabic
    from reference import parity as published

    camel_tools, py_arabic, tables = "CAMeL Tools 1.6.0", "PyArabic 0.6.15", "Lucene 8.7.0 (tables)"
    drift = "characters of Python's Unicode"
    found = [
        Pair("ArabicNormalizer", tables, published.lucene, "lucene", lucene.ArabicNormalizer()),
        Pair("PersianNormalizer", tables, published.lucene_fa, "lucene_fa", lucene.PersianNormalizer()),
        Pair(
            "DecimalDigitFilter",
            tables,
            published.lucene_digits,
            "lucene_digits",
            lucene.DecimalDigitFilter(),
            "digits of Unicode 18",
        ),
        Pair(
            "normalize_unicode",
            camel_tools,
            normalize_unicode,
            "camel.normalize_unicode",
            camel.normalize_unicode,
            drift,
            True,
        ),
        Pair(
            "normalize_unicode(compatibility=False)",
            camel_tools,
            lambda s: normalize_unicode(s, compatibility=False),
            "none, nfc=True",
            lambda s: camel.normalize_unicode(s, compatibility=False),
            drift,
            True,
        ),
        Pair("dediac_ar", camel_tools, dediac_ar, "camel.dediac", camel.dediac_ar),
        Pair("normalize_alef_ar", camel_tools, normalize_alef_ar, "camel.alef", camel.normalize_alef_ar),
        Pair(
            "normalize_alef_maksura_ar",
            camel_tools,
            normalize_alef_maksura_ar,
            "camel.alef_maqsura",
            camel.normalize_alef_maksura_ar,
        ),
        Pair(
            "normalize_teh_marbuta_ar",
            camel_tools,
            normalize_teh_marbuta_ar,
            "camel.teh_marbuta",
            camel.normalize_teh_marbuta_ar,
        ),
        Pair(
            "CharMapper arclean",
            camel_tools,
            CharMapper.builtin_mapper("arclean").map_string,
            "camel.arclean",
            camel.CharMapper.builtin_mapper("arclean").map_string,
        ),
    ]
    for name in (
        *("strip_tashkeel", "strip_harakat", "strip_shadda", "strip_small", "strip_diacritics"),
        *("strip_tatweel", "normalize_alef", "normalize_hamza", "normalize_ligature", "normalize_teh"),
    ):
        found.append(
            Pair(
                f"araby.{name}", py_arabic, getattr(araby, name), f"pyarabic.{name}", getattr(pyarabic, name)
            )
        )
    found.append(
        Pair(
            "araby.normalize_hamza(method='tasheel')",
            py_arabic,
            lambda word: araby.normalize_hamza(word, method="tasheel"),
            "pyarabic.normalize_hamza_tasheel",
            lambda word: pyarabic.normalize_hamza(word, method="tasheel"),
        )
    )
    for name, profile in (
        ("normalize_lamalef", "normalize_ligature"),
        ("normalize_spellerrors", "spellerrors"),
        ("normalize_searchtext", "searchtext"),
    ):
        theirs, ours = getattr(normalize, name), getattr(pyarabic, name)
        found.append(Pair(f"normalize.{name}", py_arabic, theirs, f"pyarabic.{profile}", ours))
    return [*found, *araby_pairs({pair.name for pair in found}), *character_maps(), *arabert_pairs()]


def two_words(compare: Callable[[str, str], object]) -> Callable[[str], object]:
    """Return what a function of two words gives for the halves of a text, and for it and its bare letters."""

    def of_one_text(text: str) -> object:
        middle = len(text) // 2
        bare = "".join(char for char in text if not "\u064b" <= char <= "\u0652")
        couples = ((text[:middle], text[middle:]), (text, bare), (bare, text), (text, text[::-1]))
        return [outcome(lambda couple=couple: compare(*couple)) for couple in couples]  # type: ignore[misc]

    return of_one_text


def araby_pairs(known: set[str]) -> list[Pair]:
    """Return all functions of PyArabic that take texts, but for those that are compared as profiles."""
    from pyarabic import araby

    from kayan.compat import pyarabic

    tool, found = "PyArabic 0.6.15", []
    functions = [name for name, value in vars(araby).items() if inspect.isfunction(value)]
    for name in functions:
        theirs, ours = getattr(araby, name), getattr(pyarabic, name)
        parameters = [
            [parameter.name for parameter in inspect.signature(function).parameters.values()]
            for function in (theirs, ours)
        ]
        assert parameters[0] == parameters[1], f"{name} takes {parameters[1]}, not {parameters[0]}"
        for nothing in (None, ""):
            arguments = [nothing] * (2 if name in TWO_WORDS else name != "arabicrange")
            assert outcome(lambda: theirs(*arguments)) == outcome(lambda: ours(*arguments)), name  # noqa: B023
        if name in TWO_WORDS:
            found.append(
                Pair(f"araby.{name}", tool, two_words(theirs), "", two_words(ours), "two words of each text")
            )
        elif name != "arabicrange" and f"araby.{name}" not in known:
            found.append(Pair(f"araby.{name}", tool, theirs, "", ours))
    for label, call in {
        "separate(extract_shadda=True)": lambda module, text: module.separate(text, True),
        "tokenize(conditions, morphs)": lambda module, text: module.tokenize(
            text, conditions=[module.is_arabicrange, module.is_vocalized], morphs=module.strip_tashkeel
        ),
        "name(default_name)": lambda module, text: module.name(text, "?"),
    }.items():
        found.append(Pair(f"araby.{label}", tool, partial(call, araby), "", partial(call, pyarabic)))
    roots = [two_words(partial(module.waznlike, extract_root=True)) for module in (araby, pyarabic)]
    found.append(
        Pair("araby.waznlike(extract_root=True)", tool, roots[0], "", roots[1], "two words of each text")
    )
    return found


def constants() -> int:
    """Return how many constants of PyArabic are the same here; fail if one is not."""
    from pyarabic import araby

    from kayan.compat import _araby_constants

    for name in _araby_constants.__all__:
        theirs, ours = getattr(araby, name), getattr(_araby_constants, name)
        assert (type(theirs), theirs) == (type(ours), ours), name
    left = {name for name in vars(araby) if name.isupper()} - set(_araby_constants.__all__)
    assert not left, left
    return len(_araby_constants.__all__)


def character_maps() -> list[Pair]:
    from camel_tools.utils.charmap import CharMapper

    from kayan.compat import camel

    tool, found = "CAMeL Tools 1.6.0", []
    assert CharMapper.BUILTIN_CHARMAPS == camel.CharMapper.BUILTIN_CHARMAPS
    own: dict[str, tuple[dict[str, str | None], str | None]] = {
        "CharMapper({range, None}, default)": ({"ء-ي": "x", "ب": None, "\u0640": ""}, "-"),
        "CharMapper({range})": ({"ب": "y", "ا-ت": "xx"}, None),
    }
    for name, arguments in own.items():
        found.append(
            Pair(name, tool, CharMapper(*arguments), "", camel.CharMapper(*arguments))  # type: ignore[arg-type]
        )
    for name in sorted(CharMapper.BUILTIN_CHARMAPS - {"arclean"}):
        maps = [module.builtin_mapper(name) for module in (CharMapper, camel.CharMapper)]
        found.append(Pair(f"CharMapper {name}", tool, maps[0], "", maps[1], kinds=("single", "random")))
    return found


def arabert_pairs() -> list[Pair]:
    from arabert.preprocess import ArabertPreprocessor as Theirs

    from kayan.compat.arabert import ArabertPreprocessor as Ours

    tool, model = "AraBERT 1.0.1", "bert-base-arabertv02"
    kinds = ("single", "pairs", "posts")
    note = "fragments of posts for random texts"
    found = [
        Pair(
            f"{name}",
            tool,
            getattr(Theirs(model), name),
            "",
            getattr(Ours(model), name),
            note,
            kinds=kinds,
        )
        for name in ("preprocess", "unpreprocess")
    ]
    for option in (
        *("remove_html_markup", "replace_urls_emails_mentions", "strip_tashkeel", "strip_tatweel"),
        *("insert_white_spaces", "remove_non_digit_repetition", "replace_slash_with_dash"),
        "map_hindi_numbers_to_arabic",
    ):
        both = [kind(model, **{option: False}).preprocess for kind in (Theirs, Ours)]
        found.append(Pair(f"preprocess({option}=False)", tool, both[0], "", both[1], note, kinds=("posts",)))
    return found


class Counted(NamedTuple):
    """A call of a matcher of another tool, how often it was compared, and the texts that differ."""

    name: str
    tool: str
    compared: int
    differences: list[str]
    note: str = ""


def some_words(choose: random.Random, alphabet: str, most: int) -> str:
    return "".join(choose.choice(alphabet) for _ in range(choose.randrange(1, most)))


def matchers() -> list[Counted]:
    """Compare the matchers on random dictionaries and texts of few letters, so that much is found."""
    import ahocorasick
    import flashtext

    import kayan.compat.flashtext
    import kayan.compat.pyahocorasick

    choose = random.Random(2024)
    alphabets = [
        "ابت ",
        "ab اب",
        "ab_ .اA",
        "اأ\u0654\u064eىي ",
        "ab\u0301 \ud800",
        "هـ\u0640ه\u064e ",
        "aاA😀",
    ]
    seen: dict[str, list[str]] = {}
    compared: Counter[str] = Counter()

    def check(name: str, text: str, theirs: object, ours: object) -> None:
        compared[name] += 1
        differing = seen.setdefault(name, [])
        if theirs != ours:
            differing.append(text)

    for number in range(DICTIONARIES):
        alphabet = choose.choice(alphabets)
        keywords = {some_words(choose, alphabet, 5): choose.choice([None, "X", "اب"]) for _ in range(6)}
        processors = [
            module.KeywordProcessor(case_sensitive=number % 3 == 0)
            for module in (flashtext, kayan.compat.flashtext)
        ]
        keys = [module.Automaton() for module in (ahocorasick, kayan.compat.pyahocorasick)]
        for word, name in keywords.items():
            for processor in processors:
                processor.add_keyword(word, name)
                if number % 4 == 0:
                    processor.add_non_word_boundary(alphabet[0])
            for automaton in keys:
                automaton.add_word(word, (word, name))
        check("keys", "", *[[*automaton.items(), *automaton.keys("ا")] for automaton in keys])
        for automaton in keys:
            automaton.make_automaton()
        for _ in range(10):
            text = some_words(choose, alphabet, 25)
            half = len(text) // 2
            check(
                "extract_keywords", text, *[one.extract_keywords(text, span_info=True) for one in processors]
            )
            check("replace_keywords", text, *[one.replace_keywords(text) for one in processors])
            check("iter", text, *[list(one.iter(text)) for one in keys])
            check("iter(start, end)", text, *[list(one.iter(text, half // 2, half)) for one in keys])
            check(
                "iter(ignore_white_space=True)",
                text,
                *[list(one.iter(text, ignore_white_space=True)) for one in keys],
            )
            check("iter_long", text, *[list(one.iter_long(text)) for one in keys])
    tools = {name: "flashtext 2.7" if "keywords" in name else "pyahocorasick 2.3.1" for name in seen}
    notes = {"iter_long": "see below"}
    return [
        Counted(name, tools[name], compared[name], texts, notes.get(name, "")) for name, texts in seen.items()
    ]


def programs() -> int:
    """Return how many programs print the same with a changed import; fail if one does not."""
    imports = {
        "cleaner": ("import pyarabic.araby as araby", "import kayan.compat.pyarabic as araby"),
        "tagger": ("from flashtext import", "from kayan.compat.flashtext import"),
        "counter": ("import ahocorasick", "import kayan.compat.pyahocorasick as ahocorasick"),
    }
    for name, change in imports.items():
        source = (ROOT / "tests" / "programs" / f"{name}.py").read_text(encoding="utf-8")
        printed = []
        for code in (source, source.replace(*change)):
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(code, name, "exec"), {"__name__": "__main__"})
            printed.append(out.getvalue())
        assert printed[0] == printed[1] != "", name
    return len(imports)


def outcome(call: Callable[[], object]) -> object:
    """Return what a call gives, or that it fails."""
    try:
        return call()
    except Exception:
        return "an exception"


def inputs() -> Iterator[tuple[str, list[str]]]:
    """Yield the texts by kind, the same in every run."""
    from reference.normalization import ARABIC_BLOCKS

    arabic = [chr(cp) for first, last in ARABIC_BLOCKS for cp in range(first, last + 1)]
    # Planes 0 to 2, and the tags and variation selectors; the rest is private or not assigned.
    every = [chr(cp) for cp in [*range(0x30000), *range(0xE0000, 0xE0200)]]
    yield "single", ["", *every]
    in_pairs = [pair for letter in LETTERS for c in arabic for pair in (c + letter, letter + c)]
    yield "pairs", in_pairs + [a + b for a in HOT for b in HOT]
    choose = random.Random(2024)
    alphabets = [HOT, HOT, LETTERS + HOT[-40:], MARKED, arabic, every]
    yield (
        "random",
        [
            "".join(choose.choices(choose.choice(alphabets), k=choose.randrange(25)))
            if choose.random() < 0.5
            else "".join(choose.choice(choose.choice(alphabets)) for _ in range(choose.randrange(13)))
            for _ in range(RANDOM_TEXTS)
        ]
        + ["".join(choose.choices(choose.choice(alphabets[:4]), k=600)) for _ in range(LONG_TEXTS)],
    )
    yield (
        "posts",
        ["".join(choose.choices(FRAGMENTS, k=choose.randrange(12))) for _ in range(RANDOM_TEXTS)]
        + ["".join(choose.choices(FRAGMENTS, k=200)) for _ in range(LONG_TEXTS)],
    )


def known(text: str) -> bool:
    """Tell whether this Python's Unicode has all characters of a text and kayan treats them."""
    return not any(unicodedata.category(c) == "Cn" or c in WIDENING for c in text)


def compare() -> int:
    """Write the table; return how many differences there are."""
    kinds = dict(inputs())
    rows, total = [], 0
    for pair in pairs():
        counts, differences = dict.fromkeys(("single", "pairs", "random"), 0), []
        for kind in pair.kinds:
            compared = [text for text in kinds[kind] if known(text)] if pair.unicode else kinds[kind]
            counts["random" if kind == "posts" else kind] = len(compared)
            differences += [
                text
                for text in compared
                if outcome(lambda: pair.theirs(text)) != outcome(lambda: pair.ours(text))  # noqa: B023
            ]
        total += len(differences)
        for text in differences[:5]:
            both = [ascii(outcome(lambda: one(text))) for one in (pair.theirs, pair.ours)]  # noqa: B023
            print(pair.name, ascii(text), *both, file=sys.stderr)
        cells = [f"`{pair.name}`", pair.tool, f"`{pair.profile}`" if pair.profile else ""]
        cells += [f"{count:,}" if count else "" for count in counts.values()]
        rows.append("| " + " | ".join([*cells, str(len(differences)), pair.note]) + " |")
        print(rows[-1], flush=True)
    for call in matchers():
        if not call.note:
            total += len(call.differences)
            for text in call.differences[:5]:
                print(call.name, ascii(text), file=sys.stderr)
        cells = [f"`{call.name}`", call.tool, "", "", "", f"{call.compared:,}"]
        rows.append("| " + " | ".join([*cells, f"{len(call.differences):,}", call.note]) + " |")
        print(rows[-1], flush=True)
    numbers = {"{constants}": str(constants()), "{programs}": str(programs())}
    versions = f"CPython {platform.python_version()}, whose Unicode is {unicodedata.unidata_version}"
    text = TEMPLATE.replace("{rows}", "\n".join(rows)).replace("{versions}", versions)
    for name, number in numbers.items():
        text = text.replace(name, number)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text, encoding="utf-8")
    return total


TEMPLATE = """\
# Parity with other tools

The parity profiles of `kayan.Normalizer` do what another tool does, character for character, also where the
tool is odd. `kayan.compat` has them under the tool's own function names, so that a changed import is the
whole migration:

| modules of the tool | module here |
|---|---|
| `camel_tools.utils.dediac`, `.normalize`, `.charmap` | `kayan.compat.camel` |
| `pyarabic.araby`, and three functions of `pyarabic.normalize` | `kayan.compat.pyarabic` |
| `org.apache.lucene.analysis.ar`, `.fa`, `.core` | `kayan.compat.lucene` |
| `arabert.preprocess`, for the models that need no Farasa | `kayan.compat.arabert` |
| `flashtext` | `kayan.compat.flashtext` |
| `ahocorasick` of pyahocorasick | `kayan.compat.pyahocorasick` |

<!-- not run: CAMeL Tools is not among the libraries of the tests -->

```python
from camel_tools.utils.dediac import dediac_ar  # before
from kayan.compat.camel import dediac_ar  # after
```

They are for results that must stay as they are: an index that is already built, a model that was trained on
such text. For new work take our own profiles. These treat decomposed letters otherwise than composed ones,
as the tools do, and `camel.arclean`, as there, may change a text again when it is run twice (⁋ gives ¶,
which it deletes).

## Compared

Written by `make parity`, which installs the tools and compares every function on each code point of planes
0 to 2 alone, each code point of the Arabic blocks before and behind a letter, every pair of the characters
that some function names, and random texts of up to 24 characters and of 600, lone surrogates included;
matchers on random dictionaries and texts. A call that fails there must fail here. Last run with {versions}.

| function | tool | profile | single | pairs | random | differences | compared on |
|---|---|---|---:|---:|---:|---:|---|
{rows}

## What to know

- **Lucene is Java**: its rows compare with a slow implementation of its published tables
  (`tests/reference/parity.py`), not with Lucene. Outputs of Lucene 8.7.0 itself are among the test cases
  (`tests/data/normalization/parity.jsonl`). Its filters see one token at a time; these tables don't depend
  on that.
- **Versions of Unicode**: `normalize_unicode` of CAMeL Tools normalizes by the Unicode of the Python that it
  runs in, `DecimalDigitFilter` by that of Java; ours are of Unicode 18. So `normalize_unicode` is compared on
  characters which that Python knows.
- **Seven ideographs stay** in `normalize_unicode`: U+FA6C, U+FACF, U+FAD0, U+FAD1, U+FAD5, U+FAD6, U+FAD7.
  What they decompose to lies beyond U+FFFF, and kayan puts no such character into a text that has none. They
  are left out of the comparison.
- **All of `pyarabic.araby`**: its functions take the same parameters, None gives what it gives there, and
  its {constants} constants are the same. Where a function fails on what is no str, with an AttributeError or
  otherwise, ours raises TypeError. Columns with nulls go through
  `kayan.normalize(column, "pyarabic.strip_tashkeel")`.
- **`iter_long` of pyahocorasick** is meant to find the longest of the keys that begin first, and then to go
  on behind it. It may miss a key that stands inside the beginning of a longer one which the text does not
  complete, and then differ in what follows. Ours finds what is meant; the tests
  compare it with a slow search (`tests/python/test_compat_matchers.py`).
- **`iter` with an end behind that of the text**: pyahocorasick reads beyond the text then; ours ends with it.
- **Exceptions of `CharMapper`** have the names and attributes that they have in CAMeL Tools; their messages
  are our own, and what is no object in a JSON file is a TypeError and not an AttributeError.
- **Programs**: {programs} programs written for PyArabic, flashtext and pyahocorasick (`tests/programs`) print
  the same with a changed import.
- **Not offered**: AraBERT's models with segmentation, which need Farasa, AraBERTv01 and the models for
  tweets, which depend on a list of emoji; of pyahocorasick, keys that are sequences of numbers, `dump`,
  `get_stats` and its file format; the trie of flashtext (`keyword_trie_dict`); Lucene's `SoraniNormalizer`
  and stemmer, which need the position in a token; CAMeL Tools' functions for transliterated text; of PyArabic
  `normalize.normalize_hamza` and the modules `number`, `unshape`, `trans` and their like.
"""


def main() -> None:
    if "--compare" not in sys.argv:
        import kayan

        python = install()
        package = str(Path(kayan.__file__).parent.parent)
        paths = os.pathsep.join([package, str(ROOT / "tests")])
        done = subprocess.run(
            [python, __file__, "--compare"], env={**os.environ, "PYTHONPATH": paths}, check=False
        )
        sys.exit(done.returncode)
    differences = compare()
    print(f"{TARGET.relative_to(ROOT)}: {differences} differences")
    sys.exit(min(differences, 1))


if __name__ == "__main__":
    main()
