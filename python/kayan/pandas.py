"""``import kayan.pandas`` gives every Series and DataFrame of pandas the accessor ``kayan``.

Examples
--------
>>> import pandas as pd
>>> import kayan, kayan.pandas
>>> matcher = kayan.Matcher({"القاهرة": "LOC", "دبي": "LOC"})
>>> frame = pd.DataFrame({"news": ["سافر للقاهرة", None, "دبي والقاهرة"]}, index=["a", "b", "c"])
>>> frame["news"].kayan.normalize()["a"]
'سافر للقاهره'
>>> frame[frame["news"].kayan.contains(matcher)].index.tolist()
['a', 'c']
>>> frame.kayan.find("news", matcher)[["row", "start", "name"]]
   row  start     name
a    0      6  القاهرة
c    2      0      دبي
c    2      5  القاهرة
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kayan._matcher import Matcher
from kayan._mistakes import check_column, check_matcher
from kayan._normalizer import Normalizer, normalizer_for
from kayan._replace import Key, Pseudonyms, Replacement
from kayan._spans import SpanKind

try:
    import pandas as pd
except ImportError:
    raise ImportError('kayan.pandas needs pandas: pip install "kayan[pandas]"') from None

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from kayan._options import NormalizerOptions

__all__ = ["FrameAccessor", "SeriesAccessor"]
_Labels = str | Iterable[str] | None


@pd.api.extensions.register_series_accessor("kayan")
class SeriesAccessor:
    """``Series.kayan``, for a Series of texts; of nulls it makes what `Matcher` and `Normalizer` do.

    Apart from `find`, each answer has the index and the name of the Series.

    Examples
    --------
    >>> import pandas as pd
    >>> import kayan, kayan.pandas
    >>> pd.Series(["سافر للقاهرة"]).kayan.mask(kayan.Matcher({"القاهرة": "CITY"})).tolist()
    ['سافر ل[CITY]']
    """

    def __init__(self, series: Any) -> None:
        self._series = series

    def normalize(
        self, profile: str | Normalizer = "search", **options: Unpack[NormalizerOptions]
    ) -> pd.Series:
        """Return the texts normalized, in their dtype; nulls stay null. Options as in `kayan.normalize`."""
        return normalizer_for(profile, options).normalize_batch(self._series)

    def find(self, matcher: Matcher, labels: _Labels = None) -> pd.DataFrame:
        """Find the entities in the texts.

        Returns
        -------
        pandas.DataFrame
            One row for each match, with the index of its text, which may be a MultiIndex or have duplicates.
            Columns as in ``Matches.to_pandas``: `row`, the position of the text, which tells texts apart
            whatever the index is; start, end, text, label, id, name, prefix, suffix.
        """
        check_matcher("Series.kayan.find()", matcher)
        found = matcher.find_batch(self._series, labels).to_pandas()
        return found.set_axis(self._series.index.take(found["row"].to_numpy()))

    def contains(self, matcher: Matcher, labels: _Labels = None) -> pd.Series:
        """Tell whether anything is found in each text, to select rows by. A null contains nothing."""
        check_matcher("Series.kayan.contains()", matcher)
        return matcher.contains(self._series, labels)

    def count(self, matcher: Matcher, labels: _Labels = None) -> pd.Series:
        """Return how many matches each text has. A null has 0."""
        check_matcher("Series.kayan.count()", matcher)
        return matcher.count(self._series, labels)

    def replace(
        self,
        matcher: Matcher,
        how: Replacement,
        labels: _Labels = None,
        *,
        by: Key = "label",
        span: SpanKind = "entity",
    ) -> pd.Series:
        """Replace the matches and keep their clitics, as `Matcher.replace` does; nulls stay null."""
        check_matcher("Series.kayan.replace()", matcher)
        return matcher.replace(self._series, how, labels, by=by, span=span)

    def mask(
        self,
        matcher: Matcher,
        labels: _Labels = None,
        *,
        span: SpanKind = "entity",
        pseudonyms: Pseudonyms = False,
    ) -> pd.Series:
        """Write ``[LABEL]`` for the matches, or pseudonyms, as `Matcher.mask` does; nulls stay null."""
        check_matcher("Series.kayan.mask()", matcher)
        return matcher.mask(self._series, labels, span=span, pseudonyms=pseudonyms)


@pd.api.extensions.register_dataframe_accessor("kayan")
class FrameAccessor:
    """``DataFrame.kayan``.

    Examples
    --------
    >>> import pandas as pd
    >>> import kayan, kayan.pandas
    >>> found = pd.DataFrame({"text": ["من دبي", "دبي"]}).kayan.find("text", kayan.Matcher(["دبي"]))
    >>> found[["row", "start"]].values.tolist()
    [[0, 3], [1, 0]]
    """

    def __init__(self, frame: Any) -> None:
        self._frame = frame

    def find(self, column: Any, matcher: Matcher, labels: _Labels = None) -> pd.DataFrame:
        """Find the entities in one column of texts; see `SeriesAccessor.find`.

        ``frame.iloc[found["row"]]`` has the row of the frame for each match.

        Raises
        ------
        KayanError
            If there is no such column, with the nearest one.
        TypeError
            If `matcher` isn't a Matcher.
        """
        check_column("DataFrame.kayan.find()", column, self._frame.columns)
        check_matcher("DataFrame.kayan.find()", matcher)
        return SeriesAccessor(self._frame[column]).find(matcher, labels)
