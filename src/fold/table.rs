//! The operations of one fold, compiled: a table from character to result, and a way to tell where a text needs
//! more than the table.

use std::sync::{Arc, Mutex};

use once_cell::race::OnceBox;

use super::nfc::{is_excluded, is_inert, reorders_only};
use super::ops;
use super::options::FoldOptions;
use super::piece::Piece;
use crate::script;

/// What the table says of a character: a result in the low bits, and how to use it above them.
#[derive(Clone, Copy)]
pub(crate) struct Rule(pub(crate) u32);

impl Rule {
    pub(crate) const KEEP_BIT: u32 = 16;
    pub(crate) const KEEP: u32 = 1 << Self::KEEP_BIT;
    const SEVERAL: u32 = 1 << 17;
    pub(crate) const NEIGHBOURS: u32 = 1 << 18;
    const STARTER: u32 = 1 << 19;
    const SORTED: u32 = 1 << 20;
    const FAR: u32 = 1 << 21;
    /// The result is white space other than a space.
    pub(crate) const LOOSE_SPACE: u32 = 1 << 22;
    /// The result is not the character.
    pub(crate) const CHANGED: u32 = 1 << 23;
    /// The character by itself does not tell what comes out.
    pub(crate) const NOT_PLAIN: u32 = Self::SEVERAL | Self::NEIGHBOURS;

    /// Returns whether one character comes out, or none: see `result` and `keeps`.
    pub(crate) fn is_plain(self) -> bool {
        self.0 & Self::NOT_PLAIN == 0
    }
    /// Returns whether the result is white space other than a space.
    pub(crate) fn is_loose_space(self) -> bool {
        self.0 & Self::LOOSE_SPACE != 0
    }
    /// Returns whether the result is not the character.
    pub(crate) fn changes(self) -> bool {
        self.0 & Self::CHANGED != 0
    }
    /// Returns whether the result depends on what stands around the character.
    pub(crate) fn needs_neighbours(self) -> bool {
        self.0 & Self::NEIGHBOURS != 0
    }
    /// Returns whether this is a mark that stays and composes with nothing: only its place among the marks of
    /// its letter may change.
    pub(crate) fn reorders_only(self) -> bool {
        self.0 & Self::SORTED != 0
    }
    /// Returns how many starters after the character may have an influence on what becomes of it.
    pub(crate) fn reach(self) -> usize {
        if self.0 & Self::FAR != 0 {
            3
        } else {
            0
        }
    }
    /// Returns whether the character gives a result of its own, and what is before it has no influence on it
    /// or on what follows: no word goes on here that is looked at as a whole.
    pub(crate) fn is_starter(self) -> bool {
        self.0 & Self::STARTER != 0
    }
    /// Returns whether a plain character leaves a result.
    pub(crate) fn keeps(self) -> bool {
        self.0 & Self::KEEP != 0
    }
    /// Returns the result of a plain character that leaves one.
    pub(crate) fn result(self) -> u16 {
        self.0 as u16
    }
}

pub(crate) const PLANE: usize = 0x1_0000;

/// The rules of one fold.
pub(crate) struct Fold {
    options: FoldOptions,
    /// The rules of the Basic Multilingual Plane.
    rules: Box<[Rule; PLANE]>,
    /// Results of several characters; a rule holds the index.
    several: Vec<Vec<u32>>,
    composes: bool,
}

/// The folds that were compiled last. Never waited for: a lock that was held while the process forked stays held.
static LATEST: Mutex<Vec<Arc<Fold>>> = Mutex::new(Vec::new());

impl Fold {
    /// Returns the operations compiled, which takes some milliseconds, or what was compiled for the same ones
    /// before.
    pub(crate) fn shared(options: &FoldOptions) -> Arc<Self> {
        /// A table has 256 KB.
        const KEPT: usize = 4;
        let known = |latest: &Vec<Arc<Self>>| latest.iter().find(|fold| fold.options == *options).cloned();
        if let Some(fold) = LATEST.try_lock().ok().and_then(|latest| known(&latest)) {
            return fold;
        }
        let fold = Arc::new(Self::new(options));
        if let Ok(mut latest) = LATEST.try_lock() {
            latest.truncate(KEPT - 1);
            latest.insert(0, Arc::clone(&fold));
        }
        fold
    }

    fn new(options: &FoldOptions) -> Self {
        let unchanged: Box<[Rule]> =
            (0..PLANE as u32).map(|cp| Rule(cp | Rule::KEEP | Rule::STARTER)).collect();
        let mut fold = Self {
            options: options.clone(),
            rules: unchanged.try_into().unwrap_or_else(|_| unreachable!("there are as many as that")),
            several: Vec::new(),
            composes: options.composes(),
        };
        if let Some(peer) = options.peer {
            let mut pieces = Vec::new();
            for cp in (0..PLANE as u32).filter(|&cp| peer.names(cp)) {
                fold.rules[cp as usize] = fold.rule(cp, &mut pieces);
            }
        }
        if fold.composes || options.peer.is_none() {
            let mut pieces = Vec::new();
            for &cp in touched() {
                fold.rules[cp as usize] = fold.rule(u32::from(cp), &mut pieces);
            }
        }
        fold.mark_results();
        fold
    }

    /// Notes in each plain rule what its result is.
    fn mark_results(&mut self) {
        let loose = |result: u32| result != ' ' as u32 && script::is_space(result);
        for (cp, rule) in (0..).zip(self.rules.iter_mut()).filter(|(_, rule)| rule.is_plain()) {
            let result = u32::from(rule.result());
            if rule.keeps() && loose(result) {
                rule.0 |= Rule::LOOSE_SPACE;
            }
            if !rule.keeps() || result != cp {
                rule.0 |= Rule::CHANGED;
            }
        }
    }

    /// Returns the memory of the table, in bytes.
    pub(crate) fn memory_usage(&self) -> usize {
        size_of_val(&*self.rules) + self.several.iter().map(|several| several.len() * 4).sum::<usize>()
    }

    /// Returns the operations.
    pub(crate) fn options(&self) -> &FoldOptions {
        &self.options
    }

    /// Returns the rule of a character of the Basic Multilingual Plane.
    #[inline]
    pub(crate) fn plain(&self, cp: u32) -> Rule {
        self.rules[cp as usize & (PLANE - 1)]
    }

    /// Returns the rule of any character. Beyond the Basic Multilingual Plane it has no result in it.
    pub(crate) fn rule_of(&self, cp: u32) -> Rule {
        match cp {
            0..=0xFFFF => self.plain(cp),
            _ if self.astral_is_plain(cp) => Rule(Rule::SEVERAL | Rule::STARTER),
            _ => Rule(Rule::NEIGHBOURS),
        }
    }

    /// Calls `emit` with what comes out of a character by itself.
    pub(crate) fn alone(&self, cp: u32, emit: impl FnMut(u32)) {
        match self.rules.get(cp as usize) {
            Some(rule) if rule.is_plain() => {
                rule.keeps().then(|| u32::from(rule.result())).into_iter().for_each(emit);
            }
            Some(rule) if rule.0 & Rule::SEVERAL != 0 => {
                self.several[usize::from(rule.result())].iter().copied().for_each(emit);
            }
            None if self.astral_is_plain(cp) => std::iter::once(cp).for_each(emit),
            _ => {
                let mut pieces = vec![Piece::at(cp, 0)];
                ops::apply(&self.options, &mut pieces);
                pieces.iter().map(|p| p.cp).for_each(emit);
            }
        }
    }

    /// Returns whether a character beyond the Basic Multilingual Plane stays as it is wherever it stands.
    pub(crate) fn astral_is_plain(&self, cp: u32) -> bool {
        match cp {
            // Emoji and the unified ideographs, which are what astral text mostly is.
            0x1_F000..=0x1_FAFF | 0x2_0000..=0x2_F7FF if self.options.peer.is_none() => true,
            _ => {
                (!self.composes || is_inert(cp)) && {
                    let mut pieces = vec![Piece::at(cp, 0)];
                    ops::apply(&self.options, &mut pieces);
                    matches!(pieces[..], [Piece { cp: same, .. }] if same == cp)
                }
            }
        }
    }

    fn rule(&mut self, cp: u32, pieces: &mut Vec<Piece>) -> Rule {
        let o = &self.options;
        if ops::looks_around(o, cp) {
            return Rule(Rule::NEIGHBOURS | Rule::FAR);
        }
        if ops::looks_at_word(o, cp) {
            return Rule(Rule::NEIGHBOURS);
        }
        // A stretch that needs its neighbours takes in the word.
        let starter = if ops::is_in_word(o, cp) { 0 } else { Rule::STARTER };
        // What the operations make of it one after the other: a mark among that, though gone in the end, may
        // meet the marks around it.
        let meets = |cp: u32| self.composes && !is_inert(cp) && !ops::always_goes(o, cp);
        pieces.clear();
        pieces.push(Piece::at(cp, 0));
        let mut is_settled = !meets(cp) || is_excluded(cp);
        ops::in_rounds(o, pieces, |pieces| {
            for (_, step) in ops::STEPS {
                step(o, pieces);
                is_settled &= !pieces.iter().any(|p| meets(p.cp));
            }
        });
        if !is_settled {
            let stays = matches!(pieces[..], [Piece { cp: same, .. }] if same == cp);
            let sorted = if stays && reorders_only(cp) { Rule::SORTED } else { 0 };
            return Rule(Rule::NEIGHBOURS | sorted);
        }
        match pieces[..] {
            [] => Rule(0),
            [Piece { cp: one, .. }] if one < PLANE as u32 => Rule(one | Rule::KEEP | starter),
            _ => {
                self.several.push(pieces.iter().map(|p| p.cp).collect());
                Rule((self.several.len() - 1) as u32 | Rule::SEVERAL | starter)
            }
        }
    }
}

/// Returns the characters of the Basic Multilingual Plane that some operation may touch.
///
/// Whichever thread is first makes the list, without a lock that a forked process could inherit.
fn touched() -> &'static [u16] {
    static TOUCHED: OnceBox<Vec<u16>> = OnceBox::new();
    TOUCHED.get_or_init(|| {
        let changes_case = |cp: u32| {
            let mut folded = Vec::new();
            script::fold_case(cp, |c| folded.push(c));
            folded != [cp]
        };
        let is_touched = |cp: u32| {
            script::is_in_arabic_block(cp)
                || matches!(cp, 0..=0xFF | 0x2000..=0x206F | 0xFF00..=0xFFEF)
                || ops::sign(cp) != cp
                || !is_inert(cp)
                || script::decimal_digit(cp).is_some()
                || changes_case(cp)
        };
        Box::new((0..=u16::MAX).filter(|&cp| is_touched(u32::from(cp))).collect())
    })
}

impl std::fmt::Debug for Fold {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fold").field("options", &self.options).finish_non_exhaustive()
    }
}
