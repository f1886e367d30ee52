"""What a later mention of a full name is: slow on purpose, exact, and the other side of the property tests."""

from __future__ import annotations

import re
from typing import Any

PARTICLES = set(
    "بن ابن بنت آل أبو أبي أبا أم بو عبد ولد دي دا دو دوس ديل ديلا دير دين فان فون فن لا لو ماك مك سان سانت تن".split()  # noqa: SIM905
)
# Words of compounds: the first kind goes with the word after it, the second with the word before it.
COMPOUNDS = {"عبد", "أبو", "أبي", "أبا", "أم"}
ENDS = {"الدين", "الله", "الإسلام", "الحق", "الرحمن"}


def forms(words: list[str], fold: Any) -> set[str]:
    """The shorter forms of a full name, which is given as folded words."""
    particles, ends, compounds = ({fold(word) for word in kind} for kind in (PARTICLES, ENDS, COMPOUNDS))
    at = len(words) - 1
    if at > 0 and words[at] in ends:
        at -= 1
    while at > 0 and words[at - 1] in particles:
        at -= 1
    if at <= 0:
        return set()
    last = words[at:]
    found = {" ".join(last)}
    if len(last) == 1:
        found.add(last[0][2:] if last[0].startswith("ال") else "ال" + last[0])
    elif len(last) == 2 and last[0] in compounds:
        found.add("".join(last))
    return {form for form in found if sum(map(str.isalpha, form)) >= 4}


def later_mentions(
    chosen: list[dict[str, Any]],
    labels: set[str],
    t: Any,
    tokens: list[Any],
    ordinary: set[str],
    may_split: Any,
) -> list[dict[str, Any]]:
    """The chosen matches with the later mentions of those with these labels.

    `tokens` are the words of lists in the text, `ordinary` the folded words that are no names, and `may_split` says
    whether a word may be read as clitics and the rest.
    """
    kinds_at = {token.word: token.kinds for token in tokens}
    out = [dict(m) for m in chosen]
    word_starts = [i for i in range(len(t.s)) if t.is_word(i) and t.word_start(i) == i]
    read_to = 0
    for i in word_starts:
        if i < read_to:
            continue
        end = t.word_end(i)
        full = [m for m in chosen if m["label"] in labels and m["end"] <= t.folded[i].start]
        full.sort(key=lambda m: m["end"])
        candidates = []
        for stem in range(i, min(end, i + 3)):
            for m in reversed(full):
                here = [f.char for f in t.folded if m["start"] <= f.start and f.start < m["end"]]
                words = re.findall(r"[^\W_]+", "".join(here))
                for form in forms(words, t.fold):
                    if form in ordinary:
                        continue
                    ways = [(form, False)]
                    if form.startswith("ال") and stem > i and t.s[stem - 1] == "ل":
                        ways.append((form[2:] if form.startswith("الل") else form[1:], True))
                    for written, elided in ways:
                        to = stem + len(written)
                        first = stem + len(written.split()[0])
                        if (
                            t.s.startswith(written, stem)
                            and first == end
                            and t.is_boundary(to)
                            and (stem == i or may_split(i, stem, end, elided, to > end))
                            and not _is_other(tokens, kinds_at, t, i, stem, to)
                        ):
                            candidates.append((stem, -len(written), full.index(m), to, m))
            if candidates:
                break
        if not candidates:
            continue
        # The longest form; of one form, the last full name.
        longest = min(c[1] for c in candidates)
        *_, stem, _, _, to, m = max((c for c in candidates if c[1] == longest), key=lambda c: c[2])
        place = t.span(stem, to)
        if not place:
            continue
        start, stop = place
        prefix_start = t.folded[i].start if stem > i else start
        clash = [x for x in out if x["word_start"] < stop and prefix_start < x["suffix_end"]]
        same = [
            x
            for x in clash
            if (x["start"], x["end"]) == place
            and x.get("rule")
            and x["label"] in labels
            and "antecedent" not in x
        ]
        if clash and not same:
            continue
        later = {
            **m,
            "start": start,
            "end": stop,
            "prefix": t.text[prefix_start:start],
            "word_start": prefix_start,
            "suffix_end": stop,
            "rule": "coreference",
            "antecedent": (m["start"], m["end"]),
        }
        if same:
            out[out.index(same[0])] = later
        else:
            out.append(later)
        read_to = to
    return sorted(out, key=lambda m: (m["start"], -m["end"], m["pattern"]))


def _is_other(
    tokens: list[Any], kinds_at: dict[int, set[str]], t: Any, word: int, stem: int, to: int
) -> bool:
    """Whether the words around a form make another name of it."""
    before = [token for token in tokens if token.word < word]
    if (
        before
        and stem == word
        and before[-1].end + 1 == word
        and t.s[before[-1].end] == " "
        and "given" in before[-1].kinds
    ):
        return True
    after = [token for token in tokens if token.word >= to]
    return bool(
        "given" in kinds_at.get(word, ())
        and after
        and after[0].word == after[0].start == to + 1
        and t.s[to] == " "
        and after[0].kinds & {"given", "family"}
        and "weak" not in after[0].kinds
    )
