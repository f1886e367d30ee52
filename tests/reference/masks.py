"""Links, addresses, mentions, hashtags, HTML and emoji: slow on purpose, exact; what each is stands in NORMALIZATION.md.

Patterns here stand for whole rules, where the package reads characters; the two are written apart from each other.
"""

import re
from collections.abc import Callable
from functools import cache

import unicodedata2

DEFAULT = {"urls": "[رابط]", "emails": "[بريد]", "mentions": "[مستخدم]", "hashtags": "[وسم]"}
COUNTRIES = (  # noqa: SIM905
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv "
    "bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es "
    "et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu "
    "id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt "
    "lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no "
    "np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si "
    "sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk "
    "us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw "
).split()
WORDS = "am as at be by do id in is it la me my no so to us".split()  # noqa: SIM905
FILES = ("cc", "md", "ml", "py", "rs", "sh")
TOP_LEVEL = [
    "app",
    "biz",
    "com",
    "dev",
    "edu",
    "gov",
    "info",
    "int",
    "mil",
    "net",
    "news",
    "online",
    "org",
    "site",
]
EMOJI_ENDS = ("\ufe0e", "\ufe0f", "\u20e3")
ZWNJ = "\u200c"


@cache
def _is_word(c: str) -> bool:
    return unicodedata2.category(c)[0] == "L" or unicodedata2.numeric(c, None) is not None


@cache
def _is_mark(c: str) -> bool:
    return unicodedata2.category(c) in ("Mn", "Me")


def _is_arabic(c: str) -> bool:
    return "\u0600" <= c <= "\u08ff"


def _is_latin_or_mark(c: str) -> bool:
    return c >= "\x80" and (_is_mark(c) or (_is_word(c) and unicodedata2.name(c, "").startswith("LATIN")))


def _run(text: str, at: int, belongs: Callable[[str], bool]) -> int:
    while at < len(text) and belongs(text[at]):
        at += 1
    return at


@cache
def _is_latin(c: str) -> bool:
    return c >= "\x80" and _is_word(c) and unicodedata2.name(c, "").startswith("LATIN")


LATIN = "".join(c for c in map(chr, range(0x80, 0x20000)) if _is_latin(c))
LABEL = f"[A-Za-z0-9{LATIN}-]+"
DOMAIN = re.compile(rf"{LABEL}(?:\.{LABEL})*\.([A-Za-z]{{2,}})")
NAME = re.compile(f"[A-Za-z0-9._%+{LATIN}-]*")


def _is_top_level(name: str) -> bool:
    small = name.lower()
    return (small in COUNTRIES and (name == small or small not in WORDS)) or small in TOP_LEVEL


def _ends_word(last: str) -> bool:
    """Whether what stands before is a letter, digit or mark, which an emoji's end is not."""
    return bool(last) and (_is_word(last) or (_is_mark(last) and last not in EMOJI_ENDS))


def _url_end(text: str, start: int, sure: int) -> int:
    end = sure
    while end < len(text):
        c = text[end]
        if end > start and _is_arabic(c) and re.match(r"[A-Za-z0-9]", text[end - 1]):
            break
        if not (
            re.match(r"[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]", c) if c < "\x80" else _is_word(c) or _is_mark(c)
        ):
            break
        end += 1
    while end > sure:
        c, body = text[end - 1], text[start:end]
        if c not in ".,:;!?'*" and not (c == ")" and body.count(")") > body.count("(")):
            break
        end -= 1
    return end


def _email(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    behind = text[end:]
    local = re.search(r"[A-Za-z0-9._%+-]*$", text[start:end])
    if not re.match(r"[A-Za-z0-9_]", local.group()):
        return None
    run = re.match(f"[A-Za-z0-9.{LATIN}-]*", behind[1:]).group()
    trimmed = run.rstrip(".-")
    after = behind[1 + len(run) :]
    goes_on = trimmed == run and after and _is_latin_or_mark(after[0])
    if goes_on or not DOMAIN.fullmatch(trimmed):
        return None
    return "emails", start + local.start(), end + 1 + len(trimmed)


def _thing(text: str, start: int, end: int, last: str) -> tuple[str, int, int] | None:
    """What the run of name characters `start` to `end` is or begins."""
    behind = text[end:]
    scheme = re.search(r"[A-Za-z]+$", text[start:end])
    if behind.startswith("://") and scheme and behind[3:] and _is_word(behind[3]):
        return "urls", start + scheme.start(), _url_end(text, end + 3, end + 3)
    if behind.startswith("@"):
        email = _email(text, start, end)
        if email or re.search(f"[A-Za-z0-9{LATIN}]$", text[start:end]):
            return email
    first = start + len(re.match(r"[._%+-]*", text[start:end]).group())
    name = text[first:end].rstrip("._%+-")
    if re.match(r"www\.", text[first:], re.IGNORECASE) and text[first + 4 :] and _is_word(text[first + 4]):
        return "urls", first, _url_end(text, first, max(end, first + 4))
    domain = DOMAIN.fullmatch(name)
    if not domain or last == "@":
        return None
    end_of_file = domain.group(1).lower() in FILES and name.count(".") == 1
    known = _is_top_level(domain.group(1)) and not end_of_file
    if first + len(name) < end:
        return ("urls", first, first + len(name)) if known else None
    following = [c for c in behind[1:2] if _is_word(c)]
    if (
        (behind.startswith("/") and (following or known))
        or (known and behind[:1] in ("?", "#") and following)
        or (known and behind.startswith(":") and unicodedata2.category(behind[1:2] or " ") == "Nd")
    ):
        return "urls", first, _url_end(text, first, end)
    if known and not (behind and _is_latin_or_mark(behind[0])):
        return "urls", first, end
    return None


def _is_neutral(c: str) -> bool:
    """A character of mentions of any script."""
    return c == "_" or unicodedata2.category(c) == "Nd"


def _name_end(text: str, at: int, tag_end: int) -> int:
    """The end of the characters of names; an underscore of a hashtag is none."""
    end = NAME.match(text, at).end()
    underscore = text.find("_", at, min(end, tag_end))
    return end if underscore < 0 else underscore


def replacements(text: str, **wanted: str | bool) -> list[tuple[int, int, str]]:
    """What is replaced: start, end and what comes in its place; hashtags may be "words"."""
    masks = {
        kind: DEFAULT[kind] if mask is True else mask for kind, mask in wanted.items() if mask is not False
    }
    if masks.get("hashtags") == "mask":
        masks["hashtags"] = DEFAULT["hashtags"]
    if wanted.get("hashtags") is True:
        masks["hashtags"] = "words"
    found: list[tuple[int, int, str]] = []
    at, tag_end, last = 0, 0, ""

    def put(kind: str, start: int, end: int) -> str:
        if kind not in masks:
            return text[end - 1]
        found.append((start, end, masks[kind]))
        return masks[kind][-1:] or last

    while at < len(text):
        c = text[at]
        if c == "@":
            first = text[at + 1 : at + 2]
            joined = last == "_" or _ends_word(last)
            if not joined and first and (first == "_" or _is_word(first)):
                name_end = _name_end(text, at + 1, tag_end)
                thing = _thing(text, at + 1, name_end, "")
                if thing and thing[:2] == ("urls", at + 1):
                    last = "@"
                    last, at = put(*thing), thing[2]
                    continue
                letter = text[_run(text, at + 1, _is_neutral) :][:1]
                arabic = bool(letter) and _is_arabic(letter)
                end = _run(
                    text,
                    at + 1,
                    lambda c, arabic=arabic: (
                        _is_neutral(c) or ((_is_word(c) or _is_mark(c)) and _is_arabic(c) == arabic)
                    ),
                )
                last, at = put("mentions", at, end), end
                continue
        elif c == "#":
            start = _run(text, at, lambda c: c == "#")
            end = _run(text, start, lambda c: c in ("_", ZWNJ) or _is_word(c) or _is_mark(c))
            letters = any(_is_word(c) and unicodedata2.category(c) != "Nd" for c in text[start:end])
            tag = text[start : start + 1]
            joined = _ends_word(last) or (last and last in "_-+%@/&=~$")
            joined = joined or (last == "." and bool(re.match(f"[A-Za-z0-9{LATIN}]", tag)))
            joined = joined or (last == ":" and unicodedata2.category(tag or " ") == "Nd")
            link = _thing(text, start, _name_end(text, start, tag_end), "")
            if joined or not letters or tag in EMOJI_ENDS or "hashtags" not in masks:
                last, at = "#", start
            elif masks["hashtags"] == "words":
                found.append((at, start, ""))
                at, tag_end = start, end
            elif link and link[:2] == ("urls", start):
                last = "#"
                last, at = put(*link), link[2]
            else:
                last, at = put("hashtags", at, end), end
            continue
        elif c == "_" and at < tag_end:
            found.append((at, at + 1, " "))
            last, at = " ", at + 1
            continue
        elif re.match(r"[A-Za-z0-9_]", c) or _is_latin(c):
            end = _name_end(text, at, tag_end)
            thing = _thing(text, at, end, last)
            if thing:
                kind, start, thing_end = thing
                if start > at:
                    last = text[start - 1]
                last, at = put(kind, start, thing_end), thing_end
            else:
                last, at = text[end - 1], end
            continue
        last, at = c, at + 1
    return found


def replace(text: str, urls: str | bool = True, emails: str | bool = True, mentions: str | bool = True, hashtags: str | bool = True) -> str:  # fmt: skip
    out, at = [], 0
    for start, end, mask in replacements(
        text, urls=urls, emails=emails, mentions=mentions, hashtags=hashtags
    ):
        out += [text[at:start], mask]
        at = end
    return "".join(out) + text[at:]


def _only(kind: str) -> Callable[..., str]:
    def one(text: str, mask: str | bool = True) -> str:
        return replace(text, **{**dict.fromkeys(DEFAULT, False), kind: mask})

    return one


urls, emails, mentions, hashtags = (_only(kind) for kind in DEFAULT)

# ---- HTML ---------------------------------------------------------------------------------------------------------

ENTITIES = {
    **{"amp": "&", "apos": "'", "bull": "•", "cent": "¢", "copy": "©", "deg": "°", "divide": "÷", "emsp": "\u2003"},
    **{"ensp": "\u2002", "euro": "€", "frac12": "½", "gt": ">", "hearts": "♥", "hellip": "…", "laquo": "«"},
    **{"ldquo": "“", "lrm": "\u200e", "lsaquo": "‹", "lsquo": "‘", "lt": "<", "mdash": "—", "middot": "·"},
    **{"nbsp": "\xa0", "ndash": "–", "para": "¶", "plusmn": "±", "pound": "£", "quot": '"', "raquo": "»"},
    **{"rdquo": "”", "reg": "®", "rlm": "\u200f", "rsaquo": "›", "rsquo": "’", "sect": "§", "shy": "\xad"},
    **{"thinsp": "\u2009", "times": "×", "trade": "™", "zwj": "\u200d", "zwnj": ZWNJ},
}  # fmt: skip
INLINE = [
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "ins",
    "kbd",
    "mark",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "var",
    "wbr",
]
ENTITY = re.compile(r"&(?:#([0-9]{1,9})|#[xX]([0-9a-fA-F]{1,8})|([a-z0-9]+));\Z")
TAG = re.compile(r"<(?:[!?]|/?([A-Za-z][A-Za-z0-9]*))[^<>]*>\Z")


def _decoded(entity: re.Match[str]) -> str | None:
    decimal, hexadecimal, name = entity.groups()
    if name:
        return ENTITIES.get(name)
    number = int(decimal) if decimal else int(hexadecimal, 16)
    if 0x80 <= number <= 0x9F:
        return (
            bytes([number]).decode("cp1252") if number not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(number)
        )
    return "\ufffd" if number == 0 or 0xD800 <= number <= 0xDFFF or number > 0x10FFFF else chr(number)


def html(text: str) -> str:
    # Whatever ends first is taken first; then all over again.
    end = 1
    while end <= len(text):
        head, tail = text[:end], text[end:]
        entity, found = ENTITY.search(head), TAG.search(head)
        if entity and (decoded := _decoded(entity)) is not None:
            text = head[: entity.start()] + decoded + tail
            end = entity.start() + 1
        elif found:
            name = found.group(1)
            space = " " if name and name.lower()[:10] not in INLINE else ""
            text = head[: found.start()] + space + tail
            end = max(1, found.start())
        else:
            end += 1
    return text


# ---- Emoji --------------------------------------------------------------------------------------------------------

# A sample of each kind; the package has all.
PICTURES = "😀👨👩👧👍❤☺✔♂♥⚕\u2b50"
SIGNS = "↔⌨ℹ"
ELEMENT = f"(?:[{PICTURES}\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]|[{SIGNS}](?=\ufe0f))[\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
JOINED = f"[{PICTURES}{SIGNS}\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff][\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
SEQUENCE = re.compile(f"[0-9#*]\ufe0f?\u20e3|{ELEMENT}(?:\u200d{JOINED})*\u200d?")


def emoji(text: str, mode: str = "remove") -> str:
    if mode == "keep":
        return text
    out, at = "", 0
    while at < len(text):
        sequence = SEQUENCE.match(text, at)
        if not sequence:
            out, at = out + text[at], at + 1
            continue
        at = sequence.end()
        if out and _is_word(out[-1]) and text[at:] and _is_word(text[at]):
            out += " "
    return out
