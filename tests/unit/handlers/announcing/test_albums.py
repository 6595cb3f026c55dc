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
from tests.support.announcements.records import numbered

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


async def test_an_album_is_taken_whole_and_its_size_is_said(minh: Phone) -> None:
    await answer_questions(minh, upto="media")
    await minh.sends_album(photo(1), VIDEO)
    assert "Đã nhận 2 ảnh, video" in minh.last
    await minh.presses("Xong")
    _, copy, _ = await finish(minh)
    assert copy.album is not None
    assert copy.album.media == (photo(1), VIDEO)
    assert (copy.media, bool(copy.rows)) == (None, True)
    assert (await content_of(minh.club, 1)).album == (photo(1), VIDEO)


async def test_what_stands_under_an_album_says_who_issued_it(minh: Phone) -> None:
    await answer_questions(minh, upto="media")
    await minh.sends_album(photo(1), photo(2))
    await minh.presses("Xong")
    _, copy, _ = await finish(minh)
    assert copy.album is not None
    assert "Ủy ban bầu cử tỉnh Hòa An" in copy.album.text
    assert "Thông báo số N1" in copy.album.text


async def test_an_album_holds_ten_and_the_eleventh_is_left_out(minh: Phone) -> None:
    await answer_questions(minh, upto="media")
    await minh.sends_album(*map(photo, range(MOST_IN_ALBUM)))
    await minh.sends_album(photo(11), is_late_part=True)
    assert "bot giữ 10 ảnh, video đầu tiên" in minh.last
    assert (await content_of(minh.club, 1)).album == tuple(map(photo, range(MOST_IN_ALBUM)))


async def test_of_two_albums_that_are_too_many_the_first_ten_are_kept_and_it_is_said(
    minh: Phone,
) -> None:
    await answer_questions(minh, upto="media")
    await minh.sends_album(*map(photo, range(8)), album="a")
    await minh.sends_album(*map(photo, range(8, 12)), album="b")
    assert "bot giữ 10 ảnh, video đầu tiên" in minh.last
    assert (await content_of(minh.club, 1)).album == tuple(map(photo, range(MOST_IN_ALBUM)))


async def test_a_late_part_joins_its_album_until_that_is_done(minh: Phone) -> None:
    await answer_questions(minh, upto="media")
    await minh.sends_album(photo(1), photo(2))
    await minh.sends_album(photo(3), is_late_part=True)
    assert "Đã nhận 3 ảnh, video" in minh.last
    await minh.presses("Xong")
    await minh.sends_album(photo(4), is_late_part=True)
    assert "đến muộn" in minh.last
    assert (await content_of(minh.club, 1)).album == (photo(1), photo(2), photo(3))


async def test_an_album_of_one_is_a_picture(minh: Phone) -> None:
    await answer_questions(minh, upto="media")
    await minh.sends_album(photo(1))
    await minh.presses("Xong")
    found = await content_of(minh.club, 1)
    assert (found.media, found.album) == (photo(1), ())


async def test_a_file_does_not_join_an_album(minh: Phone) -> None:
    await answer_questions(minh, upto="media")
    await minh.sends_album(photo(1), Media(MediaKind.DOCUMENT, file="d"))
    assert "chỉ nhận ảnh và video" in minh.last
    assert (await content_of(minh.club, 1)).album == ()


async def test_an_album_at_another_step_is_turned_away_once(minh: Phone) -> None:
    await answer_questions(minh, upto="issuer")
    await minh.sends_album(photo(1), photo(2))
    assert "không nhận ảnh hay album" in minh.last


async def test_another_album_takes_the_place_of_the_one_that_was_done(minh: Phone) -> None:
    await answer_questions(minh, upto="media")
    await minh.sends_album(photo(1), photo(2), album="a")
    await minh.presses("Xong")
    await finish(minh)
    await minh.presses_action("compose-edit:1:media")
    await minh.sends_album(photo(3), photo(4), album="b")
    assert (await content_of(minh.club, 1)).album == (photo(3), photo(4))


async def test_a_video_goes_with_the_words_under_it(minh: Phone) -> None:
    await answer_questions(minh, upto="media")
    await minh.sends(VIDEO)
    _, copy, _ = await finish(minh)
    assert (copy.media, copy.album) == (VIDEO, None)


async def test_no_preview_of_a_link_is_shown_unless_the_author_wants_it(minh: Phone) -> None:
    await compose_draft(minh)
    assert not member_copy(await content_of(minh.club, 1), numbered(1), SAY).preview
    await minh.presses_action("compose-edit:1:preview")
    await minh.presses("Có")
    assert member_copy(await content_of(minh.club, 1), numbered(1), SAY).preview


async def test_only_what_is_urgent_is_pinned(minh: Phone) -> None:
    await compose_draft(minh)
    assert not member_copy(await content_of(minh.club, 1), numbered(1), SAY).pinned
    await minh.presses_action("compose-edit:1:urgent")
    await minh.presses("Có")
    assert member_copy(await content_of(minh.club, 1), numbered(1), SAY).pinned


def test_the_album_goes_before_the_words_and_buttons() -> None:
    album = Album((photo(1), photo(2)), "hai ảnh")
    assert Message("lời", album=album).parts() == (album, Message("lời"))
    assert Message("lời").parts() == (Message("lời"),)
