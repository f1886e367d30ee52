//! Which names are meant: one that is an ordinary word too counts only with evidence in the text.

use std::collections::HashMap;

use crate::dictionary::lexicon::{self, WITH_ARTICLE};
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
    /// What any word with the article announces, and what begins as one and has none.
    with_article: Labels,
    without_article: Vec<Vec<u8>>,
}

/// What is named without ambiguity. Working memory.
#[derive(Debug, Default)]
pub(crate) struct Sure {
    /// Ascending.
    origins: Vec<Origin>,
    spans: Vec<(u32, u32)>,
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
    /// Returns the rule for a dictionary, if it has names that need evidence. `number` is that of a label that has
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
        let mut with_article = Labels::default();
        for group in &given.triggers {
            let numbers = group.labels.as_ref().map(|labels| labels.iter().filter_map(|l| number(l)));
            let labels = Labels {
                all: group.labels.is_none(),
                numbers: numbers.map(Iterator::collect).unwrap_or_default(),
            };
            for word in &group.words {
                if word.trim() == WITH_ARTICLE {
                    with_article.add(&labels);
                    continue;
                }
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
        let without_article = script::WITHOUT_ARTICLE.lines().map(|word| alphabet.spell(word)).collect();
        let ambiguous = given.ambiguous.clone().into();
        Ok(Some(Self { ambiguous, triggers, lengths, with_article, without_article }))
    }

    /// Drops the candidates of one text that need support and have none, and calls `weighed`, if it is
    /// there, with all of them, each candidate and what speaks for it. `sure` is working memory.
    pub(crate) fn keep_supported(
        &self,
        text: &Text<'_>,
        label: impl Fn(Origin) -> u32,
        sure: &mut Sure,
        candidates: &mut Vec<Candidate>,
        weighed: Option<Weighed<'_>>,
    ) {
        if !candidates.iter().any(|c| self.is_ambiguous(c.surface)) {
            return;
        }
        self.collect_sure(candidates, sure);
        let support = |c: &Candidate| self.support(text, c, label(c.origin), sure);
        if let Some(weighed) = weighed {
            candidates.iter().for_each(|c| weighed(candidates, c, support(c)));
        }
        candidates.retain(|c| support(c).is_some());
    }

    /// Collects what is named without ambiguity.
    fn collect_sure(&self, candidates: &[Candidate], sure: &mut Sure) {
        let unambiguous = || candidates.iter().filter(|c| !self.is_ambiguous(c.surface));
        sure.origins.clear();
        sure.origins.extend(unambiguous().map(|c| c.origin));
        sure.origins.sort_unstable();
        sure.spans.clear();
        sure.spans.extend(unambiguous().map(|c| (c.start, c.end)));
        sure.spans.sort_unstable();
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
        sure: &Sure,
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
        let is_named = sure.origins.binary_search(&candidate.origin).is_ok();
        // A word that is for sure the name of another entry needs more.
        let is_other = || sure.spans.binary_search(&(candidate.start, candidate.end)).is_ok();
        (is_named && !is_other()).then_some(Support::Elsewhere)
    }

    /// Returns the trigger for a label that ends where the word at `start` begins, or one blank before.
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
        self.word_with_article(text, end).filter(|_| self.with_article.has(label)).map(|from| (from, end))
    }

    /// Returns where the word with the article starts that ends here, its clitics left out.
    fn word_with_article(&self, text: &Text<'_>, end: usize) -> Option<usize> {
        let (alphabet, codes) = (text.alphabet, &text.folded.codes);
        let start = text.folded.word_start(end.checked_sub(1)?);
        let word = codes.get(start..end)?;
        let lam = alphabet.article[1];
        let from = (0..word.len().min(3)).find(|&at| {
            let clitics = &word[..at];
            let attached = at == 0 || alphabet.are_proclitics(clitics, true);
            let elided =
                clitics.last() == Some(&alphabet.code(script::LAM)) && word[at..].first() == Some(&lam);
            attached && (elided || word[at..].starts_with(&alphabet.article))
        })?;
        let stem = &word[from..];
        let is_noun = alphabet.count(stem) > 3 && !self.without_article.iter().any(|other| other == stem);
        (is_noun && text.folded.is_boundary(end)).then_some(start + from)
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
