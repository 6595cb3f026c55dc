"""Trial copies: to oneself, or to the officers, and to nobody else."""

import pytest

from handlers.announcing.trial_send import marked
from handlers.conversation.i18n import Html, Speech
from handlers.messages import Media, MediaKind, Message
from handlers.views.announcement import CAPTION_LIMIT, TEXT_LIMIT, share_rows
from tests.support import SETTINGS, Phone, answer_questions, compose_draft, waiting_for
from tests.unit.handlers.announcing.test_albums import finish, photo

VI = Speech("vi", SETTINGS.timezone)


async def test_a_trial_reaches_the_author_alone(minh: Phone, hanh: Phone) -> None:
    await compose_draft(minh)
    await minh.presses("Gửi thử cho tôi")
    (copy,) = await waiting_for(minh)
    assert copy.text.startswith("<b>BẢN THỬ</b> – chỉ mình")
    assert await waiting_for(hanh) == []


async def test_a_trial_reaches_the_officers_and_no_member(
    minh: Phone, hanh: Phone, lan: Phone
) -> None:
    await compose_draft(minh)
    await minh.presses("Gửi thử cho cán bộ")
    for officer in (minh, hanh):
        (copy,) = await waiting_for(officer)
        assert copy.text.startswith("<b>BẢN THỬ</b> – chỉ cán bộ")
        assert {button.action for row in copy.rows for button in row} == {"trial-copy"}
        labels = [[button.label for button in row] for row in copy.rows]
        assert labels == [[button.label for button in row] for row in share_rows(1, VI)]
    assert await waiting_for(lan) == []


async def test_a_trial_shows_the_album_and_is_never_pinned(minh: Phone) -> None:
    await answer_questions(minh, upto="media")
    for number in (1, 2):
        await minh.sends(photo(number), album="a")
    await minh.presses("Xong")
    await finish(minh)
    await minh.presses_action("compose-edit:1:urgent")
    await minh.presses("Có", "Gửi thử cho tôi")
    (copy,) = await waiting_for(minh)
    assert copy.album is not None
    assert copy.album.media == (photo(1), photo(2))
    assert not copy.pinned


@pytest.mark.parametrize("media", [None, Media(MediaKind.PHOTO, file="ảnh")])
def test_the_mark_stands_above_the_text_while_there_is_room(media: Media | None) -> None:
    mark = Html("<b>BẢN THỬ</b>")
    room = (CAPTION_LIMIT if media else TEXT_LIMIT) - len("BẢN THỬ\n\n")
    fits, one_more = (Message(Html("a" * length), media=media) for length in (room, room + 1))
    assert marked(fits, VI, mark).text.startswith("<b>BẢN THỬ</b>")
    assert marked(one_more, VI, mark).text == one_more.text
    assert marked(one_more, VI, mark).rows
