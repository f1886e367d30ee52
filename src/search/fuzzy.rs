//! Misspelt names: stretches of the text that are few edits from a name, where no name stands as it is listed.

use foldhash::HashSet;

use super::candidate::{Candidate, EntryId, Origin};
use super::judge::{Judge, CLITICS};
use super::labels::LabelSet;
use super::observer::Observer;
use super::options::{Clitics, Duplicates, MatcherOptions, Overlap, WordSet};
use super::overlap::greatest_ends;

use crate::dictionary::gazetteer::{Gazetteer, Strict};
use crate::index::alphabet::Alphabet;
use crate::index::folded::FoldedText;
use crate::index::near::{distance, signature, NearIndex, NearIndexBuilder};
use crate::index::target::Word;
use crate::script;
use crate::text::CodeUnit;

/// Of the stretches that begin at one place, so many are compared with names at most.
const MOST_AT_ONE_PLACE: usize = 10_000;
/// A name of one word with the article has so many letters or more: what is behind the article would be short.
const SHORTEST_WITH_ARTICLE: usize = 6;
/// Letters that are attached before a word, and endings: a name with one of them is another word, not a misspelt one.
const ATTACHED_BEFORE: &str = "وفبكلسا";
const ATTACHED_AFTER: [&str; 12] = ["ي", "يه", "ين", "ون", "ان", "ات", "ه", "ها", "هم", "نا", "ك", "كم"];
/// Ends of names that an adjective of origin loses: أمريكا and أمريكي, روسيا and روسية.
const NAME_ENDINGS: [&str; 4] = ["ا", "ة", "يا", "ية"];
const ORIGIN_ENDINGS: [&str; 6] = ["ي", "ية", "يون", "يين", "يات", "ان"];
/// What may stand before and behind a known word, which then is known too.
const KNOWN_BEFORE: [&str; 21] = [
    "", "ال", "و", "ف", "ب", "ك", "ل", "لل", "وال", "بال", "فال", "كال", "ولل", "وب", "ول", "ي", "ت", "ن",
    "س", "سي", "ست",
];
const KNOWN_AFTER: [&str; 16] =
    ["", "ه", "ها", "هم", "ات", "ون", "ين", "ان", "نا", "ي", "ية", "ته", "تها", "تهم", "وا", "كم"];
/// Ends of known words that go before an ending.
const KNOWN_LOST: [&str; 3] = ["", "ة", "ي"];
/// A known word without what is attached to it has so many letters or more.
const LEAST_STEM: usize = 3;

/// What is needed to find misspelt names, compiled for one dictionary.
#[derive(Clone, Debug)]
pub(super) struct Fuzzy {
    near: NearIndex,
    /// Words that are not misspelt: function words, known ones, and the words of all names.
    known: HashSet<Box<[u8]>>,
    /// Of them, those to which something may be attached.
    stems: HashSet<Box<[u8]>>,
    affixes: Affixes,
    allows_known: bool,
    /// A known word by itself is no misspelt name. With two edits, it may be one that lacks a word of one letter.
    skips_known: bool,
    digits: Box<[bool; 256]>,
    overlap: Overlap,
    duplicates: Duplicates,
}

/// What may be attached to a name or a known word, in codes.
#[derive(Clone, Debug)]
struct Affixes {
    before: Vec<u8>,
    after: Vec<Vec<u8>>,
    name_endings: Vec<Vec<u8>>,
    origin_endings: Vec<Vec<u8>>,
    known_before: Vec<Vec<u8>>,
    known_after: Vec<Vec<u8>>,
    known_lost: Vec<Vec<u8>>,
}

/// Codes that are held against names: `start..end`, after clitics if `word`, where their first word begins, is
/// before them.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    word: usize,
    start: usize,
    end: usize,
}

/// A stretch of the text that is near a name.
#[derive(Clone, Copy, Debug)]
struct Near {
    candidate: Candidate,
    /// Where the word begins that it begins in, in the text.
    word_start: u32,
    letters: usize,
    words: usize,
}

/// Returns how many edits a name of so many letters and digits may have.
fn allowed(letters: usize, fuzzy: u8) -> u8 {
    match letters {
        0..=4 => 0,
        5..=9 => fuzzy.min(1),
        _ => fuzzy,
    }
}

impl Fuzzy {
    /// Compiles the names of a dictionary; `None` if misspelt ones are not looked for.
    pub(super) fn new(gazetteer: &Gazetteer, options: &MatcherOptions, alphabet: &Alphabet) -> Option<Self> {
        if options.fuzzy == 0 {
            return None;
        }
        let mut builder = NearIndexBuilder::new(options.fuzzy);
        let ambiguous = &gazetteer.ambiguity.ambiguous;
        let mut known: HashSet<Box<[u8]>> = HashSet::default();
        let mut folded = FoldedText::default();
        for (surface, (text, entry)) in (0..).zip(gazetteer.surfaces()) {
            alphabet.fold_str(text, &mut folded);
            let name = Alphabet::trimmed(&folded.codes);
            known.extend(words_of(alphabet, name).into_iter().map(Into::into));
            if gazetteer.strict(entry) != Strict::default() || ambiguous.binary_search(&surface).is_ok() {
                continue;
            }
            let letters = name.iter().filter(|&&code| alphabet.kind_of(code) != 0).count();
            let is_short = name.starts_with(&alphabet.article) && letters < SHORTEST_WITH_ARTICLE;
            if is_short && !name.iter().any(|&code| Alphabet::is_space(code)) {
                continue;
            }
            let most = allowed(letters, options.fuzzy);
            if most == 0 {
                continue;
            }
            builder.add(name, surface, false, most);
            if options.clitics != Clitics::Off && name.starts_with(&alphabet.article) {
                if let Some(elided) = alphabet.without_alef(name) {
                    builder.add(elided, surface, true, most);
                }
            }
        }
        known.extend(script::STOP_WORDS.iter().map(|word| alphabet.spell(word).into()));
        let stems: HashSet<Box<[u8]>> = match options.common_words {
            WordSet::BuiltIn => script::KNOWN_WORDS.lines().chain(script::FREQUENT_WORDS.lines()).collect(),
            _ => Vec::new(),
        }
        .into_iter()
        .map(|word| alphabet.spell(word).into())
        .collect();
        let mut digits = Box::new([false; 256]);
        ('0'..='9').for_each(|digit| digits[usize::from(alphabet.code(digit as u32))] = true);
        Some(Self {
            near: builder.build(),
            known,
            stems,
            affixes: Affixes::new(alphabet),
            allows_known: options.fuzzy_known,
            skips_known: !options.fuzzy_known && options.fuzzy == 1,
            digits,
            overlap: options.overlap,
            duplicates: options.duplicates,
        })
    }

    pub(super) fn memory_usage(&self) -> usize {
        let words = self.known.iter().chain(&self.stems);
        self.near.memory_usage() + words.map(|word| word.len() + 32).sum::<usize>()
    }

    /// Adds the misspelt names of a text to the chosen candidates.
    pub(super) fn add<U: CodeUnit>(
        &self,
        gazetteer: &Gazetteer,
        judge: &Judge<'_, U>,
        labels: Option<&LabelSet>,
        chosen: &mut Vec<Candidate>,
        observer: &mut impl Observer,
    ) {
        let mut found = Vec::new();
        let mut places = Vec::new();
        let (codes, words) = (&judge.folded.codes, &judge.folded.words);
        for (number, word) in words.iter().enumerate() {
            let at = word.start as usize;
            for start in at..(at + CLITICS + 1).min(word.end as usize) {
                if start > at && !judge.rules.are_proclitics(judge.alphabet, &codes[at..start]) {
                    continue;
                }
                let end = word.end as usize;
                let is_no_name = self.skips_known && start == at && self.is_known(judge, &codes[at..end]);
                self.collect(codes, &words[number..], start, is_no_name, &mut places);
                let is_refused = || {
                    (start > at && judge.rules.never_split.contains(&codes[at..end]))
                        || judge.is_stop_word(at, end)
                };
                if places.is_empty() || is_refused() {
                    continue;
                }
                // Those with one end stand together.
                for same in places.chunk_by(|a, b| a.0 == b.0) {
                    let stretch = Stretch { word: at, start, end: same[0].0 as usize };
                    let own = signature(&codes[start..stretch.end]);
                    let near = same.iter().filter(|(_, form)| self.near.may_be_near(*form, own));
                    found.extend(
                        near.filter_map(|&(_, form)| self.compare(gazetteer, judge, labels, stretch, form)),
                    );
                }
            }
        }
        if !found.is_empty() {
            self.choose(judge, found, chosen, observer);
        }
    }

    /// Collects the ends of stretches from a place on, and the forms that may be near them; not those of the first
    /// word alone if it is no name.
    fn collect(
        &self,
        codes: &[u8],
        words: &[Word],
        start: usize,
        is_no_name: bool,
        places: &mut Vec<(u32, u32)>,
    ) {
        places.clear();
        let reach = self.near.reach();
        let fits = |form: u32, end: u32| {
            let (facts, own) = self.near.form(form);
            own.len().abs_diff(end as usize - start) <= usize::from(facts.most)
        };
        let near_enough = words.iter().take_while(|word| word.end as usize - start <= self.near.longest());
        let first_far = near_enough.clone().take_while(|word| ((word.end as usize) - start) < reach).count();
        let ends = near_enough.clone().count();
        for word in &words[usize::from(is_no_name).min(first_far)..first_far] {
            if word.end as usize - start >= 4 {
                self.near.near(&codes[start..word.end as usize], |form| {
                    if fits(form, word.end) {
                        places.push((word.end, form));
                    }
                });
            }
        }
        let far = &words[first_far..ends];
        if let Some(last) = far.last() {
            self.near.near(&codes[start..last.end as usize], |form| {
                places.extend(far.iter().filter(|word| fits(form, word.end)).map(|word| (word.end, form)));
            });
        }
        places.sort_unstable();
        places.dedup();
        places.truncate(MOST_AT_ONE_PLACE);
    }

    /// Compares a stretch with a form, and applies the rules for what is no misspelling.
    fn compare<U: CodeUnit>(
        &self,
        gazetteer: &Gazetteer,
        judge: &Judge<'_, U>,
        labels: Option<&LabelSet>,
        stretch: Stretch,
        form: u32,
    ) -> Option<Near> {
        let Stretch { word, start, end } = stretch;
        let (alphabet, codes) = (judge.alphabet, &judge.folded.codes);
        let (facts, form) = self.near.form(form);
        let there = &codes[start..end];
        if facts.elided && (start == word || codes[start - 1] != alphabet.article[1]) {
            return None;
        }
        let edits = distance(form, there, facts.most).filter(|&edits| edits > 0)?;
        let entry = gazetteer.entry_of(facts.surface);
        if labels.is_some_and(|set| !set.contains(gazetteer.label_number(entry))) {
            return None;
        }
        if !self.has_digits_of(form, judge, start, end) || self.affixes.make(form, there) {
            return None;
        }
        let words = words_of(alphabet, there);
        if !self.allows_known && self.has_known(judge, stretch, &words, &words_of(alphabet, form)) {
            return None;
        }
        if start > word {
            let one_word = !form.iter().any(|&code| Alphabet::is_space(code));
            if one_word && !facts.elided && form.len() < judge.rules.min_stem as usize {
                return None;
            }
        }
        let candidate = Candidate {
            surface: facts.surface,
            priority: gazetteer.priority(entry),
            edits,
            compared: form.len().max(there.len()) as u32,
            ..judge.composed(word, start, end, Origin::Entry(EntryId(entry)))?
        };
        let word_start = judge.folded.positions[word];
        Some(Near { candidate, word_start, letters: there.len(), words: words.len() })
    }

    fn is_digit<U: CodeUnit>(&self, judge: &Judge<'_, U>, at: usize) -> bool {
        let code = judge.folded.codes[at];
        // A digit that no name has is a code that it shares with other signs.
        let is_other = || {
            let cp = judge.text[judge.folded.positions[at] as usize].code_point();
            script::decimal_digit(cp).is_some()
        };
        self.digits[usize::from(code)] || (Alphabet::is_shared(code) && is_other())
    }

    fn has_digits_of<U: CodeUnit>(
        &self,
        form: &[u8],
        judge: &Judge<'_, U>,
        start: usize,
        end: usize,
    ) -> bool {
        let codes = &judge.folded.codes;
        let there = (start..end).filter(|&at| self.is_digit(judge, at)).map(|at| codes[at]);
        there.eq(form.iter().copied().filter(|&code| self.digits[usize::from(code)]))
    }

    fn is_known<U: CodeUnit>(&self, judge: &Judge<'_, U>, word: &[u8]) -> bool {
        self.known.contains(word) || judge.common_words.is_frequent(word)
    }

    /// Returns whether a word is a known one with something attached to it.
    fn holds_known(&self, word: &[u8]) -> bool {
        let Affixes { known_before, known_after, known_lost, .. } = &self.affixes;
        !self.stems.is_empty()
            && known_before.iter().filter_map(|before| word.strip_prefix(&before[..])).any(|rest| {
                known_after.iter().filter_map(|after| Some((after, rest.strip_suffix(&after[..])?))).any(
                    |(after, stem)| {
                        stem.len() >= LEAST_STEM
                            && known_lost
                                .iter()
                                .take(if after.is_empty() { 1 } else { 3 })
                                .any(|lost| self.stems.contains(&[stem, &lost[..]].concat()[..]))
                    },
                )
            })
    }

    /// Returns whether a word in which stretch and form differ, given the words of both, is a known one.
    fn has_known<U: CodeUnit>(
        &self,
        judge: &Judge<'_, U>,
        stretch: Stretch,
        own: &[&[u8]],
        form: &[&[u8]],
    ) -> bool {
        let count = |words: &[&[u8]], word: &[u8]| words.iter().filter(|other| **other == word).count();
        let differs = |word: &[u8]| count(own, word) > count(form, word);
        if own.iter().any(|word| differs(word) && self.is_known(judge, word)) {
            return true;
        }
        // The first word with its clitics counts too.
        let with_clitics = words_of(judge.alphabet, &judge.folded.codes[stretch.word..stretch.end]);
        let holds_known = |word: &[u8]| own.len() == 1 && form.len() == 1 && self.holds_known(word);
        let is_known =
            |whole: &[u8]| (!form.contains(&whole) && self.is_known(judge, whole)) || holds_known(whole);
        own.first().is_some_and(|first| {
            (differs(first) && with_clitics.first().is_some_and(|whole| is_known(whole)))
                || holds_known(first)
        })
    }

    /// Chooses among the misspelt names, and against the exact matches.
    fn choose<U: CodeUnit>(
        &self,
        judge: &Judge<'_, U>,
        mut found: Vec<Near>,
        chosen: &mut Vec<Candidate>,
        observer: &mut impl Observer,
    ) {
        let all = self.overlap == Overlap::All;
        let by_priority = self.duplicates == Duplicates::Priority;
        found.sort_by_key(|near| {
            let c = &near.candidate;
            let priority = -i64::from(c.priority);
            let first = if self.overlap == Overlap::Priority { priority } else { 0 };
            let last = if by_priority { priority } else { 0 };
            (c.edits, first, usize::MAX - near.letters, c.clitic_letters, c.start, last, c.surface)
        });
        let ends = greatest_ends(chosen);
        let mut kept: Vec<Near> = Vec::new();
        // What is kept, by start, so that rivals are found without looking at all.
        let mut by_start: std::collections::BTreeMap<u32, Vec<usize>> = std::collections::BTreeMap::new();
        let mut longest = 0;
        for near in found {
            let c = near.candidate;
            let first = ends.partition_point(|&end| end <= near.word_start);
            let last = chosen.partition_point(|x| x.start < c.end);
            let clash = || chosen[first.min(last)..last].iter().filter(|x| x.end > near.word_start);
            if clash().next().is_some() {
                // What holds a name as it is listed is not the same name with edits.
                let inside = clash().all(|x| c.start <= x.start && x.end <= c.end && x.origin != c.origin);
                let mut spans: Vec<(u32, u32)> = clash().map(|x| (x.start, x.end)).collect();
                spans.sort_unstable();
                spans.dedup();
                let words: usize = spans.iter().map(|&(from, to)| word_count(judge, from, to)).sum();
                if !inside || near.words <= words {
                    continue;
                }
            }
            let from = c.start.saturating_sub(longest);
            let rivals: Vec<&Near> = by_start
                .range(from..c.end)
                .flat_map(|(_, numbers)| numbers)
                .map(|&number| &kept[number])
                .filter(|x| x.candidate.start < c.end && c.start < x.candidate.end)
                .collect();
            let same_entry = |x: &&Near| x.candidate.origin == c.origin;
            if all {
                if rivals.iter().any(|x| same_entry(x) && x.word_start == near.word_start) {
                    continue;
                }
            } else if let Some(rival) = rivals.first() {
                let of = |c: &Candidate| (c.start, c.end, c.edits);
                let same = rivals.iter().all(|x| of(&x.candidate) == of(&c));
                let shared = match self.duplicates {
                    Duplicates::All => true,
                    Duplicates::Priority => rival.candidate.priority == c.priority,
                    Duplicates::First => false,
                };
                if !same || !shared || rivals.iter().any(same_entry) {
                    continue;
                }
            }
            longest = longest.max(c.end - c.start);
            by_start.entry(c.start).or_default().push(kept.len());
            kept.push(near);
        }
        let mut replaced = Vec::new();
        if !all {
            let mut spans: Vec<(u32, u32)> =
                kept.iter().map(|near| (near.candidate.start, near.candidate.end)).collect();
            spans.sort_unstable();
            // Those that are kept don't overlap, but for equal spans.
            chosen.retain(|c| {
                let after = spans.partition_point(|&(start, _)| start < c.end);
                let stays = spans[..after].last().is_none_or(|&(_, end)| end <= c.start);
                replaced.extend((!stays).then_some(*c));
                stays
            });
        }
        for near in &kept {
            observer.misspelt(&near.candidate, &replaced);
        }
        chosen.extend(kept.iter().map(|near| near.candidate));
        chosen.sort_by_key(|c| (c.start, u32::MAX - c.end, c.edits, c.surface));
    }
}

impl Affixes {
    fn new(alphabet: &Alphabet) -> Self {
        let spell = |words: &[&str]| words.iter().map(|word| alphabet.spell(word)).collect();
        Self {
            before: ATTACHED_BEFORE.chars().map(|letter| alphabet.code(letter as u32)).collect(),
            after: spell(&ATTACHED_AFTER),
            name_endings: spell(&NAME_ENDINGS),
            origin_endings: spell(&ORIGIN_ENDINGS),
            known_before: spell(&KNOWN_BEFORE),
            known_after: spell(&KNOWN_AFTER),
            known_lost: spell(&KNOWN_LOST),
        }
    }

    /// Returns whether a stretch is a name and what Arabic attaches to it.
    fn make(&self, name: &[u8], there: &[u8]) -> bool {
        let before =
            there.split_first().is_some_and(|(first, rest)| rest == name && self.before.contains(first));
        let is_one = |rest: &[u8], endings: &[Vec<u8>]| endings.iter().any(|ending| ending == rest);
        let after = there.strip_prefix(name).is_some_and(|rest| is_one(rest, &self.after));
        let is_adjective = |stem: &[u8]| {
            stem.len() >= LEAST_STEM
                && there.strip_prefix(stem).is_some_and(|rest| is_one(rest, &self.origin_endings))
        };
        let one_word = || !name.iter().any(|&code| Alphabet::is_space(code));
        let stems = || self.name_endings.iter().filter_map(|ending| name.strip_suffix(&ending[..]));
        before || after || (one_word() && stems().any(is_adjective))
    }
}

/// Returns the words of some codes: runs of letters and digits, of whatever scripts.
fn words_of<'a>(alphabet: &Alphabet, codes: &'a [u8]) -> Vec<&'a [u8]> {
    let mut words = Vec::new();
    let mut open = None;
    for (at, &code) in codes.iter().enumerate() {
        let is_letter = alphabet.kind_of(code) != 0 || (open.is_some() && alphabet.is_trail(code));
        match open {
            Some(start) if !is_letter => {
                words.push(&codes[start..at]);
                open = None;
            }
            None if is_letter => open = Some(at),
            _ => {}
        }
    }
    words.extend(open.map(|start| &codes[start..]));
    words
}

/// Returns how many words of the folded text came from a stretch of the text.
fn word_count<U: CodeUnit>(judge: &Judge<'_, U>, start: u32, end: u32) -> usize {
    let positions = &judge.folded.positions;
    let from = positions.partition_point(|&position| position < start);
    let to = positions.partition_point(|&position| position < end);
    words_of(judge.alphabet, &judge.folded.codes[from.min(to)..to]).len()
}
