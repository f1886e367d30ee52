//! The nouns that travel between the steps of a search.

/// The number of an entry in the gazetteer, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// The number of a rule that composes names, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u32);

/// What a match names: an entry of the gazetteer, or something that no entry is and a rule has composed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// An entry.
    Entry(EntryId),
    /// A rule.
    Rule(RuleId),
}

impl Origin {
    /// Returns the entry, if it is one.
    pub fn entry(self) -> Option<EntryId> {
        match self {
            Self::Entry(entry) => Some(entry),
            Self::Rule(_) => None,
        }
    }

    /// Returns the rule, if it is one.
    pub fn rule(self) -> Option<RuleId> {
        match self {
            Self::Rule(rule) => Some(rule),
            Self::Entry(_) => None,
        }
    }
}

/// A place where a name may stand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PossibleHit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) target: crate::index::target::Target,
    /// The first byte of the name.
    pub(crate) first: u8,
}

/// A hit: the codes `start..end` of a folded text spell a surface of the dictionary.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The number of the surface.
    pub(crate) surface: u32,
    /// The surface stands without the alef of its article, which a «ل» before it has swallowed.
    pub(crate) elided: bool,
}

/// A hit that the rules for words, clitics and stop words accept. Positions are code points of the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Candidate {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Where the clitics before the span begin; `start` if there are none.
    pub(crate) prefix_start: u32,
    /// Where the pronoun attached to the span ends; `end` if there is none.
    pub(crate) suffix_end: u32,
    /// How many letters the clitics before the span have.
    pub(crate) clitic_letters: u32,
    pub(crate) surface: u32,
    pub(crate) origin: Origin,
    pub(crate) priority: i32,
    /// Of a later mention: the span of the full one.
    pub(crate) antecedent: Option<(u32, u32)>,
    /// How many edits the span is from the name.
    pub(crate) edits: u8,
    /// The letters of the longer of both, where there are any edits.
    pub(crate) compared: u32,
}

impl Candidate {
    pub(crate) fn as_match(&self) -> Match {
        let Self { start, end, prefix_start, suffix_end, origin, antecedent, edits, compared, .. } = *self;
        Match { start, end, prefix_start, suffix_end, origin, antecedent, edits, compared }
    }
}

/// A match: a span of the text and what it names.
///
/// The unit of the positions is that of the call which gave it: bytes for `&str`, code points for slices of
/// [`CodeUnit`](crate::CodeUnit). Ends are exclusive. Clitics are not part of the span: the text between
/// `prefix_start` and `start` holds those before it, the text between `end` and `suffix_end` those after it.
/// Matches are ordered by their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Match {
    /// Where the span starts.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Where the clitics before it begin.
    pub prefix_start: u32,
    /// Where the clitics after it end.
    pub suffix_end: u32,
    /// What it names.
    pub origin: Origin,
    /// Of a later mention, a part of a name: the span of the full one.
    pub antecedent: Option<(u32, u32)>,
    /// How many edits the span is from the name, with the option `fuzzy`; 0 for a name as it is listed.
    pub edits: u8,
    /// The letters of the longer of both, where there are any edits.
    pub(crate) compared: u32,
}

impl Match {
    /// Returns the span, to slice a text with.
    ///
    /// # Examples
    /// ```
    /// use kayan::{Entry, Gazetteer, Matcher, MatcherOptions};
    /// let mut gazetteer = Gazetteer::new();
    /// gazetteer.add(Entry::new("دبي"))?;
    /// let matcher = Matcher::new(&gazetteer, &MatcherOptions::profile("match")?)?;
    /// let text = "من دبي";
    /// assert_eq!(&text[matcher.find(text)[0].range()], "دبي");
    /// # Ok::<(), kayan::Error>(())
    /// ```
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns how near the span is to the name: 1 less the share of edits in the letters of the longer of both, spaces
    /// counted; 1 for a name as it is listed.
    pub fn similarity(&self) -> f64 {
        1.0 - f64::from(self.edits) / f64::from(self.compared.max(1))
    }

    /// Returns the clitics before the span.
    pub fn prefix(&self) -> std::ops::Range<usize> {
        self.prefix_start as usize..self.start as usize
    }

    /// Returns the clitics after the span.
    pub fn suffix(&self) -> std::ops::Range<usize> {
        self.end as usize..self.suffix_end as usize
    }
}
