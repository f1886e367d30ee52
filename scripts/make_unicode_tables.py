"""Write `src/script/tables.rs`: the character classes of Unicode 18 that matching and normalizing need.

Usage: ``pip install unicodedata2==18.0.0 && python scripts/make_unicode_tables.py``

Case folding comes from the running Python's own tables; it differs from lower case in characters that
have not changed for years.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import unicodedata2 as ucd

TARGET = Path(__file__).parent.parent / "src" / "script" / "tables.rs"
SURROGATES = range(0xD800, 0xE000)


def ranges(holds: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    start = None
    for cp in range(0x110001):
        inside = cp < 0x110000 and cp not in SURROGATES and holds(chr(cp))
        if inside and start is None:
            start = cp
        elif not inside and start is not None:
            yield start, cp - 1
            start = None


def is_word(c: str) -> bool:
    return ucd.category(c)[0] == "L" or ucd.numeric(c, None) is not None


def digit_zeros() -> list[int]:
    return [cp for cp in range(0x110000) if ucd.category(chr(cp)) == "Nd" and ucd.digit(chr(cp)) == 0]


def folds() -> Iterator[tuple[int, int]]:
    for cp in range(0x110000):
        c = chr(cp)
        folded = c.casefold()
        if len(folded) == 1 and folded != c.lower():
            yield cp, ord(folded)


def table(name: str, doc: str, rows: list[str], kind: str) -> str:
    lines, line = [], "   "
    for row in rows:
        if len(line) + len(row) + 2 > 100:
            lines.append(line)
            line = "   "
        line += f" {row},"
    lines.append(line)
    body = "\n".join(lines)
    return f"/// {doc}\npub(crate) static {name}: &[{kind}] = &[\n{body}\n];\n"


def range_rows(pairs: Iterator[tuple[int, int]]) -> list[str]:
    return [f"(0x{a:X}, 0x{b:X})" for a, b in pairs]


def main() -> None:
    latin = ranges(lambda c: ucd.category(c)[0] == "L" and ucd.name(c, "").startswith("LATIN"))
    parts = [
        "//! Character classes of Unicode, as inclusive ranges.\n"
        "//! Made by `scripts/make_unicode_tables.py`; do not edit.\n",
        f"/// Version of the Unicode Character Database behind these tables.\n"
        f'pub(crate) const UNICODE_VERSION: &str = "{ucd.unidata_version}";\n',
        table(
            "MARKS",
            "General category Mn, Mc or Me.",
            range_rows(ranges(lambda c: ucd.category(c) in ("Mn", "Mc", "Me"))),
            "(u32, u32)",
        ),
        table(
            "WORD",
            "Letters (general category L) and everything with a numeric value.",
            range_rows(ranges(is_word)),
            "(u32, u32)",
        ),
        table("LATIN", "Letters whose name starts with LATIN.", range_rows(latin), "(u32, u32)"),
        table(
            "DIGIT_ZEROS",
            "The zero of each run of ten decimal digits (general category Nd).",
            [f"0x{cp:X}" for cp in digit_zeros()],
            "u32",
        ),
        table(
            "CASE_FOLDS",
            "Where simple case folding differs from lower case.",
            [f"(0x{a:X}, 0x{b:X})" for a, b in folds()],
            "(u32, u32)",
        ),
    ]
    TARGET.write_text("\n".join(parts), encoding="utf-8")
    print(
        f"{TARGET.name}: Unicode {ucd.unidata_version}; case folding of Unicode {unicodedata.unidata_version}"
    )


if __name__ == "__main__":
    main()
