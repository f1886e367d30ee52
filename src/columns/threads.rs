//! Work on ranges of rows, in threads if that is worth it.

use std::ops::Range;

use crate::text::Text;

/// No more threads than that are started for each core.
const MOST_FOR_EACH_CORE: usize = 8;

/// Returns how many threads a batch uses: as asked, else as `KAYAN_NUM_THREADS` says, else one for each core.
pub(super) fn count(asked: Option<usize>) -> usize {
    let from_environment = || std::env::var("KAYAN_NUM_THREADS").ok()?.trim().parse().ok();
    let cores = std::thread::available_parallelism().map_or(1, Into::into);
    let count = asked.or_else(from_environment).filter(|&count| count > 0);
    // More would only wait for each other.
    count.map_or(cores, |count| count.min(cores * MOST_FOR_EACH_CORE))
}

/// Runs `work` on each range, in several threads if that is worth it; the results keep the order.
pub(super) fn map<R: Send>(
    ranges: Vec<Range<usize>>,
    threads: usize,
    work: impl Fn(Range<usize>) -> R + Sync,
) -> Vec<R> {
    let mut ranges = ranges;
    if threads > 1 && ranges.len() > 1 {
        match in_threads(ranges, threads, &work) {
            Ok(results) => return results,
            Err(unchanged) => ranges = unchanged,
        }
    }
    ranges.into_iter().map(work).collect()
}

#[cfg(feature = "rayon")]
use super::pool::map as in_threads;

/// Gives the ranges back: this build has no threads.
#[cfg(not(feature = "rayon"))]
fn in_threads<R>(
    ranges: Vec<Range<usize>>,
    _: usize,
    _: &impl Fn(Range<usize>) -> R,
) -> Result<Vec<R>, Vec<Range<usize>>> {
    Err(ranges)
}

/// Rows of about this size, in bytes, make a unit of work: enough to outweigh the hand-over.
const CHUNK_SIZE: usize = 256 * 1024;

/// Cuts rows into ranges by their size, so that a huge text does not hold up the others.
pub(super) fn chunks(rows: &[Text<'_>]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (at, row) in rows.iter().enumerate() {
        size += row.size();
        if size >= CHUNK_SIZE {
            ranges.push(start..at + 1);
            (start, size) = (at + 1, 0);
        }
    }
    if start < rows.len() {
        ranges.push(start..rows.len());
    }
    ranges
}
