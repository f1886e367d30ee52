//! Quranic spelling into that of today, as far as rules go: word by word, by the letters beside a letter and its
//! vowels.

use super::nfc::combining_class;
use super::piece::Piece;
use crate::script;

const TATWEEL: char = 'ـ';
const DAGGER: char = '\u{670}'; // ARABIC LETTER SUPERSCRIPT ALEF
const MADDA: char = '\u{653}'; // ARABIC MADDAH ABOVE
const HAMZA_ABOVE: char = '\u{654}'; // ARABIC HAMZA ABOVE
const SHADDA: char = '\u{651}'; // ARABIC SHADDA
const SMALL_WAW: char = '\u{6E5}'; // ARABIC SMALL WAW
const SMALL_YEH: char = '\u{6E6}'; // ARABIC SMALL YEH
const SMALL_HIGH_YEH: char = '\u{6E7}'; // ARABIC SMALL HIGH YEH
const SMALL_HIGH_NOON: char = '\u{6E8}'; // ARABIC SMALL HIGH NOON
const SMALL_HIGH_SEEN: char = '\u{6DC}'; // ARABIC SMALL HIGH SEEN
const ROUNDED_ZERO: char = '\u{6DF}'; // ARABIC SMALL HIGH ROUNDED ZERO
const SUKUN: char = '\u{652}'; // ARABIC SUKUN
const FATHA: char = '\u{64E}'; // ARABIC FATHA
const FATHATAN: char = '\u{64B}'; // ARABIC FATHATAN

/// The marks of each vowel: short, doubled, in the forms of Quranic texts.
const VOWELS: [(Vowel, &[char]); 4] = [
    (Vowel::I, &['\u{650}', '\u{64D}', '\u{8F2}', '\u{656}']),
    (Vowel::U, &['\u{64F}', '\u{64C}', '\u{8F1}', '\u{65E}']),
    (Vowel::A, &['\u{64E}', '\u{64B}', '\u{8F0}', '\u{657}']),
    (Vowel::Sukun, &['\u{652}', '\u{6E1}']),
];

const HAMZAS: &[char] = &['آ', 'أ', 'إ', 'ؤ', 'ئ', 'ء'];
/// Letters that don't join the one after them.
const RIGHT_JOINING: &[char] = &['ا', 'آ', 'د', 'ذ', 'ر', 'ز', 'و', 'ؤ', 'أ', 'إ', 'ء'];
/// Verbs whose last radical is waw, and plurals before a genitive: no alef after their waw.
const STEMS: &[&str] = &["دعو", "تلو", "رجو", "عفو", "محو", "شكو", "بلو"];
const NOUNS: &[&str] = &["اولو", "ملاقو", "مهلكو", "باسطو", "بنو", "مرسلو", "كاشفو"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Vowel {
    I,
    U,
    A,
    Sukun,
    Unwritten,
}

/// A letter with its marks.
#[derive(Clone, Debug)]
struct Letter {
    piece: Piece,
    marks: Vec<Piece>,
    /// It was a dagger alef.
    is_promoted: bool,
}

impl Letter {
    fn new(piece: Piece) -> Self {
        Self { piece, marks: Vec::new(), is_promoted: false }
    }
    fn promoted(piece: Piece, marks: Vec<Piece>) -> Self {
        Self { piece: piece.with(script::ALEF), marks, is_promoted: true }
    }
    fn char(&self) -> char {
        char_of(self.piece)
    }
    fn become_char(&mut self, char: char) {
        self.piece.cp = char as u32;
    }
    fn mark(&self, marks: &[char]) -> Option<Piece> {
        self.marks.iter().copied().find(|&mark| marks.contains(&char_of(mark)))
    }
    fn has(&self, mark: char) -> bool {
        self.mark(&[mark]).is_some()
    }
    fn remove(&mut self, marks: &[char]) {
        self.marks.retain(|&mark| !marks.contains(&char_of(mark)));
    }
    fn vowel(&self) -> Vowel {
        let written = VOWELS.iter().find(|(_, marks)| self.mark(marks).is_some());
        written.map_or(Vowel::Unwritten, |(vowel, _)| *vowel)
    }
}

fn char_of(piece: Piece) -> char {
    char::from_u32(piece.cp).unwrap_or('\u{FFFD}')
}

fn char_at(word: &[Letter], at: usize) -> Option<char> {
    word.get(at).map(Letter::char)
}

/// Returns whether a character is a letter of a word, for these rules.
fn is_letter(cp: u32) -> bool {
    matches!(cp, 0x620..=0x64A | 0x66E | 0x66F | 0x671..=0x6D3 | 0x6D5 | 0x6E5 | 0x6E6)
}

/// Returns whether a character may make a difference to the spelling of its word, or, if only dagger alefs
/// count, of that.
pub(crate) fn respells(cp: u32, only_daggers: bool) -> bool {
    if only_daggers {
        return cp == script::SUPERSCRIPT_ALEF;
    }
    matches!(cp, script::TATWEEL | 0x671 | 0x6E5 | 0x6E6) || script::is_arabic_mark(cp)
}

/// Writes dagger alefs as alefs, where today's spelling writes one.
pub(crate) fn spell_daggers(text: &mut Vec<Piece>) {
    if text.iter().any(|p| p.cp == script::SUPERSCRIPT_ALEF) {
        by_word(text, daggers);
    }
}

/// Spells each word as today.
pub(crate) fn respell(text: &mut Vec<Piece>) {
    if text.iter().any(|p| respells(p.cp, false)) {
        by_word(text, |word| {
            let word = daggers(seats(word));
            let named = char_at(&word, 1).is_some_and(|c| ['ي', 'ه'].contains(&c));
            let first = usize::from(named && char_at(&word, 0).is_some_and(|c| ['و', 'ف', 'أ'].contains(&c)));
            if word.len() > first + 2 && word[first + 1].is_promoted && word[first + 1].char() == 'ا' {
                let (called, rest) = word.split_at(first + 2);
                let pronoun = rest.len() > 2 && rest.iter().zip("أنت".chars()).all(|(l, c)| l.char() == c);
                // «يا», and «ها» before a pronoun, are written joined.
                if word[first].char() == 'ي' || (word[first].char() == 'ه' && pronoun) {
                    let space = Letter::new(word[first + 1].piece.with(' ' as u32));
                    let mut out = letters(called.to_vec());
                    out.push(space);
                    out.extend(letters(rest.to_vec()));
                    return out;
                }
            }
            letters(word)
        });
    }
}

fn by_word(text: &mut Vec<Piece>, rules: impl Fn(Vec<Letter>) -> Vec<Letter>) {
    let mut out = Vec::with_capacity(text.len() + 4);
    let mut word: Vec<Letter> = Vec::new();
    let close = |word: &mut Vec<Letter>, out: &mut Vec<Piece>| {
        if !word.is_empty() {
            for letter in rules(std::mem::take(word)) {
                out.push(letter.piece);
                out.extend(letter.marks);
            }
        }
    };
    for &piece in text.iter() {
        if is_letter(piece.cp) {
            word.push(Letter::new(piece));
        } else if let Some(letter) = word.last_mut().filter(|_| combining_class(piece.cp) != 0) {
            letter.marks.push(piece);
        } else {
            close(&mut word, &mut out);
            out.push(piece);
        }
    }
    close(&mut word, &mut out);
    *text = out;
}

fn daggers(word: Vec<Letter>) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::with_capacity(word.len() + 2);
    for (at, given) in word.iter().enumerate() {
        let Some(dagger) = given.mark(&[DAGGER]) else {
            out.push(given.clone());
            continue;
        };
        let mut letter = given.clone();
        // A madda with it says that the vowel is long.
        letter.remove(&[DAGGER, MADDA]);
        let chars = |word: &[Letter]| word.iter().map(Letter::char).filter(|&c| c != TATWEEL).collect();
        let (before, after): (String, String) = (chars(&word[..=at]), chars(&word[at + 1..]));
        let alone = !letter.has(SHADDA) && letter.vowel() == Vowel::Unwritten;
        let is_carrier = match letter.char() {
            'ى' | TATWEEL => true,
            'و' => alone && at > 0,
            _ => false,
        };
        if writes_none(&before, &after) {
            if letter.char() != TATWEEL {
                out.push(letter);
            } else if let Some(last) = out.last_mut() {
                last.marks.extend(letter.marks);
            }
        } else if letter.char() == 'ى' && after.is_empty() {
            out.push(letter);
        } else if is_carrier {
            letter.piece.cover(dagger);
            out.push(Letter::promoted(letter.piece, letter.marks));
        } else {
            out.extend([letter, Letter::promoted(dagger, Vec::new())]);
        }
    }
    out
}

/// Returns whether today's spelling has no alef here: in ذلك, هذا, هؤلاء, هكذا, لكن, الرحمن, إله, الله, أولئك and
/// what is formed of them.
fn writes_none(before: &str, after: &str) -> bool {
    let ends = |endings: &[&str]| endings.iter().any(|ending| before.ends_with(ending));
    let follows = |starts: &[&str]| starts.iter().any(|start| after.starts_with(start));
    (ends(&["ذ"]) && follows(&["لك"]))
        || (ends(&["ه"]) && follows(&["ذ", "ؤ", "كذ"]))
        || (["ل", "ول", "فل"].contains(&before) && follows(&["كن"]))
        || (ends(&["رحم"]) && follows(&["ن"]))
        || (ends(&["إل", "لل", "ءل"]) && follows(&["ه"]))
        || (ends(&["ول"]) && follows(&["ئك"]))
}

/// Writes letters for those that stand as a mark, on a tatweel or as the alef of wasl.
fn seats(word: Vec<Letter>) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::with_capacity(word.len());
    for (at, given) in word.iter().enumerate() {
        let mut letter = given.clone();
        let hamza = letter.mark(&[HAMZA_ABOVE]);
        let small = letter.mark(&[SMALL_HIGH_YEH, SMALL_HIGH_NOON]);
        match (letter.char(), hamza, small) {
            ('ٱ', ..) => letter.become_char('ا'),
            (TATWEEL, Some(hamza), _) => {
                letter.piece.cover(hamza);
                letter.become_char('ء');
                letter.remove(&[HAMZA_ABOVE]);
            }
            (carrier, _, Some(small)) => {
                letter.remove(&[SMALL_HIGH_YEH, SMALL_HIGH_NOON]);
                let to = if char_of(small) == SMALL_HIGH_YEH { 'ي' } else { 'ن' };
                if carrier != TATWEEL {
                    out.extend([letter, Letter::new(small.with(to as u32))]);
                    continue;
                }
                letter.piece.cover(small);
                letter.become_char(to);
            }
            ('ص', ..) if letter.has(SMALL_HIGH_SEEN) => {
                letter.become_char('س');
                letter.remove(&[SMALL_HIGH_SEEN]);
            }
            (small @ (SMALL_WAW | SMALL_YEH), ..) => {
                let before = &word[..at];
                let lengthens_pronoun =
                    at + 1 == word.len() && before.last().is_some_and(|l| l.char() == 'ه');
                let name = char_at(&word, at + 1) == Some('د')
                    && before.len() > 2
                    && before[at - 3..].iter().zip("داو".chars()).all(|(l, c)| l.char() == c);
                if lengthens_pronoun || name {
                    continue;
                }
                letter.become_char(if small == SMALL_WAW { 'و' } else { 'ي' });
            }
            (TATWEEL, ..) if letter.marks.is_empty() => continue,
            _ => {}
        }
        out.push(letter);
    }
    out
}

/// Spells letter by letter: silent ones, hamzas, final yeh.
fn letters(word: Vec<Letter>) -> Vec<Letter> {
    let mut spelled = Spelled { out: Vec::with_capacity(word.len() + 2), rest: word, at: 0 };
    while let Some(letter) = spelled.rest.get(spelled.at) {
        let mut letter = letter.clone();
        spelled.at += 1;
        if letter.has(ROUNDED_ZERO) || (letter.char() == 'ا' && letter.has(SUKUN)) {
            letter.remove(&[ROUNDED_ZERO, SUKUN]);
            if spelled.goes(&letter) {
                continue;
            }
        }
        spelled.push(letter);
    }
    spelled.out
}

/// A word, spelled up to a letter.
struct Spelled {
    out: Vec<Letter>,
    /// All letters of the word; those before `at` are done.
    rest: Vec<Letter>,
    at: usize,
}

impl Spelled {
    /// Returns the letter before, as it is spelled, and its vowel.
    fn before(&self) -> (Option<char>, Vowel) {
        (self.out.last().map(Letter::char), self.out.last().map_or(Vowel::Unwritten, Letter::vowel))
    }

    /// Returns one of the letters after.
    fn after(&self, offset: usize) -> Option<char> {
        char_at(&self.rest, self.at + offset)
    }

    fn is_last(&self, offset: usize) -> bool {
        self.at + offset == self.rest.len()
    }

    fn is_so_far(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.out.iter().map(Letter::char).eq(word.chars()))
    }

    /// Returns the letter before the last one.
    fn second_last(&self) -> Option<&Letter> {
        self.out.len().checked_sub(2).map(|at| &self.out[at])
    }

    /// Returns whether today's spelling has no letter where a circle says that it is not spoken.
    fn goes(&mut self, letter: &Letter) -> bool {
        let (before, _) = self.before();
        let after = self.after(0);
        match letter.char() {
            'ا' if before == Some('ؤ') && after.is_none() && !self.is_of_damma() => {
                let long = self.second_last().is_some_and(|l| ['ا', 'آ'].contains(&l.char()));
                if let Some(hamza) = self.out.last_mut() {
                    hamza.become_char(if long { 'ء' } else { 'أ' });
                }
                true
            }
            'ا' if before == Some('و') && after.is_none() => self.ends_in_waw(),
            'ا' => !(before == Some('م') && after == Some('ئ')),
            'ي' | 'ى' => {
                if before == Some('إ') && after == Some('ه') && self.out.len() > 1 {
                    if let Some(hamza) = self.out.last_mut() {
                        hamza.become_char('ئ');
                    }
                }
                true
            }
            'و' => after != Some('ل'),
            _ => false,
        }
    }

    /// Returns whether a vowel here is one that a madda lengthens: at the end, before a hamza or a closed
    /// syllable.
    fn closes(&self) -> bool {
        self.rest.get(self.at).is_none_or(|next| {
            HAMZAS.contains(&next.char()) || next.has(SHADDA) || next.vowel() == Vowel::Sukun
        })
    }

    /// Returns whether the last letter follows a damma.
    fn is_of_damma(&self) -> bool {
        self.second_last().is_some_and(|l| l.vowel() == Vowel::U)
    }

    fn ends_in_waw(&self) -> bool {
        let chars: String = self.out.iter().map(Letter::char).collect();
        let mut word = chars.as_str();
        for prefix in ['و', 'ف', 'س', 'ل'] {
            word = word.strip_prefix(prefix).unwrap_or(word);
        }
        let mut stem = word.chars();
        let person = stem.next();
        let is_verb = STEMS.contains(&stem.as_str())
            && (word == "تتلو" || person.is_some_and(|c| ['أ', 'ن', 'ي'].contains(&c)));
        is_verb || NOUNS.contains(&word.replace('أ', "ا").as_str())
    }

    fn push(&mut self, mut letter: Letter) {
        letter.remove(&[MADDA]);
        let (before, below) = self.before();
        let vowel = letter.vowel();
        let (after, second) = (self.after(0), self.after(1));
        let next_vowel = self.rest.get(self.at).map_or(Vowel::Unwritten, Letter::vowel);
        match letter.char() {
            // A madda of length, not a hamza.
            'آ' if below == Vowel::A && before != Some('ء') && self.closes() => letter.become_char('ا'),
            'ى' if vowel != Vowel::Unwritten || letter.has(SHADDA) || below == Vowel::I => {
                letter.become_char('ي');
                // «يُحْىِ»: the second yeh is not written.
                let is_verb = self.second_last().is_some_and(|first| {
                    ['أ', 'ي', 'ن', 'ت', 'م'].contains(&first.char()) && first.vowel() == Vowel::U
                });
                let is_root = before == Some('ح') && below == Vowel::Sukun;
                if vowel == Vowel::I && after.is_none() && is_root && is_verb {
                    let second = Letter::new(letter.piece);
                    self.out.extend([letter, second]);
                    return;
                }
            }
            'ئ' if after.is_none() && vowel == Vowel::I && before == Some('ا') => letter.become_char('ء'),
            'ل' if before == Some('ا')
                && letter.has(SHADDA)
                && self.out.last().is_some_and(|l| l.marks.is_empty()) =>
            {
                // الليل, اللاتي, اللائي, اللذان
                let is_written_twice = match (after, second) {
                    (Some('ي'), Some('ل')) => next_vowel == Vowel::Sukun,
                    (Some('ا'), Some('ت' | 'ئ' | 'ء')) => true,
                    (Some('ذ'), Some('ا' | 'ي')) => next_vowel == Vowel::A && self.after(2) == Some('ن'),
                    _ => false,
                };
                if is_written_twice {
                    self.out.push(Letter::new(letter.piece));
                }
            }
            'س' | 'ل' if vowel == Vowel::Sukun && after == Some('ء') => {
                // «فاسأل» and «الأيكة» are written without their alef.
                let lacks_alef =
                    if letter.char() == 'س' { self.is_so_far(&["و", "ف"]) } else { before.is_none() };
                if lacks_alef {
                    self.out.push(Letter::new(letter.piece.with(script::ALEF)));
                }
            }
            'ء' if after.is_some() || before.is_none() => return self.push_hamza(letter),
            'و' if after.is_none() && before == Some('ء') && below == Vowel::U => {
                let alef = Letter::new(letter.piece.with(script::ALEF));
                self.out.extend([letter, alef]);
                return;
            }
            _ => {}
        }
        self.out.push(letter);
    }

    /// Gives a hamza its seat, or makes it one with the alef after it.
    fn push_hamza(&mut self, mut letter: Letter) {
        let (before, below) = self.before();
        let vowel = letter.vowel();
        let after = self.after(0);
        let following = self.rest.get(self.at).cloned();
        if let Some(mut alef) = following.filter(|_| letter.has(FATHA)) {
            let is_alef = after == Some('ا') && alef.marks.iter().all(|&m| char_of(m) == MADDA);
            let joins = (is_alef || after == Some('آ'))
                && !matches!(before, Some('ي' | 'ا'))
                && (below != Vowel::I || matches!(before, Some('ب' | 'ل')));
            if joins {
                self.at += 1;
                if is_alef && self.is_last(0) && matches!(before, Some('ر' | 'ن')) && below == Vowel::A {
                    // رأى, نأى
                    letter.become_char('أ');
                    alef.become_char('ى');
                    self.out.extend([letter, alef]);
                    return;
                }
                // Or the madda would be one of length.
                let closes = self.closes();
                if let Some(last) = self.out.last_mut().filter(|_| below == Vowel::A && closes) {
                    last.remove(&[FATHA]);
                }
                letter.remove(&[FATHA]);
                letter.piece.cover(alef.piece);
                letter.become_char('آ');
                self.out.push(letter);
                return;
            }
        }
        if vowel != Vowel::Unwritten {
            letter.become_char(self.seat(&letter, before, below));
            // تراءى
            let is_verb = below == Vowel::Unwritten && self.is_so_far(&["ترا"]);
            if is_verb && after == Some('ا') && self.is_last(1) {
                self.rest[self.at].become_char('ى');
            }
            // خطأ
            let is_first = before == Some('أ') && self.out.len() == 1;
            let is_short = letter.char() == 'أ' && below == Vowel::A && !is_first;
            if is_short && letter.has(FATHATAN) && after == Some('ا') && self.is_last(1) {
                self.at += 1;
            }
        }
        self.out.push(letter);
    }

    fn seat(&self, hamza: &Letter, before: Option<char>, below: Vowel) -> char {
        let vowel = hamza.vowel();
        let after = self.after(0);
        let tooth = |has_one: bool| if has_one { 'ئ' } else { 'ء' };
        let joins = before.is_some_and(|c| !RIGHT_JOINING.contains(&c));
        match (before, vowel) {
            (None, Vowel::I) => 'إ',
            (None, Vowel::Sukun) => 'ء',
            (None, _) => 'أ',
            (_, Vowel::U) if after == Some('و') => tooth(joins || below == Vowel::I),
            (Some('أ'), _) if self.out.len() == 1 => match vowel {
                Vowel::I => 'إ',
                Vowel::Sukun => 'ؤ',
                _ => 'أ',
            },
            (Some('ا' | 'آ'), _) if below == Vowel::Unwritten => match vowel {
                Vowel::I => 'ئ',
                Vowel::U => 'ؤ',
                _ => 'ء',
            },
            (Some('ي'), _) if after == Some('س') => 'أ',
            (_, Vowel::I) => 'ئ',
            _ if below == Vowel::I => 'ئ',
            (Some('ي'), _) if matches!(below, Vowel::Unwritten | Vowel::Sukun) => 'ئ',
            (_, Vowel::U) => 'ؤ',
            _ if below == Vowel::U => 'ؤ',
            // شيئا, جزءا
            _ if below == Vowel::Sukun && after == Some('ا') && hamza.has(FATHATAN) => tooth(joins),
            (Some('و'), _) if below == Vowel::Sukun => 'ء',
            _ if matches!(below, Vowel::A | Vowel::Sukun) => 'أ',
            _ => 'ء',
        }
    }
}
