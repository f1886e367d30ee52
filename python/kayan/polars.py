"""``import kayan.polars`` gives expressions and Series of polars the namespace ``kayan``.

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
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kayan import _core
from kayan._matcher import Matcher
from kayan._normalizer import Normalizer, normalizer_for
from kayan._replace import Replacement, check_replacement, masked

try:
    import polars as pl
    from polars.plugins import register_plugin_function
except ImportError:
    raise ImportError('kayan.polars needs polars: pip install "kayan[polars]"') from None

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from kayan._options import NormalizerOptions

__all__ = ["ExprNamespace", "SeriesNamespace"]
_Labels = str | Iterable[str] | None


@pl.api.register_expr_namespace("kayan")
class ExprNamespace:
    """``Expr.kayan``, for columns of texts. ``Series.kayan`` has the same methods."""

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
            name, prefix, suffix. A text without matches has an empty list.
        """
        return self._plugin("find", matcher, labels)

    def contains(self, matcher: Matcher, labels: _Labels = None) -> pl.Expr:
        """Tell whether anything is found in each text."""
        return self._plugin("contains", matcher, labels)

    def count(self, matcher: Matcher, labels: _Labels = None) -> pl.Expr:
        """Return how many matches each text has, as Int64."""
        return self._plugin("count", matcher, labels)

    def replace(self, matcher: Matcher, how: Replacement, labels: _Labels = None) -> pl.Expr:
        """Replace the matches and keep their clitics, as `Matcher.replace` does. Runs in Python."""
        check_replacement(how)

        def replaced(texts: Any) -> Any:
            return matcher.replace(texts, how, labels).cast(pl.String)

        return self._expr.map_batches(replaced, return_dtype=pl.String, is_elementwise=True)

    def mask(self, matcher: Matcher, labels: _Labels = None) -> pl.Expr:
        """Write ``[LABEL]`` for the matches. Runs in Python."""
        return self.replace(matcher, masked, labels)

    def _plugin(self, name: str, tool: Matcher | Normalizer, labels: _Labels) -> pl.Expr:
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
    """``Series.kayan``: the methods of `ExprNamespace`, with a Series as their answer."""

    def __init__(self, series: Any) -> None:
        self._series = series

    def __getattr__(self, name: str) -> Any:
        method = getattr(ExprNamespace(pl.first()), name)
        return lambda *args, **options: self._series.to_frame().select(method(*args, **options)).to_series()


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
