//! The operations of one normalizer, compiled: a table from character to result, and a way to tell where a
//! text needs more than the table.

use std::sync::OnceLock;

use super::ops::{self, Piece};
use super::options::{NormalizerOptions, Tatweel};
use super::plain::Utf8Table;
use crate::script;

/// What the table says of a character: a result in the low bits, and how to use it above them.
#[derive(Clone, Copy)]
pub(super) struct Rule(pub(super) u32);

impl Rule {
    pub(super) const KEEP_BIT: u32 = 16;
    pub(super) const KEEP: u32 = 1 << Self::KEEP_BIT;
    const SEVERAL: u32 = 1 << 17;
    pub(super) const NEIGHBOURS: u32 = 1 << 18;
    const STARTS: u32 = 1 << 19;
    const SORTED: u32 = 1 << 20;
    const FAR: u32 = 1 << 21;
    /// The result is white space that is to become a space.
    pub(super) const LOOSE_SPACE: u32 = 1 << 22;
    /// The result is not the character.
    pub(super) const CHANGED: u32 = 1 << 23;
    /// The character by itself does not tell what comes out.
    pub(super) const NOT_PLAIN: u32 = Self::SEVERAL | Self::NEIGHBOURS;

    /// One character comes out, or none: see `result` and `keeps`.
    pub(super) fn is_plain(self) -> bool {
        self.0 & (Self::SEVERAL | Self::NEIGHBOURS) == 0
    }
    pub(super) fn is_loose_space(self) -> bool {
        self.0 & Self::LOOSE_SPACE != 0
    }
    /// The result is not the character.
    pub(super) fn changes(self) -> bool {
        self.0 & Self::CHANGED != 0
    }
    /// The result depends on what stands around the character.
    pub(super) fn needs_neighbours(self) -> bool {
        self.0 & Self::NEIGHBOURS != 0
    }
    /// A mark that stays and composes with nothing: only its place among the marks of its letter may change.
    pub(super) fn is_only_sorted(self) -> bool {
        self.0 & Self::SORTED != 0
    }
    /// How far behind the character its influence reaches.
    pub(super) fn reach(self) -> usize {
        if self.0 & Self::FAR != 0 {
            4
        } else {
            1
        }
    }
    /// What stands before such a character has no influence on it or on what follows.
    pub(super) fn starts(self) -> bool {
        self.0 & Self::STARTS != 0
    }
    /// Whether a plain character leaves a result.
    pub(super) fn keeps(self) -> bool {
        self.0 & Self::KEEP != 0
    }
    /// The result of a plain character that leaves one.
    pub(super) fn result(self) -> u16 {
        self.0 as u16
    }
}

pub(super) const PLANE: usize = 0x1_0000;

pub(super) struct Fold {
    options: NormalizerOptions,
    /// The rules of the Basic Multilingual Plane.
    rules: Box<[Rule; PLANE]>,
    /// Results of several characters; a rule holds the index.
    several: Vec<Vec<u32>>,
    composes: bool,
    pub(super) utf8: Utf8Table,
}

impl Fold {
    pub(super) fn new(options: &NormalizerOptions) -> Self {
        let unchanged: Box<[Rule]> =
            (0..PLANE as u32).map(|cp| Rule(cp | Rule::KEEP | Rule::STARTS)).collect();
        let mut fold = Self {
            options: options.clone(),
            rules: unchanged.try_into().unwrap_or_else(|_| unreachable!("there are as many as that")),
            several: Vec::new(),
            composes: options.composes(),
            utf8: Utf8Table::default(),
        };
        if fold.composes {
            for &cp in not_inert() {
                fold.rules[cp as usize] = fold.rule(u32::from(cp));
            }
        }
        if let Some(peer) = options.peer {
            for cp in (0..PLANE as u32).filter(|&cp| peer.names(cp)) {
                fold.rules[cp as usize] = fold.rule(cp);
            }
        } else {
            for cp in touched_by_operations() {
                fold.rules[cp as usize] = fold.rule(cp);
            }
        }
        fold.mark_results();
        fold
    }

    /// Notes in each plain rule what its result is.
    fn mark_results(&mut self) {
        let loose = |result: u32| self.options.whitespace && result != ' ' as u32 && script::is_space(result);
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

    pub(super) fn options(&self) -> &NormalizerOptions {
        &self.options
    }

    /// The rule of a character of the Basic Multilingual Plane.
    #[inline]
    pub(super) fn plain(&self, cp: u32) -> Rule {
        self.rules[cp as usize & (PLANE - 1)]
    }

    /// What comes out of a character by itself.
    pub(super) fn alone(&self, cp: u32) -> Vec<u32> {
        if let Some(rule) = self.rules.get(cp as usize) {
            if rule.0 & Rule::SEVERAL != 0 {
                return self.several[rule.result() as usize].clone();
            }
        }
        let mut pieces = vec![Piece { cp, start: 0, end: 1 }];
        ops::apply(&self.options, &mut pieces);
        pieces.iter().map(|p| p.cp).collect()
    }

    /// Whether a character beyond the Basic Multilingual Plane stays as it is wherever it stands.
    pub(super) fn astral_is_plain(&self, cp: u32) -> bool {
        match cp {
            // Emoji and the unified ideographs, which are what astral text mostly is.
            0x1_F000..=0x1_FAFF | 0x2_0000..=0x2_F7FF if self.options.peer.is_none() => true,
            _ => (!self.composes || ops::is_inert(cp)) && self.alone(cp) == [cp],
        }
    }

    pub(super) fn apply(&self, pieces: &mut Vec<Piece>) {
        ops::apply(&self.options, pieces);
    }

    fn rule(&mut self, cp: u32) -> Rule {
        let o = &self.options;
        let result = {
            let mut pieces = vec![Piece { cp, start: 0, end: 1 }];
            ops::apply(o, &mut pieces);
            pieces
        };
        let inert = !self.composes || ops::is_inert(cp);
        // A mark that goes whatever stands around it; the hamza and madda marks may first become part of
        // a letter.
        let goes =
            result.is_empty() && !script::is_composing_mark(cp) && (inert || script::is_arabic_mark(cp));
        let mut shows_tanween = false;
        ops::compatible(cp, &mut |letter| shows_tanween |= letter == script::FATHATAN);
        let by_context = (o.invisibles && cp == script::ZERO_WIDTH_JOINER)
            || (o.tatweel == Some(Tatweel::Bare) && cp == script::TATWEEL)
            || (o.separators && (cp == '٫' as u32 || cp == '٬' as u32))
            || (o.tanween_alef && shows_tanween)
            || o.peer.is_some_and(|peer| peer.needs_neighbours(cp));
        let settled = !self.composes || result.iter().all(|p| ops::is_inert(p.cp));
        if by_context {
            return Rule(Rule::NEIGHBOURS | Rule::FAR);
        }
        if !settled || !(inert || goes || decomposes_for_good(cp)) {
            let stays = matches!(result[..], [Piece { cp: same, .. }] if same == cp);
            let sorted = if stays && ops::only_sorts(cp) { Rule::SORTED } else { 0 };
            return Rule(Rule::NEIGHBOURS | sorted);
        }
        match result[..] {
            [] => Rule(0),
            [Piece { cp: one, .. }] if one < PLANE as u32 => Rule(one | Rule::KEEP | Rule::STARTS),
            _ => {
                self.several.push(result.iter().map(|p| p.cp).collect());
                Rule((self.several.len() - 1) as u32 | Rule::SEVERAL | Rule::STARTS)
            }
        }
    }
}

/// A singleton or excluded decomposition: such a character never takes part in composition itself.
fn decomposes_for_good(cp: u32) -> bool {
    let mut pieces = vec![Piece { cp, start: 0, end: 1 }];
    ops::nfc(&mut pieces);
    pieces.len() != 1 || pieces[0].cp != cp
}

/// The characters of the Basic Multilingual Plane that canonical composition may touch.
fn not_inert() -> &'static [u16] {
    static NOT_INERT: OnceLock<Vec<u16>> = OnceLock::new();
    NOT_INERT.get_or_init(|| (0..=u16::MAX).filter(|&cp| !ops::is_inert(u32::from(cp))).collect())
}

/// The characters of the Basic Multilingual Plane that an operation may name.
fn touched_by_operations() -> impl Iterator<Item = u32> {
    let arabic = script::ARABIC_BLOCKS.iter().filter(|(_, end)| *end < PLANE as u32);
    let others = [(0x00, 0xFF), (0x2000, 0x206F)];
    arabic.copied().chain(others).flat_map(|(start, end)| start..=end)
}

impl std::fmt::Debug for Fold {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fold").field("options", &self.options).finish_non_exhaustive()
    }
}
