"""Albums, videos and link previews: gathered picture by picture, shown as members will see them."""

from handlers.announcing.compose.parsing import MOST_IN_ALBUM
from handlers.conversation.i18n import Speech
from handlers.messages import Album, Answer, Media, MediaKind, Message
from handlers.views.announcement import member_copy
from tests.support import (
    ANSWERS,
    SETTINGS,
    Phone,
    answer_questions,
    compose_draft,
    content_of,
    messages_of,
)

VIDEO = Media(MediaKind.VIDEO, file="video-1", unique="v1")
SAY = Speech("vi", SETTINGS.timezone)


def photo(number: int) -> Media:
    return Media(MediaKind.PHOTO, file=f"photo-{number}", unique=f"u{number}")


async def finish(author: Phone) -> list[Message]:
    """Everything after the question for pictures, up to the card; what the preview shows."""
    answer: Answer = []
    for does, what in list(ANSWERS.values())[4:]:
        answer = await (author.says(what) if does == "says" else author.presses(what))
    return messages_of(answer)


async def test_an_album_comes_picture_by_picture_and_is_answered_once(minh: Phone) -> None:
    await answer_questions(minh, upto="media")
    assert await minh.sends(photo(1), album="a") != []
    assert await minh.sends(VIDEO, album="a") == []
    await minh.presses("Xong")
    _, copy, _ = await finish(minh)
    assert copy.album is not None
    assert copy.album.media == (photo(1), VIDEO)
    assert (copy.media, bool(copy.rows)) == (None, True)
    assert (await content_of(minh.club, 1)).album == (photo(1), VIDEO)


async def test_what_stands_under_an_album_says_who_issued_it(minh: Phone) -> None:
    await answer_questions(minh, upto="media")
    for number in (1, 2):
        await minh.sends(photo(number), album="a")
    await minh.presses("Xong")
    _, copy, _ = await finish(minh)
    assert copy.album is not None
    assert "Ủy ban bầu cử tỉnh Hòa An" in copy.album.text
    assert "Thông báo số 1" in copy.album.text


async def test_an_album_holds_ten_and_the_eleventh_is_left_out(minh: Phone) -> None:
    await answer_questions(minh, upto="media")
    for number in range(MOST_IN_ALBUM):
        await minh.sends(photo(number), album="a")
    await minh.sends(photo(11), album="b")
    assert "tối đa 10" in minh.last
    assert len((await content_of(minh.club, 1)).album) == MOST_IN_ALBUM


async def test_an_album_of_one_is_a_picture(minh: Phone) -> None:
    await answer_questions(minh, upto="media")
    await minh.sends(photo(1), album="a")
    await minh.presses("Xong")
    found = await content_of(minh.club, 1)
    assert (found.media, found.album) == (photo(1), ())


async def test_a_file_does_not_join_an_album(minh: Phone) -> None:
    await answer_questions(minh, upto="media")
    await minh.sends(Media(MediaKind.DOCUMENT, file="d"), album="a")
    assert "chỉ nhận ảnh và video" in minh.last
    assert await minh.sends(Media(MediaKind.DOCUMENT, file="e"), album="a") == []
    assert (await content_of(minh.club, 1)).album == ()


async def test_an_album_at_another_step_is_turned_away_once(minh: Phone) -> None:
    await answer_questions(minh, upto="issuer")
    assert await minh.sends(photo(1), album="a") != []
    assert await minh.sends(photo(2), album="a") == []
    assert "không nhận ảnh hay album" in minh.last


async def test_another_album_takes_the_place_of_the_one_that_was_done(minh: Phone) -> None:
    await answer_questions(minh, upto="media")
    for number in (1, 2):
        await minh.sends(photo(number), album="a")
    await minh.presses("Xong")
    await finish(minh)
    await minh.presses_action("compose-edit:1:media")
    for number in (3, 4):
        await minh.sends(photo(number), album="b")
    assert (await content_of(minh.club, 1)).album == (photo(3), photo(4))


async def test_a_video_goes_with_the_words_under_it(minh: Phone) -> None:
    await answer_questions(minh, upto="media")
    await minh.sends(VIDEO)
    _, copy, _ = await finish(minh)
    assert (copy.media, copy.album) == (VIDEO, None)


async def test_no_preview_of_a_link_is_shown_unless_the_author_wants_it(minh: Phone) -> None:
    await compose_draft(minh)
    assert not member_copy(await content_of(minh.club, 1), 1, SAY).preview
    await minh.presses_action("compose-edit:1:preview")
    await minh.presses("Có")
    assert member_copy(await content_of(minh.club, 1), 1, SAY).preview


async def test_only_what_is_urgent_is_pinned(minh: Phone) -> None:
    await compose_draft(minh)
    assert not member_copy(await content_of(minh.club, 1), 1, SAY).pinned
    await minh.presses_action("compose-edit:1:urgent")
    await minh.presses("Có")
    assert member_copy(await content_of(minh.club, 1), 1, SAY).pinned


def test_the_album_goes_before_the_words_and_buttons() -> None:
    album = Album((photo(1), photo(2)), "hai ảnh")
    assert Message("lời", album=album).parts == (album, Message("lời"))
    assert Message("lời").parts == (Message("lời"),)
