//! A text as codes, with the places in the original that they came from, and its words.

use crate::fold::run::{shorten_runs, Move};
use crate::fold::{Fold, Piece, Sink};
use crate::script;
use crate::text::CodeUnit;

use super::alphabet::{
    Alphabet, Cell, ALONE, BLANK, BREAKS, CLINGS, KEPT, KEPT_BIT, KIND_BIT, LINE, PARAGRAPH, SPACE, STOP,
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
    /// The upper half of the cell of each code.
    kinds: Vec<u8>,
    /// The code points of a string that is being folded.
    units: Vec<u32>,
}

impl FoldedText {
    const PADDING: usize = 16;

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
        let words = &self.words;
        let starts_before = |number: usize| words.get(number).is_some_and(|word| word.start as usize <= at);
        // Words are about equally long, so that this one is near where its place suggests.
        let guess = at * words.len() / self.codes.len().max(1);
        let (mut low, mut high, mut stride) = (guess, guess, 1);
        while low > 0 && !starts_before(low) {
            low = low.saturating_sub(stride);
            stride *= 2;
        }
        stride = 1;
        while starts_before(high) {
            high += stride;
            stride *= 2;
        }
        let between = &words[low..high.min(words.len())];
        let after = low + between.partition_point(|word| word.start as usize <= at);
        words[..after].last().copied().filter(|word| at < word.end as usize)
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

    /// Adds codes of no letter, so that as many can be read from each place at once.
    pub(crate) fn pad(&mut self) {
        self.codes.extend([0; Self::PADDING]);
    }

    /// Removes the padding.
    pub(crate) fn unpad(&mut self) {
        self.codes.truncate(self.codes.len() - Self::PADDING);
    }

    fn clear(&mut self) {
        self.codes.clear();
        self.positions.clear();
        self.ends.clear();
        self.words.clear();
        self.kinds.clear();
    }

    fn truncate(&mut self, len: usize) {
        self.codes.truncate(len);
        self.positions.truncate(len);
        while self.ends.last().is_some_and(|(at, _)| *at as usize >= len) {
            self.ends.pop();
        }
        self.kinds.truncate(len);
    }

    /// Makes each run of white space one code, which says whether there is a line break or an empty line in it.
    fn collapse_spaces<U: CodeUnit>(&mut self, text: &[U], any_whitespace: bool) {
        let (mut kept, mut at) = (0, 0);
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
            self.kinds[kept] = self.kinds[at];
            while self.ends.get(ends).is_some_and(|(from, _)| *from as usize <= at) {
                self.ends[ends].0 = kept as u32;
                ends += 1;
            }
            kept += 1;
            at += run.max(1);
        }
        self.codes.truncate(kept);
        self.positions.truncate(kept);
        self.kinds.truncate(kept);
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
    /// The cells of the characters that are kept.
    cells: [Cell; STEP],
    /// The character, of those of the step, that each of them came from.
    sources: [u8; STEP],
}

impl Step {
    /// Folds characters until one is not one code. Returns how many were read and how many of them are kept.
    /// A loop by itself, so that all it works with stays in registers.
    #[inline(never)]
    fn run<U: CodeUnit>(&mut self, alphabet: &Alphabet, units: &[U]) -> (usize, usize) {
        let (mut read, mut kept) = (0, 0);
        for unit in units {
            let cp = unit.code_point();
            let cell = alphabet.cell_at(cp);
            if cell & STOP != 0 && !(cell & ALONE != 0 && alphabet.stands_alone(units, read)) {
                break;
            }
            // Without a branch: it always writes, and advances only if the character is kept.
            self.cells[kept % STEP] = cell;
            self.sources[kept % STEP] = read as u8;
            kept += usize::from(cell >> KEPT_BIT & 1);
            read += 1;
        }
        (read, kept)
    }
}

/// Takes the results of a fold as codes.
struct CodeSink<'a> {
    alphabet: &'a Alphabet,
    out: &'a mut FoldedText,
    step: Step,
}

impl<U: CodeUnit> Sink<U> for CodeSink<'_> {
    fn take_plain(&mut self, _: &Fold, text: &[U], at: usize) -> usize {
        let mut at = at;
        while at < text.len() {
            let units = &text[at..text.len().min(at + STEP)];
            let (read, kept) = self.step.run(self.alphabet, units);
            let first = at as u32;
            let cells = &self.step.cells[..kept];
            self.out.codes.extend(cells.iter().map(|&cell| cell as u8));
            self.out.kinds.extend(cells.iter().map(|&cell| (cell >> KIND_BIT) as u8));
            let sources = self.step.sources[..kept].iter();
            self.out.positions.extend(sources.map(|&source| first + u32::from(source)));
            at += read;
            if read < units.len() {
                break;
            }
        }
        at
    }

    fn push(&mut self, piece: Piece) {
        self.alphabet.codes_of(piece.cp, |code| {
            if piece.end != piece.start + 1 {
                self.out.ends.push((self.out.codes.len() as u32, piece.end));
            }
            self.out.codes.push(code);
            self.out.kinds.push((self.alphabet.cell_of(code) >> KIND_BIT) as u8);
            self.out.positions.push(piece.start);
        });
    }

    fn take_back(&mut self, place: usize, _: usize) {
        let kept = self.out.positions.iter().rposition(|&position| (position as usize) < place);
        self.out.truncate(kept.map_or(0, |last| last + 1));
    }
}

/// Finds the words of codes of these kinds, in their order. Returns whether something clings to the letter before
/// it, so that they are not all, and whether there are runs of white space or line breaks.
fn words_of(kinds: &[u8], out: &mut Vec<Word>) -> (bool, bool) {
    const EACH: u64 = 0x0101_0101_0101_0101;

    /// Gathers the lowest bits of eight bytes.
    fn gather(bytes: u64) -> u64 {
        (bytes & EACH).wrapping_mul(0x0102_0408_1020_4080) >> 56
    }
    // The bits of all kinds, and those of two blanks side by side.
    let (mut all, mut runs, mut closed) = (0, 0, 0);
    // Whether the code before belongs to a word of Arabic, and of Latin letters.
    let (mut arabic_before, mut latin_before, mut blank_before) = (0, 0, 0);
    for (block, from) in kinds.chunks(64).zip((0..).step_by(64)) {
        let (mut arabic, mut latin, mut blank) = (0, 0, 0);
        let (eights, rest) = block.as_chunks();
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        for (eight, shift) in eights.iter().chain([&last]).take(8).zip((0..).step_by(8)) {
            let kinds = u64::from_le_bytes(*eight);
            all |= kinds;
            arabic |= gather(kinds) << shift;
            latin |= gather(kinds >> 1) << shift;
            blank |= gather(kinds >> (BLANK.trailing_zeros() - KIND_BIT)) << shift;
        }
        let (arabic_left, latin_left) = (arabic << 1 | arabic_before, latin << 1 | latin_before);
        let joined = arabic & arabic_left | latin & latin_left;
        let mut starts = (arabic | latin) & !joined;
        let mut ends = (arabic_left | latin_left) & !joined;
        runs |= blank & (blank << 1 | blank_before);
        (arabic_before, latin_before, blank_before) = (arabic >> 63, latin >> 63, blank >> 63);
        while starts != 0 {
            let start = from + starts.trailing_zeros();
            out.push(Word { start, end: start });
            starts &= starts - 1;
        }
        while ends != 0 {
            if let Some(word) = out.get_mut(closed) {
                word.end = from + ends.trailing_zeros();
            }
            closed += 1;
            ends &= ends - 1;
        }
    }
    if let Some(word) = out.get_mut(closed) {
        word.end = kinds.len() as u32;
    }
    let has = |cell: Cell| all & (EACH * u64::from(cell >> KIND_BIT)) != 0;
    (has(CLINGS), runs != 0 || has(BREAKS))
}

impl Alphabet {
    /// Folds a text into `out`, whose content is replaced. Linear in the text.
    pub(crate) fn fold<U: CodeUnit>(&self, text: &[U], out: &mut FoldedText) {
        out.clear();
        let step = Step { cells: [0; STEP], sources: [0; STEP] };
        self.fold.run(text, &mut CodeSink { alphabet: self, out: &mut *out, step });
        let mut words = std::mem::take(&mut out.words);
        let mut clings;
        let has_runs;
        (clings, has_runs) = words_of(&out.kinds, &mut words);
        if has_runs {
            out.collapse_spaces(text, self.any_whitespace);
            words.clear();
            (clings, _) = words_of(&out.kinds, &mut words);
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
            clings |= codes.len() != before;
        }
        if clings {
            self.segment(&out.codes, &mut words);
        }
        out.words = words;
    }

    /// Returns whether a mark of a text stands alone on a letter, so that nothing moves it.
    fn stands_alone<U: CodeUnit>(&self, units: &[U], at: usize) -> bool {
        let is_letter = |at: usize| {
            let cell = units.get(at).map_or(STOP, |unit| self.cell_at(unit.code_point()));
            cell & (KEPT | CLINGS | STOP) == KEPT
        };
        at > 0 && is_letter(at - 1) && is_letter(at + 1)
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
