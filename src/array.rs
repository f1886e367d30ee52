//! Arrays that are built here or lie in the bytes of a file.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

use bytemuck::Pod;

/// Bytes that several arrays share, such as a file in memory.
pub(crate) type Shared = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// A slice of numbers. Cloning shares the numbers; the first push to a clone copies them.
#[derive(Clone)]
pub(crate) enum Array<T> {
    Owned(Arc<Vec<T>>),
    Part(Shared, Range<usize>),
}

impl<T: Pod> Array<T> {
    /// Returns the numbers in a range of these bytes; `None` if the bytes end before, or don't hold whole numbers.
    pub(crate) fn part(bytes: &Shared, range: Range<usize>) -> Option<Self> {
        let there = (**bytes).as_ref().get(range.clone())?;
        bytemuck::try_cast_slice::<u8, T>(there).ok()?;
        Some(Self::Part(Arc::clone(bytes), range))
    }

    pub(crate) fn push(&mut self, item: T) {
        self.as_vec().push(item);
    }

    pub(crate) fn as_vec(&mut self) -> &mut Vec<T> {
        if let Self::Part(..) = self {
            *self = self.to_vec().into();
        }
        match self {
            Self::Owned(items) => Arc::make_mut(items),
            Self::Part(..) => unreachable!("it was made a vector above"),
        }
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        bytemuck::cast_slice(self)
    }
}

impl<T: Pod> Deref for Array<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        match self {
            Self::Owned(items) => items,
            // Validated once on opening.
            Self::Part(bytes, range) => (**bytes)
                .as_ref()
                .get(range.clone())
                .and_then(|there| bytemuck::try_cast_slice(there).ok())
                .unwrap_or_default(),
        }
    }
}

impl<T> From<Vec<T>> for Array<T> {
    fn from(items: Vec<T>) -> Self {
        Self::Owned(Arc::new(items))
    }
}

impl<T> Default for Array<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T: Pod> fmt::Debug for Array<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} items]", self.len())
    }
}

/// One number for each of many things, most of which have the default: trailing defaults take no memory.
#[derive(Clone)]
pub(crate) struct Sparse<T>(pub(crate) Array<T>);

impl<T: Pod> fmt::Debug for Sparse<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T> Default for Sparse<T> {
    fn default() -> Self {
        Self(Array::default())
    }
}

impl<T: Pod + Default + PartialEq> Sparse<T> {
    pub(crate) fn get(&self, at: usize) -> T {
        self.0.get(at).copied().unwrap_or_default()
    }

    pub(crate) fn set(&mut self, at: usize, item: T) {
        if at >= self.0.len() {
            if item == T::default() {
                return;
            }
            self.0.as_vec().resize(at + 1, T::default());
        }
        self.0.as_vec()[at] = item;
    }
}

/// Bytes aligned for any number that an [`Array`] holds.
pub(crate) struct Aligned {
    words: Vec<u64>,
    len: usize,
}

impl Aligned {
    pub(crate) fn copy(bytes: &[u8]) -> Shared {
        let mut words = vec![0_u64; bytes.len().div_ceil(8)];
        bytemuck::cast_slice_mut::<u64, u8>(&mut words)[..bytes.len()].copy_from_slice(bytes);
        Arc::new(Self { words, len: bytes.len() })
    }
}

impl AsRef<[u8]> for Aligned {
    fn as_ref(&self) -> &[u8] {
        &bytemuck::cast_slice(&self.words)[..self.len]
    }
}
