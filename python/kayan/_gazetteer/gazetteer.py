"""`Gazetteer` as users see it, with its documentation."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import IO, TYPE_CHECKING, Any, Literal

from kayan import _lint
from kayan._core import KayanError, check_kind, check_rule
from kayan._gazetteer import builtin, readers, tools, writers
from kayan._gazetteer.checks import Entry, checked_priority, checked_text, checked_words, refuse_near
from kayan._gazetteer.storage import ADDED, Entries
from kayan._mistakes import did_you_mean, suggests
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
    names (`add_word_list`, `add_rule`); ``a | b`` has those of both, too. Names are stored as given, without
    the blanks around them: folding happens in `Matcher`. About 60 bytes an entry besides its strings.

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
            Anything else; `Match.metadata` has it. None is left out. What looks like one of the arguments,
            such as ``lable``, is refused.

        Returns
        -------
        None
            Like the methods of Python's own containers that change them.

        Raises
        ------
        KayanError
            For a name that is blank, invisible or nothing but marks, one with lone surrogates, or a priority
            that doesn't fit, with the code points; for an ambiguous name that the entry doesn't have; for
            metadata called nearly like an argument.
        TypeError
            For a value of the wrong type.

        Examples
        --------
        >>> import kayan
        >>> gazetteer = kayan.Gazetteer()
        >>> gazetteer.add("القاهرة", label="CITY", aliases=["القاهره الكبرى"], population=10_000_000)
        >>> gazetteer.get("القاهرة").metadata
        {'population': 10000000}
        """
        if metadata:
            refuse_near(metadata, (), f"entry {len(self)}: ")
        if not isinstance(name, str) and isinstance(name, Iterable):
            raise TypeError(
                f"add() takes one name, got {type(name).__name__}; Gazetteer.from_records() takes many"
            )
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
        """Make a gazetteer of ``{name: label}``; a label may be None.

        Raises
        ------
        KayanError, TypeError
            If it isn't a mapping, or as `add`, with the position of the entry from 0.

        Examples
        --------
        >>> import kayan
        >>> kayan.Gazetteer.from_dict({"القاهرة": "CITY", "سمة": None})
        Gazetteer: 2 entries (CITY 1, no label 1): القاهرة, سمة
        """
        if not isinstance(names, Mapping):
            kind = type(names).__name__
            hint = "; from_records() takes lists" if isinstance(names, Iterable) else ""
            raise TypeError(f"from_dict() takes a dict {{name: label}}, got {kind}{hint}")
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
    @suggests
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
        alias_separator: str | Iterable[str] = "|",
        skip_blank: bool = False,
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
            must exist. Pass None to leave one out. Other columns are metadata; one called nearly like a
            missing one of these, such as ``lable``, is refused.
        default_label : str, optional
            Label of the entries whose label cell is empty or missing.
        alias_separator : str or iterable of str, default "|"
            What stands between aliases, and between ambiguous names: ``"،"``, or several such as
            ``["،", ";"]``.
        skip_blank : bool, default False
            Leave out lines without a name, with a warning that counts them, where they are an error
            otherwise.

        Raises
        ------
        KayanError
            For a missing column, another delimiter, bytes that aren't UTF-8, broken quotes, a line with more
            or fewer cells than the header, or an entry that `add` refuses. It names the file and the line,
            from 1.
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
        readers.read_csv(self, file, fields, delimiter, default_label, alias_separator, skip_blank)
        return self

    @classmethod
    @without_old("field")
    @suggests
    def from_excel(
        cls,
        file: str | os.PathLike[str] | IO[bytes],
        sheet: str | int = 0,
        *,
        name: str = "name",
        label: str | None = "label",
        id: str | None = "id",
        aliases: str | None = "aliases",
        priority: str | None = "priority",
        strict: str | None = "strict",
        ambiguous: str | None = "ambiguous",
        default_label: str | None = None,
        alias_separator: str | Iterable[str] = "|",
        skip_blank: bool = False,
    ) -> Self:
        """Read a gazetteer from a sheet of an Excel workbook, whose first row has the headings.

        Parameters are those of `from_csv`, but for two:

        Parameters
        ----------
        file : path or open binary file
            A workbook of the kind .xlsx or .xlsm. Of formulas, the values that Excel saved are read. Rows
            without any value are left out.
        sheet : str or int, default 0
            Its name, or its position from 0.

        Raises
        ------
        ImportError
            If openpyxl is not installed.
        KayanError
            If it isn't such a workbook or has no such sheet; for a missing column or an entry that `add`
            refuses. It names the file and the row, from 1.
        OSError
            If the file can't be read.

        Examples
        --------
        >>> import io, kayan, openpyxl
        >>> workbook, file = openpyxl.Workbook(), io.BytesIO()
        >>> workbook.active.append(["name", "label", "aliases"])
        >>> workbook.active.append(["الأمم المتحدة", "ORG", "هيئة الأمم، المنظمة الدولية"])
        >>> workbook.save(file)
        >>> gazetteer = kayan.Gazetteer.from_excel(file, alias_separator="،")
        >>> gazetteer.get("الأمم المتحدة").aliases
        ('هيئة الأمم', 'المنظمة الدولية')
        """
        self = cls()
        fields = (name, label, id, aliases, priority, strict, ambiguous)
        readers.read_excel(self, file, fields, sheet, default_label, alias_separator, skip_blank)
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
    @suggests
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
        alias_separator: str | Iterable[str] = "|",
        skip_blank: bool = False,
    ) -> Self:
        """Make a gazetteer of a pandas or polars DataFrame or a ``pyarrow.Table``.

        Parameters are those of `from_csv`. None and NaN are left out; aliases may also be lists.

        Raises
        ------
        KayanError, TypeError
            For a missing column, a missing name, or an entry that `add` refuses. It names the row, from 0.

        Examples
        --------
        >>> import kayan, pandas as pd
        >>> frame = pd.DataFrame({"place": ["دبي", "مصر"], "label": ["CITY", "COUNTRY"]})
        >>> kayan.Gazetteer.from_dataframe(frame, name="place")
        Gazetteer: 2 entries (CITY 1, COUNTRY 1): دبي, مصر
        """
        self = cls()
        fields = (name, label, id, aliases, priority, strict, ambiguous)
        readers.read_dataframe(self, df, fields, default_label, alias_separator, skip_blank)
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
        >>> "القاهرة" in kayan.Gazetteer.builtin("cities")
        True
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
            A trigger may be several words; ``"ال*"`` is any word with the article, function words apart. In a
            text, one of و ف ب ل ك or two may be attached to it (بمدينة, وللرئيس), and it stands right
            before the name, with at most one blank between.
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
            ``_`` such as ``"given"``, ``"family"``, ``"title"``, but not ``"any"``, ``"nisba"`` or
            ``"loan"``. At most 56 kinds; a word may be of several.
        words : iterable of str
            An item of the list may be several words (وزير الخارجية): where items begin alike, the longest is
            read.

        Raises
        ------
        KayanError, TypeError
            For a word that `add` would refuse as a name, or a kind that isn't such a word.

        Examples
        --------
        >>> import kayan
        >>> gazetteer = kayan.Gazetteer()
        >>> gazetteer.add_word_list("given", ["محمد", "سالم"])
        >>> gazetteer.add_rule("two", "given given", label="PER")
        >>> kayan.Matcher(gazetteer).find("وصل محمد سالم")[0].name
        'محمد سالم'
        """
        check_kind(checked_text("kind", kind))
        self._word_lists.setdefault(kind, {}).update(checked_words("word", words))

    def add_rule(self, id: str, pattern: str, label: str | None = "PERSON", priority: int = -1) -> None:
        """Add a rule that composes names of the words in word lists.

        Parameters
        ----------
        id : str
            Its matches have it as `Match.rule`.
        pattern : str
            Items with blanks between them. An item is a kind of word list (``given``), several
            (``given|family``), one without another (``given!weak``), or ``any``: a word of three or more
            Arabic letters that is in no word list, isn't frequent, and has no clitics before an article
            (للإغاثة, والزيتون). ``nisba`` is such a word of five letters or more that begins with ال and ends
            with ي, after folding: ى counts where it folds to ي. ``loan`` is such a word without the article
            that looks like a name from another language (غالاوي, not يسجل, متقدما or بهدفه). After an item
            may stand ``?``, ``*`` or ``+``: none or one, none or more, one or more. Brackets mark the items
            whose words make the span; default: all.
        label, priority : str, int
            Those of the matches. Where the dictionary has an entry with the same span, the entry counts. None
            for words that are no name where the pattern matches them.

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
        named as the text names it, and its id is ``name:`` and the folded name.

        Examples
        --------
        >>> import kayan
        >>> gazetteer = kayan.Gazetteer()
        >>> gazetteer.add_word_list("title", ["السيد", "وزير الخارجية"])
        >>> gazetteer.add_word_list("given", ["محمد", "سالم"])
        >>> gazetteer.add_rule("title", "title [given+]", label="PER")
        >>> match = kayan.Matcher(gazetteer).find("التقى بوزير الخارجية محمد سالم")[0]
        >>> match.name, match.label, match.id, match.rule
        ('محمد سالم', 'PER', 'name:محمد سالم', 'title')
        """
        check_rule(checked_text("id", id), checked_text("pattern", pattern))
        self._add_rule(
            id,
            pattern,
            sys.intern(checked_text("label", label)) if label is not None else "",
            checked_priority(priority),
        )

    def add_coreference(self, label: str, part: Literal["last"] = "last") -> None:
        """Find later mentions of names with a label, in which a part of the name stands alone.

        After «هيلاري كلينتون», كلينتون is the same person in the rest of the text: `Match.rule` is
        ``"coreference"``, and label, id and name are those of the full name. `Matcher` has a switch for it,
        `coreference`.

        Parameters
        ----------
        label : str
            That of entries or of what rules compose.
        part : {"last"}
            The last word of a name of two or more, with and without ال; with the particles before it where
            there are any (بن سلمان, آل ثاني, أبو مازن, عبد الناصر, فان دايك).

        Raises
        ------
        KayanError
            For another part.
        TypeError
            If `label` isn't a str.

        Notes
        -----
        A later mention stands after the full name in the same text. It is a whole word, with clitics as
        usual, of at least four letters, outside other matches. A stop word, a common word, an ambiguous name,
        or a word of a list other than ``given`` and ``family`` is never one. Nor is a word after one of the
        list ``given``, or a word of that list before one of ``given`` or ``family``. Of
        several persons with one last name, the last mentioned counts. Where a rule composes a name of the
        word alone (الرئيس كلينتون), it is a later mention too.

        Examples
        --------
        >>> import kayan
        >>> gazetteer = kayan.Gazetteer.from_dict({"هيلاري كلينتون": "PERSON"})
        >>> gazetteer.add_coreference("PERSON")
        >>> text = "وصلت هيلاري كلينتون، ثم تحدثت كلينتون"
        >>> [(match.text, match.name, match.rule) for match in kayan.Matcher(gazetteer).find(text)]
        [('هيلاري كلينتون', 'هيلاري كلينتون', None), ('كلينتون', 'هيلاري كلينتون', 'coreference')]
        """
        if part != "last":
            raise KayanError(f"part takes 'last'; got {part!r}")
        self._coreferences[sys.intern(checked_text("label", label)), part] = None

    @property
    def labels(self) -> list[str]:
        """The different labels, in order of their first entry."""
        return [label for label in dict.fromkeys(self._labels) if label is not None]

    def origin(self, entry: int) -> str:
        r"""Tell where an entry came from, e.g. ``"line 7 of names.csv"``; entries count from 0.

        Examples
        --------
        >>> import io, kayan
        >>> kayan.Gazetteer.from_csv(io.StringIO("name,label\nدبي,LOC\n")).origin(0)
        'line 2 of the file'
        """
        return self._origin(entry)

    def to_dataframe(self) -> pandas.DataFrame:
        """Return a ``pandas.DataFrame``: the fields of `Entry`, and a column for each metadata key.

        Raises
        ------
        ImportError
            If pandas is not installed.

        Examples
        --------
        >>> import kayan
        >>> gazetteer = kayan.Gazetteer.from_records([{"name": "دبي", "label": "CITY", "country": "AE"}])
        >>> gazetteer.to_dataframe()[["name", "label", "country"]].values.tolist()
        [['دبي', 'CITY', 'AE']]
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
        A CSV file has no types: metadata are read back as str. `to_jsonl` keeps them. Triggers, word lists
        and rules aren't entries, and aren't written.

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

            separator : warning; a name or alias holds ، ؛ ; or |: probably several that were not taken apart.
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

    @suggests
    def get(self, name: str, *, by: str = "name") -> Entry | None:
        """Return the first entry with this name, or else with this alias; None if there is none.

        Looks at each entry in turn.

        Parameters
        ----------
        name : str
            Written as it is in the list.
        by : {"name", "id"}
            ``"id"`` takes it for an id.

        Examples
        --------
        >>> import kayan
        >>> gazetteer = kayan.Gazetteer()
        >>> gazetteer.add("الأمم المتحدة", label="ORG", id="Q1065", aliases=["هيئة الأمم"])
        >>> gazetteer.get("هيئة الأمم").name, gazetteer.get("Q1065", by="id").label, gazetteer.get("دبي")
        ('الأمم المتحدة', 'ORG', None)
        """
        at = tools.first(self, name, by)
        return None if at is None else self._entry(at)

    @suggests
    def remove(self, names: str | int | Iterable[str | int], *, by: str = "name") -> None:
        """Remove the entries with these names, in place.

        Copies the list once, however many are removed. `filter` and ``-`` give a new gazetteer.

        Parameters
        ----------
        names : str, int or iterable of them
            Canonical names; or positions of entries from 0, as in the column `entry` of `lint`.
        by : {"name", "id"}
            ``"id"`` takes them for ids.

        Raises
        ------
        KayanError
            For one that no entry has; nothing is removed then.

        Examples
        --------
        >>> import kayan
        >>> gazetteer = kayan.Gazetteer.from_dict({"غزة": "LOC", "بغزة": "LOC", "علي": "PER"})
        >>> findings = gazetteer.lint()
        >>> gazetteer.remove(findings.loc[findings["severity"] == "warning", "entry"])
        >>> gazetteer
        Gazetteer: 2 entries (LOC 1, PER 1): غزة, علي
        """
        gone = set(tools.positions(self, "remove()", names, by))
        tools.put(self, self._take(at for at in range(len(self)) if at not in gone))

    def update(self, entry: str | int, /, *, by: str = "name", **changes: Any) -> None:
        """Change one entry, in place.

        Parameters
        ----------
        entry : str or int
            Its canonical name, or its position from 0, as in the column `entry` of `lint`.
        by : {"name", "id"}
            ``"id"`` takes `entry` for an id.
        **changes
            The arguments of `add`, and metadata: each takes the place of what was there. None takes it away.

        Raises
        ------
        KayanError
            If no entry is called so, or several are; for what `add` refuses. Nothing is changed then.

        Examples
        --------
        >>> import kayan
        >>> gazetteer = kayan.Gazetteer.from_dict({"الأمم المتحدة": "ORG"})
        >>> gazetteer.update("الأمم المتحدة", id="Q1065", aliases=["هيئة الأمم"], founded=1945)
        >>> entry = gazetteer.get("هيئة الأمم")
        >>> entry.label, entry.id, entry.metadata
        ('ORG', 'Q1065', {'founded': 1945})
        """
        found = tools.positions(self, "update()", entry, by)
        if len(found) != 1:
            several = ", ".join(map(str, found[:10]))
            raise KayanError(
                f"update() takes one entry; {len(found)} are called {entry!r:.80}: give one of the positions "
                f"{several}"
            )
        tools.change(self, found[0], changes)

    def dedupe(self, **options: Unpack[MatcherOptions]) -> Self:
        """Return a gazetteer in which what is listed several times is one entry.

        Entries are one if their names fold alike, their labels are equal and their ids aren't different.
        The first stays; names of the others that are written otherwise become its aliases, their aliases too,
        and it takes over the id and the metadata that it doesn't have. The greatest priority counts.

        Parameters
        ----------
        **options
            Those of the `Matcher` that the gazetteer is meant for: they say what folds alike.
            ``profile="none"`` joins only names that are written alike.

        Examples
        --------
        >>> import kayan
        >>> names = [("القاهرة", "CITY"), ("القاهره", "CITY", "Q85"), ("القاهرة", "FILM")]
        >>> [entry[:4] for entry in kayan.Gazetteer.from_records(names).dedupe()]
        [('القاهرة', 'CITY', 'Q85', ('القاهره',)), ('القاهرة', 'FILM', None, ())]
        """
        result = type(self)()
        tools.joined(self, result, tools.same_names(self, _lint.folder(options)))
        return result

    @suggests
    def merge(self, by: str = "id") -> Self:
        """Return a gazetteer in which the entries with one id are one, with all of their names.

        The first gives the name; names and aliases of the others become its aliases, and it takes over the
        metadata that it doesn't have. The greatest priority counts. Entries of one id with different labels
        stay apart, as do those without an id.

        Parameters
        ----------
        by : {"id", "name"}
            ``"name"`` for those with one name, written alike; `dedupe` for those that fold alike.

        Raises
        ------
        KayanError
            For another value of `by`.

        Examples
        --------
        >>> import kayan
        >>> names = [("الأمم المتحدة", "ORG", "Q1065"), ("هيئة الأمم", "ORG", "Q1065"), ("دبي", "CITY")]
        >>> [(entry.name, entry.aliases) for entry in kayan.Gazetteer.from_records(names).merge()]
        [('الأمم المتحدة', ('هيئة الأمم',)), ('دبي', ())]
        """
        result = type(self)()
        tools.joined(self, result, tools.same(self, by))
        return result

    @suggests
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
        if callable(labels):
            raise TypeError("filter() takes labels first; a function goes to predicate=")
        if predicate is not None and not callable(predicate):
            raise TypeError(f"filter(predicate=) takes a function of an Entry, got {predicate!r:.80}")
        if labels is not None and not isinstance(labels, (str, Iterable)):
            raise TypeError(f"filter() takes a label or a list of labels, got {type(labels).__name__}")
        wanted = None if labels is None else {labels} if isinstance(labels, str) else set(labels)
        unknown = (wanted or set()) - set(self._labels)
        if unknown:
            known = ", ".join(sorted(self.labels)) or "none"
            wrong = min(unknown, key=str)
            raise KayanError(
                f"no entry has the label {wrong!r}{did_you_mean(wrong, self.labels)} labels: {known}"
            )
        return self._take(
            at
            for at, entry in enumerate(self)
            if (wanted is None or entry.label in wanted) and (predicate is None or predicate(entry))
        )

    def __sub__(self, other: Gazetteer) -> Self:
        """Return the entries whose name `other` doesn't have, as a name, with their label or with none."""
        if not isinstance(other, Gazetteer):
            raise TypeError(tools.not_a_gazetteer(other))
        removed = set(zip(other._names, other._labels, strict=True))
        own = enumerate(zip(self._names, self._labels, strict=True))
        return self._take(
            at for at, (name, label) in own if (name, label) not in removed and (name, None) not in removed
        )

    def __or__(self, other: Gazetteer) -> Self:
        if not isinstance(other, Gazetteer):
            raise TypeError(tools.not_a_gazetteer(other))
        union = type(self)()
        union._extend(self)
        union._extend(other)
        return union
