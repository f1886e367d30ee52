"""Matching: the documented face of the core's `Matcher`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, overload

from kayan import _core, _spans
from kayan._columns import as_list, like_column
from kayan._core import KayanError
from kayan._explain import Decision
from kayan._files import check_regular, write
from kayan._gazetteer.compiled import compiled
from kayan._inputs import Progress, as_column, checked_threads, reporter
from kayan._matches import Match, Matches, Placed, check_tokenize, label_counts, make_match, plural
from kayan._mistakes import by_meaning, check_profile, did_you_mean, suggests
from kayan._options import MatcherOptions, chosen, spelled_out
from kayan._renamed import without_old
from kayan._replace import Key, Pseudonymizer, Pseudonyms, Replacement, check_replacement, masked, replaced
from kayan._saved import pack, unpack
from kayan._spans import Offsets, SpanKind, Tokenizer
from kayan._views import summaries
from kayan._views.marked import Section
from kayan._views.shown import Shown

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from kayan._gazetteer.gazetteer import Gazetteer


class Matcher:
    """Finds the entities of a dictionary in Arabic text, where they stand in the original.

    Text and names are folded alike, names are looked for as whole words with the clitics that Arabic writes
    together with them, and overlaps are resolved. Building takes seconds for a million names; afterwards
    searching takes one pass over the text, however many names there are. A matcher can't be changed, and
    threads may share it.

    Parameters
    ----------
    gazetteer : Gazetteer, dict, list or DataFrame
        The dictionary, or what `Gazetteer.from_dict`, `from_records` or `from_dataframe` make one of:
        ``{name: label}``, a list of names, a table with a column ``name``. Later additions to it aren't seen.
    profile : str, default "match"
        What is folded to begin with: any name in `profiles`. In every profile a matcher composes canonically,
        and in those of kayan's own it also removes characters without width, reads ``_`` as a space and takes
        dashes for one sign and quotation marks for one. The defaults given here are those of ``"match"``.
    boundary : {"word", "none"}
        Only whole words (with clitics), or anywhere.
    overlap : {"longest", "all", "first", "priority"}
        Of matches that overlap, keep the longest of those that start first; all; of those that start first,
        the one listed first; or the one of the greatest priority, then the longest.
    clitics : {"safe", "off", "all"}
        Which one-letter words may be written before a name: و ف ب ل and their pairs (``"safe"``), none, or ك
        too.
        A ل takes the alef of ال: للقاهرة is ل + القاهرة.
    article : bool, default False
        Also allow ال before a name that doesn't begin with it.
    enclitics : bool, default False
        Allow an attached pronoun after the name.
    min_stem : int, default 3
        Letters that a one-word name must have for clitics to be split off it.
    stop_words : bool or iterable of str, default True
        Words that are never taken for a name that folding or clitics made like them: على for علي. True is a
        list of frequent function words, which words of your own replace.
    never_split : iterable of str
        Words that are never split into clitic and name.
    common_words : bool or iterable of str, default True
        Words that are not read as a clitic and a name (واحد is not و + أحد), nor taken for a name that
        folding made like them (أمام for إمام). True is a list of frequent words that comes with the package,
        which words of your own replace. `fit_common_words` learns more from texts.
    require_context : bool, default True
        A name that its entry calls ambiguous (`Gazetteer.add`) counts only after a trigger for its label
        (`Gazetteer.add_triggers`), or where the text also has a name of the entry that is not ambiguous and
        no other entry has the ambiguous one for sure. False takes every name as it stands.
    name_rules : bool, default True
        Compose names by the rules of the gazetteer (`Gazetteer.add_rule`), if it has any.
    coreference : bool, default True
        After a full name, find a part of it alone, for the labels of which the gazetteer says so
        (`Gazetteer.add_coreference`).
    fuzzy : {0, 1, 2}, default 0
        How many letters may be wrong, missing, added or exchanged with their neighbour: none in names below
        five letters, one below ten, up to two from there on; `Match.edits` and `Match.similarity` say how
        far a match is. Digits must agree; a known word is not a misspelling. Costs nine tenths of the speed
        and three times the memory. In running text, filter edits in names of one short word by similarity.
    fuzzy_known : bool, default False
        Take known words for misspelt names too: stop words, common words, words of other names.
    name_variants : iterable of {"compound", "kunya", "ibn", "joined", "patronymic", "numbers"}, or "all"
        Spellings of names to take as equal: عبد الله and عبدالله; أبو, أبي and أبا before a word; بن and ابن
        between words; عز الدين and عزالدين; محمد بن سلمان and محمد سلمان; كوفيد 19, كوفيد19 and كوفيد-19.
        Each spelling takes room in the index; a name has at most 128.
    whitespace : {"any", "inline"}
        Whether the words of a name may stand on two lines.
    script_boundary : bool, default True
        A word ends where Arabic and Latin letters meet.
    duplicates : {"priority", "all", "first"}
        Of several entries with one spelling, report those of the greatest priority, all, or the first.
    engine : {"auto", "aho-corasick"}
        What finds the names: the fastest for the other options, or always the automaton. The matches are the
        same.
    **options
        What to fold in names and texts: `nfc`, `invisibles`, `zwnj`, `presentation_forms`, `width`,
        `word_ligatures`, `quranic`, `tatweel`, `math_letters`, `lookalikes`, `tanween_alef`, `dagger`,
        `diacritics`, `alef`, `hamza`, `alef_maqsura`, `ta_marbuta`, `digits`, `separators`, `punctuation`,
        `signs`, `underscore_is_space`, `case`, `elongation`. Each means what it means to a
        `Normalizer`, and takes the same values. `fold` shows what comes of them.

    Raises
    ------
    KayanError
        For an unknown profile, option or value, or an entry of which folding leaves nothing; it names the
        entry's line.

    Examples
    --------
    >>> import kayan
    >>> matcher = kayan.Matcher({"القاهرة": "LOC", "الأمم المتحدة": "ORG"})
    >>> matcher.find("سافر للقاهرة")
    [Match(start=6, end=12, text='لقاهرة', label='LOC', id=None, name='القاهرة', prefix='ل', suffix='')]
    >>> kayan.Matcher(["القاهرة"], clitics="off").find("سافر للقاهرة")
    []
    >>> kayan.Matcher(["مؤمن"], hamza=True, signs=False).contains("عبد المؤمن ومومن")
    True
    """

    __slots__ = ("_metadata", "_native", "_profile")

    @without_old("option")
    @spelled_out(MatcherOptions, _core.matcher_profiles()["match"])
    def __init__(
        self,
        gazetteer: Gazetteer | Mapping[str, str | None] | Iterable[Any],
        *,
        profile: str = "match",
        **options: Unpack[MatcherOptions],
    ) -> None:
        check_profile("Matcher(profile=)", profile)
        self._profile = profile
        try:
            self._native, self._metadata = compiled(gazetteer, profile, chosen(options))
        except KayanError as error:
            raise by_meaning(error) from None

    @property
    def options(self) -> dict[str, object]:
        """Every option with its value, those of the profile included."""
        return self._native.options

    @property
    def labels(self) -> list[str]:
        """The labels of the entries and of the rules, which `find` can be limited to."""
        return self._native.labels

    @property
    def normalizer_id(self) -> str:
        """What the folding does, as a short text: equal for matchers that fold alike."""
        return self._native.normalizer_id

    @property
    def memory_usage(self) -> int:
        """Bytes that the dictionary takes in memory, without metadata."""
        return self._native.memory_usage

    def fold(self, text: str) -> str:
        """Return `text` as it is compared with names.

        Names and texts that fold alike are alike to the matcher, up to `name_variants`, clitics and what the
        entries themselves are strict about. A run of white space is one space; with ``whitespace="inline"``,
        one line break if it has any.

        Raises
        ------
        TypeError
            If `text` is not a str.

        Examples
        --------
        >>> import kayan
        >>> kayan.Matcher(["القاهرة"]).fold("إلى  القاهِــرة")
        'الي القاهره'
        >>> kayan.Matcher(["القاهرة"], ta_marbuta=False, digits=False).fold("القاهرة ٢٠٢٦")
        'القاهرة ٢٠٢٦'
        """
        if not isinstance(text, str):
            raise TypeError(f"fold() takes one str, got {type(text).__name__}")
        return self._native.fold(text)

    def fit_common_words(self, texts: Any) -> Matcher:
        """Return a matcher that has also learned from texts which words are common.

        A word that stands there five times or more, and more than twice as often as the name that it would
        hold after a clitic, is no longer read as that clitic and that name. These words add to those of the
        option `common_words`, and are saved with the matcher. They replace what an earlier call has learned.

        Parameters
        ----------
        texts : column of str
            As in `find_batch`, of the kind to be searched. They are read once, on all processors.

        Returns
        -------
        Matcher
            A new one; this one stays as it is.

        Raises
        ------
        TypeError
            If an item is neither a str nor null (the message names its row), or `texts` is one text or a
            table.

        Examples
        --------
        >>> import kayan
        >>> matcher = kayan.Matcher({"سمة": "ORG"})  # the name of a credit bureau
        >>> matcher.count("صرحت بسمة")  # and of a singer, بسمة
        1
        >>> matcher.fit_common_words(["غنت بسمة", "قالت بسمة", "بسمة نجمة", "عادت بسمة", "حضرت بسمة"]).count(
        ...     "صرحت بسمة"
        ... )
        0
        """
        native = self._native.fit_common_words(as_list(texts, "fit_common_words()"))
        return self._of_native(native, self._profile, self._metadata)

    def _wanted(self, labels: str | Iterable[str] | None) -> list[str] | None:
        if labels is None:
            return None
        if not isinstance(labels, (str, Iterable)):
            raise TypeError(f"labels must be a label or a list of labels, got {type(labels).__name__}")
        wanted = [labels] if isinstance(labels, str) else list(labels)
        labels_here = self.labels
        for label in wanted:
            if label not in labels_here:
                known = ", ".join(sorted(labels_here)) or "none"
                hint = did_you_mean(label, labels_here)
                raise KayanError(f"no entry has the label {label!r:.80}{hint} labels: {known}")
        return wanted

    def find(
        self,
        text: str,
        labels: str | Iterable[str] | None = None,
        *,
        offsets: Offsets = "codepoint",
        span: SpanKind = "entity",
    ) -> list[Match]:
        """Find the entities in one text.

        Parameters
        ----------
        text : str
            Any length; a lone surrogate is a character like others.
        labels : str or iterable of str, optional
            Report only entries with these labels. Overlaps are resolved among them.
        offsets : {"codepoint", "byte", "utf16"}
            What `start` and `end` count: code points, as Python does; bytes of the text in UTF-8, as Rust and
            Arrow do; or units of UTF-16, as JavaScript and Java do.
        span : {"entity", "token"}
            Whether `start`, `end` and `text` leave out the clitics or take them in, as taggers of whole
            tokens do. `prefix` and `suffix` are reported either way.

        Returns
        -------
        list of Match
            In text order. `start` and `end` are code points of `text`, end exclusive, so that
            ``text[m.start:m.end] == m.text``, unless `offsets` says otherwise.

        Raises
        ------
        KayanError
            If no entry has one of the labels, or for an unknown value of `offsets` or `span`.
        TypeError
            If `text` is not a str.

        Examples
        --------
        >>> import kayan
        >>> matcher = kayan.Matcher(["القاهرة"])
        >>> [(m.start, m.end, m.text) for m in matcher.find("سافر للقاهرة", span="token")]
        [(5, 12, 'للقاهرة')]
        >>> [(m.start, m.end, m.text) for m in matcher.find("سافر للقاهرة", offsets="byte")]
        [(11, 23, 'لقاهرة')]
        """
        if not isinstance(text, str):
            raise TypeError(
                f"find() takes one str, got {type(text).__name__}; for many texts, call find_batch()"
            )
        _check_place(offsets, span)
        found: list[tuple[Any, ...]] = [*self._native.find(text, self._wanted(labels))]
        if span == "token":
            found = [_spans.widened(fields) for fields in found]
        if offsets != "codepoint":
            ends = (position for fields in found for position in fields[:2])
            units = _spans.units_before(text, ends, offsets)
            found = [(units[fields[0]], units[fields[1]], *fields[2:]) for fields in found]
        return [make_match(fields, self._metadata) for fields in found]

    @suggests
    def find_batch(
        self,
        texts: Iterable[Any],
        labels: str | Iterable[str] | None = None,
        *,
        offsets: Offsets = "codepoint",
        span: SpanKind = "entity",
        progress: Progress = False,
        threads: int | None = None,
    ) -> Matches:
        """Find the entities in many texts on several threads.

        Parameters
        ----------
        texts : list, tuple, pandas or polars Series, pyarrow array, numpy array, or any iterable of str
            Nulls (None, NaN, ``pd.NA``, Arrow null) are rows without matches.
        labels : str or iterable of str, optional
            Report only entries with these labels.
        offsets, span
            As in `find`. For other values than the default, positions are converted in Python, and the
            texts of an Arrow column are copied.
        progress : bool or callable, default False
            True shows a tqdm bar; a function is called with the number of rows done.
        threads : int, optional
            Default: one per processor.

        Returns
        -------
        Matches
            Columns, with the position of each text in `row`.

        Raises
        ------
        KayanError
            If no entry has one of the labels, or for an unknown value of `offsets` or `span`.
        TypeError
            If an item is neither a str nor null (the message names its row), or `texts` is one text or a
            table.

        Examples
        --------
        >>> import kayan
        >>> matches = kayan.Matcher(["دبي"]).find_batch(["إلى دبي", None])
        >>> [[match.name for match in row] for row in matches.by_row()]
        [['دبي'], []]
        """
        wanted = self._wanted(labels)
        _check_place(offsets, span)
        if offsets != "codepoint":
            texts = as_list(texts, "find_batch()")
        kind, column = as_column(texts, "find_batch()")
        with reporter(progress, len(column) if hasattr(column, "__len__") else None) as report:
            run = self._native.find_arrow if kind == "arrow" else self._native.find_list
            found = run(column, wanted, checked_threads(threads), report)
        as_found = (offsets, span) == ("codepoint", "entity")
        return Matches(found if as_found else Placed(found, column, offsets, span), self._metadata)

    def first(self, text: str, labels: str | Iterable[str] | None = None) -> Match | None:
        """Return the first match in `text`, or None.

        Parameters and errors are those of `find`.

        Examples
        --------
        >>> import kayan
        >>> kayan.Matcher(["دبي", "مصر"]).first("من مصر إلى دبي").name
        'مصر'
        """
        return next(iter(self.find(text, labels)), None)

    @overload
    def contains(self, text: str, labels: str | Iterable[str] | None = None) -> bool: ...
    @overload
    def contains(self, text: Any, labels: str | Iterable[str] | None = None) -> Any: ...
    def contains(self, text: Any, labels: str | Iterable[str] | None = None) -> Any:
        """Tell whether anything is found in a text, or in each text of a column.

        Parameters
        ----------
        text : str or column of str
            As in `find_batch`.
        labels : str or iterable of str, optional
            Look only for entries with these labels.

        Returns
        -------
        bool, or same kind of column
            For a Series, a Series with its index, to select rows by. A null contains nothing.

        Examples
        --------
        >>> import kayan
        >>> kayan.Matcher(["دبي"]).contains(["إلى دبي", "إلى مصر", None])
        [True, False, False]
        """
        return self._tally(text, labels, "contains()", bool)

    @overload
    def count(self, text: str, labels: str | Iterable[str] | None = None) -> int: ...
    @overload
    def count(self, text: Any, labels: str | Iterable[str] | None = None) -> Any: ...
    def count(self, text: Any, labels: str | Iterable[str] | None = None) -> Any:
        """Return how many matches a text has, or each text of a column.

        Parameters
        ----------
        text : str or column of str
            As in `find_batch`.
        labels : str or iterable of str, optional
            Count only entries with these labels.

        Returns
        -------
        int, or same kind of column
            For a Series, a Series with its index. A null has 0.

        Examples
        --------
        >>> import kayan
        >>> kayan.Matcher(["دبي"]).count(["من دبي إلى دبي", None])
        [2, 0]
        """
        return self._tally(text, labels, "count()", int)

    def _tally(self, text: Any, labels: str | Iterable[str] | None, caller: str, kind: type) -> Any:
        """Return, as `kind`, the number of matches in one text or in each of a column."""
        if isinstance(text, str):
            return kind(len(self._native.find(text, self._wanted(labels))))
        if not hasattr(text, "__len__"):  # an iterator, which can be read only once
            text = as_list(text, caller)
        found, column = as_column(text, caller)
        run = self._native.count_arrow if found == "arrow" else self._native.count_list
        return like_column(text, [kind(count) for count in run(column, self._wanted(labels))], kind)

    @overload
    def replace(
        self,
        text: str,
        how: Replacement,
        labels: str | Iterable[str] | None = None,
        *,
        by: Key = "label",
        span: SpanKind = "entity",
    ) -> str: ...
    @overload
    def replace(
        self,
        text: Any,
        how: Replacement,
        labels: str | Iterable[str] | None = None,
        *,
        by: Key = "label",
        span: SpanKind = "entity",
    ) -> Any: ...
    @suggests
    def replace(
        self,
        text: Any,
        how: Replacement,
        labels: str | Iterable[str] | None = None,
        *,
        by: Key = "label",
        span: SpanKind = "entity",
    ) -> Any:
        """Replace the matches of a text, or of each text of a column, and keep their clitics.

        Parameters
        ----------
        text : str or column of str
            As in `find_batch`.
        how : str, dict or function
            What to write: always the same; by label (a match whose label isn't a key stays as it is; None is
            the key of entries without a label); or what the function returns for a `Match`.
        labels : str or iterable of str, optional
            Replace only entries with these labels.
        by : {"label", "name", "id"}
            What the keys of a dict are.
        span : {"entity", "token"}
            Whether the clitics stay, or are replaced together with the match.

        Returns
        -------
        str, or same kind of column
            Nulls stay null. Behind ل, what begins with ال is written as Arabic does: ل + القاهرة is للقاهرة.
            Where several entries have the same place, the first of them counts.

        Raises
        ------
        KayanError
            If the matcher was built with ``overlap="all"``: of matches that overlap, only one can be
            replaced; for a key that no entry has.
        TypeError
            If `how` is something else, or a replacement isn't a str.

        Examples
        --------
        >>> import kayan
        >>> matcher = kayan.Matcher({"القاهرة": "LOC", "أحمد": "PER"})
        >>> matcher.replace("سافر أحمد وللقاهرة طريقان", "×")
        'سافر × ول× طريقان'
        >>> matcher.replace("سافر أحمد وللقاهرة طريقان", {"PER": "فلان"})
        'سافر فلان وللقاهرة طريقان'
        >>> matcher.replace("سافر أحمد وللقاهرة طريقان", {"القاهرة": "مدينة"}, by="name")
        'سافر أحمد ولمدينة طريقان'
        >>> matcher.replace(["سافر للقاهره", None], lambda match: match.name)
        ['سافر للقاهرة', None]
        """
        check_replacement(how)
        return self._replaced("replace()", text, how, labels, by, span)

    @overload
    def mask(
        self,
        text: str,
        labels: str | Iterable[str] | None = None,
        *,
        span: SpanKind = "entity",
        pseudonyms: Pseudonyms = False,
    ) -> str: ...
    @overload
    def mask(
        self,
        text: Any,
        labels: str | Iterable[str] | None = None,
        *,
        span: SpanKind = "entity",
        pseudonyms: Pseudonyms = False,
    ) -> Any: ...
    @suggests
    def mask(
        self,
        text: Any,
        labels: str | Iterable[str] | None = None,
        *,
        span: SpanKind = "entity",
        pseudonyms: Pseudonyms = False,
    ) -> Any:
        """Write ``[LABEL]`` for the matches of a text, or of each text of a column; see `replace`.

        An entry without a label is ``[ENTITY]``.

        Parameters
        ----------
        text : str or column of str
            As in `find_batch`.
        labels : str or iterable of str, optional
            Mask only entries with these labels.
        span : {"entity", "token"}
            Whether the clitics stay, or are masked together with the match.
        pseudonyms : bool or dict, default False
            True: write the kind of the entity with a number, such as شخص-1, the same wherever the entity
            stands in the column: one entity is one id, or one name where there is none. A dict is filled with
            ``{(label, id or name): pseudonym}``, and those that are in it already are used: give the same
            dict for several columns. Whoever has it can undo the masking.

        Returns
        -------
        str, or same kind of column
            Nulls stay null.

        Raises
        ------
        KayanError, TypeError
            As `replace`; for something else as `pseudonyms`.

        Examples
        --------
        >>> import kayan
        >>> matcher = kayan.Matcher({"القاهرة": "CITY", "أحمد": "PER", "سالم": "PER"})
        >>> matcher.mask("وللقاهرة"), matcher.mask("وللقاهرة", span="token")
        ('ول[CITY]', '[CITY]')
        >>> key = {}
        >>> matcher.mask(["لقي أحمد سالم", "قال سالم لأحمد"], pseudonyms=key)
        ['لقي شخص-1 شخص-2', 'قال شخص-2 لشخص-1']
        >>> key["PER", "سالم"]
        'شخص-2'
        """
        numbered = pseudonyms is not False and pseudonyms is not None
        how = Pseudonymizer(pseudonyms) if numbered else masked
        return self._replaced("mask()", text, how, labels, "label", span)

    def _replaced(
        self,
        caller: str,
        text: Any,
        how: Replacement,
        labels: str | Iterable[str] | None,
        by: Key,
        span: SpanKind,
    ) -> Any:
        """Replace the matches of a text or of a column; messages name the caller."""
        _spans.check_choice(f"{caller[:-1]}by=)", by, Key)
        _spans.check_choice(f"{caller[:-1]}span=)", span, SpanKind)
        if isinstance(how, Mapping):
            self._check_keys(caller, [*how], by)
        if self.options["overlap"] == "all":
            raise KayanError(
                f'{caller} takes one match at a place, and a matcher with overlap="all" may find several: '
                "build it with another overlap"
            )
        if isinstance(text, str):
            return replaced(text, self.find(text, labels), how, by, span)
        texts = as_list(text, caller)
        found = self.find_batch(texts, labels).by_row()
        new = [
            None if t is None else replaced(t, m, how, by, span) for t, m in zip(texts, found, strict=True)
        ]
        return like_column(text, new, str)

    def _check_keys(self, caller: str, keys: list[Any], by: Key) -> None:
        """Refuse keys of a dict that no entry and no rule has."""
        wrong = next(
            (key for key in keys if not isinstance(key, str) and (key is not None or by == "name")), ""
        )
        if wrong != "":
            raise TypeError(f"{caller} takes a dict whose keys are str, got {wrong!r:.80}")
        given = [key for key in keys if key is not None]
        if by == "label":
            known = self.labels
            for key in given:
                if key not in known:
                    hint = did_you_mean(key, known)
                    other = next(
                        (f for f in ("name", "id") if not self._native.unknown([key], f == "id")), None
                    )
                    hint = (
                        hint
                        if other is None
                        else f': it is {"an id" if other == "id" else "a name"}; pass by="{other}",'
                    )
                    shown = ", ".join(sorted(known)) or "none"
                    raise KayanError(f"{caller}: no entry has the label {key!r:.80}{hint} labels: {shown}")
            return
        for key in self._native.unknown(given, by == "id"):
            # Rules compose names, and ids, that are in no list.
            composed = (
                key.startswith(("rule:", "name:"))
                if by == "id"
                else any(found[5] == key for found in self._native.find(key, None))
            )
            if not composed:
                hint = ': it is a label; pass by="label"' if key in self.labels else ""
                raise KayanError(f"{caller}: no entry has the {by} {key!r:.80}{hint}")

    @suggests
    def to_conll(
        self, text: Any, labels: str | Iterable[str] | None = None, *, tokenize: Tokenizer | None = None
    ) -> str:
        r"""Tag the tokens of a text, or of the texts of a column, as CoNLL lines: token, tab, IOB2 tag.

        Parameters
        ----------
        text : str or column of str
            As in `find_batch`. A blank line follows each text.
        labels : str or iterable of str, optional
            Tag only entries with these labels.
        tokenize : function, optional
            As in `Matches.to_iob`, which tells how tokens are tagged.

        Examples
        --------
        >>> import kayan
        >>> kayan.Matcher({"القاهرة": "LOC"}).to_conll("سافر للقاهرة.")
        'سافر\tO\nللقاهرة\tB-LOC\n.\tO\n\n'
        """
        check_tokenize("to_conll()", tokenize)
        texts = as_list([text] if isinstance(text, str) else text, "to_conll()")
        return _spans.conll(self.find_batch(texts, labels).to_iob(texts, tokenize))

    def show(self, text: str, labels: str | Iterable[str] | None = None) -> Shown:
        """Show `text` with its matches marked, right to left: as HTML in a notebook, as text elsewhere.

        For the texts of a column, `Matches.show`.

        Raises
        ------
        TypeError
            If `text` is not a str.

        Examples
        --------
        >>> import kayan
        >>> print(kayan.Matcher({"دبي": "CITY"}).show("من دبي"))
        من دبي
          3-6  دبي  CITY  دبي
        """
        if not isinstance(text, str):
            raise TypeError(
                f"show() takes one str, got {type(text).__name__}; for many, find_batch(texts).show(texts)"
            )
        return Shown([Section("", None, text, self.find(text, labels))])

    def explain(self, text: str, labels: str | Iterable[str] | None = None) -> list[Decision]:
        """List every place where the letters of an entry stand in `text`, with the rule that decided on it.

        Returns
        -------
        list of Decision
            In text order; those with ``rule == "accepted"`` are the matches that `find` gives.

        Examples
        --------
        >>> import kayan
        >>> for decision in kayan.Matcher(["علي"]).explain("قال علي وهو على الطريق"):
        ...     print(decision)
        + 4-7 'علي' as 'علي': accepted, a match
        - 12-15 'على' as 'علي': stop_words, a stop word, which the entry is not written like
        """
        if not isinstance(text, str):
            raise TypeError(f"explain() takes one str, got {type(text).__name__}")
        return summaries.Explained(
            text,
            (
                Decision(
                    make_match(found, self._metadata),
                    surface,
                    rule,
                    reason,
                    make_match(winner, self._metadata) if winner else None,
                )
                for found, surface, rule, reason, winner in self._native.explain(text, self._wanted(labels))
            ),
        )

    def to_bytes(self) -> bytes:
        """Return the matcher as bytes: what `save` writes.

        Raises
        ------
        KayanError
            If metadata hold something other than text, numbers, lists and dicts with text for keys; it names
            the entry and the key. Pickling takes metadata of any type.

        Examples
        --------
        >>> import kayan
        >>> data = kayan.Matcher(["دبي"]).to_bytes()
        >>> kayan.Matcher.from_bytes(data).count("من دبي")
        1
        """
        return self._native.to_bytes(pack(self._profile, self._metadata))

    @classmethod
    def from_bytes(cls, data: bytes) -> Matcher:
        """Return the matcher that `to_bytes` wrote.

        Raises
        ------
        KayanError
            If the bytes aren't a saved matcher, are cut off or altered, or come from a version of kayan that
            reads text otherwise.
        TypeError
            If they aren't bytes.

        Examples
        --------
        >>> import kayan
        >>> kayan.Matcher.from_bytes(kayan.Matcher({"دبي": "CITY"}).to_bytes())
        Matcher: 1 entry (CITY 1), profile 'match'
        """
        if not isinstance(data, bytes):
            hint = "; Matcher.load() reads a file" if isinstance(data, (str, os.PathLike)) else ""
            raise TypeError(f"from_bytes() takes bytes, got {type(data).__name__}{hint}")
        return cls._of_saved(*_core.Matcher.from_bytes(data))

    @classmethod
    def _of_saved(cls, native: _core.Matcher, extra: bytes) -> Matcher:
        return cls._of_native(native, *unpack(extra))

    @classmethod
    def _of_native(cls, native: _core.Matcher, profile: str, metadata: Mapping[str, list[object]]) -> Matcher:
        matcher = cls.__new__(cls)
        matcher._native, matcher._profile, matcher._metadata = native, profile, metadata
        return matcher

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the matcher to a file; it is there as a whole or not at all.

        What is replaced keeps its mode, and a symbolic link stays one.

        Raises
        ------
        KayanError
            As `to_bytes`.
        OSError
            If the folder isn't there, the disk is full, or the like; what was there stays.

        Examples
        --------
        >>> import kayan, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     kayan.Matcher({"دبي": "CITY"}).save(f"{folder}/places.kayan")
        ...     kayan.Matcher.load(f"{folder}/places.kayan")
        Matcher: 1 entry (CITY 1), profile 'match'
        """
        write(path, self.to_bytes())

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, mmap: bool = False) -> Matcher:
        """Open a matcher that `save` wrote: milliseconds, however many entries it has.

        Parameters
        ----------
        path : path-like
            The file.
        mmap : bool, default False
            Map the file into memory, which processes that load it share, and read what is touched of it. It
            must not be written to or cut short meanwhile: the system kills a process that touches a part
            which is gone. Saving anew is fine, since that renames a new file over the old one. Otherwise the
            file is read at once.

        Raises
        ------
        KayanError
            If the file isn't a saved matcher or can't be used, or is a directory or a pipe; the message names
            the file.

        Notes
        -----
        Names that begin or end with no letter or digit, and all names of a matcher with ``boundary="none"``,
        ``enclitics=True`` or ``engine="aho-corasick"``, are compiled again: some microseconds for each.

        Examples
        --------
        >>> import kayan, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     kayan.Matcher(["دبي"]).save(f"{folder}/places.kayan")
        ...     kayan.Matcher.load(f"{folder}/places.kayan").count("من دبي")
        1
        """
        if not isinstance(path, (str, os.PathLike)):
            hint = "; from_bytes() reads bytes" if isinstance(path, bytes) else ""
            raise TypeError(f"load() takes a path, got {type(path).__name__}{hint}")
        size = check_regular(path, "a saved matcher")
        # Raises Python's own error if the file can't be opened.
        with open(path, "rb"):
            pass
        try:
            # An empty file can't be mapped.
            return cls._of_saved(*_core.Matcher.open(path, mmap and size > 0))
        except KayanError as error:
            raise KayanError(f"{os.fspath(path)}: {error}") from None

    def __reduce__(self) -> tuple[Any, ...]:
        data = self._native.to_bytes(pack(self._profile, {}))
        return type(self)._unpickled, (data, self._metadata)

    @classmethod
    def _unpickled(cls, data: bytes, metadata: Mapping[str, list[object]]) -> Matcher:
        matcher = cls.from_bytes(data)
        matcher._metadata = metadata
        return matcher

    def __copy__(self) -> Matcher:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Matcher:
        # A matcher can't be changed, so one may serve as its copy.
        return self

    def __len__(self) -> int:
        return len(self._native)

    def __repr__(self) -> str:
        labels = Counter(dict(self._native.label_counts))
        counts = f" ({label_counts(labels)})" if labels else ""
        return f"Matcher: {plural(len(self), 'entry', 'entries')}{counts}, profile {self._profile!r}"

    def _repr_html_(self) -> str:
        return summaries.matcher_html(repr(self), dict(self._native.label_counts), self.options)


def _check_place(offsets: object, span: object) -> None:
    _spans.check_choice("offsets", offsets, Offsets)
    _spans.check_choice("span", span, SpanKind)
