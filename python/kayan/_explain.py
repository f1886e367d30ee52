"""Why a text has the matches that it has."""

from __future__ import annotations

from typing import NamedTuple

from kayan._matches import Match
from kayan._renamed import tells_renamed


@tells_renamed("attribute")
class Decision(NamedTuple):
    """A place where the letters of an entry stand in a text, and what became of it.

    Attributes
    ----------
    match : Match
        The place and the entry.
    surface : str
        The name or alias of the entry whose letters stand there; of a composed name, the rule's pattern.
    rule : str
        The rule that decided: ``"accepted"``; or the reason for a refusal, named after the option that
        switches it where there is one: ``"boundary"``, ``"clitics"``, ``"stop_words"``, ``"min_stem"``,
        ``"never_split"``, ``"common_words"``, ``"require_context"``, ``"overlap"``. The others:
        ``"strict"`` where the entry is stricter about its spelling or its clitics; ``"shorter_clitics"``
        where another reading of the word has shorter clitics; ``"ligature"`` inside a character that stands
        for several letters; ``"cluster"`` inside what a reader sees as one character, such as a letter and
        its marks.
    reason : str
        The rule in a sentence; for an ambiguous name, with the context that it counts in, or would count in.
    winner : Match or None
        The match that it lost to, if it lost to one.

    Examples
    --------
    >>> import kayan
    >>> decision = kayan.Matcher(["علي"]).explain("قال علي")[0]
    >>> decision.accepted, decision.rule, decision.match.start
    (True, 'accepted', 4)
    """

    match: Match
    surface: str
    rule: str
    reason: str
    winner: Match | None

    @property
    def accepted(self) -> bool:
        """Whether it is one of the matches."""
        return self.rule == "accepted"

    def __str__(self) -> str:
        match = self.match
        sign = "+" if self.accepted else "-"
        where = f"{sign} {match.start}-{match.end} {match.text!r}"
        clitics = f" after {match.prefix!r}" if match.prefix else ""
        lost = f": {self.winner.text!r} at {self.winner.start}-{self.winner.end}" if self.winner else ""
        label = f" {match.label}" if match.label else ""
        return f"{where}{clitics} as {match.name!r}{label}: {self.rule}, {self.reason}{lost}"
