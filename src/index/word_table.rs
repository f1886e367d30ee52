//! Finding names of whole words: one look at a table for each word of the text, however many names there are.
//!
//! A name is cut into steps, each a word with what stands before it. The table holds the hash of every
//! beginning of a name that ends with a step: walking a text through it takes one probe a word, and most words
//! stop at a table of bits before that. A hash may deceive, so the caller compares the letters of each target
//! that it is given; nothing that stands in the text is missed.

use super::target::Word;
use crate::array::Array;

/// The hash of no steps; another one if a table can't be built with it.
pub(crate) type Seed = u64;

/// Names by the hashes of their beginnings.
#[derive(Clone, Debug)]
pub(crate) struct WordTable {
    /// Open addressing, in the order of the hashes; the check in the upper half, the payload in the lower.
    /// Behind the `width` places where a search begins there are some more, the last of them free.
    pub(crate) slots: Array<u64>,
    pub(crate) width: u64,
    /// Payloads of names that are equal: how many, then their targets.
    pub(crate) lists: Array<u32>,
    pub(crate) first_words: FirstWords,
    /// The first two words of the names that have more than one.
    pub(crate) first_pairs: Filter,
    /// No step has more characters before its word.
    pub(crate) longest_gap: u32,
    pub(crate) seed: Seed,
}

/// Of a payload: names go on after here.
const GOES_ON: u32 = 1 << 31;
/// The rest of the payload is the place of a list.
const LIST: u32 = 1 << 30;
/// Otherwise it is a target and one, or 0.
const TARGET: u32 = LIST - 1;

/// What is known of a slot by its key: the steps, as a hash, and the payload.
type Record = (u64, u32);

/// Names on their way into a table.
#[derive(Debug)]
pub(crate) struct WordTableBuilder {
    records: Vec<Record>,
    /// First words with whether they are a name by themselves.
    first: Vec<(u64, bool)>,
    pairs: Vec<u64>,
    longest_gap: u32,
    seed: Seed,
}

impl WordTableBuilder {
    /// For about this many names.
    pub(crate) fn new(names: usize, seed: Seed) -> Self {
        Self {
            records: Vec::with_capacity(names * 2),
            first: Vec::with_capacity(names),
            pairs: Vec::new(),
            longest_gap: 0,
            seed,
        }
    }

    /// Adds a name whose words are these: it begins with the first and ends with the last of them.
    /// Targets are below 2^30 - 1.
    pub(crate) fn add(&mut self, codes: &[u8], words: &[Word], target: u32) {
        let (mut hash, mut end) = (self.seed, 0);
        for (number, word) in (1..).zip(words) {
            self.longest_gap = self.longest_gap.max(word.start - end);
            hash = step(hash, codes, end, word.end);
            end = word.end;
            let is_last = number == words.len();
            self.records.push((hash, if is_last { target + 1 } else { 0 }));
            match number {
                1 => self.first.push((hash, is_last)),
                2 => self.pairs.push(hash),
                _ => {}
            }
        }
    }

    /// `None` if two beginnings of names can't be told apart under this seed.
    pub(crate) fn build(mut self) -> Option<WordTable> {
        self.records.sort_unstable();
        self.records.dedup();
        let first_words = FirstWords::new(std::mem::take(&mut self.first));
        let first_pairs = Filter::new(std::mem::take(&mut self.pairs));
        let beginnings = self.records.chunk_by(|a, b| a.0 == b.0).count();
        // Half of the places stay free, so that a search for what is not there ends soon.
        let width = (beginnings * 2 + 1) as u64;
        let mut slots: Vec<u64> = Vec::with_capacity(width as usize + 64);
        let mut lists = Vec::new();
        for same in self.records.chunk_by(|a, b| a.0 == b.0) {
            let goes_on = if same[0].1 == 0 { GOES_ON } else { 0 };
            let targets = || same.iter().map(|record| record.1).filter(|&target| target != 0);
            let payload = match targets().count() {
                0 => 0,
                1 => targets().next()?,
                many => {
                    let at = lists.len() as u32;
                    lists.push(many as u32);
                    lists.extend(targets().map(|target| target - 1));
                    LIST | at
                }
            };
            let hash = same[0].0;
            // Hashes come in their order, so places do: the next free one is at the end.
            let home = place(hash, width);
            if slots.len() < home {
                slots.resize(home, 0);
            }
            let before = &slots[home..];
            if before.iter().any(|&slot| check(slot) == hash as u32) {
                return None;
            }
            slots.push(u64::from(hash as u32) << 32 | u64::from(goes_on | payload));
        }
        slots.resize(slots.len().max(width as usize) + 1, 0);
        slots.shrink_to_fit();
        Some(WordTable {
            slots: slots.into(),
            width,
            lists: lists.into(),
            first_words,
            first_pairs,
            longest_gap: self.longest_gap,
            seed: self.seed,
        })
    }
}

/// A search for names that begin with a word of the text.
#[derive(Clone, Copy, Debug, Default)]
struct Search {
    hash: u64,
    start: u32,
    /// The number of the word.
    word: u32,
    /// What lies at the home of the hash.
    slot: u64,
}

/// A place where a word may be read from: its first letter, or one after its clitics.
#[derive(Clone, Copy, Debug, Default)]
struct Start {
    at: u32,
    end: u32,
    /// The number of the word.
    word: u32,
}

/// A place where a name may begin.
#[derive(Clone, Copy, Debug, Default)]
struct Hopeful {
    hash: u64,
    start: Start,
    /// What is known of the word as the first of a name.
    known: u8,
}

/// So many words are looked at together: what is needed of them comes from memory side by side.
const AT_ONCE: usize = 32;
/// A name may start at the word, and after each of its clitics.
const MOST_STARTS: usize = 5;

impl WordTable {
    /// Calls `found` with the start, the end and a target of each name that may stand in the text. `starts`
    /// gives, for a word, how many of its first letters may be cut off as clitics.
    #[inline]
    pub(crate) fn scan(
        &self,
        codes: &[u8],
        words: &[Word],
        clitics: impl Fn(Word) -> u32,
        mut found: impl FnMut(usize, usize, u32),
    ) {
        let slots: &[u64] = &self.slots;
        let first_pairs = self.first_pairs.view();
        let mut starts = [Start::default(); AT_ONCE * MOST_STARTS];
        let mut hopeful = [Hopeful::default(); AT_ONCE * MOST_STARTS];
        let mut searches = [Search::default(); AT_ONCE * MOST_STARTS];
        for (block, first) in words.chunks(AT_ONCE).zip((0..).step_by(AT_ONCE)) {
            // Three passes, the first two without branches that could not be foretold: all starts of words, those
            // where a name may begin, and those where the next word agrees.
            let mut count = 0;
            for (&word, number) in block.iter().zip(first..) {
                let cut = clitics(word);
                for (slot, letters) in starts[count..][..MOST_STARTS].iter_mut().zip(0..) {
                    *slot = Start { at: word.start + letters, end: word.end, word: number };
                }
                count += cut as usize + 1;
            }
            let hopes = self.hopes(codes, &starts[..count], &mut hopeful);
            let mut waiting = 0;
            for &Hopeful { hash, start: Start { at: start, end, word }, known } in &hopeful[..hopes] {
                let goes_on = || {
                    let next = words.get(word as usize + 1)?;
                    Some(first_pairs.may_hold(step(hash, codes, end, next.end)))
                };
                if known & FirstWords::ALONE != 0 || goes_on() == Some(true) {
                    searches[waiting] = Search { hash, start, word, slot: 0 };
                    waiting += 1;
                }
            }
            self.follow(codes, words, slots, &mut searches[..waiting], &mut found);
        }
    }

    /// Puts the starts where a name may begin into `hopeful`, and returns how many they are.
    #[inline(never)]
    fn hopes(&self, codes: &[u8], starts: &[Start], hopeful: &mut [Hopeful; AT_ONCE * MOST_STARTS]) -> usize {
        let first_words = self.first_words.view();
        let mut hopes = 0;
        for &start in starts {
            let hash = step(self.seed, codes, start.at, start.end);
            let known = first_words.of(hash);
            hopeful[hopes] = Hopeful { hash, start, known };
            hopes += usize::from(known != 0);
        }
        hopes
    }

    /// Takes all searches a word further, and again, until none goes on.
    fn follow(
        &self,
        codes: &[u8],
        words: &[Word],
        slots: &[u64],
        searches: &mut [Search],
        found: &mut impl FnMut(usize, usize, u32),
    ) {
        let mut under_way = searches.len();
        while under_way > 0 {
            for search in &mut searches[..under_way] {
                search.slot = slots.get(place(search.hash, self.width)).copied().unwrap_or_default();
            }
            let mut go_on = 0;
            for at in 0..under_way {
                let Search { hash, start, word, slot } = searches[at];
                let payload = self.payload(slots, hash, slot);
                if payload == 0 {
                    continue;
                }
                let end = words[word as usize].end;
                self.targets(payload, |target| found(start as usize, end as usize, target));
                let next = words.get(word as usize + 1).filter(|_| payload & GOES_ON != 0);
                if let Some(next) = next.filter(|next| next.start - end <= self.longest_gap) {
                    let hash = step(hash, codes, end, next.end);
                    searches[go_on] = Search { hash, start, word: word + 1, slot: 0 };
                    go_on += 1;
                }
            }
            under_way = go_on;
        }
    }

    /// Returns what is known of a hash, given the slot where the search for it begins; 0 if nothing is.
    #[inline]
    fn payload(&self, slots: &[u64], hash: u64, mut slot: u64) -> u32 {
        let mut at = None;
        while slot != 0 {
            if check(slot) == hash as u32 {
                return slot as u32;
            }
            let next = at.unwrap_or_else(|| place(hash, self.width)) + 1;
            at = Some(next);
            slot = slots.get(next).copied().unwrap_or_default();
        }
        0
    }

    fn targets(&self, payload: u32, mut found: impl FnMut(u32)) {
        let value = payload & TARGET;
        if payload & LIST != 0 {
            let list = self.lists.get(value as usize..).and_then(|list| {
                let (&count, targets) = list.split_first()?;
                targets.get(..count as usize)
            });
            list.unwrap_or_default().iter().for_each(|&target| found(target));
        } else if value != 0 {
            found(value - 1);
        }
    }

    /// Returns whether a name may begin with the word `start..end` of these codes; `false` is certain.
    pub(crate) fn may_begin(&self, codes: &[u8], start: u32, end: u32) -> bool {
        self.first_words.view().of(step(self.seed, codes, start, end)) != 0
    }

    /// Returns whether a table that was saved leads only to what is there: targets below `targets`, and lists that
    /// end.
    pub(crate) fn is_sound(&self, targets: u32) -> bool {
        let list = |at: u32| {
            let (&count, rest) = self.lists.get(at as usize..)?.split_first()?;
            rest.get(..count as usize).filter(|list| list.iter().all(|&target| target < targets))
        };
        // Each list is that of one slot, so that all of them are read once.
        let mut unread = self.lists.len();
        let mut leads = |payload: u32| match payload & TARGET {
            at if payload & LIST != 0 => {
                let count = self.lists.get(at as usize).map_or(usize::MAX, |&count| count as usize);
                let left = unread.checked_sub(count.saturating_add(1));
                unread = left.unwrap_or_default();
                left.is_some() && list(at).is_some()
            }
            target => target <= targets,
        };
        let bits = self.first_words.bits.len();
        usize::try_from(self.width).is_ok_and(|width| width < self.slots.len())
            && self.slots.last() == Some(&0)
            && bits.is_power_of_two()
            && self.slots.iter().all(|&slot| leads(slot as u32))
    }

    pub(crate) fn memory_usage(&self) -> usize {
        self.slots.len() * 8
            + self.lists.len() * 4
            + (self.first_words.bits.len() + self.first_pairs.bits.len()) * 8
    }
}

/// The first words of names by their hashes, two bits each; about one in 16 of other words passes.
#[derive(Clone, Debug)]
pub(crate) struct FirstWords {
    /// A power of two of them.
    pub(crate) bits: Array<u64>,
}

impl FirstWords {
    /// The word is a name by itself.
    const ALONE: u8 = 1;
    /// Names go on after it.
    const GOES_ON: u8 = 2;

    fn new(mut words: Vec<(u64, bool)>) -> Self {
        words.sort_unstable();
        words.dedup();
        let count = words.chunk_by(|a, b| a.0 == b.0).count();
        let mut bits = vec![0; size_for(count) / 32];
        let view = FirstWordsView::over(bits.len());
        for (hash, is_alone) in words {
            let (at, shift) = view.place(hash);
            bits[at] |= u64::from(if is_alone { Self::ALONE } else { Self::GOES_ON }) << shift;
        }
        Self { bits: bits.into() }
    }

    fn view(&self) -> FirstWordsView<'_> {
        FirstWordsView { bits: &self.bits, ..FirstWordsView::over(self.bits.len()) }
    }
}

#[derive(Clone, Copy)]
struct FirstWordsView<'a> {
    bits: &'a [u64],
    shift: u32,
}

impl FirstWordsView<'_> {
    fn over(len: usize) -> Self {
        Self { bits: &[], shift: 64 - (len * 32).max(1).trailing_zeros() }
    }

    /// Returns where in the bits a hash has its two.
    #[inline]
    fn place(self, hash: u64) -> (usize, u32) {
        let at = hash >> self.shift;
        ((at / 32) as usize, (at % 32 * 2) as u32)
    }

    /// Returns what is known of a word: neither bit is certain where it is set, and both are where they are not.
    #[inline]
    fn of(self, hash: u64) -> u8 {
        let (at, shift) = self.place(hash);
        self.bits.get(at).map_or(0, |bits| (bits >> shift & 3) as u8)
    }
}

/// Returns how many places a filter of so many hashes has: so many that few others fall on a place of theirs.
fn size_for(hashes: usize) -> usize {
    const PLACES_FOR_EACH: usize = 16;
    (hashes * PLACES_FOR_EACH).next_power_of_two().max(1 << 12)
}

/// A set of hashes as bits: of others, about one in 16 passes.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    /// A power of two of them.
    pub(crate) bits: Array<u64>,
}

impl Filter {
    pub(crate) fn new(mut hashes: Vec<u64>) -> Self {
        hashes.sort_unstable();
        hashes.dedup();
        let size = size_for(hashes.len());
        let mut bits = vec![0; size / 64];
        for hash in hashes {
            let bit = place(hash, size as u64);
            bits[bit / 64] |= 1 << (bit % 64);
        }
        Self { bits: bits.into() }
    }

    pub(crate) fn memory_usage(&self) -> usize {
        self.bits.len() * 8
    }

    pub(crate) fn view(&self) -> FilterView<'_> {
        FilterView { bits: &self.bits, shift: 64 - (self.bits.len() * 64).max(1).trailing_zeros() }
    }
}

#[derive(Clone, Copy)]
pub(crate) struct FilterView<'a> {
    bits: &'a [u64],
    shift: u32,
}

impl FilterView<'_> {
    #[inline]
    pub(crate) fn may_hold(self, hash: u64) -> bool {
        let bit = (hash >> self.shift) as usize;
        self.bits.get(bit / 64).is_some_and(|bits| bits >> (bit % 64) & 1 != 0)
    }
}

/// Returns where a search for a hash begins, of `width` places; in the order of the hashes.
#[inline]
fn place(hash: u64, width: u64) -> usize {
    ((u128::from(hash) * u128::from(width)) >> 64) as usize
}

/// Returns the upper half of a slot, which is the lower half of its hash.
#[inline]
fn check(slot: u64) -> u32 {
    (slot >> 32) as u32
}

/// The hash of some steps and another one, the codes `start..end`.
// A call takes as long as the hash itself: without it, finding takes a tenth longer.
#[expect(clippy::inline_always)]
#[inline(always)]
pub(crate) fn step(hash: u64, codes: &[u8], start: u32, end: u32) -> u64 {
    let (start, end) = (start as usize, end as usize);
    let len = end - start;
    let hash = hash.wrapping_add(len as u64);
    if len > 16 {
        return long_step(hash, &codes[start..end]);
    }
    mixed(hash, sixteen(&codes[start..], len))
}

/// As [`step`], for more than 16 codes.
#[cold]
fn long_step(mut hash: u64, codes: &[u8]) -> u64 {
    for part in codes.chunks(16) {
        hash = mixed(hash, sixteen(part, part.len()));
    }
    hash
}

/// Mixes two numbers into a hash.
#[inline]
fn mixed(hash: u64, [a, b]: [u64; 2]) -> u64 {
    let product = u128::from(a ^ hash ^ 0x9E37_79B9_7F4A_7C15)
        * u128::from(b ^ hash.rotate_left(32) ^ 0xD1B5_4A32_D192_ED03);
    (product >> 64) as u64 ^ product as u64
}

/// Returns the first `len` codes, at most 16, as two numbers.
#[expect(clippy::inline_always)]
#[inline(always)]
fn sixteen(codes: &[u8], len: usize) -> [u64; 2] {
    let parts = |chunk: &[u8; 16]| {
        let number = u128::from_le_bytes(*chunk);
        [number as u64 & MASKS[len + 8], (number >> 64) as u64 & MASKS[len]]
    };
    if let Some(chunk) = codes.first_chunk() {
        return parts(chunk);
    }
    let mut chunk = [0; 16];
    chunk[..len].copy_from_slice(&codes[..len]);
    parts(&chunk)
}

/// For a number of codes, 8 more than those that stand in a number: the bits of these.
const MASKS: [u64; 25] = {
    let mut masks = [u64::MAX; 25];
    let mut len = 0;
    while len < 16 {
        masks[len] = if len < 8 { 0 } else { (1 << (8 * (len - 8))) - 1 };
        len += 1;
    }
    masks
};
