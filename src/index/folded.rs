//! A text as codes, with the places in the original that they came from, and its words.

use crate::fold::run::{shorten_runs, Move};
use crate::fold::{Fold, Piece, Sink, PLANE};
use crate::script;
use crate::text::CodeUnit;

use super::alphabet::{
    Alphabet, Cell, IN_WORD_BIT, KEPT_BIT, LINE, OTHER_SIDES_BIT, PARAGRAPH, SIDES_BIT, SPACE, STOP,
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
        let is_blank = |code: Option<&u8>| code.is_none_or(|&code| code == SPACE);
        // Most borders of words are blanks.
        at == 0
            || is_blank(self.codes.get(at))
            || is_blank(self.codes.get(at - 1))
            || self.word_of(at).is_none_or(|word| word.start as usize == at)
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
                code = match there.contains(&LINE) {
                    false => SPACE,
                    true if run > 1 && self.has_empty_line(text, at, at + run) => PARAGRAPH,
                    true if any_whitespace => SPACE,
                    true => LINE,
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

/// What a step works on.
struct Step {
    codes: [u8; STEP],
    /// The character, of those of the step, that each code came from.
    sources: [u8; STEP],
    /// The codes, of those of the step, at which a word begins or ends.
    edges: [u8; STEP],
}

/// Where a text stands between two steps.
#[derive(Clone, Copy, Default)]
struct State {
    /// Whether the last code belongs to a word, as a bit.
    in_word: u32,
    /// Whether it is an Arabic letter, and whether a Latin letter or a digit.
    sides: u32,
}

/// How far a step got.
struct Progress {
    read: usize,
    kept: usize,
    turned: usize,
    state: State,
}

impl Step {
    /// Folds characters until one is not one code, or a word meets another without a gap. A loop by itself, so that all it works with stays in
    /// registers.
    #[inline(never)]
    fn run<U: CodeUnit>(&mut self, alphabet: &Alphabet, units: &[U], state: State) -> Progress {
        let cells: &[Cell; PLANE] = &alphabet.cells;
        let (mut read, mut kept, mut turned) = (0, 0, 0);
        let State { mut in_word, mut sides } = state;
        for unit in units {
            let cp = unit.code_point();
            let cell =
                u32::from(if cp <= 0xFFFF { cells[cp as usize & 0xFFFF] } else { alphabet.wide_cell(cp) });
            if cell & u32::from(STOP) | sides & cell >> OTHER_SIDES_BIT != 0 {
                break;
            }
            // Branchless: always write, advance only if kept.
            self.codes[kept % STEP] = cell as u8;
            self.sources[kept % STEP] = read as u8;
            self.edges[turned % STEP] = kept as u8;
            let stays = cell >> KEPT_BIT & 1;
            let turns = (cell >> IN_WORD_BIT ^ in_word) & stays;
            in_word ^= turns;
            sides = if stays == 1 { cell >> SIDES_BIT } else { sides };
            kept += stays as usize;
            turned += turns as usize;
            read += 1;
        }
        Progress { read, kept, turned, state: State { in_word, sides } }
    }
}

/// Takes the results of a fold as codes.
struct CodeSink<'a> {
    alphabet: &'a Alphabet,
    out: &'a mut FoldedText,
    step: Step,
    state: State,
    /// Words end where the edges don't tell: at a mark, or in a letter of several codes.
    is_intricate: bool,
}

impl CodeSink<'_> {
    /// Ends a word and begins another one with the next code.
    fn part_words(&mut self) {
        let here = self.out.codes.len() as u32;
        self.out.edges.extend([here, here]);
        self.state.sides = 0;
    }
}

impl<U: CodeUnit> Sink<U> for CodeSink<'_> {
    fn take_plain(&mut self, _: &Fold, text: &[U], at: usize) -> usize {
        let mut at = at;
        while at < text.len() {
            let units = &text[at..text.len().min(at + STEP)];
            let run = self.step.run(self.alphabet, units, self.state);
            let (first, before) = (at as u32, self.out.codes.len() as u32);
            self.out.codes.extend_from_slice(&self.step.codes[..run.kept]);
            let sources = self.step.sources[..run.kept].iter();
            self.out.positions.extend(sources.map(|&source| first + u32::from(source)));
            self.out.edges.extend(self.step.edges[..run.turned].iter().map(|&edge| before + u32::from(edge)));
            self.state = run.state;
            at += run.read;
            if run.read < units.len() {
                if self.alphabet.cell_at(text[at].code_point()) & STOP != 0 {
                    break;
                }
                self.part_words();
            }
        }
        at
    }

    fn push(&mut self, piece: Piece) {
        let alphabet = self.alphabet;
        let mut first = true;
        alphabet.codes_of(piece.cp, |code| {
            if piece.end != piece.start + 1 {
                self.out.ends.push((self.out.codes.len() as u32, piece.end));
            }
            if first {
                let cell = u32::from(alphabet.cell_of(code));
                if self.state.sides & cell >> OTHER_SIDES_BIT != 0 {
                    self.part_words();
                }
                if cell >> IN_WORD_BIT & 1 != self.state.in_word {
                    self.out.edges.push(self.out.codes.len() as u32);
                    self.state.in_word ^= 1;
                }
                self.is_intricate |= alphabet.is_mark(code);
                self.state.sides = cell >> SIDES_BIT;
            }
            self.is_intricate |= !first;
            self.out.codes.push(code);
            self.out.positions.push(piece.start);
            first = false;
        });
    }

    fn take_back(&mut self, place: usize, _: usize) {
        let kept = self.out.positions.iter().rposition(|&position| (position as usize) < place);
        self.out.truncate(kept.map_or(0, |last| last + 1));
        let cell = self.out.codes.last().map_or(0, |&code| u32::from(self.alphabet.cell_of(code)));
        self.state.in_word = cell >> IN_WORD_BIT & 1;
        self.state.sides = cell >> SIDES_BIT;
    }
}

impl Alphabet {
    /// Folds a text into `out`, whose content is replaced. Linear in the text.
    pub(crate) fn fold<U: CodeUnit>(&self, text: &[U], out: &mut FoldedText) {
        out.clear();
        let step = Step { codes: [0; STEP], sources: [0; STEP], edges: [0; STEP] };
        let mut sink =
            CodeSink { alphabet: self, out: &mut *out, step, state: State::default(), is_intricate: false };
        self.fold.run(text, &mut sink);
        let CodeSink { state, mut is_intricate, .. } = sink;
        if state.in_word != 0 {
            out.edges.push(out.codes.len() as u32);
        }
        let pairs = out.codes.iter().zip(out.codes.iter().skip(1)).map(|(&a, &b)| a.max(b) <= PARAGRAPH);
        // Without an early exit, so that many pairs are compared at once.
        if pairs.fold(false, |any, run| any | run) || out.codes.contains(&LINE) {
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
