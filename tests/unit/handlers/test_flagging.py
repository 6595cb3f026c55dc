"""A member sends in a post that looks wrong, and hears what is known of it."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from handlers.flagging.post import unpack
from handlers.messages import Media, MediaKind
from storage import allowance, cases, people, steps
from storage.models import Case, CaseState, Category, Flag, FlagAllowance, Member, MemberState
from tests.club import ClubInATest, Phone

RUMOUR = "Công an yêu cầu mọi người nộp 500.000 đồng để cập nhật VNeID trước ngày 15/3"
POST = "https://www.facebook.com/nguyenvana/posts/1035862816472149?fbclid=abc"
SAME_POST = "https://m.facebook.com/story.php?story_fbid=1035862816472149&id=100012345678"
PICTURE = Media(MediaKind.PHOTO, file="file-1", unique="unique-1")
SCOPE, SEND = "Câu lạc bộ kiểm tra", "Gửi"


async def flag(phone: Phone, text: str = RUMOUR, category: str = "Lừa đảo", **more: object) -> str:
    """Sends a post in with all its taps; returns what the member reads at the end."""
    await phone.says(text, forwarded=True, **more)
    await phone.presses(category)
    await phone.presses(SEND)
    return phone.last


async def the_cases(club: ClubInATest) -> list[Case]:
    async with club.reading() as tx:
        return list((await tx.session.exec(select(Case))).all())


async def the_case(club: ClubInATest) -> Case:
    (case,) = await the_cases(club)
    return case


async def test_a_forwarded_post_takes_three_taps_to_become_a_case(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    assert SCOPE in lan.last
    await lan.presses("Lừa đảo")
    assert "500.000" in lan.last
    assert await the_cases(club) == []
    await lan.presses(SEND)
    case = await the_case(club)
    assert case.code in lan.last
    assert (case.flags, case.state, case.category) == (1, CaseState.NEW, Category.SCAM)


async def test_what_is_not_sent_yet_lives_only_in_the_sealed_step(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    async with club.reading() as tx:
        lookup = people.lookup_of(tx, lan.address.messenger, lan.address.chat)
        assert await steps.find(tx, lookup) is not None
    await lan.says("/huy")
    async with club.reading() as tx:
        assert await steps.find(tx, lookup) is None
    assert await the_cases(club) == []


async def test_an_opinion_is_refused_kindly_by_asking_the_person(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says("Tôi thấy cách làm đường của xã như vậy là quá chậm và tốn kém", forwarded=True)
    await lan.presses("ý kiến")
    assert "Không có gì được gửi đi" in lan.last
    assert await the_cases(club) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"text": f"Thật không? {POST}"}, {"text": f"Xem này {SAME_POST}"}),
        ({"text": RUMOUR}, {"text": RUMOUR.upper().replace(" ", "  ") + "!!! 🔥"}),
        ({"text": "", "media": PICTURE}, {"text": "ảnh thật ạ?", "media": PICTURE}),
    ],
)
async def test_the_same_address_words_or_picture_join_one_case(
    club: ClubInATest, first: dict[str, object], second: dict[str, object]
) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await flag(lan, **first)  # type: ignore[arg-type]
    await flag(hoa, **second)  # type: ignore[arg-type]
    assert (await the_case(club)).flags == 2


async def test_another_amount_is_another_case(club: ClubInATest) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await flag(lan)
    await flag(hoa, RUMOUR.replace("500", "600"))
    assert len(await the_cases(club)) == 2


async def test_a_member_is_counted_once_for_a_case(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await flag(lan)
    await lan.says(RUMOUR, forwarded=True)
    assert "Bạn đã báo tin này rồi" in lan.last
    assert (await the_case(club)).flags == 1


async def test_pressing_send_twice_sends_once(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    await lan.presses("Lừa đảo")
    send = next(button.action for button in lan.buttons if button.label == SEND)
    await lan.presses_action(send)
    await lan.presses_action(send)
    assert "chưa có gì được gửi" in lan.toasts[-1]
    assert (await the_case(club)).flags == 1


async def test_the_button_of_an_earlier_post_does_not_send_a_later_one(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    await lan.presses("Lừa đảo")
    old = next(button.action for button in lan.buttons if button.label == SEND)
    await lan.says(RUMOUR.replace("500", "600"), forwarded=True)
    await lan.presses("Lừa đảo")
    await lan.presses_action(old)
    assert await the_cases(club) == []


@pytest.mark.parametrize(
    "action",
    [
        "flag-send",
        "flag-send:X",
        "flag-as:X:scam",
        "flag-as",
        "flag-this",
        "follow",
        "follow:NONE12",
        "verdict:NONE12",
        "verdict",
        "reported:-1",
        "reported:x",
        "flag-back:1:2:3",
        "flag-drop",
    ],
)
async def test_a_forged_button_does_no_harm(club: ClubInATest, action: str) -> None:
    lan = await club.member("Lan")
    await lan.presses_action(action)
    assert lan.toasts
    assert await the_cases(club) == []


async def test_a_forged_category_is_refused(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    first = lan.buttons[0].action
    await lan.presses_action(first.replace("scam", "opinion"))
    await lan.presses_action(first.rpartition(":")[0])
    assert len(lan.toasts) == 2


async def test_back_leads_to_the_categories_again(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    await lan.presses("Lừa đảo")
    await lan.presses("Quay lại")
    assert SCOPE in lan.last
    await lan.presses("Tin đồn")
    await lan.presses(SEND)
    assert (await the_case(club)).category is Category.RUMOUR


async def test_dropping_at_the_last_tap_sends_nothing(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    await lan.presses("Lừa đảo")
    await lan.presses("Huỷ")
    assert "Đã bỏ" in lan.last
    assert await the_cases(club) == []


@pytest.mark.parametrize("length", [39, 40])
async def test_forty_characters_are_taken_for_a_post(club: ClubInATest, length: int) -> None:
    lan = await club.member("Lan")
    await lan.says("a" * length)
    assert (SCOPE in lan.last) is (length == 40)


async def test_a_short_word_gets_a_hint_and_can_still_be_flagged(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says("Mai cả tỉnh nghỉ học")
    assert "/trogiup" in lan.last
    await lan.presses("Tôi muốn báo tin này")
    assert SCOPE in lan.last


async def test_after_the_hint_the_next_message_stands_for_itself(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says("chào bạn")
    await lan.says("bot ơi")
    assert "/trogiup" in lan.last
    await lan.says(POST)
    assert SCOPE in lan.last


async def test_after_the_command_even_a_short_text_is_a_post(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says("/nghivan")
    await lan.says("Mai nghỉ học")
    assert SCOPE in lan.last


async def test_the_post_may_stand_behind_the_command(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(f"/flag\n{POST}")
    await lan.presses("Tin đồn")
    await lan.presses(SEND)
    assert (await the_case(club)).url_key == "facebook:1035862816472149"


async def test_a_picture_may_carry_the_command(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.sends(PICTURE, "/nghivan")
    assert SCOPE in lan.last


@pytest.mark.parametrize("kind", ["sticker", "contact", "location"])
async def test_what_cannot_be_checked_is_declined_politely(club: ClubInATest, kind: str) -> None:
    lan = await club.member("Lan")
    await lan.says("", unsupported=kind)
    assert "chưa kiểm tra được loại tin này" in lan.last


@pytest.mark.parametrize("kind", list(MediaKind))
async def test_every_kind_of_file_can_be_flagged(club: ClubInATest, kind: MediaKind) -> None:
    lan = await club.member("Lan")
    await lan.sends(Media(kind, file="f", unique="u"))
    await lan.presses("Tin đồn")
    await lan.presses(SEND)
    assert (await the_case(club)).media_key == "u"


async def test_an_album_is_one_flag(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    pictures = [Media(MediaKind.PHOTO, file=f"f{n}", unique=f"u{n}") for n in range(3)]
    await lan.sends(pictures[0], album="9")
    for picture in pictures[1:]:
        assert await lan.sends(picture, album="9") == []
    await lan.presses("Ảnh, video cắt ghép")
    assert "3 ảnh" in lan.last
    await lan.presses(SEND)
    async with club.reading() as tx:
        content = cases.content_of(tx, await the_case(club))
    assert content is not None
    assert unpack(content).media == tuple(pictures)


async def test_a_word_while_the_question_is_open_points_back_to_it(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    await lan.says("ừ")
    assert "bên trên" in lan.last
    await lan.presses("Lừa đảo")
    await lan.presses(SEND)
    assert (await the_case(club)).flags == 1


async def test_the_author_of_a_post_is_kept_nowhere(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    text = f"Forwarded from Nguyễn Văn A\n{RUMOUR} {POST}"
    await flag(lan, text, "Tin đồn", links=(POST,))
    case = await the_case(club)
    async with club.reading() as tx:
        content = cases.content_of(tx, case)
    assert content is not None
    assert "nguyenvana" not in content
    assert "Nguyễn Văn A" not in content
    assert "1035862816472149" in content


async def test_the_account_stays_where_it_is_the_claim_and_the_member_is_told(
    club: ClubInATest,
) -> None:
    lan = await club.member("Lan")
    await lan.says(POST)
    await lan.presses("Giả mạo")
    assert "tên tài khoản" in lan.last
    await lan.presses(SEND)
    case = await the_case(club)
    async with club.reading() as tx:
        content = cases.content_of(tx, case)
    assert content is not None
    assert "nguyenvana" in content
    assert "nguyenvana" not in str(case.url_key)


async def test_only_the_day_of_a_flag_is_kept(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    club.clock.advance(hours=15.5)  # 0:30 on the 11th in Vietnam, still the 10th in UTC
    await flag(lan)
    async with club.reading() as tx:
        row = (await tx.session.exec(select(Flag))).one()
    assert str(row.flagged_on) == str((await the_case(club)).opened_on) == "2026-03-11"
    stored = Flag.model_fields | Case.model_fields
    assert {name for name in stored if name.endswith("_at")} == {"taken_at", "closed_at"}


async def test_twenty_flags_an_hour_and_then_a_kind_pause(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    for number in range(allowance.FLAGS_PER_HOUR):
        await flag(lan, f"{RUMOUR} lần {number}")
    assert len(await the_cases(club)) == allowance.FLAGS_PER_HOUR
    await lan.says(RUMOUR, forwarded=True)
    assert "10:00" in lan.last
    assert len(await the_cases(club)) == allowance.FLAGS_PER_HOUR
    club.clock.advance(hours=1)
    await flag(lan)
    assert len(await the_cases(club)) == allowance.FLAGS_PER_HOUR + 1


async def test_the_count_of_an_hour_says_neither_who_nor_when_and_goes(club: ClubInATest) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await flag(lan)
    club.clock.advance(minutes=61)
    await flag(hoa)
    async with club.reading() as tx:
        (row,) = (await tx.session.exec(select(FlagAllowance))).all()
    assert row.hour_ends_at.minute == 0
    assert row.hour_ends_at - club.clock.now() < timedelta(hours=1)


async def test_the_list_shows_what_became_of_every_post(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says("/tindabao")
    assert "chưa báo tin nào" in lan.last
    for number in range(6):
        await flag(lan, f"{RUMOUR} lần {number}")
    await lan.says("/reported")
    assert lan.last.count("đang chờ xử lý") == 5
    await lan.presses("Trang sau")
    assert lan.last.count("đang chờ xử lý") == 1
    await lan.presses("Trang trước")
    assert lan.last.count("đang chờ xử lý") == 5


async def test_a_member_reads_only_verdicts_of_their_own_flags(club: ClubInATest) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await flag(lan)
    code = (await the_case(club)).code
    await hoa.presses_action(f"verdict:{code}")
    await hoa.presses_action(f"follow:{code}")
    assert len(hoa.toasts) == 2
    assert (await the_case(club)).flags == 1


async def test_a_suspended_member_sends_nothing_in(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    await lan.presses("Lừa đảo")
    async with club.store.write() as tx:
        (await tx.session.get_one(Member, lan.member_id)).state = MemberState.SUSPENDED
    await lan.presses(SEND)
    await lan.says(RUMOUR, forwarded=True)
    assert SCOPE not in lan.last
    assert await the_cases(club) == []


async def test_two_members_at_the_same_moment_make_one_case(club: ClubInATest) -> None:
    phones = [await club.member(f"Hội viên {number}") for number in range(5)]
    for phone in phones:
        await phone.says(RUMOUR, forwarded=True)
        await phone.presses("Lừa đảo")
    await asyncio.gather(*(phone.presses(SEND) for phone in phones))
    assert (await the_case(club)).flags == len(phones)
