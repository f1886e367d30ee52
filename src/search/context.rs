//! What a candidate's text says of it: support for ambiguous names, and names composed by rules.

use std::collections::HashMap;

use super::candidate::{Candidate, Match, Origin, RuleId};
use super::coreference::Coreference;
use super::judge::{Judge, Rules};
use super::labels::LabelSet;
use super::name_rules::{self, Composer, Reader};
use super::observer::Observer;
use super::options::{Duplicates, MatcherOptions};
use super::overlap::keep_greatest;
use super::spelling::written_form;
use super::triggers::{self, ContextCheck, Support, Weighed};

use crate::dictionary::gazetteer::{Gazetteer, NO_LABEL};
use crate::dictionary::lexicon::Triggers;
use crate::error::Error;
use crate::index::alphabet::Alphabet;
use crate::index::variants::Spellings;
use crate::text::CodeUnit;

/// The two rules, where the dictionary has what they need.
#[derive(Debug)]
pub(super) struct Context {
    check: Option<ContextCheck>,
    composer: Option<Composer>,
    /// Of the entries on one span, those of the greatest priority are meant.
    by_priority: bool,
    /// Those of the entries, then those of the rules.
    labels: Vec<String>,
    /// Of each rule: its identifier, and the number of the label of its matches.
    rules: Vec<(String, u32)>,
    coreference: Option<Coreference>,
}

/// Working memory.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    sure: triggers::Sure,
    composer: name_rules::Scratch,
    spans: Vec<(u32, u32)>,
}

impl<U: CodeUnit> Reader for Judge<'_, U> {
    fn written(&self, start: usize, end: usize) -> Option<String> {
        self.written(start, end)
    }
    fn may_split(&self, word: usize, stem: usize, end: usize, elided: bool) -> bool {
        self.may_split(word, stem, end, elided)
    }
}

impl Context {
    pub(super) fn new(
        gazetteer: &Gazetteer,
        options: &MatcherOptions,
        alphabet: &Alphabet,
        spellings: &Spellings,
        rules: &Rules,
    ) -> Result<Self, Error> {
        let mut context = Self {
            check: None,
            composer: None,
            by_priority: options.duplicates == Duplicates::Priority && gazetteer.has_priorities(),
            labels: gazetteer.known_labels().to_vec(),
            rules: Vec::new(),
            coreference: None,
        };
        if options.require_context {
            let number = |label: &str| gazetteer.number_of_label(label);
            context.check = ContextCheck::new(&gazetteer.ambiguity, alphabet, number)?;
        }
        if options.name_rules {
            let written = |word: &str| written_form(word.chars());
            let (given, ordinary) = (&gazetteer.name_rules, rules.ordinary_words());
            context.composer = Composer::new(given, alphabet, spellings, ordinary, written)?;
            let mut numbers: HashMap<String, usize> = context.labels.iter().cloned().zip(0..).collect();
            for rule in &given.rules {
                // What such a rule matches is no name.
                if rule.label.is_empty() {
                    context.rules.push((rule.id.clone(), NO_LABEL));
                    continue;
                }
                let number = *numbers.entry(rule.label.clone()).or_insert_with(|| {
                    context.labels.push(rule.label.clone());
                    context.labels.len() - 1
                });
                context.rules.push((rule.id.clone(), number as u32));
            }
        }
        if options.coreference {
            let ordinary = rules.ordinary_words();
            context.coreference = Coreference::new(gazetteer, &context.labels, alphabet, ordinary);
        }
        Ok(context)
    }

    /// Returns whether a search for some labels needs the candidates with others.
    pub(super) fn needs_all_labels(&self) -> bool {
        self.by_priority || self.check.is_some()
    }

    pub(super) fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Returns the identifier of a rule, and the number of the label of its matches.
    pub(super) fn rule(&self, rule: RuleId) -> Option<(&str, u32)> {
        self.rules.get(rule.0 as usize).map(|(id, label)| (id.as_str(), *label))
    }

    /// Returns the number of the label of an entry or a rule.
    pub(super) fn label_number(&self, gazetteer: &Gazetteer, origin: Origin) -> Option<u32> {
        match origin {
            Origin::Rule(rule) => self.rule(rule).map(|(_, label)| label),
            Origin::Entry(entry) => {
                Some(gazetteer.label_number(entry.0)).filter(|&number| number != NO_LABEL)
            }
        }
    }

    /// Returns the label of an entry or a rule.
    pub(super) fn label(&self, gazetteer: &Gazetteer, origin: Origin) -> Option<&str> {
        self.label_number(gazetteer, origin)
            .and_then(|number| self.labels.get(number as usize))
            .map(String::as_str)
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.composer.as_ref().map_or(0, Composer::memory_usage)
    }

    /// Drops the candidates that need support in the text and have none, and adds the names that rules compose.
    #[inline]
    pub(super) fn apply<U: CodeUnit, O: Observer>(
        &self,
        gazetteer: &Gazetteer,
        judge: &Judge<'_, U>,
        labels: Option<&LabelSet>,
        scratch: &mut Scratch,
        candidates: &mut Vec<Candidate>,
        observer: &mut O,
    ) {
        if let Some(check) = &self.check {
            let label = |origin| self.label_number(gazetteer, origin).unwrap_or(NO_LABEL);
            let text = triggers::Text { alphabet: judge.alphabet, folded: judge.folded };
            // Of each entry: its first name that is not ambiguous, and what it lacks.
            let mut named: HashMap<Origin, Match> = HashMap::new();
            if O::WATCHES {
                for other in candidates.iter().filter(|c| !check.is_ambiguous(c.surface)) {
                    named.entry(other.origin).or_insert_with(|| other.as_match());
                }
            }
            let mut lacks: HashMap<Origin, String> = HashMap::new();
            let mut weighed = |_: &[Candidate], candidate: &Candidate, support| {
                let label = self.label_number(gazetteer, candidate.origin);
                if labels.is_none_or(|set| label.is_some_and(|label| set.contains(label))) {
                    let missing = || self.missing(gazetteer, check, candidate.origin);
                    let reason = match support {
                        Some(support) => Ok(Self::reason(judge, named.get(&candidate.origin), support)),
                        None => Err(lacks.entry(candidate.origin).or_insert_with(missing).clone()),
                    };
                    observer.weighed(candidate, reason);
                }
            };
            let weighed: Option<Weighed<'_>> = if O::WATCHES { Some(&mut weighed) } else { None };
            check.keep_supported(&text, label, &mut scratch.sure, candidates, weighed);
        }
        if self.by_priority {
            keep_greatest(candidates, |dropped, kept| observer.known(dropped, kept));
        }
        if let Some(set) = labels.filter(|_| self.needs_all_labels()) {
            let is_wanted =
                |c: &Candidate| self.label_number(gazetteer, c.origin).is_some_and(|l| set.contains(l));
            candidates.retain(is_wanted);
        }
        if let Some(composer) = &self.composer {
            let Scratch { composer: working, spans, .. } = scratch;
            spans.clear();
            spans.extend(candidates.iter().map(|c| (c.start, c.end)));
            spans.sort_unstable();
            let listed = candidates.len();
            // Entries take precedence over composed names with the same span.
            for composed in self.composed(composer, gazetteer, judge, labels, working) {
                if spans.binary_search(&(composed.start, composed.end)).is_err() {
                    candidates.push(composed);
                } else {
                    let same = |c: &&Candidate| (c.start, c.end) == (composed.start, composed.end);
                    candidates[..listed].iter().find(same).iter().for_each(|c| observer.known(&composed, c));
                }
            }
        }
    }

    /// Adds the later mentions of the chosen candidates.
    pub(super) fn add_later_mentions<U: CodeUnit, O: Observer>(
        &self,
        gazetteer: &Gazetteer,
        judge: &Judge<'_, U>,
        scratch: &Scratch,
        chosen: &mut Vec<Candidate>,
        observer: &mut O,
    ) {
        if let Some(coreference) = &self.coreference {
            let label = |origin| self.label_number(gazetteer, origin);
            coreference.apply(judge, &scratch.composer.tokens, label, chosen, |later, instead_of| {
                observer.later(later, instead_of);
            });
        }
    }

    /// Finds the candidates that rules compose.
    fn composed<'a, 'j: 'a, U: CodeUnit>(
        &'a self,
        composer: &Composer,
        gazetteer: &'a Gazetteer,
        judge: &'a Judge<'j, U>,
        labels: Option<&LabelSet>,
        scratch: &'a mut name_rules::Scratch,
    ) -> impl Iterator<Item = Candidate> + use<'a, 'j, U> {
        let wanted = |rule: usize| {
            let label = self.rule(RuleId(rule as u32)).map(|(_, label)| label);
            labels.is_none_or(|set| label.is_some_and(|label| set.contains(label)))
        };
        composer.find(judge.alphabet, judge.folded, judge, wanted, scratch);
        scratch.found.iter().filter_map(|&name_rules::Composed { start, end, rule, clitics }| {
            Some(Candidate {
                surface: (gazetteer.surface_count() + rule) as u32,
                priority: gazetteer.name_rules.rules[rule].priority,
                ..judge.composed(clitics, start, end, Origin::Rule(RuleId(rule as u32)))?
            })
        })
    }

    /// Returns what speaks for a candidate, of whose entry there is `other` in the text.
    fn reason<U: CodeUnit>(judge: &Judge<'_, U>, other: Option<&Match>, support: Support) -> Option<String> {
        let text = |from: u32, to: u32| -> String {
            let units = &judge.text[from as usize..to as usize];
            units.iter().filter_map(|unit| char::from_u32(unit.code_point())).collect()
        };
        match support {
            Support::NotNeeded => None,
            Support::Trigger(from, to) => {
                let (start, end) = (judge.folded.positions[from], judge.folded.end(to - 1));
                Some(format!("after '{}'", text(start, end)))
            }
            Support::Elsewhere => {
                other.map(|o| format!("named '{}' at {}-{} too", text(o.start, o.end), o.start, o.end))
            }
        }
    }

    /// Returns what would have been support for an entry.
    fn missing(&self, gazetteer: &Gazetteer, check: &ContextCheck, origin: Origin) -> String {
        const SHOWN: usize = 3;
        let quoted = |words: &mut dyn Iterator<Item = &str>| {
            let mut words: Vec<String> = words.take(SHOWN + 1).map(|word| format!("'{word}'")).collect();
            if words.len() > SHOWN {
                words[SHOWN] = "…".into();
            }
            words.join(", ")
        };
        let label = self.label(gazetteer, origin);
        let announces = |triggers: &&Triggers| {
            let labels = triggers.labels.as_ref();
            labels.is_none_or(|labels| labels.iter().any(|other| Some(other.as_str()) == label))
        };
        let triggers = gazetteer.ambiguity.triggers.iter().filter(announces);
        let triggers = quoted(&mut triggers.flat_map(|triggers| &triggers.words).map(String::as_str));
        let entry = origin.entry().map(|entry| entry.0);
        let others = (0..gazetteer.surface_count() as u32)
            .filter(|&s| Some(gazetteer.entry_of(s)) == entry && !check.is_ambiguous(s));
        let others = quoted(&mut others.map(|surface| gazetteer.surface(surface)));
        let mut ways = Vec::new();
        if !triggers.is_empty() {
            ways.push(format!("{triggers} before it"));
        }
        if !others.is_empty() {
            ways.push(format!("{others} in the text"));
        }
        if ways.is_empty() {
            return "the dictionary has no triggers and no other names for it".into();
        }
        format!("it would count with {}", ways.join(" or "))
    }
}
