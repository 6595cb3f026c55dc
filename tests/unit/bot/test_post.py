"""Answers reach the person who waits for them, and none of them twice."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.post import Post
from handlers.club import conversation
from handlers.messages import (
    Address,
    FateUnknown,
    Happening,
    Incoming,
    Lookup,
    Media,
    MediaKind,
    MenuChange,
    Message,
    MessengerError,
    NotNow,
    Press,
    RecipientGone,
    Refused,
    Reply,
    ServerTrouble,
    SlowDown,
    Suggestion,
    Suggestions,
    Unreachable,
)
from scheduler.pacing import Pace
from scheduler.settings import PaceSettings
from storage.models import Role
from tests.club import SETTINGS
from tests.unit.bot.recorder import Recorder

LAN = Address("telegram", "7")
TYPED = Incoming("1", LAN, Happening.MESSAGE, datetime(2026, 3, 11, tzinfo=UTC), text="chào")
PRESSED = Incoming("1", LAN, Happening.PRESS, TYPED.at, press=Press("q", "go", "5"))


@pytest.fixture
def messenger() -> Recorder:
    return Recorder()


@pytest.fixture
def pace() -> Pace:
    return Pace(PaceSettings(per_second=500, per_chat_s=0.01), time.monotonic)


@pytest.fixture
def post(messenger: Recorder, pace: Pace) -> Post:
    return Post(messenger, pace, conversation(SETTINGS))


async def test_a_button_is_answered_before_anything_else(post: Post, messenger: Recorder) -> None:
    await post.deliver(PRESSED, [Reply(Message("mới"), toast="đã ghi", alert=True)])
    assert messenger.done == [("acknowledge", "q", "đã ghi", "alert"), ("send", "7", "mới")]


async def test_a_button_is_answered_even_when_there_is_nothing_to_say(
    post: Post, messenger: Recorder
) -> None:
    await post.deliver(PRESSED, [])
    assert messenger.done == [("acknowledge", "q", "")]


async def test_a_replaced_message_is_edited(post: Post, messenger: Recorder) -> None:
    await post.deliver(TYPED, [Reply(Message("mới"), replaces="5")])
    assert messenger.done == [("edit", "7", "5", "mới")]


async def test_what_cannot_be_edited_any_more_comes_as_a_new_message(
    post: Post, messenger: Recorder
) -> None:
    messenger.trouble["edit"] = [Refused("message can't be edited")]
    await post.deliver(TYPED, [Reply(Message("mới"), replaces="5")])
    assert messenger.done == [("send", "7", "mới")]


@pytest.mark.parametrize("trouble", [Unreachable("dns"), ServerTrouble("502"), SlowDown(0.01)])
async def test_what_certainly_did_not_arrive_is_sent_again(
    post: Post, messenger: Recorder, trouble: MessengerError
) -> None:
    messenger.trouble["send"] = [trouble]
    await post.deliver(TYPED, [Reply(Message("một"))])
    assert messenger.said_to("7") == ["một"]


@pytest.mark.parametrize("method", ["send", "acknowledge", "menu"])
async def test_a_refusal_in_one_chat_holds_up_nobody_else(
    post: Post, messenger: Recorder, pace: Pace, method: str
) -> None:
    messenger.trouble[method] = [SlowDown(0.01)]
    await post.deliver(PRESSED, [Reply(Message("một")), MenuChange(Role.OFFICER, "vi")])
    assert messenger.said_to("7") == ["một"]
    assert pace.learnt == 500


@pytest.mark.parametrize("trouble", [FateUnknown("reset"), RecipientGone("blocked"), NotNow("")])
async def test_what_may_have_arrived_or_cannot_is_not_sent_again(
    post: Post, messenger: Recorder, trouble: MessengerError
) -> None:
    messenger.trouble["send"] = [trouble]
    await post.deliver(TYPED, [Reply(Message("một")), Reply(Message("hai"))])
    assert messenger.tried == ["send", "send"]
    assert messenger.said_to("7") == ["hai"]


async def test_an_edit_of_unknown_fate_is_not_sent_as_a_new_message(
    post: Post, messenger: Recorder
) -> None:
    messenger.trouble["edit"] = [FateUnknown("reset")]
    await post.deliver(TYPED, [Reply(Message("mới"), replaces="5")])
    assert messenger.tried == ["edit"]


async def test_a_button_that_cannot_be_answered_does_not_hold_up_the_rest(
    post: Post, messenger: Recorder
) -> None:
    messenger.trouble["acknowledge"] = [FateUnknown("reset")]
    await post.deliver(PRESSED, [Reply(Message("mới"))])
    assert messenger.said_to("7") == ["mới"]


async def test_a_chat_that_was_given_up_is_told_in_that_chat_and_may_be_gone(
    post: Post, messenger: Recorder
) -> None:
    old = Address("telegram", "6")
    gone: list[Reply | MenuChange] = [
        Reply(Message("đã chuyển"), to=old),
        MenuChange(None, "vi", to=old),
    ]
    await post.deliver(TYPED, [Reply(Message("chào")), *gone])
    assert [what[:2] for what in messenger.done] == [("send", "7"), ("send", "6"), ("menu", "6")]
    messenger.trouble["send"] = [RecipientGone("blocked")]
    await post.deliver(TYPED, [*gone, Reply(Message("chào"))])
    assert messenger.done[-1] == ("send", "7", "chào")


async def test_a_menu_follows_role_and_language(post: Post, messenger: Recorder) -> None:
    await post.deliver(TYPED, [MenuChange(Role.OFFICER, "en")])
    ((_, chat, language, *commands),) = messenger.done
    assert (chat, language) == ("7", "en")
    assert "compose" in commands


async def test_typing_is_shown_only_when_an_answer_takes_long(
    post: Post, messenger: Recorder
) -> None:
    async with post.typing_if_slow(LAN):
        pass
    assert messenger.done == []


async def test_suggestions_answer_what_was_typed_in_another_chat(
    post: Post, messenger: Recorder
) -> None:
    typed = replace(TYPED, happening=Happening.LOOKUP, lookup=Lookup("q1", "bầu"))
    found = Suggestion("12", "Ngày bầu cử", "", Message("tin"))
    messenger.trouble["suggest"] = [Unreachable("down")]
    await post.deliver(typed, [Suggestions((found,))])
    assert messenger.done == [("suggest", "q1", "Ngày bầu cử")]


async def test_a_picture_is_drawn_when_it_is_sent(post: Post, messenger: Recorder) -> None:
    drawn: list[bool] = []
    picture = Media(MediaKind.PHOTO, name="the.png")

    def draw() -> bytes:
        drawn.append(True)
        return b"bytes"

    await post.deliver(TYPED, [Reply(Message("kèm ảnh", media=picture), draw=draw)])
    assert messenger.said_to("7") == ["kèm ảnh"]
    assert drawn == [True]


@pytest.mark.parametrize(
    ("media", "fetched"),
    [
        (Media(MediaKind.PHOTO, file="f"), b"bytes"),
        (Media(MediaKind.DOCUMENT, file="f", name="a.PNG"), b"bytes"),
        (Media(MediaKind.DOCUMENT, file="f", name="a.pdf"), b""),
        (Media(MediaKind.VIDEO, file="f"), b""),
    ],
)
async def test_only_pictures_are_fetched(
    post: Post, messenger: Recorder, media: Media, fetched: bytes
) -> None:
    messenger.files["f"] = b"bytes"
    heard = await post.with_picture(replace(TYPED, media=media))
    assert heard.media is not None
    assert heard.media.content == fetched


async def test_a_picture_that_cannot_be_fetched_holds_nobody_up(
    post: Post, messenger: Recorder
) -> None:
    messenger.trouble["fetch"] = [Refused("file is too big")]
    sent = replace(TYPED, media=Media(MediaKind.PHOTO, file="f"))
    assert await post.with_picture(sent) == sent
