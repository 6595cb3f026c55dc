"""Detects commands, addresses, emails, mentions and hashtags in a text, as Telegram does."""

import re
from collections.abc import Iterator

from bot.sandbox.content.entities import Formatted, sort, utf16_length
from bot.sandbox.transport import JsonObject

_COUNTRIES = (
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs "
    "bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee "
    "eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm "
    "hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb "
    "lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz "
    "na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs "
    "ru rw sa sb sc sd se sg sh si sk sl sm sn so sr st su sv sx sy sz tc td tf tg th tj tk tl tm "
    "tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
_GENERIC = (
    "com net org info biz edu gov mil int name pro mobi asia app blog cc cam click cloud club dev "
    "fun fyi games global guru help host icu ink lat life link live lol love ltd media monster "
    "news one online page party pics pink plus press pub quest rest run sale sbs shop site skin "
    "social space store studio support team tech tel tips today tools top tube uno video vip wiki "
    "win work state wtf xyz zone"
)
_TLD = "|".join(sorted((_COUNTRIES + " " + _GENERIC).split(), key=len, reverse=True))
_TAIL = r"(?::\d{2,5})?(?:[/?#][^\s<>\"]*)?"

_PATTERNS = {
    "url": re.compile(
        r"(?<![\w@.\-/])(?:(?:https?|tg|ton)://[^\s<>\"/?#]+\.[^\s<>\"/?#]+(?:[/?#][^\s<>\"]*)?"
        rf"|(?:[\w\-]+\.)+(?:{_TLD})(?![\w\-@]|\.\w){_TAIL})",
        re.IGNORECASE,
    ),
    "email": re.compile(r"(?<![\w.+\-])[\w.+\-]+@[a-z0-9\-]+(?:\.[a-z0-9\-]+)+", re.IGNORECASE),
    "bot_command": re.compile(
        r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"
    ),
    "mention": re.compile(r"(?<![\w@.])@[A-Za-z]\w{3,31}(?!\w)", re.ASCII),
    "hashtag": re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}"),
}
_MAY_HOLD_SOMETHING = re.compile(r"[./@#]")
_TRAILING = ".,;:!?'\"”’»…)]}"
_OPAQUE = {"pre", "code", "text_link", "text_mention"}


def with_detected(formatted: Formatted) -> Formatted:
    """The text with detected entities added to those it has."""
    text, entities = formatted
    if not _MAY_HOLD_SOMETHING.search(text):
        return formatted
    closed = [_span(entity) for entity in entities if entity["type"] in _OPAQUE]
    found = [entity for entity in _found(text) if not _meets(_span(entity), closed)]
    return (text, sort([*entities, *found])) if found else formatted


def urls_in(text: str) -> list[JsonObject]:
    """The entities of the addresses in a text: what Zalo's apps make links of."""
    return [entity for entity in _found(text) if entity["type"] == "url"]


def _found(text: str) -> list[JsonObject]:
    taken: list[tuple[int, int]] = []
    entities: list[JsonObject] = []
    for kind, pattern in _PATTERNS.items():
        for begin, end in _matches(kind, pattern, text):
            if not _meets((begin, end), taken):
                taken.append((begin, end))
                entities.append(_entity(kind, text, begin, end))
    return entities


def _matches(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        whole = match.group()
        kept = _without_trailing(whole) if kind == "url" else whole
        yield match.start(), match.start() + len(kept)


def _without_trailing(url: str) -> str:
    """The address without punctuation or an unmatched bracket that ends the sentence."""
    while url[-1] in _TRAILING and not (url[-1] == ")" and url.count("(") >= url.count(")")):
        url = url[:-1]
    return url


def _entity(kind: str, text: str, begin: int, end: int) -> JsonObject:
    return {
        "type": kind,
        "offset": utf16_length(text[:begin]),
        "length": utf16_length(text[begin:end]),
    }


def _span(entity: JsonObject) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def _meets(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and begin < span[1] for begin, end in others)
