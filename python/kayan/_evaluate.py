"""How good the answers of a matcher are: precision, recall and F against texts with marked entities."""

from __future__ import annotations

import os
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import accumulate
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, TypeAlias

from kayan._core import KayanError
from kayan._files import write
from kayan._gold import Marked, join_documents, read_gold
from kayan._matcher import Matcher
from kayan._matches import Match, pandas_for, plural
from kayan._mistakes import check_matcher
from kayan._spans import NO_LABEL, check_choice
from kayan._views import colours, page
from kayan._views.marked import marked_text

if TYPE_CHECKING:
    import pandas

GoldClitics: TypeAlias = Literal["either", "outside", "inside"]
Labels: TypeAlias = "Mapping[str, str | None] | Literal['coarse'] | None"

COARSE: Mapping[str, str | None] = {
    **dict.fromkeys(("COUNTRY", "CITY", "REGION", "PLACE", "LOC", "LOCATION", "GPE"), "LOC"),
    **dict.fromkeys(("ORG", "ORGANIZATION", "ORGANISATION", "ARMED_GROUP", "PARTY", "MINISTRY"), "ORG"),
    **dict.fromkeys(("COMPANY", "BANK", "UNIVERSITY", "CLUB", "MEDIA"), "ORG"),
    **dict.fromkeys(("PERSON", "NAME", "PER", "PERS"), "PER"),
    **dict.fromkeys(("NATIONALITY", "LANGUAGE", "EVENT", "TOURNAMENT", "MISC"), "MISC"),
    # GOVERNMENT: descriptions (the Iraqi army), which gold sets don't mark as names.
    **dict.fromkeys(("GOVERNMENT", "OFFICE", "CURRENCY", "MONTH", "WEEKDAY")),
}
KINDS = ("missed", "spurious", "wrong label", "wrong boundaries")
_CONTEXT = 40  # code points on each side
_SHOWN = {"text": 5, "html": 50}  # mistakes of each kind


class Scores(NamedTuple):
    """How many answers are right, out of how many found and how many in the gold set.

    Examples
    --------
    >>> from kayan._evaluate import Scores
    >>> scores = Scores(right=3, found=4, gold=6)
    >>> scores.precision, scores.recall, scores.f
    (0.75, 0.5, 0.6)
    """

    right: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold set that was found; 0 where it has nothing."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.gold) if self.right else 0.0


class Mistake(NamedTuple):
    """Something found or missed wrongly, with how often it happened and where it did first.

    Attributes
    ----------
    kind : {"missed", "spurious", "wrong label", "wrong boundaries"}
    times : int
        How often the same happened to the same words with the same labels.
    gold, gold_label, found, found_label : str or None
        The words and the label in the gold set, and those found.
    origin : str
        The text in which it happened first: ``"line 7"`` of the file, or ``"row 6"``.
    row, start, end : int
        The position of that text in the gold set, from 0, and the place in it, in code points, end exclusive.
    before, words, after : str
        What stands before that place, in it, and after it.
    """

    kind: str
    times: int
    gold: str | None
    gold_label: str | None
    found: str | None
    found_label: str | None
    origin: str
    row: int
    start: int
    end: int
    before: str
    words: str
    after: str

    def _cells(self) -> tuple[str, str]:
        """Return the labels and the words, each as one cell."""
        labels = dict.fromkeys(str(label) for label in (self.gold_label, self.found_label) if label)
        words = dict.fromkeys(word for word in (self.gold, self.found) if word)
        return " not ".join(reversed(labels)), " / ".join(words)


class _Found(NamedTuple):
    start: int
    end: int
    label: str
    first: int  # where its clitics begin
    past: int  # where they end


def evaluate(
    matcher: Matcher,
    gold: Any,
    *,
    labels: Labels = None,
    clitics: GoldClitics = "either",
    documents: int | None = None,
) -> Evaluation:
    r"""Compare what a matcher finds with texts whose entities are marked.

    Parameters
    ----------
    matcher : Matcher
        With all its options; what it finds twice at a place with one label counts once.
    gold : path, DataFrame or iterable of dicts or str
        The texts with their entities, positions in code points, end exclusive. They may overlap, but none
        may be there twice.

        - dicts ``{"text": str, "entities": [[start, end, label], ...]}``; or a file of such objects, one on
          each line, called ``.jsonl``, ``.ndjson`` or ``.json``; a ``.json`` may have them in one array;
        - str with inline markup, ``"سافر إلى [بغداد](CITY)"``; or a file with such a text on each line,
          called ``.md``, ``.markdown`` or ``.txt``. A backslash before ``[``, ``]`` or a backslash makes it
          a sign of the text;
        - a DataFrame (pandas, polars) or an Arrow table with the columns ``text`` and ``entities``;
        - a file of tokens, called ``.conll``, ``.iob``, ``.iob2``, ``.bio``, ``.tsv`` or ``.txt``: on each
          line a token, a tab and its tag, a blank line between sentences. IOB1, IOB2, BIOES and BILOU are
          read. Blanks do as well as tabs, the tag being the last of several columns. The text of a sentence
          is its tokens joined by one space.

        A file may be compressed (``.gz``).
    labels : mapping or "coarse", optional
        What to call the labels of the matcher and of the gold set in common: ``{"COUNTRY": "LOC", "PERS":
        "PER"}``. A label that is mapped to None is left out on both sides, one that isn't a key stays as it
        is. ``"coarse"`` maps the labels of the built-in gazetteers and the usual ones of gold sets to LOC,
        ORG, PER and MISC, and leaves out GOVERNMENT, OFFICE, CURRENCY, MONTH and WEEKDAY. An entry
        without a label has the label ENTITY.
    clitics : {"either", "outside", "inside"}
        Where a marked entity has to begin and end to be the one that was found after clitics (و in والعراق):
        gold sets that mark whole tokens have them inside, a matcher leaves them outside. By default a span is
        right with them or without.
    documents : int, optional
        Join this many consecutive texts into one, with an empty line between them: for a set of sentences
        whose documents are lost. What shows that a name is meant is often in another sentence.

    Returns
    -------
    Evaluation
        Figures of two kinds. Strict: an entity is right if a match has its span and its label. By token: what
        was found and what is marked are taken as labels of tokens (stretches without white space), and a
        token has the label of each span that touches it.

    Raises
    ------
    KayanError
        For a gold set that is wrong, with the line or row: a span that is empty or outside of its text,
        something missing, an unknown tag, a file of unknown kind.
    TypeError
        If `matcher` isn't a `Matcher`, or `gold` isn't a gold set.

    Notes
    -----
    A mistake is a match and an entity that touch, if neither is part of a right pair, each with at most one
    other: ``"wrong boundaries"`` with the same label, ``"wrong label"`` with another. What is left is
    ``"missed"`` or ``"spurious"``. The gold set and all matches are kept in memory.

    Examples
    --------
    >>> import kayan
    >>> matcher = kayan.Matcher({"العراق": "COUNTRY", "القاهرة": "CITY"})
    >>> gold = [{"text": "سافر أحمد والعراق بعيد", "entities": [[5, 9, "PERS"], [10, 17, "LOC"]]}]
    >>> evaluation = kayan.evaluate(matcher, gold, labels="coarse")
    >>> evaluation.strict["LOC"].f
    1.0
    >>> [(mistake.kind, mistake.gold) for mistake in evaluation.mistakes]
    [('missed', 'أحمد')]
    """
    if isinstance(gold, Matcher):
        raise TypeError("evaluate() takes a Matcher and then the marked texts, got a Matcher in their place")
    check_matcher("evaluate()", matcher)
    check_choice("clitics", clitics, GoldClitics)
    renamed = _renaming(labels)
    texts = read_gold(gold)
    if documents is not None:
        if isinstance(documents, bool) or not isinstance(documents, int):
            raise TypeError(f"documents must be int, got {type(documents).__name__}")
        if documents < 1:
            raise KayanError(f"documents must be 1 or more, got {documents}")
        texts = join_documents(texts, documents)
    matches: list[list[Match]] = matcher.find_batch([marked.text for marked in texts]).by_row()
    tally = _Tally(clitics)
    for row, (marked, row_matches) in enumerate(zip(texts, matches, strict=True)):
        wanted = {
            (start, end, new): None
            for start, end, label in marked.spans
            if (new := renamed(label)) is not None
        }
        found = {
            (m.start, m.end, new): _Found(m.start, m.end, new, m.start - len(m.prefix), m.end + len(m.suffix))
            for m in row_matches
            if (new := renamed(m.label or NO_LABEL)) is not None
        }
        tally.add(row, marked, sorted(wanted), sorted(found.values()))
    return Evaluation(len(texts), tally, _hint(tally, labels))


def _hint(tally: _Tally, labels: Labels) -> str | None:
    """Return what may help where no label of the gold set is one of those that were found."""
    scores = tally.strict.items()
    found, gold = ({label for label, counts in scores if counts[at]} for at in (1, 2))
    if not found or not gold or found & gold:
        return None
    hint = f"no label of the gold set ({_some(gold)}) is one of those found ({_some(found)})"
    if labels is None and {COARSE.get(label, label) for label in found} & {COARSE.get(g, g) for g in gold}:
        return f'{hint}; labels="coarse" maps the usual ones of both'
    return f"{hint}; labels={{...}} maps them"


def _some(labels: set[str]) -> str:
    return ", ".join(sorted(labels)[:5]) + (", …" if len(labels) > 5 else "")


def _renaming(labels: Labels) -> Callable[[str], str | None]:
    if isinstance(labels, str) and labels != "coarse":
        raise KayanError(f"labels must be a mapping or 'coarse', got {labels!r}")
    mapping = COARSE if isinstance(labels, str) else labels or {}
    if not isinstance(mapping, Mapping):
        raise TypeError(f"labels must be a mapping or 'coarse', got {type(labels).__name__}")
    return lambda label: mapping.get(label, label)


_Span: TypeAlias = tuple[int, int, str]


class _Tally:
    """What `evaluate` counts, text by text."""

    def __init__(self, clitics: GoldClitics) -> None:
        self.clitics = clitics
        # For each label: right, found, in the gold set.
        self.strict: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        self.tokens: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        self.confusion: Counter[tuple[str | None, str | None]] = Counter()
        self.mistakes: Counter[tuple[str | None, ...]] = Counter()
        self.first: dict[tuple[str | None, ...], tuple[str, int, int, int, str, str, str]] = {}

    def add(self, row: int, marked: Marked, wanted: list[_Span], found: list[_Found]) -> None:
        """Count one text."""
        right, wanted_rest, found_rest = self._right(wanted, found)
        _count(self.strict, right, (hit.label for hit in found), (label for *_, label in wanted))
        self.confusion.update((label, label) for label in right)
        for span, hit in _paired(wanted_rest, found_rest, self._same_place):
            self.confusion[span and span[2], hit and hit.label] += 1
            self._mistake(row, marked, span, hit)
        touched = _touching(marked.text)
        gold_tokens = {(at, label) for start, end, label in wanted for at in touched(start, end)}
        found_tokens = {(at, hit.label) for hit in found for at in touched(hit.start, hit.end)}
        _count(
            self.tokens,
            (label for _, label in gold_tokens & found_tokens),
            (label for _, label in found_tokens),
            (label for _, label in gold_tokens),
        )

    def _places(self, hit: _Found) -> Iterator[tuple[int, int]]:
        """Give the spans that the gold set may have for a match."""
        if self.clitics == "inside":
            yield hit.first, hit.past
        elif self.clitics == "outside":
            yield hit.start, hit.end
        else:
            for start in range(hit.start, hit.first - 1, -1):
                yield from ((start, end) for end in range(hit.end, hit.past + 1))

    def _same_place(self, span: _Span, hit: _Found) -> bool:
        return span[:2] in self._places(hit)

    def _right(self, wanted: list[_Span], found: list[_Found]) -> tuple[list[str], list[_Span], list[_Found]]:
        """Return the labels of the right pairs, and what is left on both sides."""
        left = dict.fromkeys(wanted)
        right, wrong = [], []
        for hit in found:
            span = next((s for place in self._places(hit) if (s := (*place, hit.label)) in left), None)
            if span is None:
                wrong.append(hit)
            else:
                del left[span]
                right.append(hit.label)
        return right, list(left), wrong

    def _mistake(self, row: int, marked: Marked, span: _Span | None, hit: _Found | None) -> None:
        text = marked.text
        if span and hit:
            kind = "wrong boundaries" if span[2] == hit.label else "wrong label"
        else:
            kind = "missed" if span else "spurious"
        places = [place[:2] for place in (span, hit) if place]
        start, end = min(start for start, _ in places), max(end for _, end in places)
        gold = (text[span[0] : span[1]], span[2]) if span else (None, None)
        got = (text[hit.start : hit.end], hit.label) if hit else (None, None)
        key = (kind, *gold, *got)
        self.mistakes[key] += 1
        if key not in self.first:
            context = text[max(0, start - _CONTEXT) : start], text[start:end], text[end : end + _CONTEXT]
            self.first[key] = (marked.origin, row, start, end, *context)


def _count(
    scores: dict[str, list[int]], right: Iterable[str], found: Iterable[str], gold: Iterable[str]
) -> None:
    for field, labels in enumerate((right, found, gold)):
        for label in labels:
            scores[label][field] += 1


def _paired(
    wanted: list[_Span], found: list[_Found], same_place: Callable[[_Span, _Found], bool]
) -> Iterator[tuple[_Span | None, _Found | None]]:
    """Pair spans with matches that touch them: at the same place, then with the same label, then the rest."""
    touching = []
    # The greatest end up to each match: those before the first that reaches a span don't touch it.
    ends = list(accumulate((hit.past for hit in found), max))
    for span in wanted:
        for at in range(bisect_right(ends, span[0]), len(found)):
            hit = found[at]
            if hit.first >= span[1]:
                break
            if overlap := max(0, min(span[1], hit.past) - max(span[0], hit.first)):
                rank = 0 if same_place(span, hit) else 1 if span[2] == hit.label else 2
                touching.append((rank, -overlap, span, hit))
    spans, hits = dict.fromkeys(wanted), dict.fromkeys(found)
    for _, _, span, hit in sorted(touching):
        if span in spans and hit in hits:
            del spans[span], hits[hit]
            yield span, hit
    yield from ((span, None) for span in spans)
    yield from ((None, hit) for hit in hits)


def _touching(text: str) -> Callable[[int, int], range]:
    """Return a function that gives the numbers of the tokens that a span touches."""
    spans = [token.span() for token in re.finditer(r"\S+", text)]
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    return lambda start, end: range(bisect_right(ends, start), bisect_left(starts, end))


class Evaluation:
    """Precision, recall and F of a matcher on a gold set, with its mistakes; made by `kayan.evaluate`.

    As text it is tables of the figures, of which labels were taken for which, and of the most frequent
    mistakes in context; a notebook shows it as HTML.

    Attributes
    ----------
    texts : int
        How many texts the gold set has.
    strict, tokens : dict of str to Scores
        The figures for each label, by spans and by tokens: `right`, `found`, `gold`, and `precision`,
        `recall` and `f` of them.
    total, token_total : Scores
        The same for all labels together.
    confusion : dict of (str or None, str or None) to int
        How many entities with the first label were found with the second: on the diagonal, right or with
        wrong boundaries. None is nothing found, or nothing in the gold set.
    mistakes : list of Mistake
        Equal ones counted together: by kind, the most frequent first. ``pandas.DataFrame`` takes it.
    clitics : str
        As given to `evaluate`.
    hint : str or None
        What to do where no label of the gold set is one of those found; it stands in the report, too.
    COARSE : mapping
        What ``labels="coarse"`` stands for, to make another of: ``{**Evaluation.COARSE, "MONTH": "MISC"}``.
        GOVERNMENT is left out: most gold sets don't take descriptions of bodies by nationality for names.

    Examples
    --------
    >>> import kayan
    >>> gold = [{"text": "من القاهرة", "entities": [[3, 10, "LOC"]]}]
    >>> evaluation = kayan.evaluate(kayan.Matcher({"القاهرة": "LOC"}), gold)
    >>> evaluation.total.precision, evaluation.total.recall, evaluation.mistakes
    (1.0, 1.0, [])
    """

    COARSE: ClassVar[Mapping[str, str | None]] = COARSE

    def __init__(self, texts: int, tally: _Tally, hint: str | None = None) -> None:
        self.texts = texts
        self.hint = hint
        self.clitics = tally.clitics
        self.strict = {label: Scores(*tally.strict[label]) for label in sorted(tally.strict)}
        self.tokens = {label: Scores(*tally.tokens[label]) for label in sorted(tally.tokens)}
        self.total = _total(self.strict)
        self.token_total = _total(self.tokens)
        self.confusion = dict(tally.confusion)
        mistakes: list[Any] = [
            Mistake(key[0], count, *key[1:], *tally.first[key])  # type: ignore[arg-type, call-arg]
            for key, count in tally.mistakes.items()
        ]
        mistakes.sort(key=lambda mistake: (KINDS.index(mistake.kind), -mistake.times))
        self.mistakes: list[Mistake] = mistakes

    def to_dict(self) -> dict[str, Any]:
        """Return everything as dicts, lists, numbers and text, as JSON has them.

        Examples
        --------
        >>> import kayan
        >>> gold = [{"text": "من القاهرة", "entities": [[3, 10, "LOC"]]}]
        >>> kayan.evaluate(kayan.Matcher({"القاهرة": "LOC"}), gold).to_dict()["confusion"]
        [{'gold': 'LOC', 'found': 'LOC', 'count': 1}]
        """
        return {
            "texts": self.texts,
            "clitics": self.clitics,
            **{
                name: [
                    {"label": label, **_figures(scores)}
                    for label, scores in (*by_label.items(), (None, total))
                ]
                for name, by_label, total in self._tables()
            },
            "confusion": [
                {"gold": gold, "found": found, "count": count}
                for (gold, found), count in self.confusion.items()
            ],
            "mistakes": [mistake._asdict() for mistake in self.mistakes],
        }

    def to_pandas(self) -> pandas.DataFrame:
        """Return the figures as a ``pandas.DataFrame``.

        Columns: by (``"strict"`` or ``"tokens"``), label (None in the rows of the totals), precision, recall,
        f, right, found, gold.

        Raises
        ------
        ImportError
            If pandas is not installed.

        Examples
        --------
        >>> import kayan
        >>> gold = [{"text": "من القاهرة", "entities": [[3, 10, "LOC"]]}]
        >>> frame = kayan.evaluate(kayan.Matcher({"القاهرة": "LOC"}), gold).to_pandas()
        >>> frame[["by", "f"]].values.tolist()[0]
        ['strict', 1.0]
        """
        pd = pandas_for("to_pandas()")
        content = self.to_dict()
        rows = [{"by": name, **row} for name, *_ in self._tables() for row in content[name]]
        columns = ["by", "label", "precision", "recall", "f", "right", "found", "gold"]
        frame: pandas.DataFrame = pd.DataFrame(rows, columns=columns)
        return frame

    def to_html(self, path: str | os.PathLike[str]) -> None:
        """Write an HTML page: the figures, and up to 50 mistakes of each kind in context.

        Examples
        --------
        >>> import kayan, pathlib, tempfile
        >>> gold = [{"text": "من القاهرة", "entities": [[3, 10, "LOC"]]}]
        >>> file = pathlib.Path(tempfile.mkdtemp(), "page.html")
        >>> kayan.evaluate(kayan.Matcher({"القاهرة": "LOC"}), gold).to_html(file)
        >>> file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
        True
        """
        write(path, self.html())

    def html(self) -> str:
        """Return the page that `to_html` writes.

        Examples
        --------
        >>> import kayan
        >>> gold = [{"text": "من القاهرة", "entities": [[3, 10, "LOC"]]}]
        >>> "1 text, 1 entity, 1 match" in kayan.evaluate(kayan.Matcher({"القاهرة": "LOC"}), gold).html()
        True
        """
        slots = self._slots()
        return page.document(self._body(slots), "kayan evaluate", slots)

    def _repr_html_(self) -> str:
        slots = self._slots()
        return page.frame(self._body(slots), slots, script=True)

    def _slots(self) -> dict[str, int]:
        """Return the colours of the labels of both sides."""
        return colours.slots({*self.strict, *(label for pair in self.confusion for label in pair if label)})

    def _tables(self) -> Iterator[tuple[str, dict[str, Scores], Scores]]:
        yield "strict", self.strict, self.total
        yield "tokens", self.tokens, self.token_total

    def _titled(self) -> Iterator[tuple[str, Sequence[str], list[Sequence[str]]]]:
        """Give the tables with numbers: title, headings, rows."""
        for name, by_label, total in self._tables():
            title = {"strict": f"by span, clitics {self.clitics}", "tokens": "by token"}[name]
            rows = [_cells(label, scores) for label, scores in by_label.items()]
            yield title, (name, *_figures(total)), [*rows, _cells("total", total)]
        gold = sorted({label for label, _ in self.confusion if label})
        found = sorted({label for _, label in self.confusion if label})
        rows = [
            (label or "spurious", *(f"{self.confusion.get((label, other), 0):,}" for other in (*found, None)))
            for label in (*gold, None)
        ]
        rows[-1] = (*rows[-1][:-1], "")
        yield "gold labels (rows) found as (columns)", ("gold", *found, "missed"), rows

    def _kinds(self, limit: int) -> Iterator[tuple[str, list[Mistake]]]:
        for kind in KINDS:
            mistakes = [mistake for mistake in self.mistakes if mistake.kind == kind]
            count = sum(mistake.times for mistake in mistakes)
            yield f"{kind}: {count:,}", mistakes[:limit]

    def _body(self, slots: Mapping[str, int]) -> str:
        parts = [f"<p>{escape(self._head())}</p>"]
        for title, columns, rows in self._titled():
            tagged = [
                [page.Raw(page.tag(row[0], slots)) if row[0] in slots else row[0], *row[1:]] for row in rows
            ]
            total = rows[-1][0] == "total"
            parts.append(page.table(columns, tagged, title, total=total))
        columns = ("times", "label", "marked / found", "context", "place")
        for kind, mistakes in self._kinds(_SHOWN["html"]):
            title = kind
            if len(mistakes) == _SHOWN["html"]:
                title += f", the {len(mistakes)} most frequent of them"
            shown = [_html_row(mistake, slots) for mistake in mistakes]
            parts.append(page.table(columns, shown, title, wide=("context",), stacked=True))
        return "\n".join(parts)

    def _head(self) -> str:
        return (
            f"{plural(self.texts, 'text', 'texts')}, {plural(self.total.gold, 'entity', 'entities')}, "
            f"{plural(self.total.found, 'match', 'matches')}{f'; {self.hint}' if self.hint else ''}"
        )

    def __str__(self) -> str:
        blocks = [self._head()]
        for title, columns, rows in self._titled():
            widths = [max(map(len, column)) for column in zip(columns, *rows, strict=True)]
            lines = [
                "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])])
                for row in (columns, *rows)
            ]
            blocks.append("\n".join([title, *lines]))
        for title, mistakes in self._kinds(_SHOWN["text"]):
            blocks.append("\n".join([title, *map(_line, mistakes)]))
        return "\n\n".join(blocks)

    __repr__ = __str__


def _total(scores: Mapping[str, Scores]) -> Scores:
    return Scores(*(sum(column) for column in zip((0, 0, 0), *scores.values(), strict=True)))


def _figures(scores: Scores) -> dict[str, float]:
    figures = {"precision": scores.precision, "recall": scores.recall, "f": scores.f}
    return figures | scores._asdict()


def _cells(label: str, scores: Scores) -> Sequence[str]:
    figures = _figures(scores).values()
    return (label, *(f"{value:.3f}" if isinstance(value, float) else f"{value:,}" for value in figures))


def _line(mistake: Mistake) -> str:
    # Arabic comes last: it would reverse the order of what follows it.
    labels, words = mistake._cells()
    context = " ".join(f"{mistake.before}[{mistake.words}]{mistake.after}".split())
    where = f"{mistake.origin}, {mistake.start}-{mistake.end}"
    return f"{mistake.times:>6,}  {labels}  ({where})  {words}: {context}"


class _Place(NamedTuple):
    """The words of a mistake within their context, to be marked."""

    start: int
    end: int
    label: str | None
    name: str
    prefix: str = ""
    suffix: str = ""


def _html_row(mistake: Mistake, slots: Mapping[str, int]) -> Sequence[object]:
    _, words = mistake._cells()
    wrong, right = (mistake.found_label, mistake.gold_label) if mistake.gold else (mistake.found_label, None)
    labels = " not ".join(page.tag(label, slots) for label in dict.fromkeys((wrong, right)) if label)
    start = len(mistake.before)
    place = _Place(start, start + len(mistake.words), mistake.gold_label or mistake.found_label, words)
    context = marked_text(mistake.before + mistake.words + mistake.after, [place], slots)
    where = f"{mistake.origin}, {mistake.start}–{mistake.end}"
    return mistake.times, page.Raw(labels), words, page.Raw(context), where
