"""Videos, sounds, albums and pins, as both libraries send them to Telegram."""

from typing import Any

from tests.contract.clients import Client
from tests.contract.library_cases import CASES, Scene, case
from tests.support.sandbox_stage import form, picture

__all__ = ["CASES"]

_FILE = b"not really a film"


@case("sendVideo", "sendAnimation", "sendAudio", "sendVoice")
async def every_kind_of_file_is_sent_once_and_known_by_its_id(scene: Scene) -> None:
    for kind in ("video", "animation", "audio", "voice"):
        new = scene.client.file(f"a.{kind}", _FILE)
        sent = await scene.client.call(
            f"send_{kind}", chat_id=scene.chat, caption=kind, **{kind: new}
        )
        known = getattr(sent, kind).file_id
        again = await scene.client.call(f"send_{kind}", chat_id=scene.chat, **{kind: known})
        assert getattr(again, kind).file_unique_id == getattr(sent, kind).file_unique_id
        assert sent.caption == kind
        assert await scene.client.download(known) == _FILE


@case("sendMediaGroup")
async def an_album_shows_known_and_new_files_together(scene: Scene) -> None:
    types = scene.client.types
    photo = scene.client.file("a.png", picture())
    known = (await scene.client.call("send_photo", chat_id=scene.chat, photo=photo)).photo[-1]
    first = types.InputMediaPhoto(media=known.file_id, caption="<b>Lịch</b>", parse_mode="HTML")
    second = types.InputMediaVideo(media=_new(scene.client))
    sent = await scene.client.call("send_media_group", chat_id=scene.chat, media=[first, second])
    assert [message.caption for message in sent] == ["Lịch", None]
    assert sent[0].caption_entities[0].type == "bold"
    assert (sent[0].photo[-1].file_unique_id, sent[1].video.duration) is not None
    groups = {message.media_group_id for message in sent}
    assert len(groups) == 1
    shown = (await scene.stage.messages(scene.chat))[-2:]
    assert [message["media_group_id"] for message in shown] == [groups.pop()] * 2


@case("sendMediaGroup")
async def an_album_is_neither_too_small_nor_too_large(scene: Scene) -> None:
    photo = scene.client.file("a.png", picture())
    known = (await scene.client.call("send_photo", chat_id=scene.chat, photo=photo)).photo[-1]
    one: dict[str, Any] = {"type": "photo", "media": known.file_id}
    for count, refused in ((1, "few"), (2, ""), (10, ""), (11, "many")):
        answer = await scene.stage.api("sendMediaGroup", chat_id=scene.chat, media=[one] * count)
        assert answer.body["ok"] is not bool(refused)
        assert refused in answer.body.get("description", "")


@case("sendMediaGroup")
async def a_document_does_not_go_with_a_picture(scene: Scene) -> None:
    both = [{"type": kind, "media": "x"} for kind in ("photo", "document")]
    answer = await scene.stage.api("sendMediaGroup", chat_id=scene.chat, media=both)
    assert "can't be mixed" in answer.refusal


@case("pinChatMessage", "unpinChatMessage")
async def a_pinned_message_stays_in_view_until_it_is_unpinned(scene: Scene) -> None:
    sent = await scene.client.call("send_message", chat_id=scene.chat, text="Khẩn")
    which = {"chat_id": scene.chat, "message_id": sent.message_id}
    assert await scene.client.call("pin_chat_message", **which, disable_notification=True)
    assert await pinned(scene) == [sent.message_id]
    (*_, said) = await scene.stage.messages(scene.chat)
    assert said["pinned_message"]["text"] == "Khẩn"
    assert await scene.client.call("unpin_chat_message", **which)
    assert await pinned(scene) == []
    assert await scene.client.call("unpin_chat_message", **which)


@case("pinChatMessage")
async def what_is_deleted_is_pinned_no_more(scene: Scene) -> None:
    sent = await scene.client.call("send_message", chat_id=scene.chat, text="Khẩn")
    which = {"chat_id": scene.chat, "message_id": sent.message_id}
    await scene.client.call("pin_chat_message", **which)
    await scene.client.call("delete_message", **which)
    assert await pinned(scene) == []
    answer = await scene.stage.api("pinChatMessage", **which)
    assert answer.refusal == "Bad Request: message to pin not found"


@case("getUpdates")
async def people_send_films_and_sounds_contacts_and_places(scene: Scene) -> None:
    for kind in ("video", "animation", "audio", "voice"):
        await scene.stage.show(scene.chat, form((kind, f"a.{kind}", _FILE)))
    contact = {"phone_number": "0200 555 0100", "first_name": "Hoa"}
    await scene.stage.do(scene.chat, "send", contact=contact)
    await scene.stage.do(scene.chat, "send", location={"latitude": 10.5, "longitude": 106.5})
    await scene.stage.do(scene.chat, "send", sticker="👍")
    updates = await scene.client.call("get_updates")
    said = [update.message for update in updates]
    kinds = ["video", "animation", "audio", "voice", "contact", "location", "sticker"]
    assert [bool(getattr(one, kind)) for one, kind in zip(said, kinds, strict=True)] == [True] * 7
    assert said[-1].sticker.emoji == "👍"


async def pinned(scene: Scene) -> Any:
    return (await scene.stage.get(f"/sandbox/chats/{scene.chat}/pinned")).body


def _new(client: Client) -> Any:
    """A film inside an album; one library wants its bytes where the other wants a file."""
    file = client.file("a.mp4", _FILE)
    return (
        getattr(file, "input_file_content", file) if client.types.__name__ == "telegram" else file
    )
