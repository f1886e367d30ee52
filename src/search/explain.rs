//! Why a text has the matches that it has: every hit of the dictionary with the rule that decided on it.

use std::collections::{HashMap, HashSet};

use super::candidate::{Candidate, EntryId, Hit, Match, Origin, PossibleHit};
use super::judge::{NameFacts, Refusal};
use super::labels::LabelSet;
use super::matcher::{in_bytes, Matcher, Scratch};
use super::observer::Observer;
use super::overlap::greatest_ends;
use crate::index::folded::FoldedText;
use crate::index::Automaton;
use crate::text::{decode, CodeUnit, Decoded};

/// A place where the letters of an entry stand in a text, and what became of it.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The place and the entry; positions are bytes of a `&str`, code points of units.
    pub found: Match,
    /// The name or alias whose letters stand there; for what a rule composed, the rule's pattern.
    pub surface: String,
    /// What became of it.
    pub verdict: Verdict,
    /// Of an ambiguous name: what speaks for it, or what would have; of a composed one, its rule.
    pub note: Option<String>,
    /// The match that it lost to, if it lost to one.
    pub winner: Option<Match>,
}

/// What became of a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is a match.
    Accepted,
    /// It starts or ends inside a character that stands for several letters.
    Ligature,
    /// It starts or ends inside of what a reader sees as one character.
    Cluster,
    /// The word goes on after it.
    Boundary,
    /// What stands before it in the word is not a clitic.
    Clitics,
    /// It is, or stands in, a function word that is written otherwise than the entry.
    StopWords,
    /// It is too short to be split from a clitic.
    MinStem,
    /// The word is protected from clitic readings.
    NeverSplit,
    /// The word is better known as a word by itself than as a clitic and this name.
    CommonWords,
    /// The entry asks for a closer spelling, or for no clitics.
    Strict,
    /// Another reading of the word needs fewer letters for clitics.
    ShorterClitics,
    /// It is an ordinary word too, and nothing in the text says that it is meant.
    RequireContext,
    /// It overlaps a match that is preferred.
    Overlap,
}

impl Decision {
    /// Returns what became of it, in a sentence.
    pub fn reason(&self) -> String {
        match &self.note {
            Some(note) => format!("{} ({note})", self.verdict.reason()),
            None => self.verdict.reason().to_string(),
        }
    }
}

impl Verdict {
    /// Returns the name of the rule: that of the option that switches it, where there is one.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Ligature => "ligature",
            Self::Cluster => "cluster",
            Self::Boundary => "boundary",
            Self::Clitics => "clitics",
            Self::StopWords => "stop_words",
            Self::MinStem => "min_stem",
            Self::NeverSplit => "never_split",
            Self::CommonWords => "common_words",
            Self::Strict => "strict",
            Self::ShorterClitics => "shorter_clitics",
            Self::RequireContext => "require_context",
            Self::Overlap => "overlap",
        }
    }

    /// Returns the rule in a sentence.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Accepted => "a match",
            Self::Ligature => "starts or ends inside a character that stands for several letters",
            Self::Cluster => "starts or ends inside of what a reader sees as one character",
            Self::Boundary => "the word goes on after it",
            Self::Clitics => "what stands before it in the word is not a clitic",
            Self::StopWords => "a stop word, which the entry is not written like",
            Self::MinStem => "too short to be split from a clitic",
            Self::NeverSplit => "the word is never split into clitics and a name",
            Self::CommonWords => "the word is likelier an ordinary one than a clitic and this name",
            Self::Strict => "the entry asks for a closer spelling, or for no clitics",
            Self::ShorterClitics => "another reading of the word has shorter clitics",
            Self::RequireContext => {
                "an ordinary word too, and nothing in the text shows that the entry is meant"
            }
            Self::Overlap => "overlaps a match that is preferred",
        }
    }
}

impl From<Refusal> for Verdict {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::InsideLigature => Self::Ligature,
            Refusal::InsideCluster => Self::Cluster,
            Refusal::WordGoesOn => Self::Boundary,
            Refusal::NoProclitic | Refusal::NoLam => Self::Clitics,
            Refusal::StopWord => Self::StopWords,
            Refusal::ShortStem => Self::MinStem,
            Refusal::NeverSplit => Self::NeverSplit,
            Refusal::CommonWord => Self::CommonWords,
            Refusal::Clitic | Refusal::Spelling => Self::Strict,
        }
    }
}

/// Writes down what becomes of each hit.
struct Notes<'a> {
    matcher: &'a Matcher,
    folded: &'a FoldedText,
    /// Returns a part of the text.
    text: &'a dyn Fn(u32, u32) -> String,
    decisions: Vec<Decision>,
    /// What speaks for candidates of ambiguous names.
    support: HashMap<Candidate, String>,
}

impl Notes<'_> {
    fn note(&mut self, found: Match, surface: u32, verdict: Verdict, winner: Option<Match>) -> &mut Decision {
        let gazetteer = &self.matcher.gazetteer;
        let rule = found.origin.rule().map(|rule| &gazetteer.name_rules.rules[rule.0 as usize]);
        self.decisions.push(Decision {
            found,
            surface: rule.map_or_else(|| gazetteer.surface(surface), |rule| &rule.pattern).into(),
            verdict,
            note: rule.map(|rule| format!("composed by the rule '{}'", rule.id)),
            winner,
        });
        let last = self.decisions.len() - 1;
        &mut self.decisions[last]
    }
}

impl Observer for Notes<'_> {
    const WATCHES: bool = true;

    fn refused(&mut self, hit: Hit, facts: NameFacts, refusal: Refusal) {
        // The article without its alef is a possibility to try, not a spelling to report.
        if hit.elided && matches!(refusal, Refusal::NoLam | Refusal::NoProclitic) {
            return;
        }
        let (start, end) = (self.folded.positions[hit.start], self.folded.end(hit.end - 1));
        let origin = Origin::Entry(EntryId(facts.entry));
        let found = Match {
            start,
            end,
            prefix_start: start,
            suffix_end: end,
            origin,
            antecedent: None,
            edits: 0,
            compared: 0,
        };
        self.note(found, hit.surface, refusal.into(), None);
    }

    fn weighed(&mut self, candidate: &Candidate, support: Result<Option<String>, String>) {
        match support {
            Ok(Some(note)) => {
                self.support.entry(*candidate).or_insert(note);
            }
            Ok(None) => {}
            Err(missing) => {
                let (found, surface) = (candidate.as_match(), candidate.surface);
                self.note(found, surface, Verdict::RequireContext, None).note = Some(missing);
            }
        }
    }

    fn known(&mut self, composed: &Candidate, listed: &Candidate) {
        self.note(composed.as_match(), composed.surface, Verdict::Overlap, Some(listed.as_match()));
    }

    fn later(&mut self, later: &Candidate, instead_of: Option<&Candidate>) {
        if let Some(other) = instead_of.map(Candidate::as_match) {
            self.decisions.retain(|decision| decision.found != other);
        }
        if let Some((start, end)) = later.antecedent {
            let full = (self.text)(start, end);
            self.note(later.as_match(), later.surface, Verdict::Accepted, None).note =
                Some(format!("a later mention of '{full}' at {start}-{end}"));
        }
    }

    fn misspelt(&mut self, near: &Candidate, replaced: &[Candidate]) {
        let lost: Vec<Match> = replaced.iter().map(Candidate::as_match).collect();
        self.decisions.retain(|d| d.verdict != Verdict::Accepted || !lost.contains(&d.found));
        let edits = if near.edits == 1 { "1 edit" } else { "2 edits" };
        let name = self.matcher.gazetteer.surface(near.surface);
        self.note(near.as_match(), near.surface, Verdict::Accepted, None).note =
            Some(format!("{edits} from '{name}'"));
    }

    fn resolved(&mut self, all: &[Candidate], readings: &[Candidate], chosen: &[Candidate]) {
        let (are_chosen, are_readings): (HashSet<_>, HashSet<_>) =
            (chosen.iter().collect(), readings.iter().collect());
        let ends = greatest_ends(chosen);
        for candidate in all {
            let (verdict, winner) = if are_chosen.contains(candidate) {
                (Verdict::Accepted, None)
            } else if are_readings.contains(candidate) {
                let first = chosen.get(ends.partition_point(|&end| end <= candidate.prefix_start));
                (Verdict::Overlap, first.filter(|c| c.start < candidate.suffix_end))
            } else {
                // Readings are in the order of their prefixes.
                let first = readings.partition_point(|c| c.prefix_start < candidate.prefix_start);
                let of_token = |c: &&Candidate| c.prefix_start == candidate.prefix_start;
                (Verdict::ShorterClitics, readings.get(first).filter(of_token))
            };
            let support = self.support.get(candidate).cloned();
            let noted =
                self.note(candidate.as_match(), candidate.surface, verdict, winner.map(Candidate::as_match));
            if let Some(support) = support {
                noted.note = (verdict == Verdict::Accepted).then_some(support);
            }
        }
    }
}

impl Matcher {
    /// Returns every place in a text where the letters of an entry stand, with what became of it, in the order of the
    /// text; positions are bytes. The accepted ones are those that [`find`](Self::find) gives.
    ///
    /// # Examples
    /// ```
    /// use kayan::{Entry, Gazetteer, Matcher, MatcherOptions, Verdict};
    /// let mut gazetteer = Gazetteer::new();
    /// gazetteer.add(Entry::new("دبي"))?;
    /// let matcher = Matcher::new(&gazetteer, &MatcherOptions::profile("match")?)?;
    /// let decisions = matcher.explain("لندن أو دبيان");
    /// assert_eq!(decisions[0].verdict, Verdict::Boundary);
    /// # Ok::<(), kayan::Error>(())
    /// ```
    pub fn explain(&self, text: &str) -> Vec<Decision> {
        let mut decisions = match decode(text) {
            Decoded::Narrow(units) => self.explain_units(&units, None),
            Decoded::Wide(units) => self.explain_units(&units, None),
        };
        in_bytes(text, decisions.iter_mut().flat_map(|d| std::iter::once(&mut d.found).chain(&mut d.winner)));
        decisions
    }

    /// As [`explain`](Self::explain), for a text given as code points, which positions count. Goes through
    /// the whole dictionary: some ten milliseconds for each 100,000 names.
    pub fn explain_units<U: CodeUnit>(&self, text: &[U], labels: Option<&LabelSet>) -> Vec<Decision> {
        let mut scratch = Scratch::default();
        self.alphabet.fold(text, &mut scratch.folded);
        // Not the index of the search, which may pass over what is not a whole word.
        let codes = &scratch.folded.codes;
        let here = Automaton::of_text(codes, &self.gazetteer, &self.alphabet, &self.index_options);
        if let Ok(Some(automaton)) = here {
            automaton.anywhere(codes, |start, end, target| {
                scratch.hits.push(PossibleHit { start, end, target, first: 0 });
            });
        }
        let folded = std::mem::take(&mut scratch.folded);
        let part = |start: u32, end: u32| -> String {
            let units = &text[start as usize..end as usize];
            units.iter().filter_map(|unit| char::from_u32(unit.code_point())).collect()
        };
        let (decisions, support) = (Vec::new(), HashMap::new());
        let mut notes = Notes { matcher: self, folded: &folded, text: &part, decisions, support };
        self.choose(text, labels, &folded, &mut scratch, &mut notes);
        let mut decisions = notes.decisions;
        decisions.sort_by_key(|d| (d.found.start, u32::MAX - d.found.end, d.found.origin));
        decisions
    }
}
