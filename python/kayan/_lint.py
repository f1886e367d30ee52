"""The rules of `Gazetteer.lint`: what in a dictionary will be found too often, too rarely, or twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from kayan import _core
from kayan._columns import as_list
from kayan._matcher import Matcher
from kayan._matches import pandas_for, plural

if TYPE_CHECKING:
    import pandas

    from kayan._gazetteer.storage import Entries
    from kayan._options import MatcherOptions

_SEVERITIES = ("error", "warning", "info")
_PREPOSITIONS = {"safe": ("ب", "ل"), "all": ("ب", "ل", "ك")}
# Findings in a text sample rest on at least this many texts or matches.
_ENOUGH_TEXTS = 5
_ENOUGH_MATCHES = 3


class _Finding(NamedTuple):
    severity: str
    rule: str
    entry: int
    detail: str
    suggestion: str


class _Form(NamedTuple):
    entry: int
    surface: str
    folded: str


def lint(gazetteer: Entries, texts: Any, often: float, options: MatcherOptions) -> pandas.DataFrame:
    """Return the findings of `Gazetteer.lint`."""
    pd = pandas_for("lint()")
    if texts is not None:
        texts = as_list(texts, "lint()")
    from kayan._views.frames import report as as_report

    matcher = Matcher([], **options)
    effective = matcher.options
    forms = list(_forms(gazetteer, matcher))
    by_form: dict[str, list[int]] = defaultdict(list)
    for form in forms:
        owners = by_form[form.folded]
        if not owners or owners[-1] != form.entry:
            owners.append(form.entry)
    empty = {form.entry for form in forms if not form.folded}
    by_form.pop("", None)
    findings = [
        _Finding("error", "empty", entry, "folding leaves nothing of one of its forms", "drop it")
        for entry in sorted(empty)
    ]
    findings += _separators(forms)
    findings += _shared_forms(gazetteer, forms, by_form)
    findings += _common_words(forms, matcher)
    if effective["boundary"] == "word":
        findings += _clitics(gazetteer, forms, by_form, effective)
    findings += _inside(forms, by_form)
    if texts is not None:
        kept = [entry for entry in range(len(gazetteer)) if entry not in empty]
        # Only entries are judged, so no rules.
        options = {**options, "name_rules": False}
        matches = Matcher(gazetteer._take(kept) if empty else gazetteer, **options).find_batch(texts)
        findings += _in_texts(matches._columns, kept, often)
    findings.sort(key=lambda finding: (_SEVERITIES.index(finding.severity), finding.entry))
    names, labels, ids = gazetteer._names, gazetteer._labels, gazetteer._ids
    frame: pandas.DataFrame = pd.DataFrame(
        [
            (f.severity, f.rule, f.entry, names[f.entry], labels[f.entry], ids[f.entry], *f[3:])
            for f in findings
        ],
        columns=["severity", "rule", "entry", "name", "label", "id", "detail", "suggestion"],
    )
    return as_report(frame)


def folder(options: MatcherOptions) -> Callable[[str], str]:
    """Return what folds a name as a matcher with these options does."""
    matcher = Matcher([], **options)
    return lambda name: _folded(matcher, name)


def _folded(matcher: Matcher, surface: str) -> str:
    """Fold a name, whose ends and line breaks don't count."""
    return " ".join(matcher.fold(surface).split())


def _forms(gazetteer: Entries, matcher: Matcher) -> Iterator[_Form]:
    """Give each name and alias with what it folds to."""
    for entry, (name, aliases) in enumerate(zip(gazetteer._names, gazetteer._aliases, strict=True)):
        for surface in (name, *aliases):
            yield _Form(entry, surface, _folded(matcher, surface))


def _separators(forms: list[_Form]) -> Iterator[_Finding]:
    for entry, surface, _ in forms:
        held = [mark for mark in "،؛;|" if mark in surface]
        if held:
            advice = f"read the list with alias_separator={held[0]!r}, or take it apart with update()"
            detail = f"«{surface}» holds {' and '.join(held)}"
            yield _Finding("warning", "separator", entry, detail, advice)


def _letters(form: str) -> int:
    return sum(map(str.isalnum, form))


def _shared_forms(
    gazetteer: Entries, forms: list[_Form], by_form: Mapping[str, list[int]]
) -> Iterator[_Finding]:
    labels, ids = gazetteer._labels, gazetteer._ids

    def differ(one: int, other: int) -> bool:
        two_ids = None not in (ids[one], ids[other]) and ids[one] != ids[other]
        return labels[one] != labels[other] or two_ids

    def called(entry: int) -> str:
        facts = [str(fact) for fact in (labels[entry], ids[entry]) if fact is not None]
        return f"entry {entry}, «{gazetteer._names[entry]}»" + (f" ({', '.join(facts)})" if facts else "")

    seen = set()
    for entry, surface, folded in forms:
        first = by_form.get(folded, [entry])[0]
        if first == entry or (entry, first) in seen:
            continue
        seen.add((entry, first))
        detail = f"«{surface}» folds to «{folded}», as does {called(first)}"
        if differ(entry, first):
            advice = "each place will have both matches: drop one, or add longer forms that tell them apart"
            yield _Finding("warning", "ambiguous", entry, detail, advice)
        else:
            advice = "drop one; if they are different entities, give them different ids"
            yield _Finding("info", "duplicate", entry, detail, advice)


def _common_words(forms: list[_Form], matcher: Matcher) -> Iterator[_Finding]:
    own = matcher.options["stop_words"]
    stop_words = {*_core.stop_words(), *(own if isinstance(own, tuple) else ())}
    words = sorted(stop_words.union(_core.common_words()))
    as_written = Matcher([], profile="light", diacritics=True)
    common = {_folded(as_written, word) for word in words}
    alike = {_folded(matcher, word): word for word in words}
    for entry, surface, folded in forms:
        if folded not in alike:
            continue
        word = alike[folded]
        kind = "a stop word" if word in stop_words else "a common word"
        if _folded(as_written, surface) in common:
            advice = "drop it, or add longer forms in its place"
            yield _Finding("warning", "common-word", entry, f"«{surface}» is {kind}", advice)
        else:
            refused = word in stop_words and own is not False
            advice = "the option `stop_words` refuses that word" if refused else "look at its matches"
            detail = f"«{surface}» folds to «{folded}», as does «{word}», {kind}"
            yield _Finding("info" if refused else "warning", "common-word", entry, detail, advice)


def _clitics(
    gazetteer: Entries, forms: list[_Form], by_form: Mapping[str, list[int]], effective: Mapping[str, Any]
) -> Iterator[_Finding]:
    prepositions = _PREPOSITIONS.get(effective["clitics"])
    if prepositions is None:
        return
    proclitics = [c + p for c in ("", "و", "ف") for p in ("", *prepositions) if c + p]
    least, labels = effective["min_stem"], gazetteer._labels

    def stems(form: str) -> Iterator[tuple[str, str]]:
        for clitic in proclitics:
            if form.startswith(clitic):
                rest = form[len(clitic) :]
                yield clitic, rest
                if clitic.endswith("ل") and rest.startswith("ل"):
                    yield clitic, "ا" + rest

    for entry, surface, folded in forms:
        single = folded.isalnum()
        if single and _letters(folded) < least and "\u0600" <= folded[0] <= "\u08ff":
            count = plural(_letters(folded), "letter", "letters")
            advice = f"list «و{surface}» and the like as aliases if you need them"
            yield _Finding(
                "info", "short-stem", entry, f"«{surface}» has {count}: never found after a clitic", advice
            )
        for clitic, stem in stems(folded):
            owners = by_form.get(stem)
            if not owners or (" " not in stem and _letters(stem) < least):
                continue
            other = gazetteer._names[owners[0]]
            same = any(labels[owner] == labels[entry] for owner in owners)
            yield _Finding(
                "warning" if same else "info",
                "clitic-form",
                entry,
                f"«{surface}» is {clitic} and «{stem}», a form of entry {owners[0]}, «{other}»",
                "drop it, unless it is a name of its own: clitics are found by themselves",
            )
            break


class _Words:
    """Forms as a tree of words: those inside of another are found word by word, in linear time."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._next: list[dict[str, int]] = [{}]
        self._form: list[str | None] = [None]
        for form in forms:
            node = 0
            for word in form.split(" "):
                node = self._next[node].setdefault(word, len(self._next))
                if node == len(self._next):
                    self._next.append({})
                    self._form.append(None)
            self._form[node] = form
        # As in the automaton of Aho and Corasick: where to go on if a word doesn't follow, and the next form
        # that ends here too.
        self._back = [0] * len(self._next)
        self._also = [0] * len(self._next)
        level = list(self._next[0].values())
        while level:
            following = []
            for node in level:
                back = self._back[node]
                self._also[node] = back if self._form[back] is not None else self._also[back]
                for word, child in self._next[node].items():
                    self._back[child] = self._step(back, word)
                    following.append(child)
            level = following

    def _step(self, node: int, word: str) -> int:
        while node and word not in self._next[node]:
            node = self._back[node]
        return self._next[node].get(word, 0)

    def inside(self, words: Sequence[str]) -> set[str]:
        """Return the forms inside these words, but not all the words."""
        found: set[str] = set()
        node = 0
        for at, word in enumerate(words):
            node = self._step(node, word)
            ended = node if self._form[node] is not None else self._also[node]
            while ended and (form := self._form[ended]) is not None and form not in found:
                # The ones that end here too are shorter, and were found with it.
                if not (at == len(words) - 1 and form.count(" ") == at):
                    found.add(form)
                ended = self._also[ended]
        return found


def _inside(forms: list[_Form], by_form: Mapping[str, list[int]]) -> Iterator[_Finding]:
    tree = _Words(by_form)
    outers: Counter[int] = Counter()
    example: dict[int, str] = {}
    for entry, surface, folded in forms:
        parts = tree.inside(folded.split(" "))
        for inner in {owner for part in parts for owner in by_form[part]} - {entry}:
            outers[inner] += 1
            example.setdefault(inner, surface)
    for inner, count in outers.items():
        more = f"{plural(count, 'longer form', 'longer forms')}, such as «{example[inner]}»"
        advice = 'only the longer is reported; overlap="all" reports both'
        yield _Finding("info", "inside", inner, f"it is inside {more}", advice)


def _in_texts(columns: Any, kept: list[int], often: float) -> Iterator[_Finding]:
    rows, entries = columns.column("row"), columns.column("entry")
    prefixes, pieces = columns.column("prefix"), columns.column("text")
    in_texts = Counter(entry for _, entry in set(zip(rows, entries, strict=True)))
    found = Counter(entries)
    attached: dict[int, Counter[str]] = defaultdict(Counter)
    for entry, prefix, piece in zip(entries, prefixes, pieces, strict=True):
        # Several words, or the article, make a clitic reading safe.
        definite = piece.startswith("ال") or (prefix.endswith("ل") and piece.startswith("ل"))
        if prefix and not definite and " " not in piece:
            attached[entry][prefix + piece] += 1
    for at, entry in enumerate(kept):
        if not found[at]:
            yield _Finding(
                "info",
                "never",
                entry,
                f"in none of {plural(columns.rows, 'text', 'texts')}",
                "see if you need it",
            )
            continue
        share = in_texts[at] / columns.rows
        if in_texts[at] >= _ENOUGH_TEXTS and share > often:
            yield _Finding(
                "warning",
                "often",
                entry,
                f"in {in_texts[at]:,} of {plural(columns.rows, 'text', 'texts')} ({share:.0%})",
                "look at some of its matches; if most are another word, drop it or list longer forms",
            )
        words = attached.get(at, Counter())
        after = words.total()
        if after >= _ENOUGH_MATCHES and after > found[at] - after:
            shown = ", ".join(f"«{word}» {count:,}" for word, count in words.most_common(3))
            yield _Finding(
                "warning",
                "clitic-readings",
                entry,
                f"after clitics {after:,} times, else {found[at] - after:,} times: {shown}",
                "if these are words of their own, give them to Matcher as `never_split`",
            )
