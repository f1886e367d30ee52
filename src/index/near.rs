//! Names by their near spellings: for each name, what is left of its first letters when one or two are taken out.
//!
//! Of two strings that are few edits apart, as many letters can be taken out of each so that the same is left; and
//! of their first letters, too. So a stretch of text that may be a misspelt name has a rest in common with it, and
//! one look at a table of hashes for each rest finds all of them. Two rests may have one hash, and what shares a rest may be
//! further apart, so that the caller measures the distance.

use super::word_table::Filter;

/// A string of codes that is looked for, and how many edits it may have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    start: u32,
    end: u32,
    pub(crate) surface: u32,
    /// The alef of its article is missing, as after «ل».
    pub(crate) elided: bool,
    pub(crate) most: u8,
    /// A bit for each letter in it: of 64, so that two may share one.
    signature: u64,
}

/// Names on their way into an index.
#[derive(Debug, Default)]
pub(crate) struct NearIndexBuilder {
    codes: Vec<u8>,
    forms: Vec<Form>,
    fuzzy: u8,
}

/// Names by the hashes of their rests.
#[derive(Clone, Debug)]
pub(crate) struct NearIndex {
    codes: Vec<u8>,
    forms: Vec<Form>,
    fuzzy: u8,
    /// No form is longer, in codes.
    longest: usize,
    filter: Filter,
    /// Where the records of each bucket begin; a bucket is the upper bits of a hash.
    buckets: Vec<u32>,
    /// The lower half of a hash, and the number of a form with this rest.
    records: Vec<(u32, u32)>,
}

/// Only so many letters are looked at, by the greatest number of edits.
const REACH: [usize; 3] = [0, 12, 10];
const MOST_REACH: usize = 12;
/// Shorter stretches are near a name that may have one edit only, since one with two has ten letters or more.
const TWO_FROM: usize = 8;

impl NearIndexBuilder {
    pub(crate) fn new(fuzzy: u8) -> Self {
        Self { fuzzy: fuzzy.min(2), ..Self::default() }
    }

    pub(crate) fn add(&mut self, codes: &[u8], surface: u32, elided: bool, most: u8) {
        let start = self.codes.len() as u32;
        self.codes.extend_from_slice(codes);
        let end = self.codes.len() as u32;
        self.forms.push(Form { start, end, surface, elided, most, signature: signature(codes) });
    }

    pub(crate) fn build(self) -> NearIndex {
        let Self { codes, forms, fuzzy } = self;
        let mut rests: Vec<(u64, u32)> = Vec::with_capacity(forms.len() * (REACH[usize::from(fuzzy)] + 1));
        for (number, form) in (0..).zip(&forms) {
            let own = &codes[form.start as usize..form.end as usize];
            each_rest(cut(own, fuzzy), form.most, |rest| rests.push((rest, number)));
        }
        rests.sort_unstable();
        rests.dedup();
        let size = (rests.len() / 2).next_power_of_two().max(2);
        let shift = 64 - size.trailing_zeros();
        let mut buckets = vec![0; size + 1];
        rests.iter().for_each(|(rest, _)| buckets[(rest >> shift) as usize + 1] += 1);
        for at in 1..buckets.len() {
            buckets[at] += buckets[at - 1];
        }
        NearIndex {
            fuzzy,
            longest: forms.iter().map(|form| (form.end - form.start) as usize).max().unwrap_or(0),
            filter: Filter::new(rests.iter().map(|(rest, _)| *rest).collect()),
            buckets,
            records: rests.iter().map(|&(rest, form)| (rest as u32, form)).collect(),
            codes,
            forms,
        }
    }
}

impl NearIndex {
    /// Returns how many codes a stretch has at most that is near a form.
    pub(crate) fn longest(&self) -> usize {
        self.longest + usize::from(self.fuzzy)
    }

    /// Returns how many of the first codes of a stretch are looked at.
    pub(crate) fn reach(&self) -> usize {
        REACH[usize::from(self.fuzzy)]
    }

    pub(crate) fn form(&self, number: u32) -> (&Form, &[u8]) {
        let form = &self.forms[number as usize];
        (form, &self.codes[form.start as usize..form.end as usize])
    }

    /// Returns whether the letters of a stretch, by their signature, allow that it is near a form: each edit brings in
    /// at most one letter, and takes out one.
    pub(crate) fn may_be_near(&self, form: u32, stretch: u64) -> bool {
        let Form { signature, most, .. } = self.forms[form as usize];
        let most = u32::from(most);
        (stretch & !signature).count_ones() <= most && (signature & !stretch).count_ones() <= most
    }

    /// Calls `found` with the number of each form that may be near a stretch which begins with, or is, these
    /// codes; with some of them more than once.
    #[inline]
    pub(crate) fn near(&self, codes: &[u8], mut found: impl FnMut(u32)) {
        let codes = cut(codes, self.fuzzy);
        let most = if codes.len() < TWO_FROM { self.fuzzy.min(1) } else { self.fuzzy };
        let filter = self.filter.view();
        let shift = 64 - (self.buckets.len() - 1).trailing_zeros();
        each_rest(codes, most, |rest| {
            if !filter.may_hold(rest) {
                return;
            }
            let bucket = (rest >> shift) as usize;
            let records = &self.records[self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize];
            let same = records.iter().filter(|(check, _)| *check == rest as u32);
            same.for_each(|&(_, form)| found(form));
        });
    }

    pub(crate) fn memory_usage(&self) -> usize {
        self.codes.len()
            + self.forms.len() * size_of::<Form>()
            + self.filter.memory_usage()
            + self.buckets.len() * 4
            + self.records.len() * 8
    }
}

/// Returns a bit for each letter of some codes.
pub(crate) fn signature(codes: &[u8]) -> u64 {
    codes.iter().fold(0, |bits, code| bits | 1 << (code % 64))
}

fn cut(codes: &[u8], fuzzy: u8) -> &[u8] {
    &codes[..codes.len().min(REACH[usize::from(fuzzy)])]
}

/// An odd number, so that it has an inverse among the numbers of 64 bits.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
const INVERSE: u64 = {
    // Each round doubles the bits that are right.
    let mut inverse = BASE;
    let mut round = 0;
    while round < 6 {
        inverse = inverse.wrapping_mul(2_u64.wrapping_sub(BASE.wrapping_mul(inverse)));
        round += 1;
    }
    inverse
};
const POWERS: [u64; MOST_REACH] = {
    let mut powers = [1_u64; MOST_REACH];
    let mut at = 1;
    while at < MOST_REACH {
        powers[at] = powers[at - 1].wrapping_mul(BASE);
        at += 1;
    }
    powers
};

/// Calls `each` with the hash of these codes, and of what is left of them without each one of them and, with two
/// edits, without each two. The hash is a polynomial, so that each takes a few steps.
#[inline]
fn each_rest(codes: &[u8], edits: u8, mut each: impl FnMut(u64)) {
    let len = codes.len();
    let mut sums = [0_u64; MOST_REACH + 1];
    for (at, &code) in codes.iter().enumerate() {
        sums[at + 1] = sums[at].wrapping_add((u64::from(code) + 1).wrapping_mul(POWERS[at]));
    }
    let mut give = |sum: u64| {
        let mixed = (sum ^ sum >> 32).wrapping_mul(0xD1B5_4A32_D192_ED03);
        each(mixed ^ mixed >> 29);
    };
    let part = |from: usize, to: usize, moved: u64| sums[to].wrapping_sub(sums[from]).wrapping_mul(moved);
    give(sums[len]);
    if edits == 0 {
        return;
    }
    for (at, sum) in sums[..len].iter().enumerate() {
        give(sum.wrapping_add(part(at + 1, len, INVERSE)));
    }
    if edits == 1 {
        return;
    }
    for (first, sum) in sums[..len].iter().enumerate() {
        for second in first + 1..len {
            let between = part(first + 1, second, INVERSE);
            let after = part(second + 1, len, INVERSE.wrapping_mul(INVERSE));
            give(sum.wrapping_add(between).wrapping_add(after));
        }
    }
}

/// Returns how many letters have to be inserted, deleted, substituted or exchanged with their neighbour to make one
/// of two strings of codes from the other, if these are not more than `most`: the distance of optimal string
/// alignment. Looks at a band of `2 * most + 1` places a letter.
pub(crate) fn distance(a: &[u8], b: &[u8], most: u8) -> Option<u8> {
    /// More than any distance that is asked for.
    const FAR: u8 = 100;
    let most = usize::from(most);
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    // Rows of the table; `row[j]` is a distance to the first `j` codes of `b`.
    let mut before = vec![FAR; b.len() + 1];
    let mut last = vec![FAR; b.len() + 1];
    let mut row = vec![FAR; b.len() + 1];
    for (j, cell) in last.iter_mut().enumerate().take(most + 1) {
        *cell = j as u8;
    }
    for i in 1..=a.len() {
        let (low, high) = (i.saturating_sub(most), (i + most).min(b.len()));
        row.fill(FAR);
        if low == 0 {
            row[0] = i as u8;
        }
        let mut nearest = row[0];
        for j in low.max(1)..=high {
            let substituted = last[j - 1] + u8::from(a[i - 1] != b[j - 1]);
            let mut cell = substituted.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cell = cell.min(before[j - 2] + 1);
            }
            row[j] = cell.min(FAR);
            nearest = nearest.min(cell);
        }
        if usize::from(nearest) > most {
            return None;
        }
        (before, last, row) = (last, row, before);
    }
    Some(last[b.len()]).filter(|&edits| usize::from(edits) <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (a, b, edits) in [
            ("abcde", "abcde", Some(0)),
            ("abcde", "abcd", Some(1)),
            ("abcde", "abdce", Some(1)),
            ("abcde", "axcye", Some(2)),
            ("abcde", "bacdef", Some(2)),
            ("abcde", "xyzde", None),
            ("ca", "abc", None),
        ] {
            assert_eq!(distance(a.as_bytes(), b.as_bytes(), 2), edits, "{a} {b}");
            assert_eq!(distance(b.as_bytes(), a.as_bytes(), 2), edits, "{b} {a}");
        }
    }

    #[test]
    fn what_is_near_shares_a_rest() {
        // All strings of two letters with up to seven of them: every pair that is near is found.
        let strings: Vec<Vec<u8>> = (4..8_u32)
            .flat_map(|len| {
                (0..1_u32 << len).map(move |bits| (0..len).map(|at| (bits >> at & 1) as u8 + 80).collect())
            })
            .collect();
        for fuzzy in [1, 2] {
            let mut builder = NearIndexBuilder::new(fuzzy);
            for (number, string) in (0..).zip(&strings) {
                // Long enough for two edits.
                let long: Vec<u8> = [&string[..], &[90, 91, 92, 93, 94, 95]].concat();
                builder.add(&long, number, false, fuzzy);
            }
            let index = builder.build();
            for string in strings.iter().step_by(7) {
                let long: Vec<u8> = [&string[..], &[90, 91, 92, 93, 94, 95]].concat();
                let mut found = std::collections::HashSet::new();
                index.near(&long, |form| {
                    found.insert(form);
                });
                for (number, other) in (0..).zip(&strings) {
                    let other: Vec<u8> = [&other[..], &[90, 91, 92, 93, 94, 95]].concat();
                    if distance(&long, &other, fuzzy).is_some() {
                        assert!(found.contains(&number), "{long:?} {other:?}");
                    }
                }
            }
        }
    }
}
