//! Later mentions: after a full name, a part of it alone is the same person.

use foldhash::{HashMap, HashSet};

use super::candidate::{Candidate, Origin};
use super::judge::{Judge, CLITICS};
use super::name_rules::Token;
use crate::dictionary::gazetteer::Gazetteer;
use crate::index::alphabet::Alphabet;
use crate::script;
use crate::text::CodeUnit;

/// A shorter form has at least so many letters.
const LETTERS: usize = 4;

/// The rule, compiled for one dictionary.
#[derive(Debug)]
pub(crate) struct Coreference {
    /// By the number of a label, whether its names have later mentions.
    labels: Box<[bool]>,
    /// Words that belong to the name after them.
    particles: HashSet<Box<[u8]>>,
    /// Those of them that may be written together with it.
    name_particles: HashSet<Box<[u8]>>,
    /// Words that belong to the name before them.
    ends: HashSet<Box<[u8]>>,
    /// Words that are no later mention by themselves.
    ordinary: HashSet<Box<[u8]>>,
    given: u64,
    family: u64,
    weak: u64,
}

/// Forms by their first word, each with the chosen candidate that it is short for.
type Forms = HashMap<Vec<u8>, Vec<Form>>;

/// A shorter form of a full mention.
#[derive(Debug)]
struct Form {
    codes: Vec<u8>,
    /// It stands without the alef of its article, which a «ل» before it has swallowed.
    elided: bool,
    full: usize,
}

/// A later mention, found.
struct Later {
    candidate: Candidate,
    /// The chosen candidate that it takes the place of, one that a rule composed of the same word.
    instead_of: Option<usize>,
}

impl Coreference {
    /// Compiles the rule, if some label has it. `labels` are those of entries and rules; `ordinary` are words
    /// that are not taken for a name.
    pub(crate) fn new<'a>(
        gazetteer: &'a Gazetteer,
        labels: &[String],
        alphabet: &Alphabet,
        ordinary: impl Iterator<Item = &'a str>,
    ) -> Option<Self> {
        let has = |label: &String| gazetteer.coreferences.iter().any(|rule| rule.label == *label);
        let labels: Box<[bool]> = labels.iter().map(has).collect();
        if !labels.contains(&true) {
            return None;
        }
        let spelled = |word: &str| -> Box<[u8]> { alphabet.spell(word).into() };
        let ambiguous = gazetteer.ambiguity.ambiguous.iter().map(|&surface| gazetteer.surface(surface));
        let rules = &gazetteer.name_rules;
        let bit = |kind: &str| rules.bit(kind).unwrap_or(0);
        let mut ordinary: HashSet<Box<[u8]>> = ordinary.chain(ambiguous).map(spelled).collect();
        // Words of lists that hold no names.
        let mut names: HashSet<Box<[u8]>> = HashSet::default();
        let mut others: HashSet<Box<[u8]>> = HashSet::default();
        for list in &rules.lists {
            let is_names = matches!(list.kind.as_str(), "given" | "family");
            let to = if is_names { &mut names } else { &mut others };
            to.extend(list.words.iter().map(|word| spelled(word)));
        }
        for list in rules.lists.iter().filter(|list| matches!(list.kind.as_str(), "title" | "word")) {
            ordinary.extend(list.words.iter().map(|word| spelled(word)));
        }
        ordinary.extend(others.into_iter().filter(|word| !names.contains(word)));
        Some(Self {
            labels,
            name_particles: script::NAME_PARTICLES.iter().map(|word| spelled(word)).collect(),
            particles: script::FAMILY_PARTICLES.iter().map(|word| spelled(word)).collect(),
            ends: script::COMPOUND_ENDS.iter().map(|word| spelled(word)).collect(),
            ordinary,
            given: bit("given"),
            family: bit("family"),
            weak: bit("weak"),
        })
    }

    /// Adds the later mentions of the chosen candidates, which are in the order of the text, and calls `found` with
    /// each and with the candidate whose place it takes, if there is one.
    pub(crate) fn apply<U: CodeUnit>(
        &self,
        judge: &Judge<'_, U>,
        tokens: &[Token],
        label: impl Fn(Origin) -> Option<u32>,
        chosen: &mut Vec<Candidate>,
        mut found: impl FnMut(&Candidate, Option<&Candidate>),
    ) {
        let has_rule = |c: &Candidate| {
            label(c.origin).is_some_and(|label| self.labels.get(label as usize).copied().unwrap_or(false))
        };
        let mut full: Vec<(usize, Vec<Form>)> = Vec::new();
        for (at, candidate) in chosen.iter().enumerate().filter(|(_, c)| has_rule(c)) {
            let forms = self.forms(judge, candidate, at);
            if !forms.is_empty() {
                full.push((at, forms));
            }
        }
        if full.is_empty() {
            return;
        }
        full.sort_by_key(|(at, _)| chosen[*at].end);
        let later = self.scan(judge, tokens, full, chosen, has_rule);
        for Later { candidate, instead_of } in later {
            found(&candidate, instead_of.map(|at| &chosen[at]));
            match instead_of {
                Some(at) => chosen[at] = candidate,
                None => chosen.push(candidate),
            }
        }
        chosen.sort_by_key(|c| (c.start, u32::MAX - c.end, c.surface));
    }

    /// Returns the shorter forms of a full mention: its last word with the particles before it; one word with and
    /// without the article.
    fn forms<U: CodeUnit>(&self, judge: &Judge<'_, U>, candidate: &Candidate, full: usize) -> Vec<Form> {
        let (alphabet, folded) = (judge.alphabet, judge.folded);
        let code_at = |at: u32| folded.positions.partition_point(|&position| position < at);
        let (start, end) = (code_at(candidate.start), code_at(candidate.end));
        let first = folded.words.partition_point(|word| word.end as usize <= start);
        let places: Vec<(usize, usize)> = folded.words[first..]
            .iter()
            .take_while(|word| (word.start as usize) < end)
            .map(|word| ((word.start as usize).max(start), (word.end as usize).min(end)))
            .collect();
        let words: Vec<&[u8]> = places.iter().map(|&(start, end)| &folded.codes[start..end]).collect();
        let Some(mut from) = words.len().checked_sub(1) else { return Vec::new() };
        if self.ends.contains(words[from]) {
            from = from.saturating_sub(1);
        }
        while from > 0 && self.particles.contains(words[from - 1]) {
            from -= 1;
        }
        if from == 0 {
            return Vec::new();
        }
        let codes = Alphabet::trimmed(&folded.codes[places[from].0..end]);
        if codes.iter().any(|&code| Alphabet::is_unlisted(code)) {
            return Vec::new();
        }
        let mut forms = vec![codes.to_vec()];
        if from + 1 == words.len() {
            forms.push(match codes.strip_prefix(&alphabet.article) {
                Some(rest) => rest.to_vec(),
                None => [&alphabet.article, codes].concat(),
            });
        } else if from + 2 == words.len() && self.name_particles.contains(words[from]) {
            forms.push(words[from..].concat());
        }
        let letters = |form: &Vec<u8>| form.iter().filter(|&&code| alphabet.kind_of(code) != 0).count();
        forms.retain(|form| letters(form) >= LETTERS && !self.ordinary.contains(form.as_slice()));
        let mut all = Vec::new();
        for codes in forms {
            if let Some(elided) = alphabet.without_alef(&codes) {
                all.push(Form { codes: elided.to_vec(), elided: true, full });
            }
            all.push(Form { codes, elided: false, full });
        }
        all
    }

    /// Goes through the words of a text once. Forms are in the order of their full mentions, and count after those.
    fn scan<U: CodeUnit>(
        &self,
        judge: &Judge<'_, U>,
        tokens: &[Token],
        full: Vec<(usize, Vec<Form>)>,
        chosen: &[Candidate],
        has_rule: impl Fn(&Candidate) -> bool,
    ) -> Vec<Later> {
        let folded = judge.folded;
        let mut later: Vec<Later> = Vec::new();
        let mut forms = Forms::default();
        let mut coming = full.into_iter().peekable();
        let (mut next, mut covered, mut read_to) = (0, 0, 0);
        for word in &folded.words {
            let (start, end) = (word.start as usize, word.end as usize);
            let place = folded.positions[start];
            while let Some((_, added)) = coming.next_if(|(at, _)| chosen[*at].end <= place) {
                for form in added {
                    let first = first_word(&form.codes).to_vec();
                    let known = forms.entry(first).or_default();
                    known.retain(|other| (&other.codes, other.elided) != (&form.codes, form.elided));
                    known.push(form);
                }
            }
            while chosen.get(next).is_some_and(|c| c.prefix_start <= place) {
                covered = covered.max(chosen[next].suffix_end);
                next += 1;
            }
            if forms.is_empty() || start < read_to {
                continue;
            }
            let Some((candidate, to)) = self.read(judge, tokens, &forms, chosen, (start, end)) else {
                continue;
            };
            let overlaps =
                |c: &Candidate| c.prefix_start < candidate.end && candidate.prefix_start < c.suffix_end;
            let before = chosen[..next].iter().rposition(overlaps);
            let instead_of = before.filter(|&at| {
                let c = &chosen[at];
                c.origin.rule().is_some()
                    && (c.start, c.end) == (candidate.start, candidate.end)
                    && has_rule(c)
            });
            let free = covered <= candidate.prefix_start && chosen.get(next).is_none_or(|c| !overlaps(c));
            if free || instead_of.is_some() {
                later.push(Later { candidate, instead_of });
                read_to = to;
            }
        }
        later
    }

    /// Reads a word as clitics and the first word of a form; returns the candidate and where it ends.
    fn read<U: CodeUnit>(
        &self,
        judge: &Judge<'_, U>,
        tokens: &[Token],
        forms: &Forms,
        chosen: &[Candidate],
        (start, end): (usize, usize),
    ) -> Option<(Candidate, usize)> {
        let folded = judge.folded;
        let codes = &folded.codes;
        for stem in start..end.min(start + CLITICS + 1) {
            let lam = stem > start && codes[stem - 1] == judge.alphabet.article[1];
            let fits = |form: &&Form| {
                let to = stem + form.codes.len();
                codes[stem..].starts_with(&form.codes)
                    && folded.is_boundary(to)
                    && (lam || !form.elided)
                    && (stem == start
                        || (to > end && judge.may_precede(start, stem, end))
                        || (to == end && judge.may_split(start, stem, end, form.elided)))
                    && !self.is_other(tokens, codes, (start, stem, to))
            };
            let known = forms.get(&codes[stem..end]).into_iter().flatten();
            let Some(form) = known.filter(fits).max_by_key(|form| form.codes.len()) else { continue };
            let source = &chosen[form.full];
            let to = stem + form.codes.len();
            let mut candidate = judge.composed(start, stem, to, source.origin)?;
            candidate.surface = source.surface;
            candidate.priority = source.priority;
            candidate.antecedent = Some((source.start, source.end));
            return Some((candidate, to));
        }
        None
    }

    /// Returns whether the words around a form make another name of it.
    fn is_other(&self, tokens: &[Token], codes: &[u8], (word, stem, end): (usize, usize, usize)) -> bool {
        let blank = |at: usize| codes.get(at).is_some_and(|&code| Alphabet::is_blank(code));
        let at = tokens.partition_point(|token| token.word < word);
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let after_name = |token: &Token| {
            token.end + 1 == word && blank(token.end) && stem == word && token.kinds & self.given != 0
        };
        if before.is_some_and(after_name) {
            return true;
        }
        let is_given =
            tokens.get(at).is_some_and(|token| token.word == word && token.kinds & self.given != 0);
        let next = tokens.iter().skip(at).find(|token| token.word >= end);
        let before_name = |token: &Token| {
            token.word == end + 1
                && token.start == token.word
                && blank(end)
                && token.kinds & (self.given | self.family) != 0
                && token.kinds & self.weak == 0
        };
        is_given && next.is_some_and(before_name)
    }
}

fn first_word(codes: &[u8]) -> &[u8] {
    codes.split(|&code| Alphabet::is_space(code)).next().unwrap_or_default()
}
