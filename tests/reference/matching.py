"""What each matching option means: brute force, slow on purpose, exact, and the other side of the property tests.

Read it when a case in `tests/data/matching` surprises you. Spans are code points of the original text, half-open;
clitics are not in the span but in `prefix`.
"""

import re
import unicodedata
from typing import Any

Options = dict[str, Any]

DEFAULTS: Options = {
    "overlap": "longest",  # longest | all | priority
    "boundary": "word",  # word | none
    "diacritics": True,
    "tatweel": True,
    "alef": True,
    "alef_maqsura": True,
    "ta_marbuta": True,
    "hamza": False,  # ؤ to و, ئ to ي
    "presentation_forms": True,
    "digits": True,
    "case": True,
    "lookalikes": True,
    "zwnj": "remove",  # remove | space
    "whitespace": "any",  # any | inline: a name may not cross a line break
    "underscore_is_space": True,
    "script_boundary": True,  # a change between Arabic and Latin letters is a word boundary
    "clitics": "safe",  # off | safe: و ف ب ل | all: ك too
    "article": False,  # also allow a bare ال in front of the entry
    "min_stem": 3,
    "guard": True,
    "protect": (),
    "enclitics": False,  # attached pronouns after the entry
    "name_variants": (),  # compound: عبد الله = عبدالله; kunya: أبو = أبي = أبا before a word; ibn: ابن = بن between words
    "duplicates": "all",  # all | first
    "evidence": True,  # an ambiguous name needs a trigger before it or a surer name of its entry
    "compose": True,  # rules compose names of tokens
}
GUARD_WORDS = set(
    "على إلى الى حتى أن إن بأن فإن لأن كأن وأن وإن أنا إنا إذا إلا ألا لا ما لم لن هل بل بلا ولا فلا كلا "  # noqa: SIM905
    "بين لدى كان كل ولي في من عن مع هو هي".split()
)
ENCLITICS = ("هما", "كما", "كم", "كن", "هم", "هن", "ها", "نا", "ني", "ه", "ك", "ي")
PARTICLES = {"عبد", "ابو", "ابي", "ابا", "ام"}
LOOKALIKES = {"ک": "ك", "ی": "ي", "ہ": "ه", "ھ": "ه", "ە": "ه"}
TATWEEL = "\u0640"
MADDA_AND_HAMZA = "\u0653\u0654\u0655"
ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c"


class Folded:
    """One character of the folded text, and where it came from.

    `start` and `end` are code points of the original text; `part` of `parts` says which of the characters it is that
    one original character became.
    """

    def __init__(self, char: str, start: int, end: int, part: int, parts: int) -> None:
        self.char, self.start, self.end, self.part, self.parts = char, start, end, part, parts


def _is_mark(c: str) -> bool:
    return unicodedata.category(c) in ("Mn", "Me")


def _is_zero_width(c: str) -> bool:
    return c in ZERO_WIDTH or "\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069"


def _compose(text: str, o: Options) -> list[tuple[str, int]]:
    """Decomposed letters as composed ones, so that NFC and NFD text match alike; marks that composed are gone."""
    out: list[tuple[str, int]] = []
    base = None  # where in `out` the letter of this run of marks stands
    for i, c in enumerate(text):
        if not _is_mark(c):
            if not _is_zero_width(c) and c != TATWEEL:
                base = len(out)
        elif c in MADDA_AND_HAMZA and base is not None:
            letter = out[base][0]
            if o["alef_maqsura"] and letter == "ى":
                letter = "ي"
            if o["lookalikes"] and letter == "ی":
                letter = "ي"
            composed = unicodedata.normalize("NFC", letter + c)
            if len(composed) == 1:
                out[base] = (composed, out[base][1])
                continue
        out.append((c, i))
    return out


def _fold_char(c: str, o: Options) -> str:
    if o["zwnj"] == "space" and c == "\u200c":
        expanded = " "
    elif _is_zero_width(c):
        return ""
    elif o["presentation_forms"] and (
        "\ufb50" <= c <= "\ufdff" or "\ufe70" <= c <= "\ufefc" or "\uff00" <= c <= "\uffef"
    ):
        expanded = unicodedata.normalize("NFKC", c)
    else:
        expanded = c
    return "".join(_fold_letter(s, o) for s in expanded)


def _fold_letter(s: str, o: Options) -> str:
    if o["diacritics"] and _is_mark(s) and "\u0600" <= s <= "\u08ff":
        return ""
    if o["tatweel"] and s == TATWEEL:
        return ""
    if o["alef"] and s in "أإآٱ":
        s = "ا"
    if o["alef_maqsura"] and s == "ى":
        s = "ي"
    if o["ta_marbuta"] and s == "ة":
        s = "ه"
    if o["hamza"] and s == "ؤ":
        s = "و"
    if o["hamza"] and s == "ئ":
        s = "ي"
    if o["lookalikes"]:
        s = LOOKALIKES.get(s, s)
    if o["digits"] and unicodedata.category(s) == "Nd":
        s = str(unicodedata.digit(s))
    if s.isspace():
        s = "\n" if s in "\n\r\u2028\u2029\x0b\x0c\x85" else " "
    if s == "_" and o["underscore_is_space"]:
        s = " "
    if o["case"]:
        s = s.casefold() if len(s.casefold()) == 1 else s.lower()
    return s


def fold(text: str, o: Options) -> list[Folded]:
    characters = []
    for c, i in _compose(text, o):
        folded = _fold_char(c, o)
        characters += [Folded(s, i, i + 1, part, len(folded)) for part, s in enumerate(folded)]
    out: list[Folded] = []
    for f in characters:
        if f.char in " \n" and out and out[-1].char in " \n":
            out[-1].end = f.end
            if f.char == "\n":
                out[-1].char = "\n"
        else:
            out.append(f)
    if o["whitespace"] == "any":
        for f in out:
            if f.char == "\n":
                f.char = " "
    return _fold_names(out, o) if o["name_variants"] else out


def _folded_text(text: str, o: Options) -> str:
    return "".join(f.char for f in fold(text, o))


def _words(folded: list[Folded]) -> list[tuple[int, int]]:
    out = []
    i = 0
    while i < len(folded):
        j = i
        while j < len(folded) and folded[j].char.isalnum():
            j += 1
        if j > i:
            out.append((i, j))
        i = max(j, i + 1)
    return out


def _fold_names(folded: list[Folded], o: Options) -> list[Folded]:
    words = _words(folded)
    dropped = set()
    prefixes = _proclitics("all") | {""}
    for k, (i, j) in enumerate(words):
        word = "".join(f.char for f in folded[i:j])
        one_space_follows = k + 1 < len(words) and folded[j].char == " " and words[k + 1][0] == j + 1
        if not one_space_follows:
            continue
        if "ibn" in o["name_variants"] and word == "ابن" and k:
            dropped.add(i)
        for cut in range(3):
            prefix, stem = word[:cut], word[cut:]
            if prefix not in prefixes:
                continue
            if "kunya" in o["name_variants"] and stem in ("ابي", "ابا"):
                folded[j - 1].char = "و"
                stem = "ابو"
            if "compound" in o["name_variants"] and stem in PARTICLES:
                dropped.add(j)
    return [f for k, f in enumerate(folded) if k not in dropped]


def _proclitics(mode: str) -> set[str]:
    if mode == "off":
        return set()
    prepositions = ["", "ب", "ل"] + (["ك"] if mode == "all" else [])
    return {conjunction + p for conjunction in ("", "و", "ف") for p in prepositions} - {""}


def _script(c: str) -> str:
    if "\u0600" <= c <= "\u08ff":
        return "Arabic"
    if c.isalpha() and unicodedata.name(c, "").startswith("LATIN"):
        return "Latin"
    return "other"


def _written(s: str) -> str:
    """The letters as they are written, without folds: what the guard words are compared with."""
    kept = (
        c
        for c in unicodedata.normalize("NFKC", s)
        if not _is_mark(c) and c != TATWEEL and not _is_zero_width(c)
    )
    return "".join(kept)


class _Text:
    """A folded text and its words."""

    def __init__(self, text: str, o: Options) -> None:
        self.text, self.o, self.folded = text, o, fold(text, o)
        self.s = "".join(f.char for f in self.folded)

    def is_word(self, k: int) -> bool:
        return 0 <= k < len(self.s) and self.s[k].isalnum()

    def is_boundary(self, k: int) -> bool:
        """Whether a word may begin or end between the characters k - 1 and k."""
        if not (self.is_word(k - 1) and self.is_word(k)):
            return True
        scripts = {_script(self.s[k - 1]), _script(self.s[k])}
        return self.o["script_boundary"] and scripts == {"Arabic", "Latin"}

    def word_start(self, k: int) -> int:
        while k > 0 and self.is_word(k - 1) and not self.is_boundary(k):
            k -= 1
        return k

    def word_end(self, k: int) -> int:
        n = len(self.s)
        while k < n and self.is_word(k) and not self.is_boundary(k + 1):
            k += 1
        return min(n, k + 1) if k < n and self.is_word(k) else k

    def written(self, i: int, j: int) -> str:
        return _written(self.text[self.folded[i].start : self.folded[j - 1].end])

    def span(self, i: int, j: int) -> tuple[int, int] | None:
        """The characters of the original that became these; None where that is a part of one."""
        first, last = self.folded[i], self.folded[j - 1]
        if first.part or last.part != last.parts - 1:
            return None
        end = last.end
        while end < len(self.text) and (_is_mark(self.text[end]) or self.text[end] == TATWEEL):
            end += 1
        return first.start, end


def find(
    entries: list[dict[str, Any]],
    text: str,
    options: Options,
    *,
    triggers: list[dict[str, Any]] = [],  # noqa: B006
    tokens: dict[str, list[str]] = {},  # noqa: B006
    rules: list[dict[str, Any]] = [],  # noqa: B006
    labels: list[str] | None = None,
) -> list[dict[str, Any]]:
    """The matches of `entries` (`pattern`, `aliases`, `ambiguous`, `label`, `priority`) in `text`, each with the index
    of its entry; those of rules count on from there.
    """
    o = {**DEFAULTS, **options}
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
    if labels is not None:
        accepted = [m for m in accepted if m["label"] in labels]
    elif o["evidence"]:
        accepted = _proved(accepted, surfaces, triggers, text, o)
    if o["compose"]:
        wanted = [
            rule for rule in enumerate(rules) if labels is None or rule[1].get("label", "NAME") in labels
        ]
        known = {(m["start"], m["end"]) for m in accepted}
        for rule, m in _composed(tokens, wanted, text, o):
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
    return [
        {
            **{k: m[k] for k in ("start", "end", "label", "prefix")},
            "pattern": m["entry"],
            "rule": m.get("rule"),
            "surface": text[m["start"] : m["end"]],
        }
        for m in chosen
    ]


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
            and o["duplicates"] == "all"
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
    folded, s, n = t.folded, t.s, len(t.s)
    is_word, is_boundary, word_start, word_end = t.is_word, t.is_boundary, t.word_start, t.word_end
    prefixes = _proclitics(o["clitics"])
    protected = {_folded_text(word, o) for word in o["protect"]}

    def prefix_before(i: int, j: int, pattern: str, assimilated: bool) -> str | None:
        """What stands attached in front of the candidate, or None where that is not a prefix or the word goes on."""
        prefix = ""
        if not is_boundary(j):
            if not o["enclitics"]:
                return None
            end = j
            while end < n and is_word(end) and not (end > j and is_boundary(end)):
                end += 1
            if s[j:end] not in ENCLITICS:
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
        elif not assimilated and o["script_boundary"] and is_word(i - 1):
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
        if one_word and o["guard"]:
            word = _written(text[folded[word_begin].start : folded[min(word_stop, n) - 1].end])
            stem = _written(text[folded[i].start : folded[j - 1].end])
            if (word in GUARD_WORDS or stem in GUARD_WORDS) and stem != written_pattern:
                return True
            if prefix and word in GUARD_WORDS:
                return True
        if prefix and _script(s[i]) == "Arabic":
            # The article in front makes the split safe and counts, but not where it was assimilated (لل).
            too_short = len(pattern) - 2 < 2 if assimilated else len(pattern) < o["min_stem"]
            if one_word and too_short:
                return True
            if s[word_begin : word_end(i)] in protected:
                return True
        return False

    out = []
    for index, (entry, pattern) in enumerate(zip(entries, patterns, strict=True)):
        forms = [(pattern, False)]
        if pattern.startswith("ال") and prefixes:
            # ل before the article: the alef goes, and of three lams two are written.
            forms.append((pattern[2:] if pattern.startswith("الل") else pattern[1:], True))
        for form, assimilated in forms:
            i = s.find(form)
            while i != -1:
                j = i + len(form)
                prefix: str | None = ""
                # A match neither starts nor ends inside a character that became several.
                whole = folded[i].part == 0 and folded[j - 1].part == folded[j - 1].parts - 1
                if whole and o["boundary"] == "word":
                    prefix = prefix_before(i, j, pattern, assimilated)
                    whole = prefix is not None and not is_guarded(
                        i, j, pattern, _written(entry["pattern"]), prefix, assimilated
                    )
                if whole and prefix is not None:
                    start, end = folded[i].start, folded[j - 1].end
                    while end < len(text) and (_is_mark(text[end]) or text[end] == TATWEEL):
                        end += 1
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
                            "word_start": word_at,
                            "prefix_length": len(prefix),
                            "priority": entry.get("priority", 0),
                        }
                    )
                i = s.find(form, i + 1)
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
    sure = {m["entry"] for m in accepted if not surfaces[m["pattern"]]["ambiguous"]}

    def is_announced(m: dict[str, Any]) -> bool:
        end = m["at"] - (m["at"] > 0 and t.s[m["at"] - 1] == " ")
        for group in triggers:
            if group.get("labels") is None or m["label"] in group["labels"]:
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
        or m["entry"] in sure
        or (m["prefix_length"] == 0 and is_announced(m))
    ]


class _Token:
    def __init__(self, word: int, start: int, end: int, kinds: set[str]) -> None:
        self.word, self.start, self.end, self.kinds = word, start, end, kinds


def _tokens(tokens: dict[str, list[str]], t: _Text) -> list[_Token]:
    """The words of a text that are tokens, or words that nobody has listed: of the kind any, perhaps nisba."""
    o = t.o
    listed = [(_folded_text(word, o).strip(), kind, word) for kind, words in tokens.items() for word in words]
    guarded = GUARD_WORDS if o["guard"] else set()

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
            if written in guarded - as_listed:
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
                    and t.s[i:end] not in {_folded_text(word, o) for word in o["protect"]}
                    and t.written(i, end) not in guarded
                ):
                    token.word = i
                    return token
        return None

    known = {first_word(form) for form, _, _ in listed} | {_folded_text(word, o) for word in guarded}
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
            token = _Token(
                i, i, end, {"any", "nisba"} if re.fullmatch("ال..+ي", word, re.DOTALL) else {"any"}
            )
        if token:
            out.append(token)
        i = token.end if token else max(end, i + 1)
    return out


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


def _composed(
    tokens: dict[str, list[str]], rules: list[tuple[int, dict[str, Any]]], text: str, o: Options
) -> list[tuple[int, dict[str, Any]]]:
    """The names that rules compose: the longest from each word, and one for each span."""
    t = _Text(text, o)
    row = _tokens(tokens, t)

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
        first, last = row[span[0]], row[span[-1]]
        place = t.span(first.start, last.end)
        if place:
            word_at = t.folded[first.word].start
            m = {
                "start": place[0],
                "end": place[1],
                "label": rule.get("label", "NAME"),
                "prefix": text[word_at : place[0]],
                "word_start": word_at,
                "prefix_length": first.start - first.word,
                "priority": rule.get("priority", -1),
                "rule": rule["id"],
            }
            key = (first.start, last.end)
            best[key] = min(best.get(key, (index, m)), (index, m), key=lambda pair: pair[0])
    return list(best.values())
