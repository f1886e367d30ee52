"""Clean a corpus and count its words, in the way of many scripts that are built on PyArabic."""

import re
from collections import Counter

import pyarabic.araby as araby

CORPUS = [
    "ذَهَبَ الطَّالِبُ إِلَى المَدْرَسَةِ، وَقَرَأَ الكِتَابَ الجَدِيدَ.",
    "اللُّغَةُ العَرَبِيَّةُ جَمِيلَةٌ جِدّاً! أليس كذلك؟ نعم، بالطبع.",
    "وُلِدَ عام 1999 في القاهـــــرة... he moved to Dubai عام ٢٠١٠.",
    "مُسْتَشْفَى الأَطْفَالِ\tالجديد\n\nهاتف: 0123-456",
    "قال:«لا إلهَ إلّا الله» ثُمَّ سَكَتَ ،وجلس .",
    "",
    "   ",
    "ﻻ شيء يُعادِلُ الوَطَنَ؛ مسؤولٌ عن شؤونِ الرَّئيس",
]
STOP_WORDS = {"في", "عن", "ثم", "لا", "الى", "عام"}


def clean(text):
    text = araby.strip_tatweel(text)
    text = araby.normalize_ligature(text)
    text = araby.strip_tashkeel(text)
    text = araby.normalize_hamza(text, method="tasheel")
    text = re.sub(r"\s+", " ", text)
    return araby.fix_spaces(text)


def words(text):
    return araby.tokenize(text, conditions=[araby.is_arabicrange, lambda word: len(word) > 1], morphs=clean)


def describe(word):
    letters, marks = araby.separate(word)
    assert araby.joint(letters, marks) or not word
    kinds = [name for name in ("sun", "moon", "weak") if getattr(araby, f"is_{name}")(araby.first_char(word))]
    return f"{letters} {len(marks)} {araby.is_vocalized(word)} {araby.has_shadda(word)} {kinds}"


def last_mark(word):
    mark = araby.last_char(word)
    return araby.name(mark) if araby.is_haraka(mark) else "-"


def main():
    counts = Counter()
    for number, text in enumerate(CORPUS):
        print(number, repr(clean(text)))
        for sentence in araby.sentence_tokenize(text):
            print("   sentence", repr(sentence))
        for token in araby.tokenize_with_location(text):
            word = token["token"]
            print("   ", token["start"], token["end"], describe(word), last_mark(word))
        counts.update(word for word in words(text) if word not in STOP_WORDS)
        print("   reduced ", repr(araby.reduce_tashkeel(text)))
        print("   mended  ", repr(araby.autocorrect(text)))
        print("   endings ", repr([araby.strip_lastharaka(word) for word in text.split()]))
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], [araby.order(c) for c in item[0]])):
        print(count, word, araby.spellit(word), araby.is_arabicword(word))
    alike = [("كَتَبَ", "كتب"), ("كَتَبَ", "كُتِبَ"), ("مدرّس", "مُدَرِّسٌ"), ("مدرس", "مدرسة")]
    for one, two in alike:
        print(one, two, araby.vocalizedlike(one, two), araby.vocalized_similarity(one, two), end=" ")
        print(araby.shaddalike(one, two), araby.waznlike(one, "فَعَلَ"), araby.waznlike(two, "مفعل", True))


if __name__ == "__main__":
    main()
