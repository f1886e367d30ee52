//! Finding the dictionary's strings of letters in a folded text. The only file that names `aho_corasick`.

use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, Input, MatchKind};

use crate::error::Error;

/// An automaton over strings of letters.
#[derive(Debug)]
pub(crate) struct Engine {
    automaton: NFA,
    /// Whether some string begins with this code.
    begins: Box<[bool; 256]>,
}

impl Engine {
    /// Takes different strings; a hit gives the number of the string in this order.
    pub(crate) fn new(strings: &[Box<[u8]>]) -> Result<Self, Error> {
        let automaton = NFA::builder()
            .match_kind(MatchKind::Standard)
            .prefilter(false)
            .build(strings)
            .map_err(|error| Error::option(format!("the dictionary is too large: {error}")))?;
        let mut begins = Box::new([false; 256]);
        strings.iter().for_each(|s| begins[s[0] as usize] = true);
        Ok(Self { automaton, begins })
    }

    /// Calls `hit` with the end and the number of every string that begins at `start`.
    #[inline]
    pub(crate) fn starting_at(&self, codes: &[u8], start: usize, mut hit: impl FnMut(usize, u32)) {
        if !self.begins[codes[start] as usize] {
            return;
        }
        let Ok(mut state) = self.automaton.start_state(Anchored::Yes) else { return };
        for (read, &code) in codes[start..].iter().enumerate() {
            state = self.automaton.next_state(Anchored::Yes, state, code);
            if self.automaton.is_special(state) {
                if self.automaton.is_dead(state) {
                    return;
                }
                if self.automaton.is_match(state) {
                    // A state also lists the strings that are mere endings of its own: those began later.
                    let string = self.automaton.match_pattern(state, 0);
                    if self.automaton.pattern_len(string) == read + 1 {
                        hit(start + read + 1, string.as_u32());
                    }
                }
            }
        }
    }

    /// Calls `hit` with the start, the end and the number of every string, wherever it stands.
    pub(crate) fn anywhere(&self, codes: &[u8], mut hit: impl FnMut(usize, usize, u32)) {
        let mut state = aho_corasick::automaton::OverlappingState::start();
        let input = Input::new(codes);
        while self.automaton.try_find_overlapping(&input, &mut state).is_ok() {
            match state.get_match() {
                Some(found) => hit(found.start(), found.end(), found.pattern().as_u32()),
                None => return,
            }
        }
    }

    pub(crate) fn memory_usage(&self) -> usize {
        self.automaton.memory_usage()
    }
}

/// The first words of the dictionary's strings, as bits: most words of a text are in none, and one look at
/// this table tells.
#[derive(Debug)]
pub(crate) struct FirstWords {
    bits: Vec<u64>,
    shift: u32,
}

impl FirstWords {
    /// Of words that are not here, about one in 16 passes.
    const BITS_FOR_EACH: usize = 16;

    pub(crate) fn new<'a>(words: impl ExactSizeIterator<Item = &'a [u8]>) -> Self {
        let size = (words.len() * Self::BITS_FOR_EACH).next_power_of_two().max(1 << 12);
        let mut table = Self { bits: vec![0; size / 64], shift: 64 - size.trailing_zeros() };
        for word in words.filter(|word| !word.is_empty()) {
            let bit = table.bit(padded(word), word.len());
            table.bits[bit / 64] |= 1 << (bit % 64);
        }
        table
    }

    /// A table in which every word is.
    pub(crate) fn any() -> Self {
        Self { bits: vec![u64::MAX; 1], shift: 58 }
    }

    /// Whether a string may begin with the word `start..end` of these codes; `false` is certain.
    #[inline]
    pub(crate) fn may_hold(&self, codes: &[u8], start: usize, end: usize) -> bool {
        let len = end - start;
        let key = match codes[start..].first_chunk::<8>() {
            Some(first) => u64::from_le_bytes(*first) & (u64::MAX >> (64 - 8 * len.min(8))),
            None => padded(&codes[start..end]),
        };
        let bit = self.bit(key, len);
        self.bits[bit / 64] >> (bit % 64) & 1 != 0
    }

    /// The place of a word, by its first eight codes and its length.
    #[inline]
    fn bit(&self, key: u64, len: usize) -> usize {
        const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
        let key = key ^ (len as u64) << 58;
        ((key ^ key >> 29).wrapping_mul(GOLDEN) >> self.shift) as usize
    }

    pub(crate) fn memory_usage(&self) -> usize {
        self.bits.len() * 8
    }
}

/// The first eight codes as a number, with zeros where there are fewer.
fn padded(word: &[u8]) -> u64 {
    let mut first = [0; 8];
    let len = word.len().min(8);
    first[..len].copy_from_slice(&word[..len]);
    u64::from_le_bytes(first)
}
