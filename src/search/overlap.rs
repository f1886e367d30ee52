//! Choosing among candidates that overlap, in positions of the original text.

use crate::search::candidate::Candidate;
use crate::search::options::Overlap;

/// Leaves, of the readings of one token, those that take the fewest letters for clitics: a whole word wins
/// over a clitic and a shorter word. Sorts by position.
pub(crate) fn keep_shortest_clitics(candidates: &mut Vec<Candidate>) {
    candidates.sort_by_key(|c| (c.prefix_start, c.clitic_letters));
    let mut token = None;
    candidates.retain(|c| match token {
        Some((start, clitic_letters)) if start == c.prefix_start => clitic_letters == c.clitic_letters,
        _ => {
            token = Some((c.prefix_start, c.clitic_letters));
            true
        }
    });
}

/// Leaves, of the candidates on one span, those of the greatest priority, and calls `dropped` with each other one
/// and one that is left. Sorts by position.
pub(crate) fn keep_greatest(
    candidates: &mut Vec<Candidate>,
    mut dropped: impl FnMut(&Candidate, &Candidate),
) {
    candidates.sort_by_key(|c| (c.start, c.end, -i64::from(c.priority), c.surface));
    let mut best: Option<Candidate> = None;
    candidates.retain(|c| match best {
        Some(kept) if (kept.start, kept.end) == (c.start, c.end) && kept.priority > c.priority => {
            dropped(c, &kept);
            false
        }
        _ => {
            best = Some(*c);
            true
        }
    });
}

/// Returns the greatest end up to each of these candidates: as they are in the order of their starts, those before
/// the first of these ends that is greater than a place end at it or before it.
pub(crate) fn greatest_ends(candidates: &[Candidate]) -> Vec<u32> {
    let mut greatest = 0;
    let up_to = |c: &Candidate| {
        greatest = c.end.max(greatest);
        greatest
    };
    candidates.iter().map(up_to).collect()
}

/// Leaves the candidates that the policy chooses, in the order of the text: by start, the longer first, then
/// in the order of the dictionary. Linear, but for the sorting.
pub(crate) fn resolve(candidates: &mut Vec<Candidate>, policy: Overlap, first_of_duplicates: bool) {
    let in_text = |c: &Candidate| (c.start, u32::MAX - c.end, c.surface);
    match policy {
        Overlap::All => {
            candidates.sort_by_key(in_text);
            drop_repeated(candidates);
        }
        Overlap::Longest | Overlap::First => {
            if policy == Overlap::Longest {
                candidates.sort_by_key(in_text);
            } else {
                candidates.sort_by_key(|c| (c.start, c.surface, u32::MAX - c.end));
            }
            let mut last: Option<(u32, u32)> = None;
            candidates.retain(|c| match last {
                Some((start, end)) if c.start < end => {
                    !first_of_duplicates && (c.start, c.end) == (start, end)
                }
                _ => {
                    last = Some((c.start, c.end));
                    true
                }
            });
            drop_repeated(candidates);
        }
        Overlap::Priority => {
            candidates
                .sort_by_key(|c| (-i64::from(c.priority), u32::MAX - (c.end - c.start), c.start, c.surface));
            // Ends of the spans taken so far, by their starts; they never overlap.
            let mut taken: std::collections::BTreeMap<u32, (u32, i32)> = std::collections::BTreeMap::new();
            candidates.retain(|c| {
                let before = taken.range(..c.end).next_back().map(|(start, end)| (*start, *end));
                match before {
                    Some((start, (end, priority))) if end > c.start => {
                        !first_of_duplicates && (c.start, c.end) == (start, end) && c.priority == priority
                    }
                    _ => {
                        taken.insert(c.start, (c.end, c.priority));
                        true
                    }
                }
            });
            candidates.sort_by_key(in_text);
            drop_repeated(candidates);
        }
    }
}

/// An entry that two of its surfaces find at one place is found there once.
fn drop_repeated(candidates: &mut Vec<Candidate>) {
    candidates.dedup_by_key(|c| (c.start, c.end, c.origin));
}
