//! A selection of labels.

use crate::dictionary::gazetteer::NO_LABEL;

/// A selection of labels; see [`Matcher::label_set`](crate::Matcher::label_set).
#[derive(Clone, Debug)]
pub struct LabelSet(pub(super) Vec<bool>);

impl LabelSet {
    /// Returns whether the label of this number is among them.
    pub(crate) fn contains(&self, label: u32) -> bool {
        label != NO_LABEL && self.0.get(label as usize).copied().unwrap_or_default()
    }
}
