"""Compare kayan's parity profiles with the tools themselves and write `docs/parity.md`.

Usage: ``make parity``, or ``python scripts/parity.py`` where kayan is installed.

The tools are installed into an environment of their own, `.venv-parity`, and imported there beside the
kayan of the Python that runs this. Lucene is Java: it is compared with a slow implementation of its
published tables.
"""

from __future__ import annotations

import os
import platform
import random
import subprocess
import sys
import unicodedata
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "parity.md"
ENVIRONMENT = ROOT / ".venv-parity"
TOOLS = ["pyarabic==0.6.15", "six", "emoji", "unicodedata2==18.0.0"]
# All that it declares would be a gigabyte of machine learning; its `utils` import `six` and `emoji`.
TOOLS_ALONE = ["camel-tools==1.6.0"]

RANDOM_TEXTS = 40_000
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
WIDENING = set("\ufa6c\ufacf\ufad0\ufad1\ufad5\ufad6\ufad7")


class Pair(NamedTuple):
    """A function of a tool and ours."""

    name: str
    tool: str
    theirs: Callable[[str], str]
    profile: str
    ours: Callable[[str], str]
    note: str = ""
    unicode: bool = False


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
    return found


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
    alphabets = [HOT, HOT, LETTERS + HOT[-40:], arabic, every]
    yield (
        "random",
        [
            "".join(choose.choices(choose.choice(alphabets), k=choose.randrange(25)))
            if choose.random() < 0.5
            else "".join(choose.choice(choose.choice(alphabets)) for _ in range(choose.randrange(13)))
            for _ in range(RANDOM_TEXTS)
        ],
    )


def known(text: str) -> bool:
    """Tell whether this Python's Unicode has all characters of a text and kayan treats them."""
    return not any(unicodedata.category(c) == "Cn" or c in WIDENING for c in text)


def compare() -> int:
    """Write the table; return how many differences there are."""
    kinds = dict(inputs())
    rows, total = [], 0
    for pair in pairs():
        counts, differences = {}, []
        for kind, texts in kinds.items():
            compared = [text for text in texts if known(text)] if pair.unicode else texts
            counts[kind] = len(compared)
            differences += [text for text in compared if pair.theirs(text) != pair.ours(text)]
        total += len(differences)
        for text in differences[:5]:
            print(pair.name, ascii(text), ascii(pair.theirs(text)), ascii(pair.ours(text)), file=sys.stderr)
        cells = [f"`{pair.name}`", pair.tool, f"`{pair.profile}`"]
        cells += [f"{count:,}" for count in counts.values()]
        rows.append("| " + " | ".join([*cells, str(len(differences)), pair.note]) + " |")
        print(rows[-1], flush=True)
    versions = f"CPython {platform.python_version()}, whose Unicode is {unicodedata.unidata_version}"
    text = TEMPLATE.replace("{rows}", "\n".join(rows)).replace("{versions}", versions)
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
| `camel_tools.utils.dediac`, `.normalize`, `.charmap` (`arclean`) | `kayan.compat.camel` |
| `pyarabic.araby`, `pyarabic.normalize` | `kayan.compat.pyarabic` |
| `org.apache.lucene.analysis.ar`, `.fa`, `.core` | `kayan.compat.lucene` |

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
that some function names, and random texts of up to 24 characters, lone surrogates included. Last run with
{versions}.

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
- **Only `str`**: where a function of PyArabic returns None for None, ours raises TypeError. Columns with
  nulls go through `kayan.normalize(column, "pyarabic.strip_tashkeel")`.
- **Not offered**: AraBERT's preprocessor. It is a pipeline of regular expressions over URLs, HTML entities
  and what the running Python takes for a word or a digit. To equal it means to carry that Python's character
  classes and a table of 2,231 entities into the core, and one of its expressions takes exponential time. Nor
  are Lucene's `SoraniNormalizer` and stemmer here, which need the position in a token, CAMeL Tools' functions
  for transliterated text, and of PyArabic `strip_lastharaka`, `normalize.normalize_hamza` and the functions
  that reduce or correct vowels.
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
