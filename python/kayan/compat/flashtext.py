"""`KeywordProcessor` of flashtext 2.7, with the same results, found by a `kayan.Matcher`.

To flashtext a word is made of ``non_word_boundaries``: ASCII letters, digits and ``_``, unless you add to
them. A keyword is found where no such character stands before and behind it. Arabic letters are none, so
Arabic keywords are found inside words, and the character behind a keyword is never the start of another.
`kayan.Matcher` reads words in every script: see ``Gazetteer.from_flashtext``.

Examples
--------
>>> from kayan.compat.flashtext import KeywordProcessor
>>> processor = KeywordProcessor()
>>> processor.add_keyword("هيئة الأمم", "الأمم المتحدة")
True
>>> processor.extract_keywords("زار وفد هيئة الأمم باريس", span_info=True)
[('الأمم المتحدة', 8, 18)]
>>> processor.replace_keywords("زار وفد هيئة الأمم باريس")
'زار وفد الأمم المتحدة باريس'
"""

from __future__ import annotations

import os
import string
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn

from kayan._matches import plural
from kayan.compat._exact import ExactMatcher, exact_matcher

__all__ = ["KeywordProcessor"]


class KeywordProcessor:
    """Keywords with clean names, and their places in texts.

    The first search after a change of the keywords builds a matcher, so change them together.

    Parameters
    ----------
    case_sensitive : bool, default False
        False lowers keywords and texts; positions are those of the lowered text.

    Examples
    --------
    >>> processor = KeywordProcessor()
    >>> processor.add_keywords_from_dict({"Cairo": ["القاهرة", "cairo city"]})
    >>> processor.extract_keywords("From CAIRO City to القاهرة")
    ['Cairo', 'Cairo']
    """

    def __init__(self, case_sensitive: bool = False) -> None:
        self.case_sensitive = case_sensitive
        self.non_word_boundaries: set[str] = {*string.digits, *string.ascii_letters, "_"}
        self._names: dict[str, Any] = {}
        self._matcher: ExactMatcher | None = None

    def _folded(self, word: str) -> str:
        if not isinstance(word, str):
            raise TypeError(f"expected a str, got {type(word).__name__}")
        return word if self.case_sensitive else word.lower()

    def __len__(self) -> int:
        """Return the number of keywords."""
        return len(self._names)

    def __contains__(self, word: str) -> bool:
        """Tell whether it is a keyword."""
        return self._folded(word) in self._names

    def __getitem__(self, word: str) -> Any:
        """Return the clean name of a keyword, or None."""
        return self._names.get(self._folded(word))

    def __setitem__(self, keyword: str, clean_name: Any = None) -> bool:
        """Add a keyword; see `add_keyword`."""
        return self.add_keyword(keyword, clean_name)

    def __delitem__(self, keyword: str) -> bool:
        """Remove a keyword; see `remove_keyword`."""
        return self.remove_keyword(keyword)

    def __iter__(self) -> NoReturn:
        """Raise NotImplementedError, as flashtext does."""
        raise NotImplementedError("call get_all_keywords() instead")

    def set_non_word_boundaries(self, non_word_boundaries: Iterable[str]) -> None:
        """Set the characters that words are made of."""
        self.non_word_boundaries = set(non_word_boundaries)

    def add_non_word_boundary(self, character: str) -> None:
        """Add a character that words are made of."""
        self.non_word_boundaries.add(character)

    def add_keyword(self, keyword: str, clean_name: Any = None) -> bool:
        """Add a keyword, or give it another clean name.

        Parameters
        ----------
        keyword : str
            What to look for; an empty one, or None, is not added.
        clean_name : object, optional
            What to return for it, of any type; the keyword itself if it is None or empty.

        Returns
        -------
        bool
            Whether it is new.
        """
        if not keyword:
            return False
        folded = self._folded(keyword)
        is_new = folded not in self._names
        self._names[folded] = clean_name or keyword
        if is_new:
            self._matcher = None
        return is_new

    def remove_keyword(self, keyword: str) -> bool:
        """Remove a keyword; return whether it was there."""
        if not keyword or self._folded(keyword) not in self._names:
            return False
        del self._names[self._folded(keyword)]
        self._matcher = None
        return True

    def get_keyword(self, word: str) -> Any:
        """Return the clean name of a keyword, or None."""
        return self[word]

    def add_keyword_from_file(self, keyword_file: str | os.PathLike[str], encoding: str = "utf-8") -> None:
        """Add the keywords of a file with lines ``keyword=>clean name`` or ``keyword``.

        Raises
        ------
        OSError
            If there is no such file.
        ValueError
            For a line with more than one ``=>``.
        """
        if not os.path.isfile(keyword_file):
            raise OSError(f"Invalid file path {os.fspath(keyword_file)}")
        with open(keyword_file, encoding=encoding) as file:
            for number, line in enumerate(file, start=1):
                keyword, *clean = line.split("=>")
                if len(clean) > 1:
                    raise ValueError(f"line {number} of {os.fspath(keyword_file)} has more than one =>")
                self.add_keyword(keyword if clean else keyword.strip(), clean[0].strip() if clean else None)

    def add_keywords_from_dict(self, keyword_dict: Mapping[Any, list[str]]) -> None:
        """Add ``{clean name: [keyword, ...]}``.

        Raises
        ------
        AttributeError
            If a value is not a list, as in flashtext.
        """
        for clean_name, keywords in keyword_dict.items():
            for keyword in _listed(keywords, f"Value of key {clean_name}"):
                self.add_keyword(keyword, clean_name)

    def remove_keywords_from_dict(self, keyword_dict: Mapping[Any, list[str]]) -> None:
        """Remove the keywords of ``{clean name: [keyword, ...]}``."""
        for clean_name, keywords in keyword_dict.items():
            for keyword in _listed(keywords, f"Value of key {clean_name}"):
                self.remove_keyword(keyword)

    def add_keywords_from_list(self, keyword_list: list[str]) -> None:
        """Add keywords that are their own clean names."""
        for keyword in _listed(keyword_list, "keyword_list"):
            self.add_keyword(keyword)

    def remove_keywords_from_list(self, keyword_list: list[str]) -> None:
        """Remove keywords."""
        for keyword in _listed(keyword_list, "keyword_list"):
            self.remove_keyword(keyword)

    def get_all_keywords(self, term_so_far: str = "") -> dict[str, Any]:
        """Return the keywords, lowered unless case counts, with their clean names.

        `term_so_far` is put before each.
        """
        return {term_so_far + keyword: clean_name for keyword, clean_name in self._names.items()}

    def _found(self, text: str) -> Iterator[tuple[Any, int, int]]:
        """Yield the clean names and the spans of what is found in a text, lowered unless case counts."""
        if self._matcher is None:
            self._matcher = exact_matcher(self._names)
        words = self.non_word_boundaries
        reached = 0
        best: tuple[int, int] | None = None
        for start, end in self._matcher.spans(text):
            if best is not None and start > best[0]:
                yield self._names[text[slice(*best)]], *best
                reached, best = best[1] + 1, None
            if (
                start >= reached
                and (start == 0 or text[start - 1] not in words)
                and (end == len(text) or text[end] not in words)
            ):
                best = max(best or (start, end), (start, end))
        if best is not None:
            yield self._names[text[slice(*best)]], *best

    def extract_keywords(self, sentence: str, span_info: bool = False) -> list[Any]:
        """Return the clean names of the keywords of a text, from left to right, the longest at each place.

        Parameters
        ----------
        sentence : str
            The text; an empty one, or None, has none.
        span_info : bool, default False
            Return ``(clean name, start, end)``, in code points, the end exclusive.

        Raises
        ------
        TypeError
            If `sentence` is anything else.
        """
        if not sentence:
            return []
        found = self._found(self._folded(sentence))
        return list(found) if span_info else [clean_name for clean_name, _, _ in found]

    def replace_keywords(self, sentence: str) -> str:
        """Return the text with the clean names, which must be str, in place of the keywords.

        An empty text, or None, stays what it is.
        """
        if not sentence:
            return sentence
        pieces, at = [], 0
        for clean_name, start, end in self._found(self._folded(sentence)):
            if not isinstance(clean_name, str):
                raise TypeError(f"clean name {clean_name!r:.80} must be str to be put into a text")
            pieces += [sentence[at:start], clean_name]
            at = end
        return "".join([*pieces, sentence[at:]])

    def __repr__(self) -> str:
        held = plural(len(self), "keyword", "keywords")
        return f"{type(self).__name__}(case_sensitive={self.case_sensitive}): {held}"


def _listed(keywords: list[str], what: str) -> list[str]:
    if not isinstance(keywords, list):
        raise AttributeError(f"{what} should be a list")
    return keywords
