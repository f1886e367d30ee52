//! The pool of threads of this process. The only file that names `rayon`.

use std::ops::Range;
use std::sync::{Arc, Mutex, TryLockError};

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// A pool, the process that started it and the number of its threads.
type Pool = (u32, usize, Arc<ThreadPool>);

/// The pool of this process. A forked child inherits the pool but none of its threads, and would wait for
/// them forever: so a pool is used only in the process that started it, and never dropped in another one.
static POOL: Mutex<Option<Pool>> = Mutex::new(None);

fn pool(count: usize) -> Option<Arc<ThreadPool>> {
    // A lock that was held while the process forked stays held: then the work runs on the calling thread.
    let mut pool = match POOL.try_lock() {
        Ok(pool) => pool,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => return None,
    };
    let process = std::process::id();
    if let Some((owner, size, current)) = pool.as_ref() {
        if *owner == process && *size == count {
            return Some(Arc::clone(current));
        }
    }
    let name = |thread| format!("kayan-{thread}");
    let fresh = Arc::new(ThreadPoolBuilder::new().num_threads(count).thread_name(name).build().ok()?);
    if let Some((owner, _, inherited)) = pool.replace((process, count, Arc::clone(&fresh))) {
        if owner != process {
            std::mem::forget(inherited);
        }
    }
    Some(fresh)
}

/// Runs `work` on each range in several threads, in the order of the ranges; gives the ranges back where there is
/// no pool.
pub(super) fn map<R: Send>(
    ranges: Vec<Range<usize>>,
    threads: usize,
    work: &(impl Fn(Range<usize>) -> R + Sync),
) -> Result<Vec<R>, Vec<Range<usize>>> {
    match pool(threads) {
        Some(pool) => Ok(pool.install(|| ranges.into_par_iter().map(work).collect())),
        None => Err(ranges),
    }
}
