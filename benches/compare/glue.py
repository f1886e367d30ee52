"""The same work as a matcher's, glued from what there was: the rival of row 9.

Folding in Python with an index list back to the original, ahocorasick_rs for all overlapping hits, a filter for
whole words, and mapping back. It does what `OPTIONS` leave of a matcher: no clitics, no stop words.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from peers import load

OPTIONS: dict[str, Any] = {
    "clitics": "off",
    "stop_words": False,
    "common_words": False,
    "overlap": "all",
    "script_boundary": False,
}
LETTERS = str.maketrans("أإآٱىةکیہھە_", "اااايهكيههه ")
MARKED = {"و\u0654": "ؤ", "ي\u0654": "ئ"}  # ARABIC HAMZA ABOVE
TATWEEL = "\u0640"
# Format characters that are more than controls of text: SOFT HYPHEN, Arabic signs before numbers, END OF AYAH.
SEEN = "\u00ad\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"


def is_mark(c: str) -> bool:
    return unicodedata.category(c) in ("Mn", "Me")


class Folds(dict[str, str]):
    """What each character becomes, worked out when it is first seen."""

    def __missing__(self, c: str) -> str:
        unseen = unicodedata.category(c) == "Cf" and c not in SEEN
        if unseen or c == TATWEEL or (is_mark(c) and "\u0600" <= c <= "\u08ff"):
            folded = ""
        else:
            wide = "\ufb50" <= c <= "\ufdff" or "\ufe70" <= c <= "\ufefc" or "\uff00" <= c <= "\uffef"
            letters = unicodedata.normalize("NFKC", c) if wide else c
            folded = "".join(self.letter(s) for s in letters if not (is_mark(s) and s > "\u0600"))
        self[c] = folded
        return folded

    @staticmethod
    def letter(s: str) -> str:
        """Return the folded form of one letter."""
        s = s.translate(LETTERS)
        if s.isspace():
            return " "
        if unicodedata.category(s) == "Nd":
            return str(unicodedata.digit(s))
        return s.casefold() if len(s.casefold()) == 1 else s.lower()


FOLDS = Folds()


def fold(text: str) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its characters where it came from."""
    letters: list[str] = []
    sources: list[int] = []
    last = ""
    for at, c in enumerate(text):
        folded = FOLDS[c]
        if len(folded) == 1:
            if folded == " " == last:
                continue
            letters.append(folded)
            sources.append(at)
            last = folded
        elif folded:
            letters += folded
            sources += [at] * len(folded)
            last = folded[-1]
        elif c == "\u0654" and last + c in MARKED:
            letters[-1] = last = MARKED[last + c]
    return "".join(letters), sources


class Glue:
    """A matcher by hand."""

    def __init__(self, names: list[str]) -> None:
        rs = load("ahocorasick_rs")
        forms: dict[str, list[int]] = {}
        for entry, name in enumerate(names):
            forms.setdefault(fold(name)[0].strip(), []).append(entry)
        self.entries = list(forms.values())
        self.automaton = rs.AhoCorasick(list(forms))

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Return start, end and entry of each match."""
        folded, sources = fold(text)
        found = []
        for form, i, j in self.automaton.find_matches_as_indexes(folded, overlapping=True):
            if (i and folded[i - 1].isalnum()) or (j < len(folded) and folded[j].isalnum()):
                continue
            start, end = sources[i], sources[j - 1] + 1
            while end < len(text) and (text[end] == TATWEEL or is_mark(text[end])):
                end += 1
            found += [(start, end, entry) for entry in self.entries[form]]
        return found
