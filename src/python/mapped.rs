//! A file as bytes in memory, shared by all processes that map it.
#![expect(unsafe_code, reason = "a file in memory may be changed by others")]

use std::fs::File;
use std::io;
use std::path::Path;

/// Maps a file. Its pages are read when they are touched, and are one copy for all processes.
///
/// The file must not be cut short or written to while it is mapped: whoever touches a page that is gone is killed
/// by the system. Replacing it by renaming another file to its name, as saving does, is fine.
pub(super) fn map(path: &Path) -> io::Result<memmap2::Mmap> {
    let file = File::open(path)?;
    // SAFETY: the bytes are only read, as plain numbers and as UTF-8 that is checked at each use, so that no
    // content of the file is unsound. That nobody cuts or writes to the file meanwhile is asked of the caller
    // above, who asked for mapping by name; saving never writes to an existing file, it renames a new one over it.
    unsafe { memmap2::Mmap::map(&file) }
}
