//! Which names are meant: one that is an ordinary word too counts only with evidence in the text.

use std::collections::HashMap;

use crate::error::{with_code_points, Error};
use crate::letters::{Folded, Letters};
use crate::lexicon;
use crate::script;
use crate::types::Candidate;

/// The rule, compiled for one dictionary.
#[derive(Debug)]
pub(crate) struct Evidence {
    /// Surfaces that need evidence, ascending.
    ambiguous: Box<[u32]>,
    triggers: HashMap<Box<[u8]>, Trigger>,
    /// How long triggers are, in codes.
    lengths: Vec<usize>,
}

/// What a word announces.
#[derive(Debug, Default)]
struct Trigger {
    announced: Labels,
    /// The same where a «ل» in front has swallowed the alef of its article.
    announced_elided: Labels,
}

#[derive(Debug, Default)]
struct Labels {
    all: bool,
    numbers: Vec<u32>,
}

/// Why a candidate of an ambiguous name counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// The name is not ambiguous.
    NotNeeded,
    /// A trigger stands before it: these letters of the folded text.
    Trigger(usize, usize),
    /// Another name of the entry is in the text.
    Elsewhere,
}

impl Evidence {
    /// The rule for a dictionary, if it has names that need evidence. `number` is that of a label that has
    /// entries.
    pub(crate) fn new(
        given: &lexicon::Evidence,
        letters: &Letters,
        number: impl Fn(&str) -> Option<u32>,
    ) -> Result<Option<Self>, Error> {
        if given.ambiguous.is_empty() {
            return Ok(None);
        }
        let mut triggers: HashMap<Box<[u8]>, Trigger> = HashMap::new();
        for group in &given.triggers {
            let numbers = group.labels.as_ref().map(|labels| labels.iter().filter_map(|l| number(l)));
            let labels = Labels {
                all: group.labels.is_none(),
                numbers: numbers.map(Iterator::collect).unwrap_or_default(),
            };
            for word in &group.words {
                let codes = letters.spell(word);
                if codes.is_empty() {
                    let shown = with_code_points(word);
                    return Err(Error::option(format!("a trigger is empty after folding: {shown}")));
                }
                if let Some(elided) = letters.without_alef(&codes) {
                    triggers.entry(elided.into()).or_default().announced_elided.add(&labels);
                }
                triggers.entry(codes.into()).or_default().announced.add(&labels);
            }
        }
        let mut lengths: Vec<usize> = triggers.keys().map(|codes| codes.len()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        Ok(Some(Self { ambiguous: given.ambiguous.clone().into(), triggers, lengths }))
    }

    /// Drops the candidates of one text that need evidence and have none. `sure` is working memory.
    pub(crate) fn keep_proved(
        &self,
        text: &Text<'_>,
        label: impl Fn(u32) -> u32,
        sure: &mut Vec<u32>,
        candidates: &mut Vec<Candidate>,
    ) {
        if !candidates.iter().any(|c| self.is_ambiguous(c.surface)) {
            return;
        }
        self.collect_sure(candidates, sure);
        candidates.retain(|c| self.proof(text, c, label(c.entry), sure).is_some());
    }

    /// The entries that are named without ambiguity, in their order.
    pub(crate) fn collect_sure(&self, candidates: &[Candidate], sure: &mut Vec<u32>) {
        sure.clear();
        sure.extend(candidates.iter().filter(|c| !self.is_ambiguous(c.surface)).map(|c| c.entry));
        sure.sort_unstable();
    }

    pub(crate) fn is_ambiguous(&self, surface: u32) -> bool {
        self.ambiguous.binary_search(&surface).is_ok()
    }

    /// Why a candidate counts, if it does.
    pub(crate) fn proof(
        &self,
        text: &Text<'_>,
        candidate: &Candidate,
        label: u32,
        sure: &[u32],
    ) -> Option<Proof> {
        if !self.is_ambiguous(candidate.surface) {
            return Some(Proof::NotNeeded);
        }
        // A clitic between them parts the two: «مدينة وسلام» is no city.
        if candidate.residue == 0 {
            let start = text.folded.positions.partition_point(|&position| position < candidate.start);
            if let Some((from, to)) = self.trigger_before(text, start, label) {
                return Some(Proof::Trigger(from, to));
            }
        }
        sure.binary_search(&candidate.entry).is_ok().then_some(Proof::Elsewhere)
    }

    /// The trigger for a label that ends where the word at `start` begins, or one blank before.
    fn trigger_before(&self, text: &Text<'_>, start: usize, label: u32) -> Option<(usize, usize)> {
        let (letters, codes) = (text.letters, &text.folded.codes);
        let blank = start > 0 && Letters::is_blank(codes[start - 1]);
        let end = start - usize::from(blank);
        for from in self.lengths.iter().rev().filter_map(|&length| end.checked_sub(length)) {
            let Some(trigger) = self.triggers.get(&codes[from..end]) else { continue };
            let word = (0..=from).rev().find(|&at| letters.is_boundary(codes, at)).unwrap_or(0);
            let clitics = &codes[word..from];
            let whole = clitics.is_empty() || letters.are_proclitics(clitics, true);
            let elided = whole && clitics.last() == Some(&letters.code(script::LAM));
            if (whole && trigger.announced.has(label)) || (elided && trigger.announced_elided.has(label)) {
                return Some((from, end));
            }
        }
        None
    }
}

impl Labels {
    fn add(&mut self, other: &Self) {
        self.all |= other.all;
        self.numbers.extend(&other.numbers);
    }

    fn has(&self, label: u32) -> bool {
        self.all || self.numbers.contains(&label)
    }
}

/// A text as the rule sees it.
pub(crate) struct Text<'a> {
    pub(crate) letters: &'a Letters,
    pub(crate) folded: &'a Folded,
}
