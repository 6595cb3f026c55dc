"""Videos, sounds, albums and pins, as both libraries send them to Telegram."""

from typing import Any

from tests.contract.clients import Client
from tests.contract.library_cases import CASES, CaseContext, case
from tests.support.sandbox_server import form, picture

__all__ = ["CASES"]

_FILE = b"not really a film"


@case("sendVideo", "sendAnimation", "sendAudio", "sendVoice")
async def every_kind_of_file_is_sent_once_and_known_by_its_id(context: CaseContext) -> None:
    for kind in ("video", "animation", "audio", "voice"):
        new = context.client.file(f"a.{kind}", _FILE)
        sent = await context.client.call(
            f"send_{kind}", chat_id=context.chat, caption=kind, **{kind: new}
        )
        known = getattr(sent, kind).file_id
        again = await context.client.call(f"send_{kind}", chat_id=context.chat, **{kind: known})
        assert getattr(again, kind).file_unique_id == getattr(sent, kind).file_unique_id
        assert sent.caption == kind
        assert await context.client.download(known) == _FILE


@case("sendMediaGroup")
async def an_album_shows_known_and_new_files_together(context: CaseContext) -> None:
    types = context.client.types
    photo = context.client.file("a.png", picture())
    known = (await context.client.call("send_photo", chat_id=context.chat, photo=photo)).photo[-1]
    first = types.InputMediaPhoto(media=known.file_id, caption="<b>Lịch</b>", parse_mode="HTML")
    second = types.InputMediaVideo(media=_new(context.client))
    sent = await context.client.call(
        "send_media_group", chat_id=context.chat, media=[first, second]
    )
    assert [message.caption for message in sent] == ["Lịch", None]
    assert sent[0].caption_entities[0].type == "bold"
    assert (sent[0].photo[-1].file_unique_id, sent[1].video.duration) is not None
    groups = {message.media_group_id for message in sent}
    assert len(groups) == 1
    shown = (await context.sandbox.messages(context.chat))[-2:]
    assert [message["media_group_id"] for message in shown] == [groups.pop()] * 2


@case("sendMediaGroup")
async def an_album_is_neither_too_small_nor_too_large(context: CaseContext) -> None:
    photo = context.client.file("a.png", picture())
    known = (await context.client.call("send_photo", chat_id=context.chat, photo=photo)).photo[-1]
    one: dict[str, Any] = {"type": "photo", "media": known.file_id}
    for count, refused in ((1, "few"), (2, ""), (10, ""), (11, "many")):
        answer = await context.sandbox.api(
            "sendMediaGroup", chat_id=context.chat, media=[one] * count
        )
        assert answer.body["ok"] is not bool(refused)
        assert refused in answer.body.get("description", "")


@case("sendMediaGroup")
async def a_document_does_not_go_with_a_picture(context: CaseContext) -> None:
    both = [{"type": kind, "media": "x"} for kind in ("photo", "document")]
    answer = await context.sandbox.api("sendMediaGroup", chat_id=context.chat, media=both)
    assert "can't be mixed" in answer.refusal


@case("pinChatMessage", "unpinChatMessage")
async def a_pinned_message_stays_in_view_until_it_is_unpinned(context: CaseContext) -> None:
    sent = await context.client.call("send_message", chat_id=context.chat, text="Khẩn")
    which = {"chat_id": context.chat, "message_id": sent.message_id}
    assert await context.client.call("pin_chat_message", **which, disable_notification=True)
    assert await pinned(context) == [sent.message_id]
    (*_, said) = await context.sandbox.messages(context.chat)
    assert said["pinned_message"]["text"] == "Khẩn"
    assert await context.client.call("unpin_chat_message", **which)
    assert await pinned(context) == []
    assert await context.client.call("unpin_chat_message", **which)


@case("pinChatMessage")
async def what_is_deleted_is_pinned_no_more(context: CaseContext) -> None:
    sent = await context.client.call("send_message", chat_id=context.chat, text="Khẩn")
    which = {"chat_id": context.chat, "message_id": sent.message_id}
    await context.client.call("pin_chat_message", **which)
    await context.client.call("delete_message", **which)
    assert await pinned(context) == []
    answer = await context.sandbox.api("pinChatMessage", **which)
    assert answer.refusal == "Bad Request: message to pin not found"


@case("getUpdates")
async def people_send_films_and_sounds_contacts_and_places(context: CaseContext) -> None:
    for kind in ("video", "animation", "audio", "voice"):
        await context.sandbox.show(context.chat, form((kind, f"a.{kind}", _FILE)))
    contact = {"phone_number": "0200 555 0100", "first_name": "Hoa"}
    await context.sandbox.do(context.chat, "send", contact=contact)
    await context.sandbox.do(context.chat, "send", location={"latitude": 10.5, "longitude": 106.5})
    await context.sandbox.do(context.chat, "send", sticker="👍")
    updates = await context.client.call("get_updates")
    said = [update.message for update in updates]
    kinds = ["video", "animation", "audio", "voice", "contact", "location", "sticker"]
    assert [bool(getattr(one, kind)) for one, kind in zip(said, kinds, strict=True)] == [True] * 7
    assert said[-1].sticker.emoji == "👍"


async def pinned(context: CaseContext) -> Any:
    return (await context.sandbox.get(f"/sandbox/chats/{context.chat}/pinned")).body


def _new(client: Client) -> Any:
    """A film inside an album; one library wants its bytes where the other wants a file."""
    file = client.file("a.mp4", _FILE)
    return (
        getattr(file, "input_file_content", file) if client.types.__name__ == "telegram" else file
    )
