"""Whatever a person sends or forwards is heard, and answered; what the app says by itself is not."""

import types
from datetime import datetime, timedelta
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from aiogram.enums import ContentType
from aiogram.types import Message
from aiogram.types.base import TelegramObject
from pydantic.fields import FieldInfo

from bot.telegram import updates
from handlers.messages import Incoming, MediaKind, Quoted, Reply, UpdateKind
from tests.support import ClubInATest, ManualClock, Phone

CLOCK = ManualClock()
LAN = {"id": 7, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
CHAT = {"id": 7, "type": "private", "first_name": "Lan"}
CHANNEL = {
    "type": "channel",
    "date": 5,
    "message_id": 5,
    "chat": {"id": -1666, "type": "channel", "title": "Kênh Lạ"},
}
Message.model_rebuild()  # its fields are looked at before any message is read
KINDS = [kind for kind in ContentType if kind is not ContentType.ANY]
BY_PERSONS = {
    *("unknown", "text", "animation", "audio", "document", "live_photo", "paid_media", "photo"),
    *("sticker", "story", "video", "video_note", "voice", "checklist", "contact", "dice", "game"),
    *("poll", "venue", "location", "invoice", "giveaway", "giveaway_winners", "rich_message"),
}


def least(kind: object) -> Any:
    """The smallest value of a field's type, as JSON."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType, Annotated):
        return least(next(one for one in inner if one is not type(None)))
    if origin is list:
        return [least(inner[0])]
    if origin is Literal:
        return inner[0]
    if isinstance(kind, type) and issubclass(kind, TelegramObject):
        kind.model_rebuild()
        return {
            field.alias or name: field.default
            if isinstance(field.default, str)
            else least_of(field)
            for name, field in kind.model_fields.items()
            if field.is_required() or isinstance(field.default, str)
        }
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind)).value
    return {str: "chữ", int: 1, float: 1.0, bool: True, datetime: 5, timedelta: 5}[kind]  # type: ignore[index]


def least_of(field: FieldInfo) -> Any:
    return least(field.annotation)


def content_of(kind: ContentType) -> dict[str, Any]:
    match kind:
        case ContentType.UNKNOWN:
            return {"hologram": {"of": "another release"}}
        case ContentType.RICH_MESSAGE:
            return {"rich_message": {"blocks": [{"type": "paragraph", "text": "tin nóng"}]}}
        case ContentType.LIVE_PHOTO:
            photo = least_of(Message.model_fields["photo"])
            return {"photo": photo, "live_photo": least_of(Message.model_fields["live_photo"])}
        case _:
            return {kind.value: least_of(Message.model_fields[kind.value])}


def message(**fields: object) -> dict[str, Any]:
    return {"message_id": 5, "date": 1_773_200_000, "from": LAN, "chat": CHAT, **fields}


def read(raw: dict[str, Any], kind: str = "message") -> Incoming | None:
    return updates.read({"update_id": 17, kind: raw}, CLOCK)


def heard(**fields: object) -> Incoming:
    incoming = read(message(**fields))
    assert incoming is not None
    return incoming


@pytest.mark.parametrize("forward", [{}, {"forward_origin": CHANNEL}], ids=["own", "forwarded"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_content_is_heard_unless_the_app_says_it_by_itself(
    kind: ContentType, forward: dict[str, Any]
) -> None:
    incoming = read(message(**content_of(kind), **forward))
    if kind.value not in BY_PERSONS and not forward:
        assert incoming is None
        return
    assert incoming is not None
    assert incoming.forwarded is bool(forward)
    assert incoming.text or incoming.media or incoming.unsupported


@pytest.mark.parametrize("forward", [{}, {"forward_origin": CHANNEL}], ids=["own", "forwarded"])
@pytest.mark.parametrize("role", ["stranger", "member", "officer"])
async def test_nobody_is_met_with_silence_whatever_they_send(
    club: ClubInATest, role: str, forward: dict[str, Any]
) -> None:
    for kind in sorted(BY_PERSONS):
        who = await somebody(club, role)
        answer = await says(club, who, content_of(ContentType(kind)) | forward)
        assert any(isinstance(one, Reply) and one.message for one in answer), kind


async def somebody(club: ClubInATest, role: str) -> Phone:
    if role == "stranger":
        return club.stranger("Lan")
    return await (club.officer("Lan") if role == "officer" else club.member("Lan"))


async def says(club: ClubInATest, who: Phone, content: dict[str, Any]) -> list[Any]:
    chat = int(who.address.chat)
    own = message(**content) | {"from": LAN | {"id": chat}, "chat": CHAT | {"id": chat}}
    incoming = read(own)
    assert incoming is not None
    return list(await club.handle(incoming))


def test_an_older_servers_poll_is_something_that_cannot_be_read() -> None:
    poll = {"id": "1", "question": "Ai?", "options": [{"text": "a", "voter_count": 0}]}
    incoming = heard(poll=poll, forward_origin=CHANNEL)
    assert incoming.unsupported
    assert (incoming.forwarded, incoming.sender.chat, incoming.name) == (True, "7", "Lan")


async def test_what_cannot_be_read_is_said_with_what_to_do(club: ClubInATest) -> None:
    member = await club.member("Lan")
    for kind in (ContentType.GIVEAWAY, ContentType.INVOICE, ContentType.POLL, ContentType.UNKNOWN):
        (answer,) = await says(club, member, content_of(kind) | {"forward_origin": CHANNEL})
        assert "gõ lại bằng chữ" in answer.message.text


async def test_who_edits_a_message_hears_that_it_has_to_be_sent_anew(club: ClubInATest) -> None:
    incoming = read(message(text="/xoadulieu", edit_date=1_773_200_009), "edited_message")
    assert incoming is not None
    assert incoming.kind is UpdateKind.EDITED
    assert not club.conversation.always_obeys(incoming)
    (answer,) = await club.handle(incoming)
    assert isinstance(answer, Reply)
    assert answer.message
    assert "gửi lại thành một tin mới" in answer.message.text


@pytest.mark.parametrize(
    "changed",
    [
        {"location": {"latitude": 10.0, "longitude": 106.0}, "edit_date": 9},
        {"text": "chào"},
        {"pinned_message": message(text="a"), "edit_date": 9},
    ],
)
def test_what_changed_by_itself_is_no_edit(changed: dict[str, Any]) -> None:
    assert read(message(**changed), "edited_message") is None


def test_edits_are_asked_for() -> None:
    assert "edited_message" in updates.WANTED


# ---- rich messages ----------------------------------------------------------------------------

RICH = {
    "blocks": [
        {"type": "heading", "size": 1, "text": "Cảnh báo 🌱"},
        {
            "type": "paragraph",
            "text": [
                "Xem ",
                {"type": "bold", "text": ["ngay ", {"type": "italic", "text": "kẻo lỡ"}]},
                " tại ",
                {"type": "url", "text": "đây", "url": "https://lua-dao.example/a"},
                {"type": "text_mention", "text": "Bà Tư", "user": {"id": 666, "first_name": "Kẻ"}},
            ],
        },
        {"type": "divider"},
        {
            "type": "list",
            "items": [
                {"label": "1.", "blocks": [{"type": "paragraph", "text": "một"}]},
                {"label": "2.", "blocks": [{"type": "paragraph", "text": "hai"}]},
            ],
        },
        {"type": "table", "cells": [[{"text": "ngày"}, {"text": "15-3"}], [{}, {"text": "16-3"}]]},
        {"type": "details", "summary": "Thêm", "blocks": [{"type": "footer", "text": "hết"}]},
        {"type": "hologram", "text": "của bản sau", "blocks": "không phải danh sách"},
    ]
}
WORDS = "Cảnh báo 🌱\nXem ngay kẻo lỡ tại đâyBà Tư\nmột\nhai\nngày 15-3 \n 16-3 \nThêm\nhết\ncủa bản sau\n"


def test_the_words_of_a_rich_message_are_a_post_with_its_formatting_and_links() -> None:
    incoming = heard(rich_message=RICH, forward_origin=CHANNEL)
    assert (incoming.text, incoming.links) == (WORDS, ("https://lua-dao.example/a",))
    assert "<b>ngay <i>kẻo lỡ</i></b> tại <a" in incoming.html
    assert (incoming.forwarded, incoming.unsupported, incoming.media) == (True, "", None)
    assert "666" not in str(vars(incoming))


def test_the_first_picture_of_a_rich_message_comes_with_its_words() -> None:
    sizes = [
        {"file_id": name, "file_unique_id": name, "width": 9, "height": 9} for name in ("s", "l")
    ]
    taken = {"text": "ở chợ", "credit": "Ảnh: Kẻ Lạ"}
    photo = {"type": "photo", "photo": sizes, "caption": taken}
    blocks = [{"type": "collage", "blocks": [photo]}, {"type": "paragraph", "text": "tin"}]
    incoming = heard(rich_message={"blocks": blocks})
    assert incoming.media is not None
    assert (incoming.media.kind, incoming.media.file) == (MediaKind.PHOTO, "l")
    assert incoming.text == "ở chợ\ntin\n"


@pytest.mark.parametrize("empty", [{}, {"blocks": []}, {"blocks": [{"type": "divider"}]}, 7, "x"])
def test_a_rich_message_without_words_is_something_that_cannot_be_read(empty: object) -> None:
    assert heard(rich_message=empty).unsupported


def test_a_rich_message_that_is_answered_is_quoted_by_its_words() -> None:
    post = message(message_id=4, rich_message=RICH, forward_origin=CHANNEL)
    incoming = heard(text="thật không?", reply_to_message=post)
    assert incoming.quoted == Quoted(WORDS, ("https://lua-dao.example/a",))


async def test_a_member_who_forwards_a_rich_message_is_asked_whether_to_send_it_to_be_checked(
    club: ClubInATest,
) -> None:
    member = await club.member("Lan")
    (answer,) = await says(club, member, {"rich_message": RICH, "forward_origin": CHANNEL})
    assert "Gửi câu lạc bộ kiểm tra" in answer.message.text
