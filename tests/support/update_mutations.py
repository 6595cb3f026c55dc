"""Updates as messengers send them, and mutations of them that none would send."""

import json
import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from tests.support.paths import SHARED_DATA

SAMPLES = SHARED_DATA / "telegram/teloxide_samples.jsonl"
_DATE = 1_773_200_000
_FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 9}
_SIZE = _FILE | {"width": 9, "height": 9}
_CHANNEL = {"id": -1001, "type": "channel", "title": "Kênh", "username": "kenh"}
_ORIGINS: list[dict[str, Any]] = [
    {"type": "hidden_user", "date": _DATE, "sender_user_name": "Ai Đó"},
    {"type": "channel", "date": _DATE, "message_id": 5, "chat": _CHANNEL},
]
_TEXT = "🌱 Xem https://lua-dao.example/a?b=1 ngay 👩‍👩‍👧, hạn 15/03/2026, gọi 0912 345 678"
_ENTITIES = [
    {"type": "bold", "offset": 3, "length": 3},
    {"type": "url", "offset": 7, "length": 28},
    {"type": "text_link", "offset": 36, "length": 4, "url": "https://an.example/"},
    {"type": "text_mention", "offset": 41, "length": 2, "user": {"id": 9, "first_name": "Tư"}},
]
_RICH = {
    "blocks": [
        {"type": "heading", "size": 1, "text": "Cảnh báo"},
        {"type": "paragraph", "text": ["a ", {"type": "bold", "text": ["b", {"type": "code"}]}]},
        {"type": "photo", "photo": [_SIZE], "caption": {"text": "c", "credit": "d"}},
        {"type": "table", "cells": [[{"text": "e"}, {}]]},
        {"type": "list", "items": [{"label": "1", "blocks": [{"type": "footer", "text": "f"}]}]},
    ]
}
_CONTENTS: list[dict[str, Any]] = [
    *({"text": text} for text in ("/start", "/trogiup", "/hoi ngày nào bầu cử?", "/baotin tin")),
    *({"text": text} for text in ("/dulieu", "/soan", "/choxuly", "/lich", "/loimoi", "/huy", "1")),
    *({"text": text} for text in ("/thongke", "/nhatky", "/hoivien Lan", "/caidat", "/tracuu a")),
    {"text": _TEXT, "entities": _ENTITIES},
    *({"text": _TEXT, "entities": _ENTITIES, "forward_origin": one} for one in _ORIGINS),
    {"text": "thật không?", "reply_to_message": {"message_id": 3, "date": _DATE, "text": _TEXT}},
    {"photo": [_SIZE, _SIZE], "caption": _TEXT, "caption_entities": _ENTITIES},
    {"photo": [_SIZE], "media_group_id": "99", "forward_origin": _ORIGINS[1]},
    {"document": _FILE | {"file_name": "ảnh.png", "mime_type": "image/png"}},
    {"video": _SIZE | {"duration": 9, "file_name": "a.mp4"}},
    {"voice": _FILE | {"duration": 9}},
    {"sticker": _SIZE | {"type": "regular", "is_animated": False, "is_video": False}},
    {"contact": {"phone_number": "0912", "first_name": "Lan", "user_id": 9}},
    {"location": {"latitude": 10.0, "longitude": 106.0}},
    {"poll": {"id": "1", "question": "Ai?", "options": [{"text": "a", "voter_count": 1}]}},
    *({"rich_message": _RICH, **more} for more in ({}, {"forward_origin": _ORIGINS[0]})),
    {"giveaway": {"chats": [_CHANNEL], "winners_selection_date": _DATE, "winner_count": 1}},
    {"invoice": {"title": "a", "description": "b", "currency": "VND", "total_amount": 5}},
    {"pinned_message": {"message_id": 3, "date": _DATE, "text": "a"}},
]
_ACTIONS = (
    *(
        "menu:0",
        "read:1",
        "readpage:0",
        "queue:0",
        "flag-this:x",
        "flag-send:x",
        "proof:1",
        "cancel",
    ),
    *("share:1", "myshare:1", "cat:scam", "case:ABC", "invite-new", "/trogiup", "lang:en", "x:1:2"),
)
_WEIRD: list[Any] = [
    *(None, True, False, 0, -1, 2**31, 2**53 + 1, 2**63, -(2**63) - 1, 10**20, 10**400, 0.5, 1e308),
    *(float("nan"), float("inf"), "", " ", "0", "-1", "x" * 5000, "đ" * 70_000, "\0", "a\0b"),
    *("\ud83d", "\udf31", "\ue000", "\U000f0000", "\uffff", "\u202e", "\u200b" * 99, "🌱" * 999),
    *("<b>", "&#0;", "{$name}", "%s", "'; --", "https://" + "a" * 999, "javascript:alert(1)"),
    *([], {}, [[]], [None], {"": {}}, {"id": 7}, [{"type": "bold", "offset": 1, "length": 1}]),
]


def samples(person: int) -> list[dict[str, Any]]:
    """One update of each kind, as this person would send it in the chat with the bot."""
    who = {"id": person, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
    chat = {"id": person, "type": "private", "first_name": "Lan"}
    place = {"message_id": 5, "date": _DATE, "from": who, "chat": chat}
    bot = {"user": {"id": 1, "is_bot": True, "first_name": "bot"}, "status": "member"}
    gone = bot | {"status": "kicked", "until_date": 0}
    asked = {"id": "9", "from": who, "chat_instance": "1", "message": place | {"text": "?"}}
    return [
        *({"message": place | content} for content in _CONTENTS),
        *({"callback_query": asked | {"data": action}} for action in _ACTIONS),
        {"edited_message": place | {"text": "a", "edit_date": _DATE}},
        {"inline_query": {"id": "9", "from": who, "query": "bầu cử", "offset": ""}},
        *(
            {"my_chat_member": place | {"old_chat_member": old, "new_chat_member": new}}
            for old, new in ((bot, gone), (gone, bot))
        ),
        *_recorded(who, chat),
    ]


def _recorded(who: dict[str, Any], chat: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Recorded updates with this person as their sender; none without the folder."""
    if not SAMPLES.exists():
        return
    for line in SAMPLES.read_text("utf-8").splitlines():
        raw = json.loads(line)["json"]
        update = raw if "update_id" in raw else {"message": raw}
        for content in update.values():
            if isinstance(content, dict):
                content.update({"from": who, **({"chat": chat} if "chat" in content else {})})
        yield update


def zalo_samples(person: str) -> list[dict[str, Any]]:
    """The same for Zalo."""
    place = {
        "from": {"id": person, "display_name": "Lan", "is_bot": False},
        "chat": {"id": person, "chat_type": "PRIVATE"},
        "message_id": "2d758cb5e222177a4e35",
        "date": 1750316131602,
    }
    contents: dict[str, dict[str, Any]] = {
        "text": {"text": _TEXT},
        "image": {"photo": "http://127.0.0.1:9/a.jpg", "caption": "a"},
        "sticker": {"sticker": "s", "url": "https://zalo.example/s"},
        "link": {"text": "https://an.example/"},
    }
    return [
        {"event_name": f"message.{kind}.received", "message": place | content}
        for kind, content in contents.items()
    ]


def oa_samples(person: str) -> list[dict[str, Any]]:
    """The same for an Official Account."""
    address = {"url": "http://127.0.0.1:9/a.jpg"}
    contents: dict[str, dict[str, Any]] = {
        "text": {"text": _TEXT, "quote_msg_id": "5a0b7c61e2f4"},
        "image": {"text": "a", "attachments": [{"type": "image", "payload": address}]},
        "file": {
            "attachments": [
                {"type": "file", "payload": address | {"size": "9", "name": "ảnh.png"}},
            ]
        },
        "link": {"text": "", "attachments": [{"type": "link", "payload": address}]},
        "sticker": {"attachments": [{"type": "sticker", "payload": {"id": "1"}}]},
    }
    common = {"app_id": "1618033988749894848", "timestamp": str(_DATE * 1000)}
    return [
        *(
            {
                **common,
                "event_name": f"user_send_{kind}",
                "sender": {"id": person},
                "message": {"msg_id": "96d3aa41bb720c"} | content,
            }
            for kind, content in contents.items()
        ),
        *(
            {**common, "event_name": name, "follower": {"id": person}}
            for name in ("follow", "unfollow", "user_withdraw", "permission_revoked")
        ),
    ]


class Mutator:
    """Mutated request bodies, reproducible by their seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def body(self, known: list[dict[str, Any]], number: int) -> bytes:
        """One of the known updates with up to three changes, numbered."""
        update = deepcopy(self._chance.choice(known))
        update["update_id"] = number
        if "message" in update and "event_name" in update:
            update["message"] |= {"message_id": str(number), "msg_id": str(number)}
        for _ in range(self._chance.randint(1, 3)):
            self._change(update)
        return self._encoded(update)

    def _change(self, update: dict[str, Any]) -> None:
        places = list(_places(update))
        inside, key = self._chance.choice(places)
        self._chance.choice(self._changes)(self, inside, key, places)

    def _replace(self, inside: Any, key: Any, _: Any) -> None:
        inside[key] = deepcopy(self._chance.choice(_WEIRD))

    def _remove(self, inside: Any, key: Any, _: Any) -> None:
        del inside[key]

    def _nest(self, inside: Any, key: Any, _: Any) -> None:
        value = inside[key]
        for _level in range(self._chance.choice((1, 2, 50, 400))):
            value = [value] if self._chance.random() < 0.5 else {"text": value}
        inside[key] = value

    def _retype(self, inside: Any, key: Any, _: Any) -> None:
        value = inside[key]
        inside[key] = len(value) if isinstance(value, str | list | dict) else str(value)

    def _swap(self, inside: Any, key: Any, places: Any) -> None:
        other, there = self._chance.choice(places)
        inside[key], other[there] = deepcopy(other[there]), deepcopy(inside[key])

    def _repeat(self, inside: Any, key: Any, _: Any) -> None:
        value = inside[key]
        inside[key] = value * 200 if isinstance(value, str | list) else [deepcopy(value)] * 200

    def _shift(self, inside: Any, key: Any, _: Any) -> None:
        value = inside[key]
        is_number = isinstance(value, int) and not isinstance(value, bool)
        inside[key] = value + self._chance.choice((-(10**6), -1, 1, 10**12)) if is_number else -1

    _changes: tuple[Callable[..., None], ...] = (
        *(_replace, _replace, _replace, _remove, _nest, _retype, _swap, _repeat, _shift),
    )

    def _encoded(self, update: dict[str, Any]) -> bytes:
        text = json.dumps(update)
        match self._chance.randint(0, 99):
            case 0:
                return text.encode()[: self._chance.randint(0, len(text))]
            case 1:
                return text.encode("utf-16")
            case 2:
                return text.encode().replace(b'"', b"\xff", 1)
            case 3:
                return text.encode() + text.encode()
            case _:
                return text.encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON value, as what it is in and its key or index there."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(items):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)
