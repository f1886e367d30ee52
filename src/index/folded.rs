//! A text as codes, with the places in the original that they came from, and its words.

use crate::fold::run::{shorten_runs, Move};
use crate::fold::{Fold, Piece, Sink};
use crate::script;
use crate::text::CodeUnit;

use super::alphabet::{
    Alphabet, Cell, ANY_WORD, BREAKS, DROPPED_BIT, KIND_BIT, LINE, PARAGRAPH, SPACE, STOP,
};
use super::target::Word;

/// A folded text. Positions are code points of the original.
#[derive(Debug, Default)]
pub(crate) struct FoldedText {
    pub(crate) codes: Vec<u8>,
    /// Where what each code stands for starts.
    pub(crate) positions: Vec<u32>,
    /// Where it ends, for the codes that stand for more than one character, in their order.
    ends: Vec<(u32, u32)>,
    /// Its words, in its order.
    pub(crate) words: Vec<Word>,
    /// The codes at which a word begins or ends, while the text is folded.
    edges: Vec<u32>,
    /// The code points of a string that is being folded.
    units: Vec<u32>,
}

impl FoldedText {
    /// Returns where what a code stands for ends.
    pub(crate) fn end(&self, at: usize) -> u32 {
        if !self.ends.is_empty() {
            if let Ok(found) = self.ends.binary_search_by_key(&(at as u32), |(at, _)| *at) {
                return self.ends[found].1;
            }
        }
        self.positions[at] + 1
    }

    /// Returns the word that the code at `at` belongs to.
    pub(crate) fn word_of(&self, at: usize) -> Option<Word> {
        let after = self.words.partition_point(|word| word.start as usize <= at);
        self.words[..after].last().copied().filter(|word| at < word.end as usize)
    }

    /// Returns whether a word may begin or end between `at - 1` and `at`.
    pub(crate) fn is_boundary(&self, at: usize) -> bool {
        self.word_of(at).is_none_or(|word| word.start as usize == at)
    }

    /// Returns the start of the word that the code at `at` belongs to; `at` itself where it is in none.
    pub(crate) fn word_start(&self, at: usize) -> usize {
        self.word_of(at).map_or(at, |word| word.start as usize)
    }

    /// Returns the end of the word that the code at `at` belongs to; `at` itself where it is in none.
    pub(crate) fn word_end(&self, at: usize) -> usize {
        self.word_of(at).map_or(at, |word| word.end as usize)
    }

    fn clear(&mut self) {
        self.codes.clear();
        self.positions.clear();
        self.ends.clear();
        self.words.clear();
        self.edges.clear();
    }

    fn truncate(&mut self, len: usize) {
        self.codes.truncate(len);
        self.positions.truncate(len);
        while self.ends.last().is_some_and(|(at, _)| *at as usize >= len) {
            self.ends.pop();
        }
        while self.edges.last().is_some_and(|edge| *edge as usize >= len) {
            self.edges.pop();
        }
    }

    /// Makes each run of white space one code, which says whether there is a line break or an empty line in it.
    fn collapse_spaces<U: CodeUnit>(&mut self, text: &[U], any_whitespace: bool) {
        let (mut kept, mut at) = (0, 0);
        let mut edge = 0;
        let mut ends = 0;
        while at < self.codes.len() {
            let run = self.codes[at..].iter().take_while(|&&code| Alphabet::is_space(code)).count();
            let mut code = self.codes[at];
            if run > 0 {
                let there = &self.codes[at..at + run];
                let breaks = there.iter().filter(|&&code| code == LINE).count();
                code = match breaks {
                    0 => SPACE,
                    2.. if self.has_empty_line(text, at, at + run) => PARAGRAPH,
                    _ if any_whitespace => SPACE,
                    _ => LINE,
                };
            }
            self.codes[kept] = code;
            self.positions[kept] = self.positions[at];
            while self.edges.get(edge).is_some_and(|&edge| edge as usize <= at) {
                self.edges[edge] = kept as u32;
                edge += 1;
            }
            while self.ends.get(ends).is_some_and(|(from, _)| *from as usize <= at) {
                self.ends[ends].0 = kept as u32;
                ends += 1;
            }
            kept += 1;
            at += run.max(1);
        }
        self.edges[edge..].fill(kept as u32);
        self.codes.truncate(kept);
        self.positions.truncate(kept);
    }

    /// Returns whether a run of white space has two line breaks; a carriage return and a line feed are one.
    fn has_empty_line<U: CodeUnit>(&self, text: &[U], start: usize, end: usize) -> bool {
        let there = &text[self.positions[start] as usize..=self.positions[end - 1] as usize];
        let is_break = |at: usize| {
            let follows_return = at > 0 && there[at - 1].code_point() == 0x0D;
            let cp = there[at].code_point();
            script::is_line_break(cp) && !(cp == 0x0A && follows_return)
        };
        (0..there.len()).filter(|&at| is_break(at)).count() > 1
    }
}

/// As many characters are folded at a time, in arrays whose size the compiler knows.
const STEP: usize = 256;

/// Takes the results of a fold as codes.
struct CodeSink<'a> {
    alphabet: &'a Alphabet,
    out: &'a mut FoldedText,
    codes: [u8; STEP],
    /// The character, of those of the step, that each code came from.
    sources: [u8; STEP],
    /// The codes, of those of the step, at which a word begins or ends: two where one word meets another.
    edges: [u8; STEP * 2],
    /// The kind of word that the last code belongs to.
    kind: Cell,
    /// All cells that were met.
    seen: Cell,
    /// The edges don't tell where words end.
    is_intricate: bool,
}

/// How many words end or begin between two kinds of codes, by both kinds.
const TURNS: [u8; 16] = {
    let mut turns = [0; 16];
    let mut at = 0;
    while at < 16 {
        let (before, after) = (at >> 2, at & 3);
        if before & after == 0 {
            turns[at] = (before != 0) as u8 + (after != 0) as u8;
        }
        at += 1;
    }
    turns
};

/// How far a step got.
struct Progress {
    read: usize,
    kept: usize,
    turned: usize,
}

impl CodeSink<'_> {
    /// Folds characters until one is not one code. A loop by itself, so that all it works with stays in
    /// registers.
    #[inline(never)]
    fn step<U: CodeUnit>(&mut self, units: &[U]) -> Progress {
        let cells = &self.alphabet.cells;
        let (mut read, mut kept, mut turned) = (0, 0, 0_usize);
        let (mut kind, mut seen) = (self.kind, self.seen);
        for unit in units {
            let cp = unit.code_point();
            let cell = if cp <= 0xFFFF { cells[cp as usize & 0xFFFF] } else { self.alphabet.wide_cell(cp) };
            if cell & STOP != 0 {
                break;
            }
            // Branchless: always write, advance only if kept.
            self.codes[kept % STEP] = cell as u8;
            self.sources[kept % STEP] = read as u8;
            let edge = turned % (STEP * 2 - 1);
            self.edges[edge] = kept as u8;
            self.edges[edge + 1] = kept as u8;
            let stays = !cell >> DROPPED_BIT & 1;
            let next = cell >> KIND_BIT & Cell::from(ANY_WORD);
            turned += usize::from(TURNS[usize::from(kind << 2 | next) & 15]) * usize::from(stays);
            kind = if stays == 1 { next } else { kind };
            kept += usize::from(stays);
            seen |= cell;
            read += 1;
        }
        (self.kind, self.seen) = (kind, seen);
        Progress { read, kept, turned }
    }
}

impl<U: CodeUnit> Sink<U> for CodeSink<'_> {
    fn take_plain(&mut self, _: &Fold, text: &[U], at: usize) -> usize {
        let mut at = at;
        while at < text.len() {
            let units = &text[at..text.len().min(at + STEP)];
            let run = self.step(units);
            let (first, before) = (at as u32, self.out.codes.len() as u32);
            self.out.codes.extend_from_slice(&self.codes[..run.kept]);
            let sources = self.sources[..run.kept].iter();
            self.out.positions.extend(sources.map(|&source| first + u32::from(source)));
            self.out.edges.extend(self.edges[..run.turned].iter().map(|&edge| before + u32::from(edge)));
            at += run.read;
            if run.read < units.len() {
                break;
            }
        }
        at
    }

    fn push(&mut self, piece: Piece) {
        let Self { alphabet, out, kind, is_intricate, seen, .. } = self;
        let mut first = true;
        alphabet.codes_of(piece.cp, |code| {
            if piece.end != piece.start + 1 {
                out.ends.push((out.codes.len() as u32, piece.end));
            }
            if first {
                let next = Cell::from(alphabet.kind_of(code));
                let turns = TURNS[usize::from(*kind << 2 | next) & 15];
                out.edges.extend(std::iter::repeat_n(out.codes.len() as u32, usize::from(turns)));
                *kind = next;
            }
            *is_intricate |= alphabet.is_mark(code) || !first;
            *seen |= if code == LINE { BREAKS } else { 0 };
            out.codes.push(code);
            out.positions.push(piece.start);
            first = false;
        });
    }

    fn take_back(&mut self, place: usize, _: usize) {
        let kept = self.out.positions.iter().rposition(|&position| (position as usize) < place);
        self.out.truncate(kept.map_or(0, |last| last + 1));
        self.kind = self.out.codes.last().map_or(0, |&code| Cell::from(self.alphabet.kind_of(code)));
    }
}

impl Alphabet {
    /// Folds a text into `out`, whose content is replaced. Linear in the text.
    pub(crate) fn fold<U: CodeUnit>(&self, text: &[U], out: &mut FoldedText) {
        out.clear();
        let mut sink = CodeSink {
            alphabet: self,
            out: &mut *out,
            codes: [0; STEP],
            sources: [0; STEP],
            edges: [0; STEP * 2],
            kind: 0,
            seen: 0,
            is_intricate: false,
        };
        self.fold.run(text, &mut sink);
        let CodeSink { seen, mut is_intricate, kind, .. } = sink;
        if kind != 0 {
            out.edges.push(out.codes.len() as u32);
        }
        let pairs = out.codes.iter().zip(out.codes.iter().skip(1)).map(|(&a, &b)| a.max(b) <= PARAGRAPH);
        // Without an early exit, so that many pairs are compared at once.
        if pairs.fold(false, |any, run| any | run) || seen & BREAKS != 0 {
            out.collapse_spaces(text, self.any_whitespace);
        }
        if let Some(runs) = self.fold.options().elongation {
            let is_letter = self.is_elongated();
            let FoldedText { codes, positions, ends, .. } = &mut *out;
            let before = codes.len();
            let old_ends = std::mem::take(ends);
            let mut spans: Vec<(u32, u32)> = positions.iter().map(|&start| (start, start + 1)).collect();
            old_ends.iter().for_each(|&(at, end)| spans[at as usize].1 = end);
            shorten_runs(
                codes,
                runs,
                |code| is_letter[usize::from(code)],
                |change| match change {
                    Move::To { from, to } => spans[to] = spans[from],
                    Move::Into { from, to } => spans[to].1 = spans[from].1,
                },
            );
            spans.truncate(codes.len());
            positions.clear();
            positions.extend(spans.iter().map(|span| span.0));
            ends.extend((0..).zip(&spans).filter(|(_, span)| span.1 != span.0 + 1).map(|(at, s)| (at, s.1)));
            is_intricate |= codes.len() != before;
        }
        let mut words = std::mem::take(&mut out.words);
        if is_intricate {
            self.segment(&out.codes, &mut words);
        } else {
            words.extend(out.edges.as_chunks().0.iter().map(|&[start, end]| Word { start, end }));
        }
        out.words = words;
    }

    /// As [`fold`](Self::fold), for a name or a word: an empty line in it is white space like any other.
    pub(crate) fn fold_str(&self, text: &str, out: &mut FoldedText) {
        let mut units = std::mem::take(&mut out.units);
        units.clear();
        units.extend(text.chars().map(u32::from));
        self.fold(&units, out);
        out.units = units;
        let blank = if self.any_whitespace { SPACE } else { LINE };
        out.codes.iter_mut().filter(|code| **code == PARAGRAPH).for_each(|code| *code = blank);
    }

    /// Returns the codes of a word or several, without white space around them.
    pub(crate) fn spell(&self, words: &str) -> Vec<u8> {
        let mut folded = FoldedText::default();
        self.fold_str(words.trim(), &mut folded);
        Self::trimmed(&folded.codes).to_vec()
    }

    /// Finds the words of any codes, in their order; `out` is replaced. Linear.
    ///
    /// A mark belongs to the letter before it and ends no word; at the end of a word it is part of it only if
    /// it counts there.
    pub(crate) fn segment(&self, codes: &[u8], out: &mut Vec<Word>) {
        out.clear();
        // The word that is open, its kind, and where it ends without the marks that don't count.
        let mut open: Option<(u32, u8)> = None;
        let mut end = 0;
        let mut is_looked_over = false;
        for (at, &code) in (0..).zip(codes) {
            if self.is_trail(code) {
                end = if is_looked_over || open.is_none() { end } else { at + 1 };
                continue;
            }
            if self.is_mark(code) {
                is_looked_over = self.is_looked_over(code);
                end = if is_looked_over || open.is_none() { end } else { at + 1 };
                continue;
            }
            is_looked_over = false;
            let kind = self.kind_of(code);
            if let Some((start, before)) = open {
                if kind & before != 0 {
                    open = Some((start, kind));
                    end = at + 1;
                    continue;
                }
                out.push(Word { start, end });
            }
            open = (kind != 0).then_some((at, kind));
            end = at + 1;
        }
        if let Some((start, _)) = open {
            out.push(Word { start, end });
        }
    }
}
