"""Answers reach the person who waits for them, and none of them twice."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from io import BytesIO

import pytest
from PIL import ExifTags, Image
from structlog.testing import capture_logs

from bot.replies.sender import ReplySender
from bot.workers.media_tasks import MediaTasks
from handlers.conversation import Html
from handlers.messages import (
    PICTURE_LIMIT,
    Address,
    Album,
    ButtonPress,
    DeliveryUncertain,
    Incoming,
    InlineSearch,
    Media,
    MediaKind,
    MenuChange,
    Message,
    MessengerError,
    RateLimited,
    RecipientGone,
    Refused,
    Reply,
    ServerError,
    Suggestion,
    Suggestions,
    TemporarilyRejected,
    Unreachable,
    UpdateKind,
)
from handlers.registry import conversation
from handlers.rendering.file_form import FileForm
from handlers.worker_tasks import Args, Cause, T, WorkerFailed
from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import PaceSettings
from storage.models import Role
from tests.support import SETTINGS, InlineWorkers
from tests.support.recording_messenger import RecordingMessenger

LAN = Address("telegram", "7")
TYPED = Incoming("1", LAN, UpdateKind.MESSAGE, datetime(2026, 3, 11, tzinfo=UTC), text="chào")


def made(form: str, **more: object) -> bytes:
    encoded = BytesIO()
    Image.new("RGB", (64, 48), "red").save(encoded, form, **more)
    return encoded.getvalue()


PRESSED = Incoming("1", LAN, UpdateKind.PRESS, TYPED.at, press=ButtonPress("q", "go", "5"))


class Counting(InlineWorkers):
    """Notes what was computed; fails as a test tells it to."""

    def __init__(self) -> None:
        self.tasks: list[object] = []
        self.failure: Exception | None = None

    async def run(self, task: Callable[[*Args], T], *args: *Args) -> T:
        self.tasks.append(task)
        if self.failure:
            raise self.failure
        return await super().run(task, *args)


@pytest.fixture
def workers() -> Counting:
    return Counting()


@pytest.fixture
def messenger() -> RecordingMessenger:
    return RecordingMessenger()


@pytest.fixture
def pace() -> RateLimiter:
    return RateLimiter(PaceSettings(per_second=500, per_chat_s=0.01), time.monotonic)


@pytest.fixture
def sender(messenger: RecordingMessenger, pace: RateLimiter, workers: Counting) -> ReplySender:
    return ReplySender(messenger, pace, conversation(SETTINGS), MediaTasks(workers, [messenger]))


async def test_a_button_is_answered_before_anything_else(
    sender: ReplySender, messenger: RecordingMessenger
) -> None:
    await sender.send(PRESSED, [Reply(Message("mới"), toast="đã ghi", alert=True)])
    assert messenger.done == [("acknowledge", "q", "đã ghi", "alert"), ("send", "7", "mới")]


async def test_a_button_is_answered_even_when_there_is_nothing_to_say(
    sender: ReplySender, messenger: RecordingMessenger
) -> None:
    await sender.send(PRESSED, [])
    assert messenger.done == [("acknowledge", "q", "")]


async def test_an_edit_is_made_at_once_while_429s_of_other_chats_halt_the_account(
    sender: ReplySender, messenger: RecordingMessenger, pace: RateLimiter
) -> None:
    pace.halt(3600)
    await sender.send(PRESSED, [Reply(Message("tạm dừng"), replaces="5", toast="Đã tạm dừng")])
    assert messenger.done == [
        ("acknowledge", "q", "Đã tạm dừng"),
        ("edit", "7", "5", "tạm dừng"),
    ]


@pytest.mark.parametrize("halts_the_chat", [False, True])
async def test_an_edit_that_is_refused_meanwhile_waits_as_all_do_and_so_do_those_after_it(
    sender: ReplySender, messenger: RecordingMessenger, pace: RateLimiter, halts_the_chat: bool
) -> None:
    pace.halt(0.2)
    if halts_the_chat:
        pace.record_refusal(LAN.chat, 0.2)
    else:
        messenger.trouble["edit"] = [RateLimited(0.2)]
    for text in ("một", "hai"):
        await sender.send(TYPED, [Reply(Message(text), replaces="5")])
    assert messenger.tried.count("edit") == (2 if halts_the_chat else 3)
    assert [text for *_, text in messenger.done] == ["một", "hai"]


async def test_a_replaced_message_is_edited(
    sender: ReplySender, messenger: RecordingMessenger
) -> None:
    await sender.send(TYPED, [Reply(Message("mới"), replaces="5")])
    assert messenger.done == [("edit", "7", "5", "mới")]


async def test_what_cannot_be_edited_any_more_comes_as_a_new_message(
    sender: ReplySender, messenger: RecordingMessenger
) -> None:
    messenger.trouble["edit"] = [Refused("message can't be edited")]
    await sender.send(TYPED, [Reply(Message("mới"), replaces="5")])
    assert messenger.done == [("send", "7", "mới")]


@pytest.mark.parametrize("trouble", [Unreachable("dns"), ServerError("502"), RateLimited(0.01)])
async def test_what_certainly_did_not_arrive_is_sent_again(
    sender: ReplySender, messenger: RecordingMessenger, trouble: MessengerError
) -> None:
    messenger.trouble["send"] = [trouble]
    await sender.send(TYPED, [Reply(Message("một"))])
    assert messenger.texts_to("7") == ["một"]


async def test_an_album_that_arrived_is_not_sent_again_with_the_text_that_did_not(
    sender: ReplySender, messenger: RecordingMessenger, monkeypatch: pytest.MonkeyPatch
) -> None:
    send, refusals = messenger.send, [RateLimited(0.01)]

    async def refuse_the_text_once(to: Address, message: Message) -> list[str]:
        if message.text and refusals:
            raise refusals.pop()
        return await send(to, message)

    monkeypatch.setattr(messenger, "send", refuse_the_text_once)
    pictures = (Media(MediaKind.PHOTO, "a", "a"), Media(MediaKind.PHOTO, "b", "b"))
    await sender.send(TYPED, [Reply(Message(Html("Xem trước"), album=Album(pictures)))])
    assert messenger.texts_to(LAN.chat) == ["", "Xem trước"]


@pytest.mark.parametrize("method", ["send", "acknowledge", "menu"])
async def test_a_refusal_in_one_chat_holds_up_nobody_else(
    sender: ReplySender, messenger: RecordingMessenger, pace: RateLimiter, method: str
) -> None:
    messenger.trouble[method] = [RateLimited(0.01)]
    with capture_logs() as logs:
        await sender.send(PRESSED, [Reply(Message("một")), MenuChange(Role.OFFICER, "vi")])
    assert [line["event"] for line in logs] == ["rate limited by the messenger"]
    assert messenger.texts_to("7") == ["một"]
    assert pace.adaptive_rate == 500


@pytest.mark.parametrize(
    "trouble", [DeliveryUncertain("reset"), RecipientGone("blocked"), TemporarilyRejected("")]
)
async def test_what_may_have_arrived_or_cannot_is_not_sent_again(
    sender: ReplySender, messenger: RecordingMessenger, trouble: MessengerError
) -> None:
    messenger.trouble["send"] = [trouble]
    await sender.send(TYPED, [Reply(Message("một")), Reply(Message("hai"))])
    assert messenger.tried == ["send", "send"]
    assert messenger.texts_to("7") == ["hai"]


async def test_an_edit_of_unknown_fate_is_not_sent_as_a_new_message(
    sender: ReplySender, messenger: RecordingMessenger
) -> None:
    messenger.trouble["edit"] = [DeliveryUncertain("reset")]
    await sender.send(TYPED, [Reply(Message("mới"), replaces="5")])
    assert messenger.tried == ["edit"]


async def test_a_button_that_cannot_be_answered_does_not_hold_up_the_rest(
    sender: ReplySender, messenger: RecordingMessenger
) -> None:
    messenger.trouble["acknowledge"] = [DeliveryUncertain("reset")]
    await sender.send(PRESSED, [Reply(Message("mới"))])
    assert messenger.texts_to("7") == ["mới"]


async def test_a_chat_that_was_given_up_has_another_menu_and_may_be_gone(
    sender: ReplySender, messenger: RecordingMessenger
) -> None:
    gone = MenuChange(None, "vi", to=Address("telegram", "6"))
    await sender.send(TYPED, [Reply(Message("chào")), gone])
    assert [what[:2] for what in messenger.done] == [("send", "7"), ("menu", "6")]
    messenger.trouble["menu"] = [RecipientGone("blocked")]
    await sender.send(TYPED, [gone, Reply(Message("chào"))])
    assert messenger.done[-1] == ("send", "7", "chào")


async def test_a_menu_follows_role_and_language(
    sender: ReplySender, messenger: RecordingMessenger
) -> None:
    await sender.send(TYPED, [MenuChange(Role.OFFICER, "en")])
    ((_, chat, language, *commands),) = messenger.done
    assert (chat, language) == ("7", "en")
    assert "compose" in commands


async def test_typing_is_shown_only_when_an_answer_takes_long(
    sender: ReplySender, messenger: RecordingMessenger
) -> None:
    async with sender.show_typing_if_slow(LAN):
        pass
    assert messenger.done == []


async def test_suggestions_answer_what_was_typed_in_another_chat(
    sender: ReplySender, messenger: RecordingMessenger
) -> None:
    typed = replace(TYPED, kind=UpdateKind.INLINE_SEARCH, inline_search=InlineSearch("q1", "bầu"))
    found = Suggestion("12", "Ngày bầu cử", "", Message("tin"))
    messenger.trouble["suggest"] = [Unreachable("down")]
    await sender.send(typed, [Suggestions((found,))])
    assert messenger.done == [("suggest", "q1", "Ngày bầu cử")]


def drawing(words: str) -> bytes:
    return words.encode()


def failing() -> bytes:
    raise ValueError


def card(draw: Callable[[], bytes]) -> Reply:
    media = Media(MediaKind.PHOTO, name="the.png")
    return Reply(Message("kèm ảnh", media=media), draw=draw)


async def test_a_picture_is_drawn_by_a_worker_when_it_is_sent(
    sender: ReplySender, messenger: RecordingMessenger, workers: Counting
) -> None:
    await sender.send(TYPED, [card(partial(drawing, "ảnh"))])
    assert messenger.texts_to("7") == ["kèm ảnh"]
    assert [one.content for one in messenger.media] == ["ảnh".encode()]
    assert len(workers.tasks) == 1


async def test_the_same_picture_is_drawn_once_however_many_ask(
    sender: ReplySender, messenger: RecordingMessenger, workers: Counting
) -> None:
    await sender.send(TYPED, [card(partial(drawing, words)) for words in ("một", "một", "hai")])
    assert [one.content.decode() for one in messenger.media] == ["một", "một", "hai"]
    assert len(workers.tasks) == 2


@pytest.mark.parametrize("cause", Cause)
async def test_a_picture_that_cannot_be_drawn_costs_no_words(
    sender: ReplySender, messenger: RecordingMessenger, workers: Counting, cause: Cause
) -> None:
    workers.failure = WorkerFailed(cause)
    await sender.send(TYPED, [card(partial(drawing, "ảnh"))])
    (said,) = messenger.texts_to("7")
    assert said.startswith("kèm ảnh\n\nChưa tạo được hình")
    assert messenger.media == []


async def test_a_drawing_that_breaks_holds_nobody_up(
    sender: ReplySender, messenger: RecordingMessenger
) -> None:
    await sender.send(TYPED, [card(partial(failing)), Reply(Message("sau"))])
    assert messenger.texts_to("7")[1] == "sau"


@pytest.mark.parametrize(
    ("media", "fetched"),
    [
        (Media(MediaKind.PHOTO, file="f"), True),
        (Media(MediaKind.DOCUMENT, file="f", name="a.PNG"), True),
        (Media(MediaKind.DOCUMENT, file="f", name="a.jfif"), True),
        (Media(MediaKind.DOCUMENT, file="f", name="a.pdf"), True),
        (Media(MediaKind.DOCUMENT, file="f"), True),
        (Media(MediaKind.DOCUMENT, file="f", name="a.png", size=PICTURE_LIMIT + 1), False),
        (Media(MediaKind.VIDEO, file="f"), False),
    ],
)
async def test_pictures_are_fetched_whatever_they_are_called_and_handlers_see_them_made_anew(
    sender: ReplySender, messenger: RecordingMessenger, media: Media, fetched: bool
) -> None:
    messenger.files["f"] = made("PNG")
    heard = await sender.fetch_pictures(replace(TYPED, media=media))
    is_read = fetched and media.kind is MediaKind.DOCUMENT
    assert heard.media == replace(media, form=FileForm.PICTURE if is_read else None)
    assert len(heard.pictures) == fetched
    assert not heard.is_unreadable
    for picture in heard.pictures:
        assert Image.open(BytesIO(picture.jpeg)).format == "JPEG"


async def test_every_picture_of_an_album_is_fetched(
    sender: ReplySender, messenger: RecordingMessenger
) -> None:
    files = [Media(MediaKind.PHOTO, file=name) for name in ("f", "g", "h")]
    messenger.files |= {"f": made("PNG"), "g": b"no picture", "h": made("JPEG")}
    album = replace(TYPED, media=files[0], more_media=tuple(files[1:]))
    heard = await sender.fetch_pictures(album)
    assert heard.files == tuple(files)
    assert len(heard.pictures) == 2
    assert heard.is_unreadable


@pytest.mark.parametrize("kind", [MediaKind.VIDEO, MediaKind.VIDEO_NOTE, MediaKind.ANIMATION])
async def test_of_a_video_only_the_thumbnail_is_fetched(
    sender: ReplySender, messenger: RecordingMessenger, kind: MediaKind
) -> None:
    messenger.files["t"] = made("JPEG")
    video = Media(kind, file="f", size=10 * PICTURE_LIMIT, thumbnail="t")
    heard = await sender.fetch_pictures(replace(TYPED, media=video))
    assert heard.media == video
    assert heard.pictures == ()
    assert len(heard.thumbnails) == 1


@pytest.mark.parametrize("trouble", ["gone", "no picture"])
async def test_a_video_whose_thumbnail_cannot_be_seen_is_taken_as_it_is(
    sender: ReplySender, messenger: RecordingMessenger, trouble: str
) -> None:
    messenger.files["t"] = b"no picture"
    if trouble == "gone":
        messenger.trouble["fetch"] = [Refused("file is gone")]
    sent = replace(TYPED, media=Media(MediaKind.VIDEO, file="f", thumbnail="t"))
    assert await sender.fetch_pictures(sent) == sent


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"%PDF-1.7", FileForm.OTHER),
        (b"II*\0", FileForm.OTHER_PICTURE),
        (b"\0\0\0\x18ftypheic", FileForm.HEIC),
    ],
)
async def test_a_document_that_is_no_picture_is_none_whatever_it_is_called(
    sender: ReplySender, messenger: RecordingMessenger, content: bytes, form: FileForm
) -> None:
    messenger.files["f"] = content
    media = Media(MediaKind.DOCUMENT, file="f", name="a.jpg")
    heard = await sender.fetch_pictures(replace(TYPED, media=media))
    assert heard == replace(TYPED, media=replace(media, form=form))


async def test_a_picture_that_cannot_be_fetched_holds_nobody_up(
    sender: ReplySender, messenger: RecordingMessenger
) -> None:
    messenger.trouble["fetch"] = [Refused("file is too big")]
    sent = replace(TYPED, media=Media(MediaKind.PHOTO, file="f"))
    assert await sender.fetch_pictures(sent) == sent


@pytest.mark.parametrize("failure", [None, *(WorkerFailed(cause) for cause in Cause)])
async def test_a_picture_that_no_worker_could_read_is_marked_as_that(
    sender: ReplySender, messenger: RecordingMessenger, workers: Counting, failure: Exception | None
) -> None:
    workers.failure = failure
    messenger.files["f"] = b"no picture" if failure is None else made("PNG")
    heard = await sender.fetch_pictures(replace(TYPED, media=Media(MediaKind.PHOTO, file="f")))
    assert heard.is_unreadable
    assert heard.pictures == ()


# --- files of strangers


def shown(media: Media) -> Reply:
    return Reply(Message("Vụ việc", media=media), strip_or="không hiển thị")


async def strip(
    sender: ReplySender, messenger: RecordingMessenger, media: Media, content: bytes
) -> Media | None:
    """What an officer gets to see of it."""
    messenger.files["f"] = content
    await sender.send(TYPED, [shown(media)])
    return messenger.media[-1] if messenger.media else None


@pytest.mark.parametrize(
    "media",
    [
        Media(MediaKind.PHOTO, file="f"),
        Media(MediaKind.DOCUMENT, file="f", name="Nguyen Thi Lan.JPG"),
        Media(MediaKind.DOCUMENT, file="f", name="Nguyen Thi Lan"),
    ],
)
async def test_a_reporters_picture_is_made_anew_whatever_it_came_as(
    sender: ReplySender, messenger: RecordingMessenger, media: Media
) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Nguyen Thi Lan"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (16.0, 3.0, 7.0)
    content = made("JPEG", exif=exif, comment=b"Nguyen Thi Lan")
    assert content.count(b"Nguyen Thi Lan") == 2
    seen = await strip(sender, messenger, media, content)
    assert seen is not None
    assert (seen.kind, seen.file, seen.name) == (MediaKind.PHOTO, "", "photo.jpg")
    assert b"Nguyen" not in seen.content
    assert not Image.open(BytesIO(seen.content)).getexif()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Lan.png", b"%!PS-Adobe-3.0 EPSF-3.0"),
        ("Lan.heic", b"\0\0\0\x18ftypheic"),
        ("Lan.jpg", b""),
    ],
)
async def test_what_is_called_a_picture_and_cannot_be_opened_is_held_back(
    sender: ReplySender, messenger: RecordingMessenger, name: str, content: bytes
) -> None:
    media = Media(MediaKind.DOCUMENT, file="f", name=name)
    assert await strip(sender, messenger, media, content) is None
    assert messenger.texts_to("7") == ["không hiển thị"]


RECORDINGS = [MediaKind.VIDEO, MediaKind.ANIMATION, MediaKind.VOICE, MediaKind.AUDIO]


@pytest.mark.parametrize("kind", RECORDINGS)
async def test_a_recording_loses_its_name(
    sender: ReplySender, messenger: RecordingMessenger, kind: MediaKind
) -> None:
    media = Media(kind, file="f", name="Nguyen Thi Lan.mov")
    seen = await strip(sender, messenger, media, b"film")
    assert seen is not None
    assert (seen.kind, seen.content, seen.file) == (kind, b"film", "")
    assert seen.name.startswith(kind.value)


@pytest.mark.parametrize(
    "refusal", ["file is too big", "wrong file_id or the file is temporarily unavailable"]
)
@pytest.mark.parametrize("kind", [*RECORDINGS, MediaKind.DOCUMENT])
async def test_a_file_that_cannot_be_fetched_is_not_shown_under_its_senders_name(
    sender: ReplySender, messenger: RecordingMessenger, kind: MediaKind, refusal: str
) -> None:
    messenger.trouble["fetch"] = [Refused(refusal)]
    media = Media(kind, file="f", name="Nguyen Thi Lan.mp4")
    assert await strip(sender, messenger, media, b"film") is None
    assert messenger.texts_to("7") == ["không hiển thị"]


@pytest.mark.parametrize("trouble", [Unreachable("down"), None])
async def test_a_file_that_cannot_be_fetched_or_made_anew_is_said_so(
    sender: ReplySender,
    messenger: RecordingMessenger,
    workers: Counting,
    trouble: Unreachable | None,
) -> None:
    messenger.trouble["fetch"] = [trouble] if trouble else []
    workers.failure = None if trouble else WorkerFailed(Cause.DIED)
    media = Media(MediaKind.DOCUMENT, file="f", name="a.pdf")
    assert await strip(sender, messenger, media, b"words") is None
    assert messenger.texts_to("7") == ["không hiển thị"]
