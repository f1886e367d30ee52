"""``import kayan.polars`` gives expressions, Series and frames of polars the namespace ``kayan``.

The expressions run in Rust inside of the query, on all threads, without Python: in eager, lazy and streaming
queries. `replace` and `mask` alone call back into Python. Nulls stay null.

A matcher travels in the expression, as its saved bytes, so that a serialized plan works in another process
that has kayan installed in the same place; there it is compiled once. The eight matchers and normalizers that
were used last stay in memory.

Examples
--------
>>> import polars as pl
>>> import kayan, kayan.polars
>>> matcher = kayan.Matcher({"القاهرة": "LOC", "دبي": "LOC"})
>>> news = pl.LazyFrame({"text": ["سافر للقاهرة", None, "دبي والقاهرة"]})
>>> news.filter(pl.col("text").kayan.contains(matcher)).select(pl.len()).collect().item()
2
>>> found = news.select(pl.col("text").kayan.find(matcher).alias("found")).drop_nulls().explode("found")
>>> found.unnest("found").select("start", "name").collect(engine="streaming").rows()
[(6, 'القاهرة'), (0, 'دبي'), (5, 'القاهرة')]
>>> news.kayan.find("text", matcher).select("row", "start", "name").collect().rows()
[(0, 6, 'القاهرة'), (2, 0, 'دبي'), (2, 5, 'القاهرة')]
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kayan import _core
from kayan._core import KayanError
from kayan._matcher import Matcher
from kayan._matches import COLUMNS
from kayan._mistakes import check_column, check_matcher, did_you_mean
from kayan._normalizer import Normalizer, normalizer_for
from kayan._replace import Key, Replacement, check_replacement, masked
from kayan._spans import SpanKind

try:
    import polars as pl
    from polars.plugins import register_plugin_function
except ImportError:
    raise ImportError('kayan.polars needs polars: pip install "kayan[polars]"') from None

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from kayan._options import NormalizerOptions

__all__ = ["ExprNamespace", "FrameNamespace", "SeriesNamespace"]
_Labels = str | Iterable[str] | None
_FOUND = "kayan.found"  # no column of a user's


@pl.api.register_expr_namespace("kayan")
class ExprNamespace:
    """``Expr.kayan``, for columns of texts. ``Series.kayan`` has the same methods.

    Examples
    --------
    >>> import polars as pl
    >>> import kayan, kayan.polars
    >>> pl.select(pl.lit("من دبي إلى دبي").kayan.count(kayan.Matcher(["دبي"]))).item()
    2
    """

    def __init__(self, expr: Any) -> None:
        self._expr = expr

    def normalize(
        self, profile: str | Normalizer = "search", **options: Unpack[NormalizerOptions]
    ) -> pl.Expr:
        """Return the texts normalized, as String. Options as in `kayan.normalize`."""
        return self._plugin("normalize", normalizer_for(profile, options), None)

    def find(self, matcher: Matcher, labels: _Labels = None) -> pl.Expr:
        """Find the entities in each text.

        Returns
        -------
        polars.Expr
            Lists of structs with the fields of a `kayan.Match`: start, end (code points), text, label, id,
            name, prefix, suffix. A text without matches has an empty list. Where the frame has columns with
            such names, ``unnest`` refuses: give the fields another beginning, or use ``frame.kayan.find``.

        Examples
        --------
        >>> import polars as pl
        >>> import kayan, kayan.polars
        >>> found = pl.col("text").kayan.find(kayan.Matcher(["دبي"])).alias("found")
        >>> frame = pl.DataFrame({"id": [7], "text": ["إلى دبي"]}).with_columns(found).explode("found")
        >>> frame = frame.with_columns(pl.col("found").name.prefix_fields("match_")).unnest("found")
        >>> frame.select("id", "text", "match_text").rows()
        [(7, 'إلى دبي', 'دبي')]
        """
        return self._plugin("find", matcher, labels)

    def contains(self, matcher: Matcher, labels: _Labels = None) -> pl.Expr:
        """Tell whether anything is found in each text."""
        return self._plugin("contains", matcher, labels)

    def count(self, matcher: Matcher, labels: _Labels = None) -> pl.Expr:
        """Return how many matches each text has, as Int64."""
        return self._plugin("count", matcher, labels)

    def replace(
        self,
        matcher: Matcher,
        how: Replacement,
        labels: _Labels = None,
        *,
        by: Key = "label",
        span: SpanKind = "entity",
    ) -> pl.Expr:
        """Replace the matches and keep their clitics, as `Matcher.replace` does. Runs in Python."""
        check_matcher("kayan.replace()", matcher)
        check_replacement(how)

        def replaced(texts: Any) -> Any:
            return matcher.replace(texts, how, labels, by=by, span=span).cast(pl.String)

        return self._expr.map_batches(replaced, return_dtype=pl.String, is_elementwise=True)

    def mask(self, matcher: Matcher, labels: _Labels = None, *, span: SpanKind = "entity") -> pl.Expr:
        """Write ``[LABEL]`` for the matches. Runs in Python.

        For pseudonyms, which count through a whole column, give a Series to `Matcher.mask`.
        """
        check_matcher("kayan.mask()", matcher)
        return self.replace(matcher, masked, labels, span=span)

    def _plugin(self, name: str, tool: Matcher | Normalizer, labels: _Labels) -> pl.Expr:
        if name != "normalize":
            check_matcher(f"kayan.{name}()", tool)
        wanted = tool._wanted(labels) if isinstance(tool, Matcher) else None
        return register_plugin_function(
            plugin_path=_core.__file__,
            function_name=f"kayan_{name}",
            args=self._expr,
            kwargs={"kayan": _packet(tool, None if wanted is None else tuple(wanted))},
            is_elementwise=True,
        )


@pl.api.register_series_namespace("kayan")
class SeriesNamespace:
    """``Series.kayan``: the methods of `ExprNamespace`, with a Series as their answer.

    Examples
    --------
    >>> import polars as pl
    >>> import kayan, kayan.polars
    >>> pl.Series(["من دبي", None]).kayan.contains(kayan.Matcher(["دبي"])).to_list()
    [True, None]
    """

    def __init__(self, series: Any) -> None:
        self._series = series

    def __getattr__(self, name: str) -> Any:
        if not hasattr(ExprNamespace, name):
            methods = [method for method in vars(ExprNamespace) if not method.startswith("_")]
            raise AttributeError(
                f"Series.kayan has no {name!r}{did_you_mean(name, methods)} it has {', '.join(methods)}"
            )
        method = getattr(ExprNamespace(pl.first()), name)
        return lambda *args, **options: self._series.to_frame().select(method(*args, **options)).to_series()


@pl.api.register_dataframe_namespace("kayan")
@pl.api.register_lazyframe_namespace("kayan")
class FrameNamespace:
    """``DataFrame.kayan`` and ``LazyFrame.kayan``.

    Examples
    --------
    >>> import polars as pl
    >>> import kayan, kayan.polars
    >>> frame = pl.DataFrame({"text": ["من دبي", "دبي"]})
    >>> frame.kayan.find("text", kayan.Matcher(["دبي"])).select("row", "start").rows()
    [(0, 3), (1, 0)]
    """

    def __init__(self, frame: Any) -> None:
        self._frame = frame

    def find(
        self,
        column: str,
        matcher: Matcher,
        labels: _Labels = None,
        *,
        keep: str | Iterable[str] = (),
        prefix: str = "",
    ) -> Any:
        """Find the entities in one column of texts.

        Parameters
        ----------
        column : str
            Which column has the texts.
        matcher : Matcher
            What finds them.
        labels : str or iterable of str, optional
            Report only entries with these labels.
        keep : str or iterable of str, optional
            Columns of the frame that the result has, too.
        prefix : str, default ""
            What the names of the columns of the matches begin with.

        Returns
        -------
        polars.DataFrame or polars.LazyFrame
            As the frame is; one row for each match, in the order of the texts. Columns: `row`, the position
            of the text, from 0; those of `keep`; the fields of a `kayan.Match`: start, end, text, label, id,
            name, prefix, suffix. Texts without matches have no row.

        Raises
        ------
        KayanError
            For a column that isn't there, or one of `keep` that is called like another one.
        TypeError
            If `matcher` isn't a Matcher.

        Examples
        --------
        >>> import polars as pl
        >>> import kayan, kayan.polars
        >>> frame = pl.DataFrame({"id": [7, 8], "text": ["إلى دبي", None]})
        >>> matcher = kayan.Matcher(["دبي"])
        >>> found = frame.kayan.find("text", matcher, keep=["id", "text"], prefix="match_")
        >>> found.select("id", "text", "match_text").rows()
        [(7, 'إلى دبي', 'دبي')]
        """
        header = self._frame.collect_schema().names()
        kept = [keep] if isinstance(keep, str) else list(keep)
        for name in (column, *kept):
            check_column("kayan.find()", name, header)
        check_matcher("kayan.find()", matcher)
        own = [f"{prefix}{field}" for field in COLUMNS]
        if twice := sorted({*own} & {*kept}):
            raise KayanError(
                f"kayan.find(keep=) has {twice[0]!r}, and so have the matches: give their columns another "
                f'beginning, such as prefix="match_"'
            )
        found = pl.col(column).kayan.find(matcher, labels)
        rows = pl.int_range(pl.len(), dtype=pl.Int64).alias(own[0])
        return (
            self._frame.select(rows, *kept, found.alias(_FOUND))
            .explode(_FOUND)
            .drop_nulls(_FOUND)
            .with_columns(pl.col(_FOUND).name.prefix_fields(prefix))
            .unnest(_FOUND)
        )


# The native side is documented in src/python/polars.rs.
@lru_cache(maxsize=8)
def _packet(tool: Matcher | Normalizer, labels: tuple[str, ...] | None) -> bytes:
    wanted = None if labels is None else list(labels)
    head: dict[str, object] = {"labels": wanted}
    data = b""
    if isinstance(tool, Normalizer):
        head = {"normalizer": tool.to_dict()}
    else:
        data = tool._native.to_bytes(b"")
    body = json.dumps(head).encode() + b"\n" + data
    key = hashlib.blake2b(body, digest_size=16).digest()
    _core.polars_keep(key, tool._native, wanted)
    return b"kayan-packet:" + key + len(body).to_bytes(8, "little") + body


def _rebuilt(body: bytes) -> tuple[_core.Matcher | _core.Normalizer, list[str] | None]:
    """Return the tool and the labels of a packet; the native side calls this."""
    head, _, data = body.partition(b"\n")
    known = json.loads(head)
    if "normalizer" in known:
        return Normalizer.from_dict(known["normalizer"])._native, None
    return _core.Matcher.from_bytes(data)[0], known["labels"]
