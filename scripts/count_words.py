r"""Count the one-word names of our gazetteers in Arabic text that we may use.

A name that is frequent in texts about something else is an ordinary word too, and ``build_gazetteers.py``
flags it as ambiguous. The texts are the translated messages of published packages under permissive licences;
only numbers go into the repository, in ``scripts/gazetteer_tables/word_counts.tsv``.

Usage
-----
In a virtual environment with what ``build_gazetteers.py`` needs::

    pip download --no-deps --only-binary :all: --dest texts django==5.2.19 djangorestframework==3.18.3 \
        django-allauth==65.21.1 wagtail==8.0.1 sphinx==9.0.4 wtforms==3.3.2 kolibri==0.19.5 \
        apache-superset==6.1.0
    python scripts/count_words.py texts
"""

from __future__ import annotations

import csv
import gettext
import io
import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from build_gazetteers import MARKS, OUT, TABLES, light_fold, split

# Their licences: BSD-3-Clause, BSD-3-Clause, MIT, BSD-3-Clause, BSD-2-Clause, BSD-3-Clause, MIT, Apache-2.0.
TEXTS = (
    "django-5.2.19",
    "djangorestframework-3.18.3",
    "django_allauth-65.21.1",
    "wagtail-8.0.1",
    "sphinx-9.0.4",
    "wtforms-3.3.2",
    "kolibri-0.19.5",
    "apache_superset-6.1.0",
)
MIN_WORDS = 3  # a message of fewer words may be a name alone, as in a list of countries
WORD = re.compile("[\u0621-\u063a\u0641-\u064a]+")
ARABIC = re.compile(r"/ar/.*\.(?:mo|json)$")


def strings(content: object) -> Iterator[str]:
    """Yield the strings in what was read from JSON."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, (dict, list)):
        for part in content.values() if isinstance(content, dict) else content:
            yield from strings(part)


def messages(wheel: Path) -> Iterator[str]:
    """Yield the Arabic messages of a package, each once."""
    seen: set[str] = set()
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            if not ARABIC.search(name):
                continue
            data = archive.read(name)
            if name.endswith(".mo"):
                catalog = gettext.GNUTranslations(io.BytesIO(data))._catalog.values()  # type: ignore[attr-defined]
            else:
                catalog = strings(json.loads(data))
            for message in catalog:
                if message not in seen:
                    seen.add(message)
                    yield message


def main() -> None:
    names = set()
    for path in sorted(OUT.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                names |= {
                    light_fold(form) for form in (row["name"], *split(row["aliases"])) if " " not in form
                }
    counts: Counter[str] = Counter()
    total = 0
    for text in TEXTS:
        wheels = sorted(Path(sys.argv[1]).glob(f"{text}-*.whl"))
        if len(wheels) != 1:
            raise SystemExit(f"expected one wheel of {text} in {sys.argv[1]}, found {len(wheels)}")
        for message in messages(wheels[0]):
            words = [light_fold(word) for word in WORD.findall(MARKS.sub("", message))]
            if len(words) >= MIN_WORDS:
                total += len(words)
                counts.update(word for word in words if word in names)
    lines = [
        "# How often one-word names occur in translated messages of published packages; made by"
        f" scripts/count_words.py. {total} words were counted, folded.",
        "word\tcount",
        *(f"{word}\t{count}" for word, count in sorted(counts.items())),
    ]
    (TABLES / "word_counts.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{total} words, {len(counts)} of our names")


if __name__ == "__main__":
    main()
