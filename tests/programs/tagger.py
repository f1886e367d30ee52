"""Tag entities in posts and write them by their canonical names, in the way of scripts with flashtext."""

import json
from collections import defaultdict

from flashtext import KeywordProcessor

ENTITIES = {
    "الأمم المتحدة": ["الأمم المتحدة", "هيئة الأمم", "UN", "U.N."],
    "منظمة الصحة العالمية": ["منظمة الصحة", "منظمة الصحة العالمية", "WHO"],
    "القاهرة": ["القاهرة", "قاهرة المعز", "Cairo"],
    "دبي": ["دبي", "Dubai"],
}
LABELS = {"الأمم المتحدة": "ORG", "منظمة الصحة العالمية": "ORG", "القاهرة": "CITY", "دبي": "CITY"}
POSTS = [
    "زار وفد هيئة الأمم القاهرة أمس",
    "WHO: منظمة الصحة العالمية تحذر، ومنظمة الصحة ترد",
    "From Cairo to DUBAI, the un said; the UNO did not.",
    "وصل إلى دبيودبي ثم القاهرةدبي",
    "U.N. officials in cairo-dubai flight #Dubai_2020",
    "",
    "لا شيء هنا",
    "قاهرة المعز لدين الله",
]


def build(case_sensitive=False):
    processor = KeywordProcessor(case_sensitive=case_sensitive)
    processor.add_keywords_from_dict(ENTITIES)
    processor.add_keyword("مصر", ("COUNTRY", "EG"))
    processor.add_keyword("")
    return processor


def tag(processor, text):
    found = []
    for name, start, end in processor.extract_keywords(text, span_info=True):
        label = LABELS.get(name, "OTHER") if isinstance(name, str) else name[0]
        found.append({"text": text[start:end], "name": name, "label": label, "start": start, "end": end})
    return found


def iob(processor, text):
    spans = [(start, end) for _, start, end in processor.extract_keywords(text, span_info=True)]
    at = 0
    for word in text.split():
        at = text.index(word, at)
        kind = "O"
        for start, end in spans:
            if start <= at < end:
                kind = "B" if start == at else "I"
        yield word, kind
        at += len(word)


def main():
    for case_sensitive in (False, True):
        processor = build(case_sensitive)
        print(len(processor), "cairo" in processor, processor["CAIRO"], processor.get_keyword("دبي"))
        by_name = defaultdict(list)
        for number, post in enumerate(POSTS):
            for entity in tag(processor, post):
                by_name[str(entity["name"])].append((number, entity["start"]))
                print("  ", json.dumps(entity, ensure_ascii=False))
            print("  ", repr(processor.replace_keywords(post)), list(iob(processor, post)))
        print(sorted(by_name.items()))
        processor.remove_keyword("UN")
        processor.remove_keywords_from_dict({"دبي": ["دبي"]})
        processor.add_keywords_from_list(["أمس", "هنا"])
        processor["شيء"] = "أمر"
        del processor["هنا"]
        processor.add_non_word_boundary("-")
        for post in POSTS:
            print("  ", processor.extract_keywords(post), processor.replace_keywords(post))
        print(sorted(processor.get_all_keywords().items(), key=str))
        print(processor.extract_keywords("مصر يا مصر", span_info=True))


if __name__ == "__main__":
    main()
