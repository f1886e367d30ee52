//! What a candidate's text says of it: evidence for ambiguous names, and names composed by rules.

use super::{LabelSet, Matcher};
use crate::accept::{written_form, Judge, Rules};
use crate::compose::{self, Composer, Reader};
use crate::error::Error;
use crate::evidence::{self, Evidence, Proof};
use crate::gazetteer::Gazetteer;
use crate::letters::Letters;
use crate::matcher_options::MatcherOptions;
use crate::text::CodeUnit;
use crate::types::Candidate;

/// The two rules, where the dictionary has what they need.
#[derive(Debug)]
pub(super) struct Context {
    evidence: Option<Evidence>,
    composer: Option<Composer>,
    /// Those of the entries, then those of the rules.
    labels: Vec<String>,
    /// Of each rule: the identifier of its matches, and the number of its label.
    rules: Vec<(String, u32)>,
}

/// Working memory.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    sure: Vec<u32>,
    compose: compose::Scratch,
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
        letters: &Letters,
        rules: &Rules,
    ) -> Result<Self, Error> {
        let mut context = Self {
            evidence: None,
            composer: None,
            labels: gazetteer.known_labels().to_vec(),
            rules: Vec::new(),
        };
        if options.evidence {
            let number = |label: &str| gazetteer.number_of_label(label);
            context.evidence = Evidence::new(&gazetteer.evidence, letters, number)?;
        }
        if options.compose {
            let written = |word: &str| written_form(word.chars());
            let (given, ordinary) = (&gazetteer.composition, rules.ordinary_words());
            context.composer = Composer::new(given, letters, ordinary, written)?;
            for rule in &given.rules {
                let known = context.labels.iter().position(|label| *label == rule.label);
                let number = known.unwrap_or(context.labels.len());
                if known.is_none() {
                    context.labels.push(rule.label.clone());
                }
                context.rules.push((format!("rule:{}", rule.id), number as u32));
            }
        }
        Ok(context)
    }

    pub(super) fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The identifier of a rule's matches, and the number of its label.
    pub(super) fn rule(&self, rule: usize) -> (&str, u32) {
        let (id, label) = &self.rules[rule];
        (id, *label)
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.composer.as_ref().map_or(0, Composer::memory_usage)
    }
}

impl Matcher {
    /// Drops the candidates that need evidence and have none, and adds the names that rules compose.
    #[inline]
    pub(super) fn weigh<U: CodeUnit>(
        &self,
        judge: &Judge<'_, U>,
        labels: Option<&LabelSet>,
        scratch: &mut Scratch,
        candidates: &mut Vec<Candidate>,
    ) {
        // A label that is asked for is evidence enough.
        if let (Some(evidence), None) = (&self.context.evidence, labels) {
            let label = |entry| self.gazetteer.label_number(entry);
            evidence.keep_proved(&self.seen(judge), label, &mut scratch.sure, candidates);
        }
        if let Some(composer) = &self.context.composer {
            let Scratch { compose, spans, .. } = scratch;
            spans.clear();
            spans.extend(candidates.iter().map(|c| (c.start, c.end)));
            spans.sort_unstable();
            // What the dictionary knows, it knows better.
            let unknown = |c: &Candidate| spans.binary_search(&(c.start, c.end)).is_err();
            candidates.extend(self.composed(composer, judge, labels, compose).filter(unknown));
        }
    }

    /// The candidates that rules compose.
    fn composed<'a, 'j: 'a, U: CodeUnit>(
        &'a self,
        composer: &Composer,
        judge: &'a Judge<'j, U>,
        labels: Option<&LabelSet>,
        scratch: &'a mut compose::Scratch,
    ) -> impl Iterator<Item = Candidate> + use<'a, 'j, U> {
        let wanted = |rule: usize| labels.is_none_or(|set| set.contains(self.context.rule(rule).1));
        composer.find(&self.letters, judge.folded, judge, wanted, scratch);
        scratch.found.iter().filter_map(|&compose::Composed { start, end, rule, clitics }| {
            Some(Candidate {
                surface: (self.gazetteer.surface_count() + rule) as u32,
                entry: (self.len() + rule) as u32,
                priority: self.gazetteer.composition.rules[rule].priority,
                ..judge.composed(clitics, start, end)?
            })
        })
    }

    fn seen<'a, U>(&'a self, judge: &'a Judge<'_, U>) -> evidence::Text<'a> {
        evidence::Text { letters: &self.letters, folded: judge.folded }
    }

    /// The rule that composed a candidate or an entry, given their numbers among the dictionary's.
    pub(super) fn rule_of(&self, entry: u32) -> Option<usize> {
        (entry as usize).checked_sub(self.len())
    }

    /// For [`explain_units`](Self::explain_units): the candidates without evidence, each with what would have
    /// counted, and for the others what spoke for them.
    pub(super) fn proofs<U: CodeUnit>(
        &self,
        judge: &Judge<'_, U>,
        labels: Option<&LabelSet>,
        candidates: &[Candidate],
    ) -> Vec<Result<Option<String>, String>> {
        let Some(evidence) = &self.context.evidence else { return vec![Ok(None); candidates.len()] };
        let mut sure = Vec::new();
        evidence.collect_sure(candidates, &mut sure);
        let text = |from: u32, to: u32| -> String {
            let units = &judge.text[from as usize..to as usize];
            units.iter().filter_map(|unit| char::from_u32(unit.code_point())).collect()
        };
        let proof = |c: &Candidate| {
            if labels.is_some() && evidence.is_ambiguous(c.surface) {
                return Ok(Some("its label is asked for".to_string()));
            }
            let label = self.gazetteer.label_number(c.entry);
            match evidence.proof(&self.seen(judge), c, label, &sure) {
                Some(Proof::NotNeeded) => Ok(None),
                Some(Proof::Trigger(from, to)) => {
                    let positions = &judge.folded.positions;
                    Ok(Some(format!("behind '{}'", text(positions[from], positions[to - 1] + 1))))
                }
                Some(Proof::Elsewhere) => {
                    let other =
                        candidates.iter().find(|o| o.entry == c.entry && !evidence.is_ambiguous(o.surface));
                    Ok(other
                        .map(|o| format!("named '{}' at {}-{} too", text(o.start, o.end), o.start, o.end)))
                }
                None => Err(self.missing(evidence, c.entry)),
            }
        };
        candidates.iter().map(proof).collect()
    }

    /// What would have been evidence for an entry.
    fn missing(&self, evidence: &Evidence, entry: u32) -> String {
        const SHOWN: usize = 3;
        let quoted = |words: &mut dyn Iterator<Item = &str>| {
            let mut words: Vec<String> = words.take(SHOWN + 1).map(|word| format!("'{word}'")).collect();
            if words.len() > SHOWN {
                words[SHOWN] = "…".into();
            }
            words.join(", ")
        };
        let label = self.gazetteer.label(entry);
        let announces = |triggers: &&crate::lexicon::Triggers| {
            let labels = triggers.labels.as_ref();
            labels.is_none_or(|labels| labels.iter().any(|other| Some(other.as_str()) == label))
        };
        let triggers = self.gazetteer.evidence.triggers.iter().filter(announces);
        let triggers = quoted(&mut triggers.flat_map(|triggers| &triggers.words).map(String::as_str));
        let others = (0..self.gazetteer.surface_count() as u32)
            .filter(|&s| self.gazetteer.entry_of(s) == entry && !evidence.is_ambiguous(s));
        let others = quoted(&mut others.map(|surface| self.gazetteer.surface(surface)));
        let mut ways = Vec::new();
        if !triggers.is_empty() {
            ways.push(format!("{triggers} before it"));
        }
        if !others.is_empty() {
            ways.push(format!("{others} in the text"));
        }
        ways.extend(label.map(|label| format!("labels=\"{label}\"")));
        if ways.is_empty() {
            return "the dictionary has no triggers and no other names for it".into();
        }
        format!("evidence would be {}", ways.join(" or "))
    }

    /// For [`explain_units`](Self::explain_units): the composed candidates, those that the dictionary has too
    /// included.
    pub(super) fn all_composed<U: CodeUnit>(
        &self,
        judge: &Judge<'_, U>,
        labels: Option<&LabelSet>,
    ) -> Vec<Candidate> {
        let Some(composer) = &self.context.composer else { return Vec::new() };
        self.composed(composer, judge, labels, &mut compose::Scratch::default()).collect()
    }
}
