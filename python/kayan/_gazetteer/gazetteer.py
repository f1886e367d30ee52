"""`Gazetteer` as users see it, with its documentation."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import IO, TYPE_CHECKING, Any

from kayan import _lint
from kayan._core import KayanError, check_kind, check_rule
from kayan._gazetteer import builtin, readers, writers
from kayan._gazetteer.checks import Entry, checked_priority, checked_text, checked_words
from kayan._gazetteer.storage import ADDED, Entries
from kayan._renamed import tells_renamed, without_old

if TYPE_CHECKING:
    import pandas
    from typing_extensions import Self, Unpack

    from kayan._options import MatcherOptions


@tells_renamed("method")
class Gazetteer(Entries):
    """A dictionary of entities: names with labels, ids, aliases, priorities and metadata.

    Entries are kept in the order they were added; the same name may be added again, with another label or id.
    ``a | b`` has the entries of both, ``a - b`` those of `a` whose name `b` doesn't have (with their label or
    with none). Besides entries it may have words that announce names (`add_triggers`) and rules that compose
    names (`add_word_list`, `add_rule`); ``a | b`` has those of both, too. Names are stored as given: folding
    happens in `Matcher`. About 60 bytes an entry besides its strings.

    Examples
    --------
    >>> import kayan
    >>> gazetteer = kayan.Gazetteer()
    >>> gazetteer.add("الأمم المتحدة", label="ORG", id="Q1065", aliases=["هيئة الأمم"], founded=1945)
    >>> gazetteer |= kayan.Gazetteer.from_dict({"القاهرة": "LOC", "دبي": "LOC"})
    >>> gazetteer
    Gazetteer: 3 entries (LOC 2, ORG 1): الأمم المتحدة, القاهرة, دبي
    >>> "هيئة الأمم" in gazetteer
    True
    """

    __slots__ = ()

    @without_old("field")
    def add(
        self,
        name: str,
        label: str | None = None,
        id: str | int | None = None,
        aliases: Iterable[str] = (),
        priority: int = 0,
        strict: Iterable[str] = (),
        ambiguous: Iterable[str] | bool = (),
        **metadata: object,
    ) -> None:
        """Add one entry, or nothing if something in it is refused.

        Parameters
        ----------
        name : str
            The canonical name.
        label : str, optional
            Its class, such as ``"LOC"``.
        id : str or int, optional
            Its identifier elsewhere; stored as a str.
        aliases : iterable of str
            Other names of the same entity.
        priority : int, default 0
            Among overlapping matches, the greater wins under ``Matcher(overlap="priority")``. 32 bits.
        strict : iterable of {"exact", "hamza", "case", "no_clitics"}
            How the entry and its aliases are matched more strictly than the matcher's options say: only as
            they are written (canonically equivalent spellings aside); with the hamzas of their letters; with
            the case of their letters; with no clitics before them.
        ambiguous : iterable of str, or bool
            Those of its name and aliases that are ordinary words too, such as سلام or فاس; True is all of
            them that are one word. They count only in the contexts that are listed under the option
            `require_context` of `Matcher`.
        **metadata
            Anything else; `Match.metadata` has it. None is left out.

        Returns
        -------
        None
            Like the methods of Python's own containers that change them.

        Raises
        ------
        KayanError
            For a name that is blank, invisible or nothing but marks, one with lone surrogates, or a priority
            that doesn't fit, with the code points; for an ambiguous name that the entry doesn't have.
        TypeError
            For a value of the wrong type.
        """
        self._begin(*ADDED)
        self._put(
            len(self),
            name,
            label,
            id=id,
            aliases=aliases,
            priority=priority,
            strict=strict,
            ambiguous=ambiguous,
            metadata=metadata,
        )

    @classmethod
    def from_dict(cls, names: Mapping[str, str | None]) -> Self:
        """Make a gazetteer of ``{name: label}``; a label may be None."""
        return cls.from_records(names.items())

    @classmethod
    def from_records(cls, records: Iterable[str | tuple[Any, ...] | Mapping[str, Any]]) -> Self:
        """Make a gazetteer of dicts, of tuples ``(name, label)`` or ``(name, label, id)``, or of names.

        Parameters
        ----------
        records : iterable
            In a dict, the keys name, label, id, aliases, strict and ambiguous (lists, or words separated by
            ``|``) and priority are those of `add`, the others metadata; None and NaN are left out.

        Raises
        ------
        KayanError, TypeError
            As `add`, with the position of the record from 0.

        Examples
        --------
        >>> import kayan
        >>> len(kayan.Gazetteer.from_records([("دبي", "LOC"), {"name": "محمد", "label": "PER", "rank": 1}]))
        2
        """
        self = cls()
        readers.read_records(self, records)
        return self

    @classmethod
    @without_old("field")
    def from_csv(
        cls,
        file: str | os.PathLike[str] | IO[str] | IO[bytes],
        *,
        delimiter: str | None = None,
        name: str = "name",
        label: str | None = "label",
        id: str | None = "id",
        aliases: str | None = "aliases",
        priority: str | None = "priority",
        strict: str | None = "strict",
        ambiguous: str | None = "ambiguous",
        default_label: str | None = None,
    ) -> Self:
        r"""Read a gazetteer from a CSV or TSV file with a header line.

        Parameters
        ----------
        file : path or open file
            UTF-8, with or without a byte order mark. Cells may be quoted and then hold line breaks.
        delimiter : str, optional
            Default: tab for a file named ``.tsv`` or ``.tab``, comma for others.
        name, label, id, aliases, priority, strict, ambiguous : str
            Columns to read; only that of the names is required, and any other that isn't called as by default
            must exist. Aliases and ambiguous names are separated by ``|``. Pass None to leave one out. Other
            columns are metadata.
        default_label : str, optional
            Label of the entries whose label cell is empty or missing.

        Raises
        ------
        KayanError
            For a missing column, bytes that aren't UTF-8, broken quotes, a line with more or fewer cells than
            the header, or an entry that `add` refuses. It names the file and the line, from 1.
        OSError
            If the file can't be read.

        Examples
        --------
        >>> import io, kayan
        >>> file = io.StringIO("name,type,country\nدبي,LOC,AE\n")
        >>> list(kayan.Gazetteer.from_csv(file, label="type"))[0].metadata
        {'country': 'AE'}
        """
        self = cls()
        fields = (name, label, id, aliases, priority, strict, ambiguous)
        readers.read_csv(self, file, fields, delimiter, default_label)
        return self

    @classmethod
    def from_jsonl(cls, file: str | os.PathLike[str] | IO[str] | IO[bytes]) -> Self:
        r"""Read a gazetteer from a file with a JSON object on each line.

        Parameters
        ----------
        file : path or open file
            UTF-8. The keys name, label, id, aliases, strict and ambiguous (lists, or words separated by
            ``|``) and priority are those of `add`, the others metadata; null and blank lines are left
            out.

        Raises
        ------
        KayanError, TypeError
            For a line that isn't a JSON object, or an entry that `add` refuses. It names the file and the
            line, from 1.
        OSError
            If the file can't be read.

        Examples
        --------
        >>> import io, kayan
        >>> file = io.StringIO('{"name": "دبي", "label": "LOC", "aliases": ["إمارة دبي"], "country": "AE"}\n')
        >>> list(kayan.Gazetteer.from_jsonl(file))[0].metadata
        {'country': 'AE'}
        """
        self = cls()
        readers.read_jsonl(self, file)
        return self

    @classmethod
    def from_entity_ruler(
        cls, patterns: str | os.PathLike[str] | IO[str] | IO[bytes] | Iterable[Mapping[str, Any]]
    ) -> Self:
        """Make a gazetteer of the patterns of spaCy's EntityRuler.

        Parameters
        ----------
        patterns : path, open file or iterable of dict
            A JSONL file as EntityRuler writes it, or dicts ``{"label", "pattern", "id"}``. A pattern is a
            str, or a list of tokens, each a dict with ORTH, TEXT, LOWER or NORM as its only key and one word
            as its value. Patterns with one label and one id become one entry, the first its name, the others
            aliases. Other keys are metadata.

        Raises
        ------
        KayanError, TypeError
            For a pattern that isn't plain words (regular expressions, parts of speech and quantifiers aren't
            supported), or that `add` refuses. It names the pattern, from 0, or the line, from 1.

        Notes
        -----
        A list of tokens that all have ORTH or TEXT is found with the case of its letters only. Otherwise case
        is told apart, or not, as `Matcher` says: give it ``case=False`` if your EntityRuler compares phrases
        by their letters.

        Examples
        --------
        >>> import kayan
        >>> patterns = [
        ...     {"label": "ORG", "pattern": "الأمم المتحدة", "id": "un"},
        ...     {"label": "ORG", "pattern": [{"LOWER": "هيئة"}, {"LOWER": "الأمم"}], "id": "un"},
        ... ]
        >>> [(entry.name, entry.aliases) for entry in kayan.Gazetteer.from_entity_ruler(patterns)]
        [('الأمم المتحدة', ('هيئة الأمم',))]
        """
        self = cls()
        readers.read_entity_ruler(self, patterns)
        return self

    @classmethod
    def from_flashtext(
        cls, keywords: Mapping[str, Iterable[str]], label: str | None = None, *, canonical: bool = True
    ) -> Self:
        """Make a gazetteer of flashtext's ``{canonical name: [surface, ...]}``, all with one label.

        Parameters
        ----------
        keywords : mapping
            What ``KeywordProcessor.add_keywords_from_dict`` takes.
        label : str, optional
            The label of all entries.
        canonical : bool, default True
            Look for the canonical name too, which is the name of the entry. False, as in flashtext: only for
            the surfaces; the first one is the name of the entry, and the canonical name its id. A canonical
            name without surfaces is left out then.

        Examples
        --------
        >>> import kayan
        >>> gazetteer = kayan.Gazetteer.from_flashtext({"الأمم المتحدة": ["هيئة الأمم", "الأمم المتحدة"]})
        >>> [(entry.name, entry.aliases) for entry in gazetteer]
        [('الأمم المتحدة', ('هيئة الأمم',))]
        """
        self = cls()
        readers.read_flashtext(self, keywords, label, canonical)
        return self

    @classmethod
    @without_old("field")
    def from_dataframe(
        cls,
        df: Any,
        *,
        name: str = "name",
        label: str | None = "label",
        id: str | None = "id",
        aliases: str | None = "aliases",
        priority: str | None = "priority",
        strict: str | None = "strict",
        ambiguous: str | None = "ambiguous",
        default_label: str | None = None,
    ) -> Self:
        """Make a gazetteer of a pandas or polars DataFrame or a ``pyarrow.Table``.

        Parameters are those of `from_csv`. None and NaN are left out; aliases may also be lists.

        Raises
        ------
        KayanError, TypeError
            For a missing column, a missing name, or an entry that `add` refuses. It names the row, from 0.
        """
        self = cls()
        fields = (name, label, id, aliases, priority, strict, ambiguous)
        readers.read_dataframe(self, df, fields, default_label)
        return self

    @classmethod
    def builtin(cls, *names: str, latin: bool = False) -> Self:
        """Load gazetteers that come with the package, all of them if none is named.

        Parameters
        ----------
        *names : str
            Such as ``"countries"``; `builtin_names` gives all. Sources and licences are in
            ``kayan/gazetteers/NOTICE.md``.
        latin : bool
            Take the English names (the metadata ``name_en``) for aliases, too. Ordinary words are among those
            of a single word (Turkey, Will), and the spelling must be that of the entry, but for what the
            matcher folds.

        Returns
        -------
        Gazetteer
            With the triggers that come with the package; where ``"people"`` is among the names, also with
            the word lists and rules that compose names of people.

        Raises
        ------
        KayanError
            For an unknown name.

        Examples
        --------
        >>> import kayan
        >>> matcher = kayan.Matcher(kayan.Gazetteer.builtin("countries", latin=True))
        >>> [(match.text, match.id) for match in matcher.find("بين مصر و Jordan")]
        [('مصر', 'EG'), ('Jordan', 'JO')]
        """
        self = cls()
        builtin.read_builtin(self, names)
        if latin:
            builtin.add_latin(self)
        return self

    @staticmethod
    def builtin_names() -> list[str]:
        """Return the names of the gazetteers that come with the package, as `builtin` takes them.

        Examples
        --------
        >>> import kayan
        >>> kayan.Gazetteer.builtin_names()[:3]
        ['armed_groups_parties', 'cities', 'companies']
        """
        return builtin.names()

    def add_triggers(self, words: Iterable[str], labels: str | Iterable[str] | None = None) -> None:
        """Add words that announce a name: an ambiguous one counts after them.

        Parameters
        ----------
        words : iterable of str
            A trigger may be several words. In a text, one of و ف ب ل ك or two may be attached to it (بمدينة,
            وللرئيس), and it stands right before the name, with at most one blank between.
        labels : str or iterable of str, optional
            Labels of the names that they announce; default: all, and entries without one.

        Raises
        ------
        KayanError, TypeError
            For a word that `add` would refuse as a name, or labels that aren't str.

        Examples
        --------
        >>> import kayan
        >>> gazetteer = kayan.Gazetteer()
        >>> gazetteer.add("فاس", label="CITY", ambiguous=True)
        >>> gazetteer.add_triggers(["مدينة", "محافظة"], labels="CITY")
        >>> [match.start for match in kayan.Matcher(gazetteer).find("قطعها بفاس في مدينة فاس")]
        [20]
        """
        checked = checked_words("trigger", words)
        key = None
        if labels is not None:
            wanted = [labels] if isinstance(labels, str) else labels
            key = tuple(sys.intern(checked_text("label", label)) for label in wanted)
        self._triggers.setdefault(key, {}).update(checked)

    def add_word_list(self, kind: str, words: Iterable[str]) -> None:
        """Add words to one of the lists of which rules compose names.

        Parameters
        ----------
        kind : str
            What the words of the list are, for the patterns of `add_rule`: a word of letters, digits and
            ``_`` such as ``"given"``, ``"family"``, ``"title"``, but not ``"any"`` or ``"nisba"``. At most 32
            kinds; a word may be of several.
        words : iterable of str
            An item of the list may be several words (وزير الخارجية): where items begin alike, the longest is
            read.

        Raises
        ------
        KayanError, TypeError
            For a word that `add` would refuse as a name, or a kind that isn't such a word.
        """
        check_kind(checked_text("kind", kind))
        self._word_lists.setdefault(kind, {}).update(checked_words("word", words))

    def add_rule(self, id: str, pattern: str, label: str = "NAME", priority: int = -1) -> None:
        """Add a rule that composes names of the words in word lists.

        Parameters
        ----------
        id : str
            The matches of the rule have the id ``rule:`` and this.
        pattern : str
            Items with blanks between them. An item is a kind of word list (``given``), several
            (``given|family``), one without another (``given!weak``), or ``any``: a word of three or more
            Arabic letters that is in no word list, isn't frequent, and has no clitics before an article
            (للإغاثة, والزيتون). ``nisba`` is such a word of five letters or more that begins with ال and ends
            with ي, after folding: ى counts where it folds to ي. After an item may stand ``?``, ``*`` or
            ``+``: none or one, none or more, one or more. Brackets mark the items whose words make the span;
            default: all.
        label, priority : str, int
            Those of the matches. Where the dictionary has an entry with the same span, the entry counts.

        Raises
        ------
        KayanError
            For a pattern that can't be read, or the id of another rule. `Matcher` refuses a kind without
            words.
        TypeError
            For a value of the wrong type.

        Notes
        -----
        From each word, the longest match of any rule counts; of equally long ones, that of the rule added
        first. It has at most eight items of word lists, with one blank between two; after one of a single
        letter a dot may stand before the blank or in its place (د. محمد، د.محمد). The clitics that the
        matcher allows may be attached to the first (ولمحمد سالم), if the whole word is in no list. A match is
        named as the text names it.

        Examples
        --------
        >>> import kayan
        >>> gazetteer = kayan.Gazetteer()
        >>> gazetteer.add_word_list("title", ["السيد", "وزير الخارجية"])
        >>> gazetteer.add_word_list("given", ["محمد", "سالم"])
        >>> gazetteer.add_rule("title", "title [given+]", label="PER")
        >>> match = kayan.Matcher(gazetteer).find("التقى بوزير الخارجية محمد سالم")[0]
        >>> match.name, match.label, match.id
        ('محمد سالم', 'PER', 'rule:title')
        """
        check_rule(checked_text("id", id), checked_text("pattern", pattern))
        self._add_rule(id, pattern, sys.intern(checked_text("label", label)), checked_priority(priority))

    @property
    def labels(self) -> list[str]:
        """The different labels, in order of their first entry."""
        return [label for label in dict.fromkeys(self._labels) if label is not None]

    def origin(self, entry: int) -> str:
        """Tell where an entry came from, e.g. ``"line 7 of names.csv"``; entries count from 0."""
        return self._origin(entry)

    def to_dataframe(self) -> pandas.DataFrame:
        """Return a ``pandas.DataFrame``: the fields of `Entry`, and a column for each metadata key.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        return writers.as_dataframe(self)

    def to_csv(self, file: str | os.PathLike[str] | IO[str] | None = None) -> str | None:
        """Write a CSV file in UTF-8 that `from_csv` reads back, with a column for each metadata key.

        Parameters
        ----------
        file : path or text file, optional
            Default: return the text.

        Raises
        ------
        KayanError
            For an alias or ambiguous name with a ``|`` in it, which separates them, or metadata called like
            a field.

        Notes
        -----
        A CSV file has neither types nor blanks around names: metadata are read back as str. `to_jsonl` keeps
        both. Triggers, word lists and rules aren't entries, and aren't written.

        Examples
        --------
        >>> import kayan
        >>> print(kayan.Gazetteer.from_dict({"دبي": "LOC"}).to_csv(), end="")
        name,label,id,aliases,priority,strict,ambiguous
        دبي,LOC,,,0,,
        """
        return writers.write_csv(self, file)

    def to_jsonl(self, file: str | os.PathLike[str] | IO[str] | None = None) -> str | None:
        r"""Write a file with a JSON object for each entry, in UTF-8, that `from_jsonl` reads back.

        Parameters
        ----------
        file : path or text file, optional
            Default: return the text.

        Raises
        ------
        KayanError
            For metadata called like a field.
        TypeError
            For metadata that JSON has no type for; numbers of numpy become plain ones.

        Examples
        --------
        >>> import kayan
        >>> kayan.Gazetteer.from_records([("دبي", "LOC", "Q612")]).to_jsonl()
        '{"name": "دبي", "label": "LOC", "id": "Q612"}\n'
        """
        return writers.write_jsonl(self, file)

    def lint(
        self, texts: Any = None, *, often: float = 0.05, **options: Unpack[MatcherOptions]
    ) -> pandas.DataFrame:
        """Look for entries that will be found too often, too rarely or together with others.

        Parameters
        ----------
        texts : column of str, optional
            A sample of the texts to be searched; for the rules that count matches.
        often : float, default 0.05
            Report entries found in more than this share of `texts`, and in at least 5 of them.
        **options
            Those of the `Matcher` that the gazetteer is meant for.

        Returns
        -------
        pandas.DataFrame
            A row for each finding: severity (``"error"``, ``"warning"`` or ``"info"``, in this order), rule,
            entry (its position, from 0), name, label, id, detail, suggestion. The rules:

            empty : error; folding leaves nothing of it, and `Matcher` refuses it.
            ambiguous : warning; it folds to the form of another entry with another id or label.
            duplicate : info; the same, with the same label and no different id.
            common-word : warning; it is a frequent word or a function word. Info if folding makes it like one
            that `stop_words` refuses.
            clitic-form : warning; it is a clitic and another entry. Info if that has another label.
            short-stem : info; it is one word, too short to be found after a clitic.
            inside : info; it is a part of longer forms of other entries.
            often : warning; it is in a suspicious share of the texts.
            clitic-readings : warning; it is one word without the article, and was found more often after
            clitics than alone, and at least 3 times.
            never : info; it is in none of the texts.

        Raises
        ------
        ImportError
            If pandas is not installed.
        KayanError
            For an unknown option or value.

        Examples
        --------
        >>> import kayan
        >>> gazetteer = kayan.Gazetteer.from_dict({"غزة": "LOC", "بغزة": "LOC", "علي": "PER"})
        >>> gazetteer.lint()[["severity", "rule", "name"]].values.tolist()
        [['warning', 'clitic-form', 'بغزة'], ['info', 'common-word', 'علي']]
        """
        return _lint.lint(self, texts, often, options)

    def filter(
        self,
        labels: str | Iterable[str | None] | None = None,
        predicate: Callable[[Entry], object] | None = None,
    ) -> Self:
        """Return a gazetteer of the entries with these labels of which `predicate` holds.

        Parameters
        ----------
        labels : str or iterable of str, optional
            None in it stands for no label.
        predicate : function, optional
            Gets an `Entry`.

        Raises
        ------
        KayanError
            If no entry has one of the labels.

        Examples
        --------
        >>> import kayan
        >>> gazetteer = kayan.Gazetteer.from_dict({"دبي": "LOC", "أحمد": "PER", "مصر": "LOC"})
        >>> gazetteer.filter("LOC", lambda entry: len(entry.name) > 3 or entry.name == "دبي")
        Gazetteer: 1 entry (LOC 1): دبي
        """
        wanted = None if labels is None else {labels} if isinstance(labels, str) else set(labels)
        unknown = (wanted or set()) - set(self._labels)
        if unknown:
            known = ", ".join(sorted(self.labels)) or "none"
            raise KayanError(f"no entry has the label {min(unknown, key=str)!r}; labels: {known}")
        return self._take(
            at
            for at, entry in enumerate(self)
            if (wanted is None or entry.label in wanted) and (predicate is None or predicate(entry))
        )

    def __sub__(self, other: Gazetteer) -> Self:
        """Return the entries whose name `other` doesn't have, as a name, with their label or with none."""
        if not isinstance(other, Gazetteer):
            return NotImplemented
        removed = set(zip(other._names, other._labels, strict=True))
        own = enumerate(zip(self._names, self._labels, strict=True))
        return self._take(
            at for at, (name, label) in own if (name, label) not in removed and (name, None) not in removed
        )

    def __or__(self, other: Gazetteer) -> Self:
        if not isinstance(other, Gazetteer):
            return NotImplemented
        union = type(self)()
        union._extend(self)
        union._extend(other)
        return union
