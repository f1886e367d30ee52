"""What each matching option means: brute force, slow on purpose, exact, and the other side of the property tests.

Read it when a case in `tests/data/matching` surprises you. Spans are code points of the original text, half-open;
clitics are not in the span but in `prefix`.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import regex
import unicodedata2

from . import alignment, coreference, normalization

Options = dict[str, Any]

DEFAULTS: Options = {
    "profile": "match",  # any profile of normalization, with the operations below it
    "overlap": "longest",  # longest | all | priority
    "boundary": "word",  # word | none
    "whitespace": "any",  # any | inline: a name may not cross a line break
    "script_boundary": True,  # a word ends between Arabic and Latin letters, and between Arabic letters and digits
    "clitics": "safe",  # off | safe: و ف ب ل | all: ك too
    "article": False,  # also allow a bare ال before the entry
    "min_stem": 3,
    "stop_words": True,
    "never_split": (),
    "common_words": True,  # words that are not read as clitics and a name: True for the package's list, or a list
    "enclitics": False,  # attached pronouns after the entry
    "name_variants": (),  # see `_rewritings`
    "duplicates": "priority",  # priority: of entries on one span, those of the greatest | all | first
    "require_context": True,  # an ambiguous name needs a trigger before it or a surer name of its entry
    "name_rules": True,  # rules compose names of words of lists
    "coreference": True,  # see `coreference`
}
# What `True` means for an operation.
PARAMETERS: dict[str, Any] = {
    "presentation_forms": "attach",
    "tatweel": "all",
    "dagger": "spelling",
    "hamza": "carrier",
    "digits": "ascii",
    "elongation": 2,
    "diacritics": normalization.DEFAULT_CLASSES,
}
STOP_WORDS = set(
    "على إلى الى حتى أن إن بأن فإن لأن كأن وأن وإن أنا إنا إذا إلا ألا لا ما لم لن هل بل بلا ولا فلا كلا "  # noqa: SIM905
    "بين لدى كان كل ولي في من عن مع هو هي".split()
)
FREQUENT_WORDS = tuple(
    (Path(__file__).parents[2] / "src/script/frequent_words.txt").read_text(encoding="utf-8").split()
)
ENCLITICS = ("هما", "كما", "كم", "كن", "هم", "هن", "ها", "نا", "ني", "ه", "ك", "ي")
PARTICLES = ("عبد", "ابو", "ابي", "ابا", "ام")
NAME_VARIANTS = ("compound", "kunya", "ibn", "joined", "patronymic", "numbers")
PATRONYMICS = ("بن", "ابن", "بنت", "ابنة")
SECOND_PARTS = ("الدين", "الدین", "ٱلدين", "الله", "اللہ", "اللە", "ٱلله")
TATWEEL = "\u0640"
ZWNJ, ZWJ = "\u200c", "\u200d"


class Folded:
    """One character of the folded text, and where it came from.

    `start` and `end` are code points of the original text; `part` of `parts` says which of the characters it is that
    one original character became.
    """

    def __init__(self, char: str, start: int, end: int, part: int, parts: int) -> None:
        self.char, self.start, self.end, self.part, self.parts = char, start, end, part, parts


def fold_options(o: Options) -> Options:
    """The operations of a matcher: those of its profile, which always compose and, unless `none` of the rest, also
    look through what has no width, and what the options say."""
    profile = o.get("profile", "match")
    folds = {**normalization.FOLDS[profile], "nfc": True, "joins_emoji": False, "invisibles": True}
    folds |= {"underscore_is_space": True, "signs": True, "case": folds["alef"]}
    for name in normalization.NONE.keys() & o.keys():
        value = o[name]
        if name == "diacritics" and value is False:
            value = ()
        value = tuple(value) if isinstance(value, list) else value
        folds[name] = PARAMETERS.get(name, True) if value is True else value
    return folds


def _is_mark(c: str) -> bool:
    return unicodedata2.category(c) in ("Mn", "Mc", "Me")


def _extends(c: str) -> bool:
    """Whether a character belongs to the one before it and ends no word (UAX #29, WB4)."""
    return _is_mark(c) or c in (ZWNJ, ZWJ)


def _is_zero_width(c: str) -> bool:
    return c in normalization.ZERO_WIDTH_SEEN or "\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069"


LINE_BREAKS = "\n\r\u2028\u2029\x0b\x0c\x85"


def fold(text: str, o: Options, *, is_name: bool = False) -> list[Folded]:
    """The folded text: each run of white space is a blank, a line break or, with an empty line, a paragraph break."""
    traced = alignment.trace_fold(text, fold_options(o))
    out: list[Folded] = []
    for t in traced:
        if t.char.isspace() and out and out[-1].char == " ":
            out[-1].end = max(out[-1].end, t.end)
        else:
            out.append(Folded(" " if t.char.isspace() else t.char, t.start, t.end, 0, 1))
    for f in out:
        lines = len(re.findall("\r\n|[" + LINE_BREAKS + "]", text[f.start : f.end])) if f.char == " " else 0
        if lines > 1 and not is_name:
            f.char = "\u2029"
        elif lines and o["whitespace"] == "inline":
            f.char = "\n"
    # Several characters may come from one, and one that begins or ends among them is not whole.
    for k, f in enumerate(out):
        if k and out[k - 1].start == f.start:
            f.part = out[k - 1].part + 1
    for k in range(len(out) - 1, -1, -1):
        follows = k + 1 < len(out) and out[k + 1].start == out[k].start
        out[k].parts = out[k + 1].parts if follows else out[k].part + 1
    return out


_FOLDED: dict[tuple[str, str, str], str] = {}


def _folded_text(text: str, o: Options) -> str:
    """A name or a word of a list as it is compared; kept, since the lists are the same for every text."""
    key = text, repr(sorted(fold_options(o).items())), o["whitespace"]
    if key not in _FOLDED:
        _FOLDED[key] = "".join(f.char for f in fold(text, o, is_name=True))
    return _FOLDED[key]


KUNYAS = ("ابو", "ابي", "ابا")


def _words(name: str, o: Options) -> list[tuple[int, int]]:
    """The words of a folded name."""
    t = _Text("", o)
    t.s = name
    words = []
    k = 0
    while k < len(name):
        end = t.word_end(k)
        if end > k:
            words.append((k, end))
        k = max(end, k + 1)
    return words


def _is_first_part(word: str) -> bool:
    """Whether الدين or الله may belong to the word before it."""
    return len(word) >= 2 and word not in _proclitics("all")


def _rewritings(name: str, o: Options) -> Any:
    """The names that one change makes of a name: a particle joined with the next word or taken apart from it, one form
    of أبو for another, ابن for بن, الدين and الله joined with the word before or taken apart from it, another sign
    or none between a word and its number."""
    words = _words(name, o)
    second_parts = [_folded_text(word, o).strip() for word in SECOND_PARTS]
    variants = o["name_variants"]
    for k, (i, j) in enumerate(words):
        goes_on = k + 1 < len(words) and name[j] == " " and words[k + 1][0] == j + 1
        if "ibn" in variants and k and goes_on and name[i:j] in ("بن", "ابن"):
            yield name[:i] + ("ابن" if name[i:j] == "بن" else "بن") + name[j:]
        if "joined" in variants:
            if goes_on and _is_first_part(name[i:j]) and name[slice(*words[k + 1])] in second_parts:
                yield name[:j] + name[j + 1 :]
            part = next((part for part in second_parts if name[i:j].endswith(part)), None)
            if part is not None and _is_first_part(name[i : j - len(part)]):
                yield name[: j - len(part)] + " " + name[j - len(part) :]
        for cut in range(min(3, j - i)):
            if name[i : i + cut] not in _proclitics("all") | {""}:
                continue
            at, stem = i + cut, name[i + cut : j]
            if "kunya" in variants and goes_on and stem in KUNYAS:
                yield from (name[:at] + other + name[j:] for other in KUNYAS)
            if "compound" in variants:
                if goes_on and stem in PARTICLES:
                    yield name[:j] + name[j + 1 :]
                for particle in PARTICLES:
                    if stem.startswith(particle) and len(stem) >= len(particle) + 3:
                        yield name[: at + len(particle)] + " " + name[at + len(particle) :]
    if "numbers" in variants:
        yield from _number_rewritings(name, o)


def _number_rewritings(name: str, o: Options) -> Any:
    """The names with their last and their first number behind nothing, a blank or a hyphen."""

    def is_digit(c: str) -> bool:
        return unicodedata2.category(c) == "Nd"

    def is_letter(c: str) -> bool:
        return c != "" and _kind(c) is not None and not is_digit(c)

    signs = ["", " ", _folded_text("-", o).strip()]
    at = next((k for k in range(len(name), 0, -1) if not is_digit(name[k - 1])), 0)
    word, number = name[:at], name[at:]
    for sign in signs[:0:-1]:
        if sign and word.endswith(sign):
            word = word[: -len(sign)]
            break
    if number and is_letter(word[-1:]):
        yield from (word + sign + number for sign in signs)
    at = next((k for k, c in enumerate(name) if not is_digit(c)), len(name))
    number, word = name[:at], name[at:]
    for sign in signs[:0:-1]:
        if sign and word.startswith(sign):
            word = word[len(sign) :]
            break
    if number and is_letter(word[:1]):
        yield from (number + sign + word for sign in signs)


def _with_one_patronymic(name: str, start: int, added: list[str], o: Options) -> Any:
    """A name with one patronymic more or less behind a word that begins at `start` or later, and the place behind."""
    words = _words(name, o)
    patronymics = [_folded_text(word, o).strip() for word in PATRONYMICS]
    second_parts = [_folded_text(word, o).strip() for word in SECOND_PARTS]

    def follows(k: int) -> bool:
        """Whether word k + 1 stands behind word k and a blank."""
        return k + 1 < len(words) and name[words[k][1]] == " " and words[k + 1][0] == words[k][1] + 1

    def is_own(k: int) -> bool:
        word = name[slice(*words[k])]
        return all(_kind(c) == "Arabic" for c in word) and word not in patronymics

    for k, (i, j) in enumerate(words):
        if i < start or not follows(k) or not is_own(k) or name[i:j] in PARTICLES:
            continue
        behind = j + 1
        right = name[slice(*words[k + 1])]
        if right in patronymics:
            if follows(k + 1) and is_own(k + 2):
                yield name[:behind] + name[words[k + 2][0] :], behind
        elif is_own(k + 1) and right not in second_parts:
            yield from ((name[:behind] + one + " " + name[behind:], behind + len(one) + 1) for one in added)


MOST, MOST_WITH_PATRONYMICS = 64, 128


def spellings(name: str, o: Options) -> list[str]:
    """A folded name and all names that changes, one after the other, make of it, up to a limit.

    Patronymics come last, those with the fewest changes first: a place between two words that had none is given one,
    and one that had one loses it.
    """
    found = [name]
    if not o["name_variants"]:
        return found
    for spelling in found:
        for other in _rewritings(spelling, o):
            if len(found) < MOST and other not in found:
                found.append(other)
    if "patronymic" not in o["name_variants"]:
        return found
    patronymics = [_folded_text(word, o).strip() for word in PATRONYMICS]
    listed = found.copy()
    for added in (patronymics[:1], patronymics):
        level = [(spelling, 0) for spelling in listed]
        while level:
            others = []
            for spelling, at in level:
                for other, behind in _with_one_patronymic(spelling, at, added, o):
                    others.append((other, behind))
                    if other in found:
                        continue
                    if len(found) == MOST_WITH_PATRONYMICS:
                        return found
                    found.append(other)
            level = others
    return found


def _proclitics(mode: str) -> set[str]:
    if mode == "off":
        return set()
    prepositions = ["", "ب", "ل"] + (["ك"] if mode == "all" else [])
    return {conjunction + p for conjunction in ("", "و", "ف") for p in prepositions} - {""}


def _script(c: str) -> str:
    if "\u0600" <= c <= "\u08ff":
        return "Arabic"
    if c.isalpha() and unicodedata2.name(c, "").startswith("LATIN"):
        return "Latin"
    return "other"


def _kind(c: str) -> str | None:
    """What kind of word a character belongs to, if to any; two of the first two kinds are two words."""
    if not (unicodedata2.category(c)[0] == "L" or unicodedata2.numeric(c, None) is not None):
        return None
    if unicodedata2.category(c) == "Nd" or _script(c) == "Latin":
        return "Latin or digit"
    return "Arabic" if _script(c) == "Arabic" else "other"


def _written(s: str) -> str:
    """The letters as they are written, without folds: what stop words are compared with."""
    kept = (
        c
        for c in unicodedata2.normalize("NFKC", s)
        if not _is_mark(c) and c != TATWEEL and not _is_zero_width(c)
    )
    return "".join(kept)


def _is_cluster_boundary(text: str, at: int) -> bool:
    """Whether an extended grapheme cluster (UAX #29) begins or ends there."""
    ends = [m.end() for m in regex.finditer(r"\X", text)]
    return at in (0, len(text)) or at in ends


class _Text:
    """A folded text and its words."""

    def __init__(self, text: str, o: Options) -> None:
        self.text, self.o, self.folded = text, o, fold(text, o)
        self.s = "".join(f.char for f in self.folded)
        self.folds_marks = bool(fold_options(o)["diacritics"])
        self.fold = lambda word: _folded_text(word, o).strip()

    def _is_looked_over(self, c: str) -> bool:
        """A mark that stays in the fold but doesn't count at the end of a name."""
        return c in (ZWNJ, ZWJ) or (
            _is_mark(c) and self.folds_marks and ord(c) not in normalization.ARABIC_MARKS
        )

    def _kind_before(self, k: int) -> str | None:
        while k > 0 and _extends(self.s[k - 1]):
            k -= 1
        return _kind(self.s[k - 1]) if k > 0 else None

    def is_word(self, k: int) -> bool:
        return 0 <= k < len(self.s) and not self.is_boundary_at_both(k)

    def is_boundary_at_both(self, k: int) -> bool:
        """Whether the character is in no word."""
        return _kind(self.s[k]) is None and (not _extends(self.s[k]) or self.is_boundary(k))

    def is_boundary(self, k: int) -> bool:
        """Whether a word may begin or end between the characters k - 1 and k."""
        before = self._kind_before(k) if 0 < k <= len(self.s) else None
        if before is None:
            return True
        while k < len(self.s) and self._is_looked_over(self.s[k]):
            k += 1
        if k == len(self.s):
            return True
        if _extends(self.s[k]):
            return False
        after = _kind(self.s[k])
        if after is None:
            return True
        return self.o["script_boundary"] and {before, after} == {"Arabic", "Latin or digit"}

    def word_start(self, k: int) -> int:
        while k > 0 and not self.is_boundary(k):
            k -= 1
        return k

    def word_end(self, k: int) -> int:
        if not self.is_word(k):
            return k
        k += 1
        while k < len(self.s) and not self.is_boundary(k):
            k += 1
        return k

    def written(self, i: int, j: int) -> str:
        return _written(self.text[self.folded[i].start : self.folded[j - 1].end])

    def span(self, i: int, j: int) -> tuple[int, int] | None:
        """The characters of the original that became these, with what belongs to the last of them; None where that
        is a part of one character, as the fold or as a reader sees it."""
        first, last = self.folded[i], self.folded[j - 1]
        if first.part or last.part != last.parts - 1:
            return None
        start = first.start
        before = max((f.end for f in self.folded[:i]), default=0)
        while start > before and not _is_cluster_boundary(self.text, start):
            start -= 1
        end = self.end(j)
        whole = _is_cluster_boundary(self.text, start) and _is_cluster_boundary(self.text, end)
        return (start, end) if whole else None

    def end(self, j: int) -> int:
        """Where a span ends whose last character is before j: after marks, tatweel and removed letters."""
        last = j - 1
        end = self.folded[last].end
        while last and _extends(self.s[last]):
            last -= 1
            end = max(end, self.folded[last].end)
        while j < len(self.s) and self._is_looked_over(self.s[j]):
            end = max(end, self.folded[j].end)
            j += 1
        limit = self.folded[j].start if j < len(self.s) else len(self.text)
        while end < limit and (
            _extends(self.text[end]) or self.text[end] == TATWEEL or _kind(self.text[end]) is not None
        ):
            end += 1
        return end


def find(
    entries: list[dict[str, Any]],
    text: str,
    options: Options,
    *,
    triggers: list[dict[str, Any]] = [],  # noqa: B006
    word_lists: dict[str, list[str]] = {},  # noqa: B006
    rules: list[dict[str, Any]] = [],  # noqa: B006
    coreferences: list[str] = [],  # noqa: B006
    labels: list[str] | None = None,
) -> list[dict[str, Any]]:
    """The matches of `entries` (`pattern`, `aliases`, `ambiguous`, `label`, `priority`) in `text`, each with the index
    of its entry; those of rules count on from there.
    """
    o = {**DEFAULTS, **options}
    if o["name_variants"] == "all":
        o["name_variants"] = NAME_VARIANTS
    surfaces = [
        {**entry, "pattern": name, "entry": index, "ambiguous": name in entry.get("ambiguous", ())}
        for index, entry in enumerate(entries)
        for name in (entry["pattern"], *entry.get("aliases", ()))
    ]
    patterns = []
    for surface in surfaces:
        pattern = _folded_text(surface["pattern"], o).strip()
        if not pattern:
            raise ValueError(
                f"entry {surface['entry']} ({surface['pattern']!r}) is empty after normalization"
            )
        patterns.append(pattern)

    accepted = _accepted(surfaces, patterns, text, o)
    if o["require_context"]:
        accepted = _proved(accepted, surfaces, triggers, text, o)
    if o["duplicates"] == "priority":
        greatest: dict[tuple[int, int], int] = {}
        for m in accepted:
            span = m["start"], m["end"]
            greatest[span] = max(greatest.get(span, m["priority"]), m["priority"])
        accepted = [m for m in accepted if m["priority"] == greatest[m["start"], m["end"]]]
    if labels is not None:
        accepted = [m for m in accepted if m["label"] in labels]
    if o["name_rules"]:
        wanted = [
            rule
            for rule in enumerate(rules)
            if labels is None
            or not rule[1].get("label", "PERSON")
            or rule[1].get("label", "PERSON") in labels
        ]
        known = {(m["start"], m["end"]) for m in accepted}
        for rule, m in _composed(word_lists, wanted, text, o):
            m |= {"pattern": len(surfaces) + rule, "entry": len(entries) + rule}
            accepted += [m] if (m["start"], m["end"]) not in known else []

    # Several readings of one word: the one with the shortest prefix wins, the whole word first of all.
    shortest: dict[int, int] = {}
    for m in accepted:
        shortest[m["word_start"]] = min(shortest.get(m["word_start"], len(text)), m["prefix_length"])
    accepted = [m for m in accepted if m["prefix_length"] == shortest[m["word_start"]]]

    chosen = accepted if o["overlap"] == "all" else _without_overlaps(accepted, o)
    chosen.sort(key=_reading_order)
    # An entry that two of its names find at one place is found there once.
    places = [(m["start"], m["end"], m["entry"]) for m in chosen]
    chosen = [m for k, m in enumerate(chosen) if places[k] not in places[:k]]
    if o["coreference"] and coreferences and chosen:
        chosen = _with_later_mentions(chosen, surfaces, word_lists, set(coreferences), text, o, bool(rules))
    return [
        {
            **{k: m[k] for k in ("start", "end", "label", "prefix")},
            "suffix": m.get("suffix", ""),
            "pattern": m["entry"],
            "rule": m.get("rule"),
            "surface": text[m["start"] : m["end"]],
        }
        for m in chosen
    ]


def _with_later_mentions(
    chosen: list[dict[str, Any]],
    surfaces: list[dict[str, Any]],
    word_lists: dict[str, list[str]],
    labels: set[str],
    text: str,
    o: Options,
    has_rules: bool,
) -> list[dict[str, Any]]:
    t = _Text(text, o)
    guarded = STOP_WORDS if o["stop_words"] else set()

    def listed(*kinds: str) -> set[str]:
        return {_folded_text(word, o).strip() for kind in kinds for word in word_lists.get(kind, ())}

    # Words that lists hold and no list of names does, and those that are titles or ordinary words too.
    ordinary = listed(*word_lists) - listed("given", "family") | listed("title", "word")
    ordinary |= {_folded_text(word, o).strip() for word in guarded} | set(_common_words(o))
    ordinary |= {_folded_text(s["pattern"], o).strip() for s in surfaces if s["ambiguous"]}
    common = _common_words(o)

    def may_split(word: int, stem: int, end: int, elided: bool, goes_on: bool) -> bool:
        whole = t.s[word:end]
        if goes_on:  # a name of several words
            return t.s[word:stem] in _proclitics(o["clitics"]) and whole not in {
                _folded_text(other, o) for other in o["never_split"]
            }
        return (
            t.s[word:stem] in _proclitics(o["clitics"])
            and end - stem >= (3 if elided else o["min_stem"])
            and whole not in {_folded_text(other, o) for other in o["never_split"]}
            and whole not in common
            and not (whole[0] in "وف" and stem > word + 1 and whole[1:] in common)
            and t.written(word, end) not in guarded
        )

    for m in chosen:
        m.setdefault("suffix_end", m["end"])
    tokens = _tokens(word_lists, t) if has_rules and o["name_rules"] else []
    return coreference.later_mentions(chosen, labels, t, tokens, ordinary, may_split)


def _reading_order(m: dict[str, Any]) -> tuple[int, int, int]:
    return m["start"], -m["end"], m["pattern"]


def _without_overlaps(accepted: list[dict[str, Any]], o: Options) -> list[dict[str, Any]]:
    if o["overlap"] == "longest":
        ordered = sorted(accepted, key=_reading_order)
    else:
        ordered = sorted(
            accepted, key=lambda m: (-m["priority"], -(m["end"] - m["start"]), m["start"], m["pattern"])
        )
    out: list[dict[str, Any]] = []
    for m in ordered:
        clash = [x for x in out if x["start"] < m["end"] and m["start"] < x["end"]]
        same_span = bool(clash) and all((x["start"], x["end"]) == (m["start"], m["end"]) for x in clash)
        duplicate = (
            same_span
            and o["duplicates"] != "first"
            and (o["overlap"] != "priority" or clash[0]["priority"] == m["priority"])
        )
        if not clash or duplicate:
            out.append(m)
    return out


def _accepted(
    entries: list[dict[str, Any]], patterns: list[str], text: str, o: Options
) -> list[dict[str, Any]]:
    """The candidates that pass the tests of boundary, clitics and guard."""
    t = _Text(text, o)
    folded, s = t.folded, t.s
    is_word, is_boundary, word_start, word_end = t.is_word, t.is_boundary, t.word_start, t.word_end
    prefixes = _proclitics(o["clitics"])
    protected = {_folded_text(word, o) for word in o["never_split"]}
    common = _common_words(o)

    def prefix_before(i: int, j: int, pattern: str, assimilated: bool) -> str | None:
        """What stands attached in front of the candidate, or None where that is not a prefix or the word goes on."""
        prefix = ""
        if not is_boundary(j):
            if not o["enclitics"]:
                return None
            if s[j : word_end(j)] not in ENCLITICS:
                return None
        if not is_boundary(i):
            prefix = s[word_start(i) : i]
            clitic = prefix
            if o["article"] and not pattern.startswith("ال") and not assimilated:
                if prefix.endswith("ال"):
                    clitic = prefix[:-2]
                elif prefix.endswith("لل"):
                    clitic = prefix[:-1]
            if clitic != "" and clitic not in prefixes:
                return None
        elif not assimilated and o["script_boundary"] and i > 0 and is_word(i - 1):
            # A clitic in front of a name in Latin letters: reported as a prefix where it is one.
            before = s[word_start(i - 1) : i]
            if before in prefixes or (before.endswith("ال") and before[:-2] in prefixes | {""}):
                prefix = before
        if assimilated and not prefix.endswith("ل"):
            return None
        return prefix

    def is_guarded(
        i: int, j: int, pattern: str, written_pattern: str, prefix: str, assimilated: bool
    ) -> bool:
        one_word = " " not in pattern
        word_begin = i - len(prefix)
        word_stop = word_end(j - 1)
        if one_word and o["stop_words"]:
            word = t.written(word_begin, max(word_stop, word_begin + 1))
            stem = t.written(i, j)
            stop_words = _stop_words(o)
            if (word in stop_words or stem in stop_words) and stem != written_pattern:
                return True
            if prefix and word in stop_words:
                return True
        if one_word and not prefix:
            # Only folding makes it like the entry.
            word = t.written(word_begin, max(word_stop, word_begin + 1))
            if word in common.get(s[word_begin:word_stop], ()) and t.written(i, j) != written_pattern:
                return True
        if prefix and _kind(s[i]) == "Arabic":
            # The article in front makes the split safe and counts, but not where it was assimilated (لل).
            too_short = len(pattern) - 2 < 2 if assimilated else len(pattern) < o["min_stem"]
            if one_word and too_short:
                return True
            word = s[word_begin : word_end(i)]
            if word in protected:
                return True
            # A conjunction before a common word leaves it one.
            bare = word[1:] if word[0] in "وف" and len(prefix) > 1 else word
            if one_word and (word in common or bare in common):
                return True
        return False

    out = []
    for index, (entry, pattern) in enumerate(zip(entries, patterns, strict=True)):
        forms = []
        for spelling in spellings(pattern, o):
            forms.append((spelling, False, spelling))
            if spelling.startswith("ال") and prefixes:
                # ل before the article: the alef goes, and of three lams two are written.
                forms.append((spelling[2:] if spelling.startswith("الل") else spelling[1:], True, spelling))
        for form, assimilated, whole_form in forms:
            i = s.find(form)
            while i != -1:
                j = i + len(form)
                prefix: str | None = ""
                if o["boundary"] == "word":
                    prefix = prefix_before(i, j, whole_form, assimilated)
                    if prefix is not None and is_guarded(
                        i, j, whole_form, _written(entry["pattern"]), prefix, assimilated
                    ):
                        prefix = None
                # A match neither starts nor ends inside a character that became several.
                place = t.span(i, j) if prefix is not None else None
                if place is not None and not _is_strict(entry, text[slice(*place)], prefix or ""):
                    place = None
                if place is not None and prefix is not None:
                    start, end = place
                    attached = o["boundary"] == "word" and not is_boundary(j)
                    word_at = folded[i - len(prefix)].start if prefix else start
                    out.append(
                        {
                            "start": start,
                            "end": end,
                            "label": entry.get("label"),
                            "pattern": index,
                            "entry": entry["entry"],
                            "at": i,
                            "prefix": text[word_at:start],
                            "suffix": text[end : t.end(word_end(j))] if attached else "",
                            "word_start": word_at,
                            "prefix_length": len(prefix),
                            "priority": entry.get("priority", 0),
                        }
                    )
                i = s.find(form, i + 1)
    return out


def _is_strict(entry: dict[str, Any], here: str, prefix: str) -> bool:
    """Whether a span is spelled as closely as its entry asks for."""
    kinds, listed = entry.get("strict", ()), entry["pattern"].strip()
    if "no_clitics" in kinds and prefix:
        return False
    if "exact" in kinds:
        return unicodedata2.normalize("NFC", here) == unicodedata2.normalize("NFC", listed)
    letters = [[c for c in _written(s) if not c.isspace()] for s in (here, listed)]
    return all(
        ("hamza" not in kinds or not ({a, b} & set("أإآؤئ")) or a == b)
        and ("case" not in kinds or a.isupper() == b.isupper())
        for a, b in zip(*letters, strict=False)
    )


def _stop_words(o: Options) -> set[str]:
    if o["stop_words"] is True:
        return STOP_WORDS
    return {_written(word) for word in o["stop_words"] or ()}


def _common_words(o: Options) -> dict[str, list[str]]:
    """The common words as they are written, by what they fold to."""
    words = FREQUENT_WORDS if o["common_words"] is True else tuple(o["common_words"] or ())
    return _folded_words(words, tuple(sorted((k, v) for k, v in fold_options(o).items())), o["whitespace"])


@cache
def _folded_words(words: tuple[str, ...], folds: tuple[Any, ...], whitespace: str) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for word in words:
        out.setdefault(_folded_text(word, {**dict(folds), "whitespace": whitespace}), []).append(
            _written(word)
        )
    return out


def _assimilated(form: str) -> list[str]:
    """What is left of a word with the article behind ل."""
    return [form[2:] if form.startswith("الل") else form[1:]] if form.startswith("ال") else []


def _proved(
    accepted: list[dict[str, Any]],
    surfaces: list[dict[str, Any]],
    triggers: list[dict[str, Any]],
    text: str,
    o: Options,
) -> list[dict[str, Any]]:
    """The candidates without those of ambiguous names that nothing in the text speaks for."""
    t = _Text(text, o)
    unambiguous = [m for m in accepted if not surfaces[m["pattern"]]["ambiguous"]]
    sure = {m["entry"] for m in unambiguous}
    sure_spans = {(m["start"], m["end"]) for m in unambiguous}

    def is_announced(m: dict[str, Any]) -> bool:
        end = m["at"] - (m["at"] > 0 and t.s[m["at"] - 1] == " ")
        for group in triggers:
            if group.get("labels") is None or m["label"] in group["labels"]:
                if "ال*" in group["words"] and _has_article(t, end):
                    return True
                for word in group["words"]:
                    form = _folded_text(word, o).strip()
                    for written in (form, *_assimilated(form)):
                        start = end - len(written)
                        clitics = t.s[t.word_start(start) : start] if start >= 0 else ""
                        attached = clitics in _proclitics("all") | {""}
                        whole = written == form or clitics.endswith("ل")
                        if t.s[:end].endswith(written) and attached and whole:
                            return True
        return False

    return [
        m
        for m in accepted
        if not surfaces[m["pattern"]]["ambiguous"]
        or (m["entry"] in sure and (m["start"], m["end"]) not in sure_spans)
        or (m["prefix_length"] == 0 and is_announced(m))
    ]


WITHOUT_ARTICLE = (
    (Path(__file__).parents[2] / "src/script/without_article.txt").read_text(encoding="utf-8").split()
)


def _has_article(t: _Text, end: int) -> bool:
    """Whether the word that ends there is a noun with the article, behind clitics or not."""
    if end < 1 or not t.is_boundary(end):
        return False
    word = t.s[t.word_start(end - 1) : end]
    stems = [
        word[len(clitics) :]
        for clitics in _proclitics("all") | {""}
        if word.startswith(clitics + "ال") or (clitics.endswith("ل") and word.startswith(clitics + "ل"))
    ]
    functions = {_folded_text(other, t.o) for other in WITHOUT_ARTICLE}
    return bool(stems) and len(max(stems, key=len)) > 3 and max(stems, key=len) not in functions


class _Token:
    def __init__(self, word: int, start: int, end: int, kinds: set[str]) -> None:
        self.word, self.start, self.end, self.kinds = word, start, end, kinds


def _tokens(word_lists: dict[str, list[str]], t: _Text) -> list[_Token]:
    """The words of a text that are tokens, or words that nobody has listed: of the kind any, perhaps nisba."""
    o = t.o
    listed = [
        (spelling, kind, word)
        for kind, words in word_lists.items()
        for word in words
        for spelling in spellings(_folded_text(word, o).strip(), o)
    ]
    common = _common_words(o)
    guarded = _stop_words(o)
    ordinary = guarded | {word for words in common.values() for word in words}

    def first_word(form: str) -> str:
        f = _Text(form, {**o, "name_variants": ()})
        f.s = form
        return form[: f.word_end(0)]

    def token_at(i: int, assimilated: bool = False) -> _Token | None:
        word = t.s[i : t.word_end(i)]
        forms = [
            (form, kind)
            for whole, kind, _ in listed
            for form in (_assimilated(whole) if assimilated else [whole])
            if first_word(form) == word and t.s.startswith(form, i) and t.is_boundary(i + len(form))
        ]
        if not forms:
            return None
        longest = max((form for form, _ in forms), key=len)
        if longest == word and not assimilated:
            as_listed = {_written(given) for whole, _, given in listed if whole == word}
            written = t.written(i, i + len(word))
            if written in ordinary - as_listed:
                return None
        return _Token(i, i, i + len(longest), {kind for form, kind in forms if form == longest})

    def behind_clitics(i: int) -> _Token | None:
        end = t.word_end(i)
        for stem in range(i + 1, min(end, i + 3)):
            if t.s[stem - 1] not in "وفبلك":
                return None
            for assimilated in (False, True):
                if assimilated and t.s[stem - 1] != "ل":
                    continue
                token = token_at(stem, assimilated)
                if (
                    token
                    and t.s[i:stem] in _proclitics(o["clitics"])
                    and end - stem >= (3 if assimilated else o["min_stem"])
                    and t.s[i:end] not in {_folded_text(word, o) for word in o["never_split"]}
                    and t.s[i:end] not in common
                    and not (t.s[i] in "وف" and stem > i + 1 and t.s[i + 1 : end] in common)
                    and t.written(i, end) not in guarded
                ):
                    token.word = i
                    return token
        return None

    folded_ordinary = {_folded_text(word, o) for word in ordinary}
    known = {first_word(form) for form, _, _ in listed} | folded_ordinary
    out = []
    i = 0
    while i < len(t.s):
        end = t.word_end(i)
        token = (token_at(i) or behind_clitics(i)) if end > i else None
        word = t.s[i:end]
        if (
            not token
            and len(word) >= 3
            and word not in known
            and {_script(c) for c in word} == {"Arabic"}
            and not re.match("[وف]?(لل|(?<=[وف])ال|[بلك]ال)", word)
        ):
            token = _Token(i, i, end, {"any"})
            if re.fullmatch("ال..+ي", word, re.DOTALL):
                token.kinds |= {"nisba"}
            elif (
                not word.startswith("ال")
                and _is_loan(word)
                and not (word[0] in "وفبلك" and word[1:] in folded_ordinary)
            ):
                token.kinds |= {"loan"}
        if token:
            out.append(token)
        i = token.end if token else max(end, i + 1)
    return out


def _is_loan(word: str) -> bool:
    """Whether an unlisted word looks like a name from another language."""
    stem = word[1:]
    return bool(
        re.search("[اوي]", stem)
        and not re.search("[عحصضظذقء]", word)
        and not re.search("(ه|ها|هم|هن|ات)$", word)
        and not re.match("[ول][^اوي]", word)
        and not re.match("م[^اوي].*ا$", word)
        and not re.fullmatch("[يتن][^اوي]*ون", word)
        and not (len(word) <= 5 and re.match("ي[^اوي]", word))
    )


def _items(pattern: str) -> list[tuple[list[list[str]], str, bool]]:
    """The items of a rule: alternatives, each a kind and those it must not be; how often; whether in the span."""
    out = []
    inside = "[" not in pattern
    for word in pattern.replace("[", " [ ").replace("]", " ] ").split():
        if word in "[]":
            inside = word == "["
        else:
            times = word[-1] if word[-1] in "?*+" else ""
            alternatives = [kinds.split("!") for kinds in word.rstrip("?*+").split("|")]
            out.append((alternatives, times, inside))
    return out


def _attached(token: _Token, t: _Text) -> int:
    """How many letters at the start of an unlisted word are clitics."""
    o = t.o
    common = _common_words(o)
    word = t.s[token.word : token.end]
    for cut in (2, 1):
        if (
            all(letter in "وفبلك" for letter in word[:cut])
            and len(word) - cut >= 4
            and word[:cut] in _proclitics(o["clitics"])
            and len(word) - cut >= o["min_stem"]
            and word not in {_folded_text(other, o) for other in o["never_split"]}
            and word not in common
            and not (cut > 1 and word[1:] in common)
        ):
            return cut
    return 0


def _composed(
    word_lists: dict[str, list[str]], rules: list[tuple[int, dict[str, Any]]], text: str, o: Options
) -> list[tuple[int, dict[str, Any]]]:
    """The names that rules compose: the longest from each word, and one for each span."""
    t = _Text(text, o)
    row = _tokens(word_lists, t)

    def takes(alternatives: list[list[str]], token: _Token) -> bool:
        return any(kind in token.kinds and not token.kinds & set(others) for kind, *others in alternatives)

    def ways(items: list[Any], at: int, end: int) -> Any:
        """Each way to match items from token `at` on, the greediest first: the tokens that it takes and its span."""
        if not items:
            yield at, []
            return
        (alternatives, times, inside), rest = items[0], items[1:]
        if at < end and takes(alternatives, row[at]):
            again = [(alternatives, "*", inside), *rest] if times in ("*", "+") else rest
            for stop, span in ways(again, at + 1, end):
                yield stop, [at, *span] if inside else span
        if times in ("?", "*"):
            yield from ways(rest, at, end)

    best: dict[tuple[int, int], tuple[int, dict[str, Any]]] = {}
    for at in range(len(row)):
        end = at + 1
        while end < min(len(row), at + 8) and row[end].word == row[end].start:
            last = row[end - 1]
            between = t.s[last.end : row[end].word]
            dotted = between[1:] in ("", " ") and t.s[last.end] != " " and last.end - last.start == 1
            if between != " " and not (dotted and t.written(last.end, last.end + 1) == "."):
                break
            end += 1
        found = [
            (stop, index, rule, span)
            for index, rule in rules
            for stop, span in ways(_items(rule["pattern"]), at, end)
        ]
        if not found:
            continue
        _, index, rule, span = max(found, key=lambda match: match[0])
        if not rule.get("label", "PERSON"):
            continue  # no name
        first, last = row[span[0]], row[span[-1]]
        if span[0] == at and span[-1] > at and "any" in first.kinds:
            first = _Token(first.word, first.start + _attached(first, t), first.end, first.kinds)
        place = t.span(first.start, last.end)
        if place:
            word_at = t.folded[first.word].start
            m = {
                "start": place[0],
                "end": place[1],
                "label": rule.get("label", "PERSON"),
                "prefix": text[word_at : place[0]],
                "word_start": word_at,
                "prefix_length": first.start - first.word,
                "priority": rule.get("priority", -1),
                "rule": rule["id"],
            }
            key = (first.start, last.end)
            best[key] = min(best.get(key, (index, m)), (index, m), key=lambda pair: pair[0])
    return list(best.values())
