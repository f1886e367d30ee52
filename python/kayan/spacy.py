"""spaCy: the pipeline component ``kayan_entities``: ``pip install "kayan[spacy]"``.

spaCy's tokens and matches don't always end at the same places: و, ف, ب and ل are written together with the
name, and spaCy does not split them off. In وللقاهرة the match is لقاهرة, but spaCy's only token is the whole
word, so by default the entity is that token. ``nlp.get_pipe("kayan_entities").matcher.find(doc.text)`` gives
the exact places and the clitics.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kayan._core import KayanError
from kayan._matcher import Matcher
from kayan._spans import NO_LABEL, Policy, merge_spans

try:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.util import minibatch
except ImportError:
    raise ImportError('kayan.spacy needs spaCy: pip install "kayan[spacy]"') from None

if TYPE_CHECKING:
    from kayan._matches import Match

Alignment = Literal["expand", "contract", "strict"]

# Serialized with the doc, and kept by worker processes, as an attribute of the component would not be.
if not Doc.has_extension("kayan_left_out"):
    Doc.set_extension("kayan_left_out", default=[])


class KayanEntities:
    """Puts what a matcher finds into ``doc.ents`` or ``doc.spans``; spaCy makes it by its name.

    The id of an entry becomes the ``ent_id_`` and the ``kb_id_`` of its spans, and no label ``ENTITY``.
    Matches that found no place are listed in ``doc._.kayan_left_out`` as ``(start, end, label, why)``, in
    code points; `why` is ``"alignment"`` or ``"overlap"``.

    Configuration
    -------------
    spans_key : str, optional
        Fill ``doc.spans[spans_key]``, where spans may overlap, instead of ``doc.ents``.
    alignment : {"expand", "contract", "strict"}, default "expand"
        What becomes of a match that starts or ends inside a token: it takes in the whole token; it keeps only
        tokens that lie inside of it, if any; or it is left out.
    policy : {"existing", "matches", "longest"}, default "existing"
        Which of ``doc.ents`` that overlap stay: see `kayan.merge_spans`.

    Attributes
    ----------
    matcher : Matcher
        Set it after adding the component; it is saved and loaded with the pipeline.

    Examples
    --------
    >>> import kayan, spacy, kayan.spacy
    >>> nlp = spacy.blank("ar")
    >>> nlp.add_pipe("kayan_entities").matcher = kayan.Matcher({"القاهرة": "LOC"})
    >>> nlp("سافر للقاهرة.").ents[0].text
    'للقاهرة'
    """

    def __init__(
        self, spans_key: str | None = None, alignment: Alignment = "expand", policy: Policy = "existing"
    ) -> None:
        self.spans_key, self.alignment, self.policy = spans_key, alignment, policy
        self.matcher: Matcher | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Fill one doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 256) -> Iterator[Doc]:
        """Fill docs, searching `batch_size` of them at once."""
        for docs in minibatch(stream, batch_size):
            texts = [doc.text for doc in docs]
            for doc, found in zip(docs, self._ready().find_batch(texts).by_row(), strict=True):
                self._fill(doc, found)
                yield doc

    def _ready(self) -> Matcher:
        if self.matcher is None:
            raise KayanError(
                'kayan_entities has no matcher: nlp.get_pipe("kayan_entities").matcher = kayan.Matcher(...)'
            )
        return self.matcher

    def _fill(self, doc: Doc, found: list[Match]) -> None:
        placed: list[tuple[int, int, Any]] = []
        left_out = list(doc._.kayan_left_out)
        for match in found:
            label, key = match.label or NO_LABEL, match.id or ""
            span = doc.char_span(
                match.start, match.end, label, kb_id=key, span_id=key, alignment_mode=self.alignment
            )
            if span is None:
                left_out.append((match.start, match.end, label, "alignment"))
            else:
                placed.append((span.start, span.end, (span, match)))
        if self.spans_key is not None:
            doc.spans[self.spans_key] = [span for _, _, (span, _) in placed]
        else:
            existing = [(span.start, span.end, (span, None)) for span in doc.ents]
            kept: list[Any] = [pair for _, _, pair in merge_spans(existing, placed, self.policy)]
            doc.ents = [span for span, _ in kept]
            stay = {id(match) for _, match in kept}
            left_out += [
                (match.start, match.end, span.label_, "overlap")
                for _, _, (span, match) in placed
                if id(match) not in stay
            ]
        doc._.kayan_left_out = left_out

    def to_bytes(self, **_: object) -> bytes:
        """Return the matcher as bytes."""
        return b"" if self.matcher is None else self.matcher.to_bytes()

    def from_bytes(self, data: bytes, **_: object) -> KayanEntities:
        """Take over the matcher that `to_bytes` wrote."""
        self.matcher = Matcher.from_bytes(data) if data else None
        return self

    def to_disk(self, path: str | os.PathLike[str], **_: object) -> None:
        """Write the matcher as a file, which `kayan.Matcher.load` reads too."""
        if self.matcher is None:
            Path(path).unlink(missing_ok=True)
        else:
            self.matcher.save(path)

    def from_disk(self, path: str | os.PathLike[str], **_: object) -> KayanEntities:
        """Read the matcher that `to_disk` wrote."""
        self.matcher = Matcher.load(path) if Path(path).exists() else None
        return self


def make(
    nlp: Language, name: str, spans_key: str | None, alignment: Alignment, policy: Policy
) -> KayanEntities:
    """Make the component, as spaCy's factories do.

    Examples
    --------
    >>> import kayan, spacy, kayan.spacy
    >>> component = kayan.spacy.make(spacy.blank("ar"), "entities", None, "expand", "existing")
    >>> component.matcher = kayan.Matcher({"القاهرة": "LOC"})
    >>> [entity.label_ for entity in component(spacy.blank("ar")("سافر للقاهرة")).ents]
    ['LOC']
    """
    return KayanEntities(spans_key, alignment, policy)


Language.factory(
    "kayan_entities",
    default_config={"spans_key": None, "alignment": "expand", "policy": "existing"},
    func=make,
)
