//! Which names are meant: one that is an ordinary word too counts only with evidence in the text.

use std::collections::HashMap;

use crate::dictionary::lexicon;
use crate::error::{with_code_points, Error};
use crate::index::alphabet::Alphabet;
use crate::index::folded::FoldedText;
use crate::script;
use crate::search::candidate::{Candidate, Origin};

/// The rule, compiled for one dictionary.
#[derive(Debug)]
pub(crate) struct ContextCheck {
    /// Surfaces that need evidence, ascending.
    ambiguous: Box<[u32]>,
    triggers: HashMap<Box<[u8]>, Trigger>,
    /// How long triggers are, in codes.
    lengths: Vec<usize>,
}

/// Is called with all candidates of a text, one of them, and what speaks for it.
pub(crate) type Weighed<'a> = &'a mut dyn FnMut(&[Candidate], &Candidate, Option<Support>);

/// What a word announces.
#[derive(Debug, Default)]
struct Trigger {
    announced: Labels,
    /// The same where a «ل» before it has swallowed the alef of its article.
    announced_elided: Labels,
}

#[derive(Debug, Default)]
struct Labels {
    all: bool,
    numbers: Vec<u32>,
}

/// Why a candidate of an ambiguous name counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Support {
    /// The name is not ambiguous.
    NotNeeded,
    /// A trigger stands before it: these letters of the folded text.
    Trigger(usize, usize),
    /// Another name of the entry is in the text.
    Elsewhere,
}

impl ContextCheck {
    /// The rule for a dictionary, if it has names that need evidence. `number` is that of a label that has
    /// entries.
    pub(crate) fn new(
        given: &lexicon::Ambiguity,
        alphabet: &Alphabet,
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
                let codes = alphabet.spell(word);
                if codes.is_empty() {
                    let shown = with_code_points(word);
                    return Err(Error::word_list(format!("a trigger is empty after folding: {shown}")));
                }
                if let Some(elided) = alphabet.without_alef(&codes) {
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

    /// Drops the candidates of one text that need support and have none, and calls `weighed`, if it is
    /// there, with all of them, each candidate and what speaks for it. `unambiguous` is working memory.
    pub(crate) fn keep_supported(
        &self,
        text: &Text<'_>,
        label: impl Fn(Origin) -> u32,
        unambiguous: &mut Vec<Origin>,
        candidates: &mut Vec<Candidate>,
        weighed: Option<Weighed<'_>>,
    ) {
        if !candidates.iter().any(|c| self.is_ambiguous(c.surface)) {
            return;
        }
        self.collect_unambiguous(candidates, unambiguous);
        let support = |c: &Candidate| self.support(text, c, label(c.origin), unambiguous);
        if let Some(weighed) = weighed {
            candidates.iter().for_each(|c| weighed(candidates, c, support(c)));
        }
        candidates.retain(|c| support(c).is_some());
    }

    /// The entries that are named without ambiguity, in their order.
    pub(crate) fn collect_unambiguous(&self, candidates: &[Candidate], unambiguous: &mut Vec<Origin>) {
        unambiguous.clear();
        unambiguous.extend(candidates.iter().filter(|c| !self.is_ambiguous(c.surface)).map(|c| c.origin));
        unambiguous.sort_unstable();
    }

    pub(crate) fn is_ambiguous(&self, surface: u32) -> bool {
        self.ambiguous.binary_search(&surface).is_ok()
    }

    /// Why a candidate counts, if it does.
    pub(crate) fn support(
        &self,
        text: &Text<'_>,
        candidate: &Candidate,
        label: u32,
        unambiguous: &[Origin],
    ) -> Option<Support> {
        if !self.is_ambiguous(candidate.surface) {
            return Some(Support::NotNeeded);
        }
        // A clitic between trigger and name breaks the link: «مدينة وسلام» isn't a city.
        if candidate.clitic_letters == 0 {
            let start = text.folded.positions.partition_point(|&position| position < candidate.start);
            if let Some((from, to)) = self.trigger_before(text, start, label) {
                return Some(Support::Trigger(from, to));
            }
        }
        unambiguous.binary_search(&candidate.origin).is_ok().then_some(Support::Elsewhere)
    }

    /// The trigger for a label that ends where the word at `start` begins, or one blank before.
    fn trigger_before(&self, text: &Text<'_>, start: usize, label: u32) -> Option<(usize, usize)> {
        let (alphabet, codes) = (text.alphabet, &text.folded.codes);
        let blank = start > 0 && Alphabet::is_blank(codes[start - 1]);
        let end = start - usize::from(blank);
        for from in self.lengths.iter().rev().filter_map(|&length| end.checked_sub(length)) {
            let Some(trigger) = self.triggers.get(&codes[from..end]) else { continue };
            let word = text.folded.word_start(from);
            let clitics = &codes[word..from];
            let whole = clitics.is_empty() || alphabet.are_proclitics(clitics, true);
            let elided = whole && clitics.last() == Some(&alphabet.code(script::LAM));
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
    pub(crate) alphabet: &'a Alphabet,
    pub(crate) folded: &'a FoldedText,
}
