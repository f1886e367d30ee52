//! Why a text has the matches that it has: every hit of the dictionary with the rule that decided on it.

use super::dictionary::Automaton;
use super::{LabelSet, Matcher, Scratch};
use crate::accept::{Refusal, Surface};
use crate::overlap::{keep_shortest_clitics, resolve};
use crate::text::CodeUnit;
use crate::types::{Candidate, Found, Hit};

/// A place where the letters of an entry stand in a text, and what became of it.
#[derive(Clone, Debug)]
pub struct Considered {
    /// The place and the entry; positions are code points.
    pub found: Found,
    /// The name or alias whose letters stand there; for what a rule composed, the rule's pattern.
    pub surface: String,
    /// What became of it.
    pub verdict: Verdict,
    /// Of an ambiguous name: what speaks for it, or what would have; of a composed one, its rule.
    pub note: Option<String>,
    /// The match that it lost to, if it lost to one.
    pub winner: Option<Found>,
}

/// What became of a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is a match.
    Accepted,
    /// It starts or ends inside a character that stands for several letters.
    Ligature,
    /// The word goes on behind it.
    Boundary,
    /// What stands in front of it in the word is no clitic.
    Clitics,
    /// It is, or stands in, a function word that is written otherwise than the entry.
    Guard,
    /// It is too short to be split from a clitic.
    MinStem,
    /// The word is protected from clitic readings.
    Protect,
    /// The word is better known as a word by itself than as a clitic and this name.
    Background,
    /// The entry asks for a closer spelling, or for no clitics.
    Care,
    /// Another reading of the word needs fewer letters for clitics.
    ShorterClitics,
    /// It is an ordinary word too, and nothing in the text says that it is meant.
    Evidence,
    /// It overlaps a match that is preferred.
    Overlap,
}

impl Considered {
    /// What became of it, in a sentence.
    pub fn reason(&self) -> String {
        match &self.note {
            Some(note) => format!("{} ({note})", self.verdict.reason()),
            None => self.verdict.reason().to_string(),
        }
    }
}

impl Verdict {
    /// The name of the rule: that of the option that switches it, where there is one.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Ligature => "ligature",
            Self::Boundary => "boundary",
            Self::Clitics => "clitics",
            Self::Guard => "guard",
            Self::MinStem => "min_stem",
            Self::Protect => "protect",
            Self::Background => "background",
            Self::Care => "care",
            Self::ShorterClitics => "shorter_clitics",
            Self::Evidence => "evidence",
            Self::Overlap => "overlap",
        }
    }

    /// The rule in a sentence.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Accepted => "a match",
            Self::Ligature => "starts or ends inside a character that stands for several letters",
            Self::Boundary => "the word goes on behind it",
            Self::Clitics => "what stands in front of it in the word is no clitic",
            Self::Guard => "a function word, which the entry is not written like",
            Self::MinStem => "too short to be split from a clitic",
            Self::Protect => "the word is protected from clitic readings",
            Self::Background => "the word is better known by itself than as a clitic and this name",
            Self::Care => "the entry asks for a closer spelling, or for no clitics",
            Self::ShorterClitics => "another reading of the word has shorter clitics",
            Self::Evidence => "an ordinary word too, and nothing in the text says that it is meant",
            Self::Overlap => "overlaps a match that is preferred",
        }
    }
}

impl From<Refusal> for Verdict {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::InsideLigature => Self::Ligature,
            Refusal::WordGoesOn => Self::Boundary,
            Refusal::NoProclitic | Refusal::NoLam => Self::Clitics,
            Refusal::GuardWord => Self::Guard,
            Refusal::ShortStem => Self::MinStem,
            Refusal::Protected => Self::Protect,
            Refusal::OrdinaryWord => Self::Background,
            Refusal::Clitic | Refusal::Spelling => Self::Care,
        }
    }
}

impl Matcher {
    /// Every place in a text where the letters of an entry stand, with what became of it, in the order of the
    /// text. The accepted ones are those that [`find_units`](Self::find_units) gives. Goes through the whole
    /// dictionary: some ten milliseconds for each 100,000 names.
    pub fn explain_units<U: CodeUnit>(&self, text: &[U], labels: Option<&LabelSet>) -> Vec<Considered> {
        let Scratch { mut folded, mut name, .. } = Scratch::default();
        self.letters.fold(text, &mut folded);
        let folded = &folded;
        let spelling = |surface| self.gazetteer.surface(surface);
        let judge = self.judge(text, folded, &spelling);
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut considered = Vec::new();
        let describe = |found: Found, surface: u32, verdict: Verdict, winner: Option<Found>| {
            let rule = self.rule_of(found.entry).map(|rule| &self.gazetteer.composition.rules[rule]);
            Considered {
                found,
                surface: rule.map_or_else(|| self.gazetteer.surface(surface), |rule| &rule.pattern).into(),
                verdict,
                note: rule.map(|rule| format!("composed by the rule '{}'", rule.id)),
                winner,
            }
        };
        let mut consider = |hit: Hit, surface: Surface| match judge.accept(hit, surface) {
            Ok(candidate) => candidates.push(candidate),
            // The article without its alef is a possibility to try, not a spelling to report.
            Err(Refusal::NoLam | Refusal::NoProclitic) if hit.elided => {}
            Err(refusal) => {
                let (start, end) = (folded.positions[hit.start], folded.positions[hit.end - 1] + 1);
                let entry = surface.entry;
                let found = Found { start, end, prefix_start: start, suffix_end: end, entry };
                considered.push(describe(found, hit.surface, refusal.into(), None));
            }
        };
        // Not the engine of the search, which may pass over what is no whole word.
        let codes = &folded.codes;
        let here = Automaton::of_text(codes, &self.gazetteer, &self.letters, &self.options);
        if let Ok(Some(automaton)) = here {
            automaton.anywhere(codes, |start, end, target| {
                if let Some((hit, surface)) = self.hit(codes, start, end, target, labels, &mut name) {
                    consider(hit, surface);
                }
            });
        }
        let mut notes: Vec<(Candidate, String)> = Vec::new();
        let mut proofs = self.proofs(&judge, labels, &candidates).into_iter();
        candidates.retain(|candidate| match proofs.next() {
            Some(Err(missing)) => {
                let refused = describe(candidate.found(), candidate.surface, Verdict::Evidence, None);
                considered.push(Considered { note: Some(missing), ..refused });
                false
            }
            Some(Ok(note)) => {
                notes.extend(note.map(|note| (*candidate, note)));
                true
            }
            None => true,
        });
        for composed in self.all_composed(&judge, labels) {
            match candidates.iter().find(|c| (c.start, c.end) == (composed.start, composed.end)) {
                Some(known) => considered.push(describe(
                    composed.found(),
                    composed.surface,
                    Verdict::Overlap,
                    Some(known.found()),
                )),
                None => candidates.push(composed),
            }
        }
        let mut chosen = candidates.clone();
        keep_shortest_clitics(&mut chosen);
        let readings = chosen.clone();
        resolve(&mut chosen, self.options.overlap, self.options.first_of_duplicates);
        for candidate in candidates {
            let overlaps = |c: &&Candidate| c.start < candidate.suffix_end && candidate.prefix_start < c.end;
            let (verdict, winner) = if chosen.contains(&candidate) {
                (Verdict::Accepted, None)
            } else if readings.contains(&candidate) {
                (Verdict::Overlap, chosen.iter().find(overlaps))
            } else {
                (Verdict::ShorterClitics, readings.iter().find(|c| c.prefix_start == candidate.prefix_start))
            };
            let winner = winner.map(Candidate::found);
            let mut described = describe(candidate.found(), candidate.surface, verdict, winner);
            if let Some((_, note)) = notes.iter().find(|(noted, _)| *noted == candidate) {
                described.note = (verdict == Verdict::Accepted).then(|| note.clone());
            }
            considered.push(described);
        }
        considered.sort_by_key(|c| (c.found.start, u32::MAX - c.found.end, c.found.entry));
        considered
    }
}
