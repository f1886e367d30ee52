"""Count terms in articles, in the way of scripts with pyahocorasick."""

import pickle
from collections import Counter

import ahocorasick

TERMS = {
    "البنك": "finance",
    "البنك المركزي": "finance",
    "المركزي": "adjective",
    "علي": "person",
    "عل": "letters",
    "مصر": "place",
    "أمر": "noise",
    "ا\u0654مر": "decomposed",  # ALEF and ARABIC HAMZA ABOVE are other letters than أ
    "ر\u064e": "marked",  # with ARABIC FATHA
    " و": "blank",
}
ARTICLES = [
    "أعلن البنك المركزي في مصر عن أمر جديد",
    "ذهب علي إلى البنك و عليه أوراق",
    "ا\u0654مر م\u064eر\u064e والبنك المركزيّ",
    "نص بلا مصطلحات",
    "",
    "البنكالمركزي البنك  المركزي",
]


def build(terms):
    automaton = ahocorasick.Automaton()
    for number, (term, label) in enumerate(terms.items()):
        automaton.add_word(term, {"id": number, "term": term, "label": label})
    automaton.make_automaton()
    return automaton


def whole_words(automaton, text):
    for end, value in automaton.iter(text):
        start = end - len(value["term"]) + 1
        before = text[start - 1] if start else " "
        after = text[end + 1] if end + 1 < len(text) else " "
        if not before.isalpha() and not after.isalpha():
            yield start, end + 1, value["label"]


def main():
    automaton = build(TERMS)
    print(len(automaton), automaton.kind == ahocorasick.AHOCORASICK, sorted(automaton.keys()))
    counts, labels = Counter(), Counter()
    for number, article in enumerate(ARTICLES):
        for end, value in automaton.iter(article):
            assert article[: end + 1].endswith(value["term"])
            counts[value["term"]] += 1
            labels[value["label"]] += 1
            print("  ", number, end, value)
        print("  ", "whole", list(whole_words(automaton, article)))
        print("  ", "longest", [(end, value["id"]) for end, value in automaton.iter_long(article)])
        half = len(article) // 2
        print("  ", "half", [end for end, _ in automaton.iter(article, half)], half)
        print("  ", "to half", [end for end, _ in automaton.iter(article, 0, half)])
    print(counts.most_common(), sorted(labels.items()))
    again = pickle.loads(pickle.dumps(automaton))
    assert all(list(again.iter(text)) == list(automaton.iter(text)) for text in ARTICLES)
    print(
        "بنك" in again,
        again.get("علي"),
        again.get("بنك", None),
        again.match("البن"),
        again.longest_prefix("الب!"),
    )
    print(sorted(again.keys("الب")), sorted(again.keys("ع?", "?")), sorted(map(str, again.values())))
    print(again.remove_word("علي"), again.remove_word("علي"), again.pop("عل")["label"], len(again))
    print(again.add_word("مصر", "new"), again.add_word("جديد", "new"))
    again.make_automaton()
    print([list(again.iter(text)) for text in ARTICLES])
    found = []
    again.find_all(ARTICLES[0], lambda end, value: found.append((end, value)))
    print(found, sorted(again.items(), key=str))
    lengths = ahocorasick.Automaton(ahocorasick.STORE_LENGTH)
    for term in TERMS:
        lengths.add_word(term)
    lengths.make_automaton()
    print([(end - length + 1, end + 1) for end, length in lengths.iter(ARTICLES[0])])


if __name__ == "__main__":
    main()
