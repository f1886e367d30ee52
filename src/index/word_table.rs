//! Finding names of whole words: one look at a table for each word of the text, however many names there are.
//!
//! A name is cut into steps, each a word with what stands in front of it. The table holds the hash of every
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
    pub(crate) first_words: Filter,
    /// No step has more characters in front of its word.
    pub(crate) longest_gap: u32,
    pub(crate) seed: Seed,
}

/// Of a payload: names go on behind here.
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
    first: Vec<u64>,
    longest_gap: u32,
    seed: Seed,
}

impl WordTableBuilder {
    /// For about this many names.
    pub(crate) fn new(names: usize, seed: Seed) -> Self {
        Self {
            records: Vec::with_capacity(names * 2),
            first: Vec::with_capacity(names),
            longest_gap: 0,
            seed,
        }
    }

    /// Adds a name whose words are these: it begins with the first and ends with the last of them.
    /// Targets are below 2^30 - 1.
    pub(crate) fn add(&mut self, codes: &[u8], words: &[Word], target: u32) {
        let Some((last, steps)) = words.split_last() else { return };
        let (mut hash, mut end) = (self.seed, 0);
        for word in steps {
            self.longest_gap = self.longest_gap.max(word.start - end);
            hash = step(hash, codes, end, word.end);
            if end == 0 {
                self.first.push(hash);
            }
            self.records.push((hash, 0));
            end = word.end;
        }
        self.longest_gap = self.longest_gap.max(last.start - end);
        hash = step(hash, codes, end, last.end);
        if end == 0 {
            self.first.push(hash);
        }
        self.records.push((hash, target + 1));
    }

    /// `None` if two beginnings of names can't be told apart under this seed.
    pub(crate) fn build(mut self) -> Option<WordTable> {
        self.records.sort_unstable();
        self.records.dedup();
        let first_words = Filter::new(self.first.iter().copied(), self.first.len());
        drop(std::mem::take(&mut self.first));
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

/// So many searches are under way at once: their slots come from memory side by side.
const AT_ONCE: usize = 32;

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
        let filter = self.first_words.view();
        let mut searches = [Search::default(); AT_ONCE];
        let mut waiting = 0;
        for (number, &word) in words.iter().enumerate() {
            for start in word.start..=word.start + clitics(word) {
                let hash = step(self.seed, codes, start, word.end);
                if filter.may_hold(hash) {
                    searches[waiting] = Search { hash, start, word: number as u32, slot: 0 };
                    waiting += 1;
                    if waiting == AT_ONCE {
                        self.follow(codes, words, slots, &mut searches, &mut found);
                        waiting = 0;
                    }
                }
            }
        }
        self.follow(codes, words, slots, &mut searches[..waiting], &mut found);
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

    /// What is known of a hash, given the slot where the search for it begins; 0 if nothing is.
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

    /// Whether a name may begin with the word `start..end` of these codes; `false` is certain.
    pub(crate) fn may_begin(&self, codes: &[u8], start: u32, end: u32) -> bool {
        self.first_words.view().may_hold(step(self.seed, codes, start, end))
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
        self.slots.len() * 8 + self.lists.len() * 4 + self.first_words.bits.len() * 8
    }
}

/// A set of hashes as bits: of others, about one in 16 passes.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    /// A power of two of them.
    pub(crate) bits: Array<u64>,
}

impl Filter {
    const BITS_FOR_EACH: usize = 16;

    pub(crate) fn new(hashes: impl Iterator<Item = u64>, count: usize) -> Self {
        let size = (count * Self::BITS_FOR_EACH).next_power_of_two().max(1 << 12);
        let mut bits = vec![0; size / 64];
        for hash in hashes {
            let bit = place(hash, size as u64);
            bits[bit / 64] |= 1 << (bit % 64);
        }
        Self { bits: bits.into() }
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

/// Where a search for a hash begins, of `width` places; in the order of the hashes.
#[inline]
fn place(hash: u64, width: u64) -> usize {
    ((u128::from(hash) * u128::from(width)) >> 64) as usize
}

/// The upper half of a slot, which is the lower half of its hash.
#[inline]
fn check(slot: u64) -> u32 {
    (slot >> 32) as u32
}

/// The hash of some steps and another one, the codes `start..end`.
#[inline]
pub(crate) fn step(hash: u64, codes: &[u8], start: u32, end: u32) -> u64 {
    let (mut at, end) = (start as usize, end as usize);
    let mut hash = hash.wrapping_add((end - at) as u64);
    while end - at > 8 {
        hash = mixed(hash, eight(codes, at, 8));
        at += 8;
    }
    mixed(hash, eight(codes, at, end - at))
}

#[inline]
pub(crate) fn mixed(hash: u64, codes: u64) -> u64 {
    const FACTOR: u128 = 0x9E37_79B9_7F4A_7C15;
    let product = u128::from(hash ^ codes) * FACTOR;
    (product >> 64) as u64 ^ product as u64
}

/// `len` codes, at most eight, as a number.
#[inline]
fn eight(codes: &[u8], at: usize, len: usize) -> u64 {
    if let Some(chunk) = codes[at..].first_chunk::<8>() {
        return u64::from_le_bytes(*chunk) & (u64::MAX >> (64 - 8 * len));
    }
    let mut first = [0; 8];
    first[..len].copy_from_slice(&codes[at..at + len]);
    u64::from_le_bytes(first)
}
