"""What `fuzzy` means: brute force over every stretch of words, slow on purpose, exact.

It stands on the exact reference (`matching.py`).

    find(entries, text, {"fuzzy": 1, ...}) -> matches as the exact reference gives them, each with `edits`

1. A name of n letters and digits (spaces and signs not counted, after folding) may differ by allowed(n) edits: none
   below 5 letters, one below 10, two from there on; never more than `fuzzy`; none in a name of one word with the article
   that has fewer than 6 letters with it. A name of an entry with `strict` or of an
   ambiguous one is never looked for with edits.
2. An edit is an insertion, deletion or substitution of a character of the folded text, or an exchange of two that stand
   side by side (optimal string alignment distance). A run of white space is one character, so that a missing or added
   space between words is one edit. The digits of both must be the same, in the same order: 2030 is not 2031.
3. A stretch of text is compared that begins at the first letter of a word, or behind proclitics which the options
   allow there, and ends with a word. What the exact matcher refuses for clitics (`min_stem`, `never_split`, stop words and
   common words) is refused here, counting the letters of the name. A name with the article may stand behind ل
   without its alef, as in the exact matcher. Pronouns behind the name are not looked for (`enclitics`).
4. A word of the text that is known is not a misspelling. The words of the stretch are held against the words of the
   name: what is left of both when equal words are taken out in pairs are the differing ones. If a differing word of
   the text is known, the stretch is refused, unless `fuzzy_known` is true. Known are: stop words, common words (the
   list, and those learned from texts: five times or more), and each word of a name of the dictionary. Of the first
   word, the whole word with its clitics counts too. Where the built-in list of common words is in use, the list of
   known words is too, and a stretch of one word is refused for a name of one word if it is, with its clitics or without, a word of one of
   both lists behind KNOWN_BEFORE and before KNOWN_BEHIND (three letters or more, maybe without its last ة or ي).
   And what is only attached is not misspelt: the name with one of و ف ب ك ل س ا in front, or with one of the endings
   ي يه ين ون ان ات ه ها هم نا ك كم behind it (a nisba, a plural, a pronoun), is another word; and so is the adjective
   of origin of a name of one word, which may lose the end of it: أمريكي, روسية.
5. Exact matches come first: they are found and chosen as without `fuzzy`. A candidate with edits that overlaps a chosen
   match is dropped, unless it takes in more words than all the chosen ones that it overlaps and these lie inside it and name other entries;
   then it takes their place (with overlap="all" both stay).
6. Of candidates with edits that overlap one another, these are kept first: fewer edits; greater priority (where
   overlap="priority"); more letters; shorter prefix; earlier start; earlier entry. Equal spans with equal edits are
   duplicates, as the option `duplicates` says (by default those of the greatest priority). With overlap="all", of one entry on one word only the best by this order.
7. `similarity` is 1 - edits / max(letters of the name, letters of the stretch), spaces counted; 1.0 for an exact match.
8. boundary="none" with fuzzy is an error.
"""

from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from . import matching as exact


def allowed(letters: int, fuzzy: int) -> int:
    return min(fuzzy, 0 if letters < 5 else 1 if letters < 10 else 2)


ATTACHED_IN_FRONT = set("وفبكلسا")
ATTACHED_BEHIND = {"ي", "يه", "ين", "ون", "ان", "ات", "ه", "ها", "هم", "نا", "ك", "كم"}


# Origin: the name without one of the first, and one of the second behind it.
NAME_ENDINGS = ("ا", "ة", "يا", "ية")
ORIGIN_ENDINGS = ("ي", "ية", "يون", "يين", "يات", "ان")
KNOWN_BEFORE = (
    *("", "ال", "و", "ف", "ب", "ك", "ل", "لل", "وال", "بال", "فال", "كال", "ولل", "وب", "ول"),
    *("ي", "ت", "ن", "س", "سي", "ست"),
)
KNOWN_BEHIND = (
    *("", "ه", "ها", "هم", "ات", "ون", "ين", "ان", "نا", "ي", "ية", "ته", "تها", "تهم"),
    *("وا", "كم"),
)
KNOWN_WORDS = tuple(
    (Path(__file__).parents[2] / "src/script/known_words.txt").read_text(encoding="utf-8").split()
)


def is_attached(form: str, there: str, fold) -> bool:
    """Whether the stretch is the name and letters that Arabic attaches to words."""
    if there[1:] == form and there[0] in ATTACHED_IN_FRONT:
        return True
    if there.startswith(form) and there[len(form) :] in ATTACHED_BEHIND:
        return True
    if " " in form:
        return False
    stems = [form[: -len(fold(end))] for end in NAME_ENDINGS if form.endswith(fold(end))]
    return any(there == stem + fold(end) for stem in stems if len(stem) >= 3 for end in ORIGIN_ENDINGS)


_STEMS: dict[tuple[str, str], frozenset[str]] = {}


def is_listed(word: str, o: exact.Options) -> bool:
    """Whether a word is one of the built-in lists; their folded words are kept, since folding them takes a while."""
    if o["common_words"] is not True:
        return False
    key = repr(sorted(exact.fold_options(o).items())), o["whitespace"]
    if key not in _STEMS:
        words = " ".join(exact.FREQUENT_WORDS + KNOWN_WORDS)
        _STEMS[key] = frozenset(exact._folded_text(words, o).split())
    return word in _STEMS[key]


def holds_known(word: str, o: exact.Options, fold) -> bool:
    """Whether the word is a known one, maybe with something attached to it."""
    if o["common_words"] is not True:
        return False
    for front in map(fold, KNOWN_BEFORE):
        for end in map(fold, KNOWN_BEHIND):
            stem = word[len(front) : len(word) - len(end)]
            if len(stem) >= 3 and word == front + stem + end:
                lost = (fold("ة"), fold("ي")) if end else ()
                if any(is_listed(stem + back, o) for back in ("", *lost)):
                    return True
    return False


def distance(a: str, b: str, most: int) -> int | None:
    """Optimal string alignment; None above `most`."""
    if abs(len(a) - len(b)) > most:
        return None
    before, last = [0] * (len(b) + 1), list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        now = [i] + [0] * len(b)
        for j, y in enumerate(b, 1):
            now[j] = min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                now[j] = min(now[j], before[j - 2] + 1)
        before, last = last, now
    return last[-1] if last[-1] <= most else None


def digits(s: str) -> str:
    return "".join(c for c in s if c.isdigit())


def words_of(s: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in s).split()


def candidates(entries, text, o, known):
    """Every stretch within the allowed edits that rules 1 to 4 let pass."""
    t = exact._Text(text, o)
    s = t.s
    fold = partial(exact._folded_text, o=o)
    starts = [k for k in range(len(s)) if t.is_word(k) and t.is_boundary(k)]
    ends = [k for k in range(1, len(s) + 1) if t.is_word(k - 1) and t.is_boundary(k)]
    proclitics = exact._proclitics(o["clitics"])
    protected = {exact._folded_text(word, o) for word in o["never_split"]}
    for index, surface in enumerate(entries):
        if surface.get("strict") or surface["ambiguous"]:
            continue
        pattern = exact._folded_text(surface["pattern"], o).strip()
        letters = sum(c.isalnum() for c in pattern)
        most = allowed(letters, o["fuzzy"])
        if pattern.startswith("ال") and " " not in pattern and letters < 6:
            continue
        if not most:
            continue
        forms = [(pattern, False)]
        if pattern.startswith("ال") and proclitics:
            forms.append((pattern[2:] if pattern.startswith("الل") else pattern[1:], True))
        for form, assimilated in forms:
            for word in starts:
                for i in range(word, min(word + 3, len(s))):
                    prefix = s[word:i]
                    if prefix and (prefix not in proclitics or i >= t.word_end(word)):
                        continue
                    if assimilated and not prefix.endswith("ل"):
                        continue
                    for j in (e for e in ends if len(form) - most <= e - i <= len(form) + most and e > i):
                        edits = distance(form, s[i:j], most)
                        if not edits or digits(form) != digits(s[i:j]) or not t.span(i, j):
                            continue
                        if is_attached(form, s[i:j], fold):
                            continue
                        differing = Counter(words_of(s[i:j])) - Counter(words_of(form))
                        first = words_of(s[word:j])[0]
                        if first not in words_of(form) and words_of(s[i:j])[0] in differing:
                            differing[first] += 1
                        if not o.get("fuzzy_known"):
                            if any(w in known for w in differing):
                                continue
                            one = len(words_of(s[i:j])) == len(words_of(form)) == 1
                            if one and (holds_known(s[i:j], o, fold) or holds_known(first, o, fold)):
                                continue
                        if prefix:
                            one_word = " " not in pattern
                            if one_word and (
                                len(pattern) - 2 < 2 if assimilated else len(pattern) < o["min_stem"]
                            ):
                                continue
                            if s[word : t.word_end(word)] in protected:
                                continue
                        if t.written(word, t.word_end(word)) in exact._stop_words(o):
                            continue
                        start, end = t.span(i, j)
                        word_at = t.folded[word].start
                        yield {
                            "start": start,
                            "end": end,
                            "label": surface.get("label"),
                            "entry": surface["entry"],
                            "pattern": index,
                            "at": i,
                            "until": j,
                            "prefix": text[word_at:start],
                            "word_start": word_at,
                            "prefix_length": len(prefix),
                            "priority": surface.get("priority", 0),
                            "edits": edits,
                            "similarity": 1 - edits / max(len(form), j - i),
                            "words": len(words_of(s[i:j])),
                        }


def find(entries: list[dict[str, Any]], text: str, options: exact.Options) -> list[dict[str, Any]]:
    """As `matching.find`, with `edits` and `similarity`."""
    o = {**exact.DEFAULTS, "fuzzy": 0, "fuzzy_known": False, **options}
    if o["fuzzy"] and o["boundary"] == "none":
        raise ValueError("fuzzy needs boundary='word'")
    plain = {k: v for k, v in o.items() if k not in ("fuzzy", "fuzzy_known")}
    chosen = exact.find(entries, text, plain)
    for m in chosen:
        m |= {"edits": 0, "similarity": 1.0}
    if not o["fuzzy"]:
        return chosen
    surfaces = [
        {**entry, "pattern": name, "entry": index, "ambiguous": name in entry.get("ambiguous", ())}
        for index, entry in enumerate(entries)
        for name in (entry["pattern"], *entry.get("aliases", ()))
    ]
    known = {exact._folded_text(word, o) for word in exact.STOP_WORDS} | set(exact._common_words(o))
    for surface in surfaces:
        known |= set(words_of(exact._folded_text(surface["pattern"], o)))
    found = sorted(
        candidates(surfaces, text, o, known),
        key=lambda m: (
            m["edits"],
            -m["priority"] if o["overlap"] == "priority" else 0,
            -(m["until"] - m["at"]),
            m["prefix_length"],
            m["start"],
            -m["priority"] if o["duplicates"] == "priority" else 0,
            m["pattern"],
        ),
    )

    def overlaps(a: dict[str, Any], b: dict[str, Any]) -> bool:
        return a["start"] < b["end"] and b["start"] < a["end"]

    t = exact._Text(text, o)

    def word_count(m):
        return len(words_of("".join(f.char for f in t.folded if m["start"] <= f.start < m["end"])))

    kept = []
    for m in found:
        clash = [x for x in chosen if overlaps({"start": m["word_start"], "end": m["end"]}, x)]
        if clash and not (
            all(
                m["start"] <= x["start"] and x["end"] <= m["end"] and x["pattern"] != m["entry"]
                for x in clash
            )
            and m["words"] > sum(word_count(x) for x in {(x["start"], x["end"]): x for x in clash}.values())
        ):
            continue
        rivals = [x for x in kept if overlaps(m, x)]
        if o["overlap"] == "all":
            if any(x["entry"] == m["entry"] and x["word_start"] == m["word_start"] for x in rivals):
                continue
        elif rivals:
            same = all(
                (x["start"], x["end"], x["edits"]) == (m["start"], m["end"], m["edits"]) for x in rivals
            )
            shared = {"all": True, "first": False, "priority": rivals[0]["priority"] == m["priority"]}
            if not (same and shared[o["duplicates"]]) or any(x["entry"] == m["entry"] for x in rivals):
                continue
        kept.append(m)
    if o["overlap"] != "all":
        chosen = [x for x in chosen if not any(overlaps(m, x) for m in kept)]
    chosen += [
        {
            **{k: m[k] for k in ("start", "end", "label", "prefix", "edits", "similarity")},
            "pattern": m["entry"],
            "suffix": "",
            "rule": None,
            "surface": text[m["start"] : m["end"]],
        }
        for m in kept
    ]
    chosen.sort(key=lambda m: (m["start"], -m["end"], m["edits"], m["pattern"]))
    return chosen
