"""The texts and the dictionary that are measured: of a folder of the user's, or made ones.

A folder has ``corpus/mixed*.txt.gz``, ``corpus/vocalized*.txt.gz`` and ``corpus/tweets*.txt.gz``, a text a line,
and ``gazetteers/1m.tsv.gz``, a name, a tab and a label a line. Smaller dictionaries are its first lines.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SIZES = (1_000, 10_000, 100_000, 1_000_000)
# By how much `--quick` reduces everything.
QUICK = 50


@dataclass(frozen=True)
class Corpora:
    """Where the texts are, what they are, and how many times less than all of it is measured."""

    folder: Path
    about: str
    scale: int = 1
    # Reads one text of this many: `scale`, unless the folder is already that much smaller.
    step: int = 1

    @cache  # noqa: B019 - lives as long as the program
    def texts(self, kind: str) -> list[str]:
        """Return the texts of a kind: `mixed`, `vocalized` or `tweets`."""
        (path,) = self.folder.glob(f"corpus/{kind}*.txt.gz")
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
            return [line.rstrip("\n") for number, line in enumerate(file) if number % self.step == 0]

    @cache  # noqa: B019
    def sample(self, size: int, kind: str = "mixed") -> list[str]:
        """Return about `size` bytes of the texts of a kind, from all parts of it."""
        texts = self.texts(kind)
        return texts[:: max(1, round(megabytes(texts) * 1e6 * self.scale / size))]

    @cache  # noqa: B019
    def names(self, size: int) -> list[tuple[str, str]]:
        """Return names with labels: of the dictionary of `size`, or as many times less as is measured."""
        with gzip.open(self.folder / "gazetteers/1m.tsv.gz", "rt", encoding="utf-8") as file:
            lines = (line.rstrip("\n").split("\t")[:2] for line in file)
            return [(name, label) for (name, label), _ in zip(lines, range(size // self.scale), strict=False)]

    def describe(self) -> str:
        """Return what was measured, for the heading of a table."""
        kinds = {"mixed": "mixed", "vocalized": "vowelled", "tweets": "tweets"}
        sizes = ", ".join(f"{megabytes(self.texts(k)):.2g} MB {name}" for k, name in kinds.items())
        return f"{self.about}: {sizes}; {len(self.names(SIZES[-1])):,} names"


def megabytes(texts: list[str]) -> float:
    """Return the size of texts in UTF-8, in millions of bytes."""
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in map(fresh_copy, texts)) / 1e6


def fresh(texts: list[str]) -> list[str]:
    """Return new str objects: CPython keeps the UTF-8 of one once it has encoded it."""
    return [fresh_copy(text) for text in texts]


def fresh_copy(text: str) -> str:
    return text[:1] + text[1:]


def made(scale: int) -> Corpora:
    """Return the made texts, which are written on first use."""
    folder = ROOT / "target" / f"bench-data-{scale}"
    if not (folder / "corpus/tweets.txt.gz").exists():
        maker = ROOT / "benches/peers/make_data.py"
        subprocess.run([sys.executable, maker, folder, "--scale", str(scale)], check=True)
    return Corpora(folder, "texts made of this repository's words (`benches/peers/make_data.py`)", scale)
